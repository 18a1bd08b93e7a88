// Figures before plotly.js is here: drawn as SVG at once, and handed over to plotly.js later, one by one, while the page
// is idle. This module alone knows which of the two draws a figure.

import { painted } from "../lib/dom.js";
import { onFonts } from "../lib/fonts.js";
import { svg } from "../lib/svg.js";
import { grow } from "../lib/tree.js";
import { pointAt } from "./hit-test.js";
import * as plotly from "./plot.js";
import { canDraw, drawing } from "./svg-figure.js";

const WAIT = 300; // ms until it is asked again whether the page is busy
const IDLE_AT_LAST = 2000; // ms
const MOST_HEIGHTS = 1000; // that are kept: a text that is typed has others at every letter

/** @typedef {{over: (point: Point) => void, away: () => void, tapped: (point: Point) => void}} Listeners */
/** @typedef {{figure: Figure, listeners: Listeners[], pointed: Point | null, stop: AbortController}} Early */

/** @type {Map<HTMLElement, Early>} the figures that are not yet Plotly's */
const figures = new Map();
let isBusy = () => false;
let isTaking = false;

/** Figures are not handed over while this is so. @param {() => boolean} busy */
export function waitWhile(busy) {
  isBusy = busy;
}

/** @param {HTMLElement} target @param {Figure} figure */
export async function react(target, figure) {
  if (figures.has(target) || !plotly.isHere()) {
    if (canDraw(figure)) return draw(target, figure);
    await plotly.load();
  }
  await handOver(target, figure);
}

/** @param {HTMLElement} target @param {{shapes?: object[]}} changes of the layout */
export async function relayout(target, changes) {
  const early = figures.get(target);
  if (!early) return plotly.relayout(target, changes);
  await react(target, { ...early.figure, layout: { ...early.figure.layout, ...changes } });
}

/** Take a figure away. @param {HTMLElement} target */
export function purge(target) {
  if (figures.has(target)) leave(target);
  else plotly.purge(target);
}

/** Listen to the pointer on a figure that is drawn. @param {HTMLElement} target @param {Listeners} listeners */
export function listen(target, listeners) {
  const early = figures.get(target);
  if (early) {
    early.listeners.push(listeners);
    if (early.pointed) listeners.over(early.pointed); // the pointer came first
  } else plotly.listen(/** @type {PlotlyElement} */ (target), listeners);
}

/** A figure as SVG, which nothing takes over. @param {Figure} figure */
export const drawn = (figure) => grow(drawing(figure, { image, height }));

/** @param {HTMLElement} target @param {Figure} figure */
function draw(target, figure) {
  const early = figures.get(target);
  target.replaceChildren(drawn(figure));
  if (early) early.figure = figure;
  else {
    const stop = new AbortController();
    figures.set(target, { figure, listeners: [], pointed: null, stop });
    listenToPointer(target, stop.signal);
  }
  handAllOver();
}

/** Hand figures over once plotly.js is here. */
async function handAllOver() {
  if (isTaking) return;
  isTaking = true;
  await painted();
  await plotly.load();
  while (figures.size) {
    await idle();
    if (isBusy()) await new Promise((done) => setTimeout(done, WAIT));
    else for (const [target, { figure }] of [...figures].slice(0, 1)) await handOver(target, figure);
  }
  isTaking = false;
}

/** Plotly draws a figure from now on. @param {HTMLElement} target @param {Figure} figure */
async function handOver(target, figure) {
  const early = figures.get(target), before = target.querySelector(":scope > .svg-figure");
  if (early) leave(target, false);
  const drawn = plotly.react(target, figure);
  before?.remove(); // only now, so that the page keeps its height
  await drawn;
  for (const listeners of early?.listeners ?? []) listen(target, listeners);
}

/** @param {HTMLElement} target */
function leave(target, erase = true) {
  figures.get(target)?.stop.abort();
  figures.delete(target);
  if (erase) target.replaceChildren();
}

const idle = () =>
  new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(done, { timeout: IDLE_AT_LAST });
    else setTimeout(done);
  });

/** @param {HTMLElement} target @param {AbortSignal} signal */
function listenToPointer(target, signal) {
  target.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch") point(target, pointOf(target, event));
  }, { signal });
  target.addEventListener("pointerleave", () => point(target, null), { signal });
  target.addEventListener("click", (event) => {
    const chosen = pointOf(target, event);
    if (chosen) { for (const { tapped } of figures.get(target)?.listeners ?? []) tapped(chosen); }
  }, { signal });
}

/** @param {HTMLElement} target @param {MouseEvent} event */
function pointOf(target, { clientX, clientY }) {
  const figure = figures.get(target)?.figure, drawn = target.querySelector(":scope > .svg-figure");
  if (!figure || !drawn) return null;
  const { left, top, width } = drawn.getBoundingClientRect();
  const [from, to] = /** @type {{range: number[]}} */ (figure.layout.xaxis).range,
    scale = (to - from) / width;
  return pointAt(figure, from + scale * (clientX - left), scale * (clientY - top));
}

/** The pointer is over a point, or over none. @param {HTMLElement} target @param {Point | null} now */
function point(target, now) {
  const early = figures.get(target), before = early?.pointed;
  if (!early || before === now) return;
  const same = before && now && before.data === now.data &&
    String(before.pointNumber) === String(now.pointNumber);
  if (same) return;
  early.pointed = now;
  for (const { over, away } of early.listeners) now ? over(now) : away();
}

/** @type {import("./svg-figure.js").Pens["image"]} */
function image(width, height, cells) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  for (const { x, y, width, height, fill } of context ? cells : []) {
    const pen = /** @type {CanvasRenderingContext2D} */ (context);
    pen.fillStyle = fill;
    pen.fillRect(x, y, width, height);
  }
  return canvas.toDataURL("image/png");
}

/** @type {Map<string, number>} heights of texts by their font and script */
const heights = new Map();

onFonts(() => {
  heights.clear();
  for (const [target, { figure }] of figures) draw(target, figure);
});

/** @type {import("./svg-figure.js").Pens["height"]} */
function height(text, { size, family, weight }) {
  const isLatin = /^[\x20-\u024f]*$/.test(text), key = `${size} ${weight} ${family} ${isLatin || text}`;
  const known = heights.get(key);
  if (known !== undefined) return known;
  const font = { "font-size": size, "font-family": family, "font-weight": weight };
  const written = svg("text", font, text), tester = svg("svg", { class: "svg-tester" }, written);
  document.body.append(tester);
  const measured = written.getBoundingClientRect().height;
  tester.remove();
  if (heights.size >= MOST_HEIGHTS) heights.clear();
  heights.set(key, measured);
  return measured;
}
