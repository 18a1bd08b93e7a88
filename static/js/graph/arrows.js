// The arrows of every edge: thin and blue forward, thick and orange back beside it, dotted where nothing has come.

import { node } from "../lib/tree.js";
import { upOf } from "./labels.js";
import { aside, pathOf } from "./routes.js";
import { litEdge, litNode } from "./shown.js";

/** @typedef {import("./routes.js").Way} Way */

export const APART = { forward: 6, backward: -6 }; // px from the middle of an edge
/** @type {Record<string, Record<string, {long: number, half: number}>>} */
const HEADS = {
  roomy: { forward: { long: 10, half: 4.6 }, backward: { long: 15, half: 10 } },
  middle: { forward: { long: 9, half: 4.2 }, backward: { long: 13, half: 8 } },
  dense: { forward: { long: 7, half: 3.4 }, backward: { long: 10, half: 6 } },
};

/**
 * @param {Graph} graph
 * @param {GraphShown} shown
 * @param {{ways: Way[], out: Way}} ways
 * @param {string} level of detail
 * @param {(edge: GraphEdge) => boolean} [quiet] which edges stand back
 * @returns {Tree[]}
 */
export function arrows({ edges, output }, shown, { ways, out }, level, quiet = () => false) {
  const both = bothOf(HEADS[level]);
  const ofEdges = edges.flatMap((edge, i) =>
    both(ways[i], shown.forward[i], shown.backward[i], litEdge(shown, edge), quiet(edge))
  );
  return [...ofEdges, ...both(out, shown.output.forward, shown.output.backward, litNode(shown, output))];
}

/** @param {Record<string, {long: number, half: number}>} heads */
function bothOf(heads) {
  return (
    /** @type {Way} */ way,
    /** @type {When} */ forward,
    /** @type {When | null} */ backward,
    /** @type {boolean} */ lit,
    quiet = false,
  ) => {
    const up = upOf(way), back = aside(way, up * APART.backward).reverse();
    return [
      arrow("forward", aside(way, up * APART.forward), forward, lit, heads.forward, quiet),
      ...(backward ? [arrow("backward", back, backward, lit, heads.backward, quiet)] : []),
    ];
  };
}

/**
 * @param {"forward" | "backward"} kind
 * @param {Way} way in the arrow's direction
 * @param {When} when
 * @param {boolean} lit
 * @param {{long: number, half: number}} head
 * @param {boolean} quiet
 */
function arrow(kind, way, when, lit, { long, half }, quiet) {
  const state = `arrow ${kind} ${when}${lit ? "" : " dim"}${quiet ? " quiet" : ""}`;
  if (when === "future") return node("g", { class: state }, node("path", { d: pathOf(way) }));
  const tip = way[way.length - 1],
    shaft = /** @type {XY[]} */ (way.filter((spot) => distance(spot, tip) > long));
  const neck = shaft[shaft.length - 1] ?? way[0], size = distance(neck, tip) || 1;
  const dx = (tip.x - neck.x) / size, dy = (tip.y - neck.y) / size;
  const base = { x: tip.x - dx * long, y: tip.y - dy * long };
  const corners = [
    tip,
    { x: base.x - dy * half, y: base.y + dx * half },
    { x: base.x + dy * half, y: base.y - dx * half },
  ];
  return node(
    "g",
    { class: state },
    ...(shaft.length ? [node("path", { d: pathOf([...shaft, base]) })] : []),
    node("polygon", { points: corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ") }),
  );
}

/** @param {XY} a @param {XY} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
