// Registry of the drawings: each is made from recorded answers, and compared with how it was drawn before.

import { makeDocument } from "./document.js";
import { EXPLORER } from "./drawings/explorer.js";
import { GRAPH_LAB } from "./drawings/graph.js";
import { TRAINING } from "./drawings/training.js";
import { plain } from "./moved.js";

makeDocument();

/** @type {Record<string, () => unknown>} */
const DRAWINGS = { ...EXPLORER, ...GRAPH_LAB, ...TRAINING };

/** Every drawing as plain data, made when it is asked for. */
export const drawings = new Map(Object.entries(DRAWINGS).map(([name, draw]) => [name, () => plain(draw())]));

if (import.meta.main) {
  const lines = [...drawings].map(([name, draw]) => `${JSON.stringify(name)}:${JSON.stringify(draw())}`);
  console.log(`{\n${lines.join(",\n")}\n}`);
}
