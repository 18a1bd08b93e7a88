// Drawing the explorer's figures: the graph and its panels, each redrawn only when something it shows
// changed.

import { byId, element, replaceKeepingFocus } from "../lib/dom.js";
import * as ledger from "./ledger/ledger.js";
import * as graph from "./panels/graph.js";
import { PANELS } from "./panels.js";
import { asSvg, onTap, purge, react, relayout } from "../plot/plot.js";
import { isInSight, isOpen } from "./panel-list.js";
import { namesPart } from "../page/name-list.js";
import { rowsIn } from "./unrolled/selectors.js";
import { setCovered } from "../page/cover.js";

/** @type {Map<string, string>} the data key that each drawn figure's traces came from */
const drawn = new Map();
/** @type {Set<string>} panels whose figure is older than the current result */
const behind = new Set();
/** @type {Set<string>} panels outside the viewport whose moment alone is outdated; they are drawn when they scroll into view */
const late = new Set();

/** @typedef {ReturnType<typeof import("./view.js").changes>} Changes */

/**
 * Draw the graph and every open panel whose data changed.
 * @param {Result} result
 * @param {View} view
 * @param {Changes} changed
 */
export async function drawAll(result, view, changed) {
  const stale = (/** @type {Panel} */ { follows = [], whole }) =>
    changed === "everything" || changed.has("veil") || follows.some((name) => changed.has(name)) ||
    (changed.has("window") && !whole);
  for (const panel of PANELS) {
    const { name } = panel, hasAppeared = !onlyMoment(changed) || isInSight(name);
    if (stale(panel)) (hasAppeared ? behind : late).add(name);
    if (hasAppeared && late.delete(name)) behind.add(name);
  }
  const pictures = stale(graph) ? [drawFigure(graph, result, view)] : [];
  if (stale(ledger)) ledger.show(result, view); // after Plotly, which forces a layout of the new content
  const panels = view.present ? [] : PANELS; // hidden: drawn when the presenter view is left
  await Promise.all([...pictures, ...panels.map((panel) => drawPanel(panel, result, view))]);
}

/** Whether only the moment changed. @param {Changes} changed */
function onlyMoment(changed) {
  return changed !== "everything" && [...changed].every((name) => name === "at" || name === "t");
}

/** @param {Panel} panel @param {Result} result @param {View} view */
async function drawPanel(panel, result, view) {
  const { name, caption, render, draw, applies } = panel;
  if (!behind.has(name)) return;
  if (conceal(name, isVeiled(name, view))) return; // also when the panel is closed
  byId(`panel-${name}`).hidden = applies?.(result) === false;
  if (!isOpen(name) || applies?.(result) === false) return;
  behind.delete(name);
  if (caption) byId(`${name}-caption`).replaceChildren(...caption(result, view));
  if (render) replaceKeepingFocus(byId(name), [render(result, view)]);
  if (draw) await drawFigure(panel, result, view);
}

/** Sums of the credit matrix would reveal a covered row, so that a single covered row covers the whole panel. @param {string} name @param {View} view */
function isVeiled(name, { veil }) {
  return namesPart(veil, name) || name === "credit" && rowsIn(veil) !== null;
}

/**
 * Cover a panel and remove its content from the page.
 * @param {string} name @param {boolean} veiled
 */
function conceal(name, veiled) {
  const panel = byId(`panel-${name}`);
  setCovered(panel, veiled);
  /** @type {HTMLElement} */ (panel.querySelector("summary")).inert = false;
  if (!veiled) return false;
  if (drawn.delete(name)) purge(byId(name));
  for (const part of ["", "-gutter", "-below", "-caption"]) {
    document.getElementById(`${name}${part}`)?.replaceChildren();
  }
  return true;
}

/**
 * Draw a panel's figure into the element of this name.
 * @param {Panel} panel @param {Result} result @param {View} view @param {string} [name]
 */
export async function drawFigure(panel, result, view, name = panel.name) {
  const { draw, dataKey, shapes, gutter, margin, below } = panel;
  const target = byId(name), key = dataKey?.(result, view);
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
  }
}

/**
 * Place a figure that may show only some columns at its position on the stage.
 * @param {HTMLElement} target @param {Figure} figure
 */
function place(target, { layout, whole }) {
  const [left, right] = /** @type {{range: number[]}} */ (layout.xaxis).range;
  const stage = /** @type {HTMLElement} */ (target.parentElement), box = stage.parentElement;
  target.style.left = `${left}px`;
  target.style.width = `${right - left}px`;
  stage.style.width = `${whole}px`;
  const graph = byId("scroll"); // a panel that is opened late stands where the graph does
  if (box?.classList.contains("follows")) box.tabIndex = whole > graph.clientWidth ? 0 : -1; // who has no pointer scrolls it too
  if (box && box !== graph && box.scrollLeft !== graph.scrollLeft) box.scrollLeft = graph.scrollLeft;
}

/** Replace the content; a button that the reader has just used keeps the focus. @param {HTMLElement} target @param {Node} node */
function replace(target, node) {
  const used = target.contains(document.activeElement) ? document.activeElement?.id : "";
  target.replaceChildren(node);
  if (used) document.getElementById(used)?.focus({ preventScroll: true });
}

/** @param {Tick} tick */
function tick({ word, y, symbol, subscript = "", lane }) {
  const name = symbol ? [element("b", {}, symbol, element("sub", {}, subscript)), word] : [word];
  const node = element("div", lane ? { class: `lane ${lane}` } : {}, ...name);
  node.style.top = `${y}px`;
  return node;
}

/**
 * The paths of further requests that the graph, the ledger and the open panels need.
 * @param {Result} result
 * @param {View} view
 */
export function furtherRequests(result, view) {
  const panels = view.present ? [] : PANELS.filter(({ name }) => isOpen(name));
  const asking = [graph, ledger, ...panels];
  return asking.flatMap(({ asks }) => asks?.(result, view) ?? []);
}

/**
 * Listen to the pointer on the graph; returns false until the graph is drawn.
 * @param {{over: (target: Target) => void, away: () => void, chosen: (target: Target) => void}} listeners
 * @param {string} [name] of its element
 */
export function onGraph({ over, away, chosen }, name = "graph") {
  if (!drawn.has(name)) return false;
  const target = /** @type {PlotlyElement} */ (byId(name));
  target.on("plotly_hover", ({ points }) => {
    const hovered = graph.target(points[0]);
    if (hovered) over(hovered);
  });
  target.on("plotly_unhover", away);
  onTap(target, (point) => {
    const hovered = graph.target(point);
    if (hovered) chosen(hovered);
  });
  return true;
}

/**
 * Listen to clicks on the panels' figures; call it after they are drawn.
 * @param {(name: string, point: Point) => void} chosen
 */
export function onFigures(chosen) {
  for (const { name, hit } of PANELS) {
    const target = /** @type {PlotlyElement} */ (byId(name));
    if (!drawn.has(name)) delete target.dataset.heard; // it has been covered since
    if (!hit || !drawn.has(name) || target.dataset.heard) continue;
    target.dataset.heard = "yes";
    onTap(target, (point) => chosen(name, point));
  }
}

/** The graph as a separate SVG. */
export async function graphAsSvg() {
  return await asSvg(/** @type {PlotlyElement} */ (byId("graph")));
}
