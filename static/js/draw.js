// Panels on the page. The only place that calls Plotly.

import { byId, element } from "./dom.js";
import * as comparison from "./panels/comparison.js";
import * as graph from "./panels/graph.js";
import * as norms from "./panels/norms.js";
import * as table from "./panels/table.js";

const FIGURES = [graph, norms];
const TABLES = [comparison, table];

/** @type {Map<string, string>} what the traces of a figure on screen were drawn from */
const drawn = new Map();

/**
 * Draw every panel. Where only gradients or the truncation moved, only shapes are sent.
 * @param {Result} result
 * @param {View} view
 */
export async function drawPanels(result, view) {
  await Promise.all(FIGURES.map((panel) => drawFigure(panel, result, view)));
  byId("norms-caption").replaceChildren(...parts(norms.caption(result, view.words)));
  byId("comparison-caption").replaceChildren(...comparison.caption(result, view));
  for (const { name, render } of TABLES) {
    if (byId(name).closest("details:not([open])")) continue;
    byId(name).replaceChildren(render(result, view));
  }
}

/**
 * @param {typeof FIGURES[number]} panel
 * @param {Result} result
 * @param {View} view
 */
async function drawFigure(panel, result, view) {
  const target = byId(panel.name), key = panel.dataKey(result, view);
  if (drawn.get(panel.name) === key) {
    await Plotly.relayout(target, { shapes: panel.shapes(result, view) });
  } else {
    await Plotly.react(target, panel.draw(result, view));
    drawn.set(panel.name, key);
  }
}

/**
 * Tell what the pointer is on in the graph.
 * @param {{over: (target: Target) => void, away: () => void, chosen: (target: Target) => void}} listeners
 */
export function onGraph({ over, away, chosen }) {
  const target = /** @type {PlotlyElement} */ (byId("graph"));
  target.on("plotly_hover", ({ points }) => {
    const hit = graph.hit(points[0]);
    if (hit) over(hit);
  });
  target.on("plotly_unhover", away);
  target.on("plotly_click", ({ points }) => {
    const hit = graph.hit(points[0]);
    if (hit) chosen(hit);
  });
}

/**
 * Parts of a sentence as nodes.
 * @param {{text: string, strong?: boolean, tone?: string}[]} sentence
 */
export function parts(sentence) {
  return sentence.map(({ text, strong, tone }) =>
    strong || tone ? element(strong ? "strong" : "span", tone ? { class: tone } : {}, text) : text
  );
}
