// Drawing the explorer's figures: one into its element, and the graph.

import { byId, element } from "../lib/dom.js";
import * as graph from "./panels/graph.js";
import * as early from "../plot/early.js";
import * as plotly from "../plot/plot.js";
import { inUnits, unit } from "../lib/unit.js";

/** @type {Map<string, string>} the data key that each drawn figure's traces came from */
const drawn = new Map();

/** What moves shapes, once it is loaded. @type {typeof import("./tween.js") | null} */
let motion = null;

/** @typedef {ReturnType<typeof import("./view.js").changes>} Changes */

/** From now on shapes move when the truncation changes. @param {typeof import("./tween.js")} tween */
export function useMotion(tween) {
  motion = tween;
}

/**
 * Whether what a panel shows has changed.
 * @param {Pick<Panel, "follows" | "whole">} panel @param {Changes} changed
 */
export const isStale = ({ follows = [], whole }, changed) =>
  changed === "everything" || changed.has("veil") || follows.some((name) => changed.has(name)) ||
  (changed.has("window") && !whole);

/**
 * Draw the graph if its data changed; where only the truncation did, it moves.
 * @param {Result} result @param {View} view @param {Changes} changed @param {Result} [before] what it shows
 */
export async function drawGraph(result, view, changed, before) {
  if (!isStale(graph, changed)) return;
  motion?.stop();
  const moves = motion && before && before !== result && motion.mayMove() &&
    graph.canMove(before, result, view) &&
    drawn.get(graph.name) === graph.dataKey(result, view);
  if (!motion || !moves) return await drawFigure(graph, result, view);
  await motion.move((part) =>
    drawFigure(graph, result, part < 1 ? { ...view, tween: { before, part } } : view)
  );
}

/** Take a figure away. @param {string} name */
export function takeAway(name) {
  byId(name).style.height = "";
  if (drawn.delete(name)) plotly.purge(byId(name));
}

/** Whether a figure is drawn. @param {string} name */
export const isDrawn = (name) => drawn.has(name);

/**
 * Draw a panel's figure into the element of this name.
 * @param {Panel} panel @param {Result} result @param {View} view @param {string} [name]
 */
export async function drawFigure(panel, result, view, name = panel.name) {
  const { draw, dataKey, shapes, gutter, margin, below } = panel;
  const target = byId(name), key = dataKey?.(result, view);
  const { react, relayout } = panel === graph ? early : plotly;
  if (margin) byId(`${name}-gutter`).replaceChildren(margin(result, view));
  if (below) replace(byId(`${name}-below`), below(result, view));
  if (gutter) {
    byId(name === "graph" ? "gutter" : `${name}-gutter`).replaceChildren(...gutter(result, view).map(tick));
  }
  if (key !== undefined && drawn.get(name) === key) {
    await relayout(target, { shapes: shapes?.(result, view) });
  } else if (draw) {
    const figure = draw(result, view);
    place(target, figure);
    await react(target, figure);
    drawn.set(name, key ?? "");
    if (panel === graph) document.querySelector(".skeleton")?.remove(); // it has kept the place of the graph
  }
}

/**
 * Place a figure that may show only some columns at its position on the stage.
 * @param {HTMLElement} target @param {Figure} figure
 */
function place(target, { layout, whole }) {
  const [left, right] = /** @type {{range: number[]}} */ (layout.xaxis).range;
  const stage = /** @type {HTMLElement} */ (target.parentElement), box = stage.parentElement;
  target.style.left = inUnits(left);
  target.style.width = inUnits(right - left);
  target.style.height = inUnits(Number(layout.height)); // also while it waits for plotly.js
  stage.style.width = inUnits(whole);
  const graph = byId("scroll"); // a panel that is opened late stands where the graph does
  if (box?.classList.contains("follows")) box.tabIndex = whole * unit() > graph.clientWidth ? 0 : -1; // who has no pointer scrolls it too
  if (box && box !== graph && box.scrollLeft !== graph.scrollLeft) box.scrollLeft = graph.scrollLeft;
}

/** Replace the content; a button that the reader has just used keeps the focus. @param {HTMLElement} target @param {Node} node */
function replace(target, node) {
  const used = target.contains(document.activeElement) ? document.activeElement?.id : "";
  target.replaceChildren(node);
  if (used) document.getElementById(used)?.focus({ preventScroll: true });
}

/** @param {Tick} tick */
function tick({ word, y, symbol, subscript = "", lane, shift }) {
  const name = symbol ? [element("b", {}, symbol, element("sub", {}, subscript)), word] : [word];
  const node = element("div", lane ? { class: `lane ${lane}` } : {}, ...name);
  node.style.top = inUnits(y);
  if (shift) node.style.setProperty("--shift", inUnits(shift));
  return node;
}

/**
 * Listen to the pointer on the graph; returns false until the graph is drawn.
 * @param {{over: (target: Target) => void, away: () => void, chosen: (target: Target) => void}} listeners
 * @param {string} [name] of its element
 */
export function onGraph({ over, away, chosen }, name = "graph") {
  if (!drawn.has(name)) return false;
  const told = (/** @type {(target: Target) => void} */ tell) => (/** @type {Point} */ point) => {
    const target = graph.target(point);
    if (target) tell(target);
  };
  early.listen(byId(name), { over: told(over), away, tapped: told(chosen) });
  return true;
}
