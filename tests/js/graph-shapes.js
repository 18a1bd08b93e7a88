// Shapes of the unrolled graph between its nodes: without the bars and numbers of the gradients by the inputs.

import * as graph from "../../static/js/explorer/panels/graph.js";
import { inputGradientShapes } from "../../static/js/explorer/unrolled/input-gradients.js";
import { penOf } from "../../static/js/explorer/unrolled/pen.js";

/** @param {Result} result @param {View} view */
export function graphShapes(result, view) {
  const underInputs = new Set(
    inputGradientShapes(result, view, penOf(result, view)).map((shape) => JSON.stringify(shape)),
  );
  return graph.shapes(result, view).filter((shape) => !underInputs.has(JSON.stringify(shape)));
}
