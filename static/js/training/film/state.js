// Hidden state as a column of cells, beside the state that frozen weights would give.

import { signed } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { cells, inkOn } from "./cells.js";
import { text } from "./context.js";
import { sizeOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

const ROOM_FOR_NUMBER = 12.5; // px of height of a cell
const INSET = 1.5; // px between a state of frozen weights and its frame

/** @param {Context} context @param {Row} h @param {number} x @param {number} width @param {boolean} numbers @returns {Tree[]} */
export function stateOf({ at, view, limit }, h, x, width, numbers) {
  const { top, bottom } = at.state, high = (bottom - top) / h.length;
  const drawn = cells(
    h.map((value) => [value]),
    { x, y: top, width, height: bottom - top, gap: high > 6 ? 1.5 : 0 },
    limit,
    view.colors,
  );
  if (!numbers || at.level !== "wide" || high < ROOM_FOR_NUMBER) return [drawn];
  return [
    drawn,
    ...h.map((value, unit) =>
      text(x + width / 2, top + high * (unit + 0.5) + 4.6, value === null ? "–" : signed(value), "value", {
        fill: inkOn(value, limit, view.colors),
      })
    ),
  ];
}

/** The state with frozen weights, and the distance to it. @param {Context} context @param {Spot} spot @param {number} s @returns {Tree[]} */
export function ghostOf(context, { frame, i }, s) {
  const { at, view } = context, { state, cell, ghost, ghostGap, level, input } = at;
  if (!ghost) return [];
  const x = s + cell / 2 + ghostGap, inset = Math.min(INSET, ghost / 4), drift = frame.drift[i];
  const frozen = [
    ...stateOf(context, frame.ghost[i], x + inset, ghost - 2 * inset, false),
    node("rect", {
      ...{ class: "ghost", x, y: state.top - 2, width: ghost, height: state.bottom - state.top + 4, rx: 3 },
    }),
  ];
  const name = drift === 0 ? "drift none" : "drift";
  if (level === "wide") {
    const words = view.words("training.film.drift", { size: sizeOf(drift) });
    return [...frozen, text(x + ghost / 2, state.bottom + 19, words, `${name} middle`)];
  }
  const wide = Math.min(at.box, at.c - 6), y = input.y + input.height / 2 + 4;
  const bar = (/** @type {string} */ name, /** @type {number} */ width) =>
    node("rect", { class: name, x: s - wide / 2, y, width, height: 3 });
  return [...frozen, bar("drift-room", wide), ...(drift ? [bar("drift", wide * Math.min(1, drift))] : [])];
}
