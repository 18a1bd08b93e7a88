// Registry of the panels below the graph, from top to bottom. A new panel is one file in panels/ and one line
// here.

import * as cells from "./panels/cells.js";
import * as comparison from "./panels/comparison.js";
import * as cost from "./panels/cost.js";
import * as credit from "./panels/credit.js";
import * as gates from "./panels/gates.js";
import * as jacobian from "./panels/jacobian.js";
import * as layers from "./panels/layers.js";
import * as learning from "./panels/learning.js";
import * as matrices from "./panels/matrices.js";
import * as norms from "./panels/norms.js";
import * as numbers from "./panels/numbers.js";
import * as saturation from "./panels/saturation.js";
import * as schemes from "./panels/schemes.js";

/** @type {Panel[]} */
export const PANELS = [
  norms,
  credit,
  schemes,
  cost,
  comparison,
  cells,
  gates,
  saturation,
  learning,
  matrices,
  layers,
  jacobian,
  numbers,
];
