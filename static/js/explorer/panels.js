// Registry of the panels below the graph, from top to bottom. A new panel is one file in panels/ and one line
// here, with its card for the tray if it has one (cards/).

import { card as comparisonCard } from "./cards/comparison.js";
import { card as costCard } from "./cards/cost.js";
import { card as creditCard } from "./cards/credit.js";
import { card as normsCard } from "./cards/norms.js";
import { card as schemesCard } from "./cards/schemes.js";
import * as cells from "./panels/cells.js";
import * as comparison from "./panels/comparison.js";
import * as cost from "./panels/cost.js";
import * as credit from "./panels/credit.js";
import * as formats from "./panels/formats.js";
import * as gates from "./panels/gates.js";
import * as lags from "./panels/lags.js";
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
  { ...norms, card: normsCard },
  { ...credit, card: creditCard },
  { ...schemes, card: schemesCard },
  { ...cost, card: costCard },
  { ...comparison, card: comparisonCard },
  lags,
  formats,
  cells,
  gates,
  saturation,
  learning,
  matrices,
  layers,
  jacobian,
  numbers,
];
