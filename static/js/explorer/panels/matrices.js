// Weight matrices panel: every weight as a cell to view, and to edit where there are few.

import { element, rich } from "../../lib/dom.js";
import { grouped, shortNumber, visible } from "../../lib/format.js";
import { painter } from "../ledger/paint.js";
import { nameOf, notationSwitch, plainName } from "../notation.js";
import { isPacked } from "../../lib/packed-numbers.js";
import { svg } from "../../lib/svg.js";
import { weightsFile } from "../weights-file/weights-file.js";

export const name = "matrices";
export const closed = true;
export const whole = true;

/** @type {(keyof View)[]} */
export const follows = ["notation"];

const NAMES = /** @type {const} */ (["Wx", "Wh", "b", "bh", "Wy", "by"]); // as the server reads them, one after another
const EDITED = 400, DRAWN = 5000; // numbers: more are too small to type in, or to draw
const MOST = 100; // of a weight, as app/labs/explorer/params.py bounds it
const CELL = { least: 7, most: 16, across: 420 }; // px, where there are many

/** @typedef {{name: typeof NAMES[number], rows: Table, from: string[], to: string[], before: number}} Matrix what each row comes from, what each column goes to, and how many numbers stand before it in a link */

/**
 * The matrices with the names of their rows and columns.
 * @param {Pick<Result, "weights" | "vocabulary" | "params" | "forward">} result
 * @returns {Matrix[]}
 */
export function matrices({ weights, vocabulary, params, forward }) {
  const H = Number(params.hidden), symbols = vocabulary.length ? vocabulary.map(visible) : ["x"];
  const outputs = vocabulary.length ? symbols : ["ŷ"],
    units = Array.from({ length: H }, (_, unit) => String(unit));
  const gates = forward.gates ? Object.keys(forward.gates).filter((gate) => gate !== "c") : [""];
  const into = gates.flatMap((gate) => units.map((unit) => gate + unit));
  const sides = {
    Wx: [symbols, into],
    Wh: [units, into],
    b: [[""], into],
    bh: [[""], into.slice(-H)],
    Wy: [units, outputs],
    by: [[""], outputs],
  };
  let before = 0;
  return NAMES.flatMap((name) => {
    const given = weights[name], [from, to] = sides[name];
    if (!given) return [];
    const matrix = {
      name,
      rows: /** @type {Table} */ (Array.isArray(given[0]) ? given : [given]),
      from,
      to,
      before,
    };
    before += from.length * to.length;
    return [matrix];
  });
}

/** @param {Matrix[]} all */
const values = (all) => all.flatMap(({ rows }) => rows.flat());

/** All weights one after another, as a link carries them. @param {Matrix[]} all */
export function written(all) {
  return values(all).join();
}

/**
 * A learned initial state as a link carries it, so that descent goes on from it and not from what was given.
 * @param {Pick<Result, "forward" | "params">} result @returns {Record<string, string>}
 */
export function learnedState({ forward: { h0, c0 }, params: { updates, initial_state } }) {
  if (!Number(updates) || initial_state !== "learned") return {};
  return { h0: h0.join(), ...(c0 ? { c0: c0.join() } : {}) };
}

/** How many numbers there are, and whether they can be changed here. @param {Matrix[]} all */
export function size(all) {
  const n = values(all).length;
  return { n, edited: n <= EDITED && values(all).every((value) => value !== null), drawn: n <= DRAWN };
}

/** How many numbers the network has. @param {Result} result @param {View} view */
export function finding(result, { words }) {
  const all = matrices(result);
  return { finding: grouped(size(all).n), note: words("findings.matrices", { n: all.length }) };
}

/** @param {Result} result @param {View} view */
export function caption(result, { words }) {
  const { n, edited, drawn } = size(matrices(result)), { updates, seed, weights } = result.params;
  const origin = updates && result.overflow_at
    ? "stopped"
    : updates
    ? "learned"
    : !weights
    ? "seed"
    : isPacked(String(weights))
    ? "loaded"
    : "own";
  const how = edited ? "edit" : drawn ? "read" : "many";
  return rich(
    `${words(`matrices.${origin}`, { n, updates, seed })} ${words(`matrices.${how}`, { most: EDITED })}`,
  );
}

/** @param {Result} result @param {View} view @returns {Node} */
export function render(result, view) {
  const { words } = view,
    all = matrices(result),
    { edited, drawn } = size(all),
    { updates, weights } = result.params;
  const max = Math.max(...values(all).map((value) => Math.abs(value ?? 0))), paint = painter(view.colors);
  const state = learnedState(result), { h0, c0 } = result.forward;
  const widest = Math.max(...all.map(({ to }) => to.length));
  const cell = Math.round(Math.max(CELL.least, Math.min(CELL.most, CELL.across / widest)));
  const groups = [["Wx", "b"], ["Wh", "bh"], ["Wy", "by"]].map((names) =>
    element(
      "div",
      { class: "column" },
      ...all.filter(({ name }) => names.includes(name)).map((matrix) =>
        element(
          "figure",
          {},
          element(
            "figcaption",
            {},
            nameOf(matrix.name, view.notation),
            ` ${matrix.rows.length} × ${matrix.to.length}`,
          ),
          edited ? table(matrix, max, paint, view, state) : map(matrix, cell, max, paint, view),
        )
      ),
    )
  );
  const inBounds = max <= MOST && [...h0, ...(c0 ?? [])].every((value) => Math.abs(value ?? 0) <= MOST);
  const keep = updates && edited && inBounds
    ? [button(words("matrices.keep"), new URLSearchParams({ ...state, weights: written(all), updates: "0" }))]
    : [];
  const back = weights ? [button(words("matrices.back"), new URLSearchParams({ weights: "" }))] : [];
  return element(
    "div",
    {},
    element("div", { class: "tools" }, notationSwitch(view), ...keep, ...back),
    weightsFile(view),
    ...(drawn ? [element("div", { class: "weights" }, ...groups)] : []),
  );
}

/** @param {string} word @param {URLSearchParams} change */
function button(word, change) {
  return element("button", { type: "button", "data-change": String(change) }, word);
}

/** Where a weight stands, and what it is. @param {Matrix} matrix @param {number} i @param {number} j @param {View} view */
function cellText({ name, rows, from, to }, i, j, { words, notation }) {
  const way = from[i] ? "matrices.from_to" : "matrices.to";
  return `${plainName(name, notation)}: ${words(way, { from: from[i], to: to[j] })} = ${rows[i][j] ?? "–"}`;
}

/** Numbers in fields. @param {Matrix} matrix @param {number} max @param {import("../ledger/paint.js").Painter} paint @param {View} view @param {Record<string, string>} state */
function table(matrix, max, paint, view, state) {
  const { rows, from, to, before } = matrix;
  const head = element("tr", {}, element("td"), ...to.map((unit) => element("th", { scope: "col" }, unit)));
  return element(
    "table",
    {},
    element("thead", {}, head),
    element(
      "tbody",
      {},
      ...rows.map((row, i) =>
        element(
          "tr",
          {},
          from[i] ? element("th", { scope: "row" }, from[i]) : element("td"),
          ...row.map((value, j) =>
            element(
              "td",
              {},
              field(value ?? 0, before + i * to.length + j, cellText(matrix, i, j, view), max, paint, state),
            )
          ),
        )
      ),
    ),
  );
}

/** @param {number} value @param {number} place among all @param {string} label @param {number} max @param {import("../ledger/paint.js").Painter} paint @param {Record<string, string>} state a learned one, kept with what is typed */
function field(value, place, label, max, paint, state) {
  const text = shortNumber(value).replace("−", "-"); // as a field holds it
  const { fill, ink } = paint("weights", value, max);
  const node = element("input", {
    ...{
      id: `weight-${place}`,
      type: "number",
      step: "0.1",
      min: String(-MOST),
      max: String(MOST),
      value: text,
    },
    ...{
      "data-list": "weights",
      "data-exact": String(value),
      "data-place": String(place),
      title: label,
      "aria-label": label,
    },
  });
  node.style.background = fill;
  node.style.color = ink;
  node.addEventListener("change", () => typed(/** @type {HTMLInputElement} */ (node), state));
  return node;
}

/**
 * A number was typed: the change that it makes, all weights at full precision with this one. Descent begins there.
 * @param {HTMLInputElement} node @param {Record<string, string>} state
 */
function typed(node, state) {
  const { badInput, rangeOverflow, rangeUnderflow } = node.validity;
  if (badInput || rangeOverflow || rangeUnderflow || node.value === "") {
    node.value = node.defaultValue;
    return;
  }
  const all = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-list=weights]"));
  const inOrder = [...all].toSorted((a, b) => Number(a.dataset.place) - Number(b.dataset.place));
  const weights = inOrder.map((field) => (field === node ? field.value : field.dataset.exact)).join();
  const press = button("", new URLSearchParams({ ...state, updates: "0", weights }));
  node.after(press); // pressed as the buttons above the table are
  press.click();
  press.remove();
}

/** Colors alone, each told under the pointer. @param {Matrix} matrix @param {number} cell px @param {number} max @param {import("../ledger/paint.js").Painter} paint @param {View} view */
function map(matrix, cell, max, paint, view) {
  const { rows, to } = matrix;
  return svg(
    "svg",
    {
      width: cell * to.length,
      height: cell * rows.length,
      role: "img",
      "aria-label": plainName(matrix.name, view.notation),
    },
    ...rows.flatMap((row, i) =>
      row.map((value, j) =>
        svg(
          "rect",
          {
            x: cell * j,
            y: cell * i,
            width: cell - 1,
            height: cell - 1,
            fill: paint("weights", value ?? 0, max).fill,
          },
          svg("title", {}, cellText(matrix, i, j, view)),
        )
      )
    ),
  );
}
