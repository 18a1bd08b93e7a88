// The panels below the graph, from top to bottom. A new one is one file in panels/ and one line here.

import * as comparison from "./panels/comparison.js";
import * as credit from "./panels/credit.js";
import * as jacobian from "./panels/jacobian.js";
import * as norms from "./panels/norms.js";
import * as numbers from "./panels/numbers.js";

/** @type {Panel[]} */
export const PANELS = [norms, credit, comparison, jacobian, numbers];
