// One step of a block: what it reads, its state beside that of frozen weights, what it predicts and loses, and what flows back.

import { sci, short, signed, visible } from "../../format.js";
import { cross } from "../../marks.js";
import { node } from "../tree.js";
import { cells, inkOn } from "./cells.js";
import { backward, disc, forward, from, litAt, text } from "./pen.js";
import { numberOf } from "./moments.js";

/** @typedef {import("./pen.js").Pen} Pen */
/** @typedef {import("./places.js").FramePlace} FramePlace */
/** @typedef {{frame: Frame, place: FramePlace, column: number, i: number}} Spot column: where it is drawn; i: the step in its block */

const BARS = 6; // of predictions, of more symbols the likeliest
const ROOM_FOR_NUMBER = 13.5; // px of height of a cell
const SHIFT = { wide: 13, middle: 6, compact: 4 }; // px of the state to the left, for what stands beside it
const ROOM_FOR_ARROW = 13; // px between states

/** The middle of a state. @param {Pen} pen @param {FramePlace} place @param {number} column */
export const spine = ({ at }, place, column) => place.x(column) - SHIFT[at.level];

/** Where arrows between states run: between them, or above and below where there is no room. @param {Pen} pen */
export function ways({ at }) {
  const { state, level, c, cell, ghost, ghostGap } = at, high = state.bottom - state.top;
  const between = level !== "compact" && c - cell - ghost - ghostGap >= ROOM_FOR_ARROW;
  return {
    between,
    above: between ? state.top - 4 : state.top - 22, // where arrows up and down end
    below: between ? state.bottom + 4 : state.bottom + 22,
    forward: between ? state.top + 0.3 * high : state.top - 13,
    backward: between ? state.top + 0.66 * high : state.bottom + 13,
    widest: level === "wide" ? 12 : 9,
  };
}

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
export function column(pen, spot) {
  const { frame, i } = spot, n = frame.stop - frame.start;
  return [
    reserved(pen, spot),
    from(pen, frame.frame, i, ...readForward(pen, spot)),
    from(pen, frame.frame, 2 * n - 1 - i, ...walkedBack(pen, spot)),
    lit(pen, spot, n),
  ];
}

/** What is there from the beginning: the input, and the places of the rest. @param {Pen} pen @param {Spot} spot */
function reserved(pen, { frame, place, column, i }) {
  const { at, film } = pen,
    s = spine(pen, place, column),
    { input, state } = at,
    w = Math.min(at.box, at.c - 6);
  const token = visible(film.tokens[frame.start + i]);
  return node(
    "g",
    {},
    box(s, input.y, w, input.height, 6),
    text(s, input.y + at.input.height * 0.17, token, `letter ${at.level}`),
    box(s, (state.top + state.bottom) / 2, at.cell + 4, state.bottom - state.top + 4, 5),
  );
}

/** @param {number} cx @param {number} cy @param {number} width @param {number} height @param {number} rx */
function box(cx, cy, width, height, rx) {
  return node("rect", { class: "box", x: cx - width / 2, y: cy - height / 2, width, height, rx });
}

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function readForward(pen, spot) {
  const { frame, place, column, i } = spot, { at, plan } = pen;
  const s = spine(pen, place, column),
    { state, input, output, level, cell } = at,
    aside = asideOf(pen),
    way = ways(pen);
  const made = [
    ...arrived(pen, spot),
    forward(s - aside, input.y - input.height / 2 - 2, s - aside, way.below),
    ...stateOf(pen, frame.h[i], s - cell / 2, cell, true),
    ...ghostOf(pen, spot, s),
    forward(s - aside, way.above, s - aside, output.top + output.height + 2),
    ...prediction(pen, spot, s),
    forward(s - aside, output.top - 3, s - aside, output.top - (level === "wide" ? 15 : 15)),
    ...loss(pen, spot, s),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: i });
    made.push(disc(s - 31, (state.bottom + input.y - input.height / 2) / 2 + 2, number, "reading"));
  }
  return made;
}

/** The arrow from the state before; into the first one of a block it comes through the gate (gate.js). @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function arrived(pen, { place, column }) {
  if (column === 0) return [];
  const { at } = pen, way = ways(pen), s = spine(pen, place, column), before = spine(pen, place, column - 1);
  const start = before + at.cell / 2 + at.ghost + at.ghostGap + 3;
  return way.between
    ? [forward(start, way.forward, s - at.cell / 2 - 4, way.forward)]
    : [forward(before + 2, way.forward, s - 2, way.forward)];
}

/** @param {Pen} pen @param {Row} h @param {number} x @param {number} width @param {boolean} numbers @returns {Tree[]} */
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
      text(x + width / 2, top + high * (unit + 0.5) + 4.4, value === null ? "–" : signed(value), "value", {
        fill: inkOn(value, limit, view.colors),
      })
    ),
  ];
}

/** The same text read with weights that never moved, and how far the state is from it. @param {Pen} pen @param {Spot} spot @param {number} s @returns {Tree[]} */
function ghostOf(pen, { frame, i }, s) {
  const { at, view } = pen, { state, cell, ghost, ghostGap, level, input } = at;
  const x = s + cell / 2 + ghostGap, drift = frame.drift[i] ?? 0;
  const made = [
    ...stateOf(pen, frame.ghost[i], x + 1.5, ghost - 3, false),
    node("rect", {
      class: "ghost",
      x,
      y: state.top - 2,
      width: ghost,
      height: state.bottom - state.top + 4,
      rx: 2,
    }),
  ];
  const name = drift ? "drift" : "drift none";
  if (level === "wide") {
    made.push(
      text(
        s + 23,
        state.bottom + 20,
        view.words("training.film.drift", { size: sizeOf(drift) }),
        `${name} aside`,
      ),
    );
  } else {
    const wide = Math.min(at.box, at.c - 6), y = input.y + input.height / 2 + 4;
    made.push(node("rect", { class: "drift-room", x: s - wide / 2, y, width: wide, height: 3 }));
    if (drift) {
      made.push(
        node("rect", { class: "drift", x: s - wide / 2, y, width: wide * Math.min(1, drift), height: 3 }),
      );
    }
  }
  return made;
}

/** A size that is exactly 0 only where it is. @param {Num} value */
export function sizeOf(value) {
  if (value === null) return "–";
  return value === 0 ? "0" : value < 0.005 ? sci(value) : short(value);
}

/** @param {Pen} pen @param {Spot} spot @param {number} s @returns {Tree[]} */
function prediction(pen, { frame, i }, s) {
  const { at, film } = pen, { output, level, c } = at, p = frame.p[i], right = film.targets[frame.start + i];
  const target = film.vocabulary.indexOf(right), most = p.indexOf(Math.max(...p.map((share) => share ?? 0)));
  if (level !== "wide") {
    const w = Math.min(at.box, c - 6), guess = visible(film.vocabulary[most]);
    return [
      box(s, output.top + output.height / 2, w, output.height, 6),
      text(
        s,
        output.top + output.height * 0.68,
        guess,
        most === target ? "letter guess right" : "letter guess",
      ),
    ];
  }
  const wide = Math.min(100, c - 62), left = s - wide / 2, shown = likeliest(p, target);
  const step = (wide - 8) / shown.length, room = output.height - 22;
  return [
    box(s, output.top + output.height / 2, wide, output.height, 7),
    ...shown.flatMap((symbol, place) => {
      const high = Math.max(1, room * (p[symbol] ?? 0)),
        x = left + 4 + step * place,
        name = symbol === target ? "right" : "";
      return [
        node("rect", {
          class: `bar ${name}`,
          x: x + 1,
          y: output.top + 5 + room - high,
          width: Math.max(1, step - 2),
          height: high,
        }),
        text(x + step / 2, output.top + output.height - 5, visible(film.vocabulary[symbol]), `small ${name}`),
      ];
    }),
    text(s + wide / 2 + 5, output.top + 19, `${Math.round(100 * (p[target] ?? 0))}%`, "aside percent"),
  ];
}

/** The symbols whose bars are drawn, in their own order. @param {Row} p @param {number} target */
export function likeliest(p, target) {
  const all = p.map((_, symbol) => symbol);
  if (p.length <= BARS) return all;
  const kept = new Set([target, ...all.toSorted((a, b) => (p[b] ?? 0) - (p[a] ?? 0))].slice(0, BARS));
  return all.filter((symbol) => kept.has(symbol));
}

/** @param {Pen} pen @param {Spot} spot @param {number} s @returns {Tree[]} */
function loss({ at }, { frame, i }, s) {
  const value = frame.loss[i] ?? 0, share = Math.min(1, value / 3), y = at.loss;
  if (at.level === "wide") {
    return [
      node("circle", { class: "loss", cx: s, cy: y, r: 8 + 10 * Math.sqrt(share) }),
      text(s + 24, y + 5, short(value), "aside strong"),
    ];
  }
  const high = 4 + 28 * share, wide = Math.min(14, at.c / 3);
  return [node("rect", { class: "loss", x: s - wide / 2, y: y + 14 - high, width: wide, height: high })];
}

/** @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function walkedBack(pen, spot) {
  const { frame, place, column, i } = spot, { at, plan } = pen, n = frame.stop - frame.start;
  const s = spine(pen, place, column), { state, input, output, level } = at, x = s + asideOf(pen);
  const widest = level === "wide" ? 11 : 7, own = frame.from_output[i], way = ways(pen);
  const made = [
    ...backward(pen, own, [x, output.top - (level === "wide" ? 15 : 15), x, output.top - 2], widest),
    ...backward(pen, own, [x, output.top + output.height + 2, x, way.above], widest),
    ...backward(pen, frame.dh[i], [x, way.below, x, input.y - input.height / 2 - 2], widest),
    ...(i > 0 ? handed(pen, spot) : handsOut(frame) ? stub(pen, spot) : []),
  ];
  if (level === "wide") {
    const number = numberOf(plan, { pass: 1, frame: frame.frame, beat: 2 * n - 1 - i });
    made.push(disc(x + 20, (output.top + output.height + state.top) / 2 - 1, number, "walking"));
  }
  return made;
}

/** The gradient that a state hands to the one before. @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function handed(pen, { frame, place, column, i }) {
  const { at } = pen, way = ways(pen), s = spine(pen, place, column), size = frame.from_future[i - 1];
  const before = column > 0 ? spine(pen, place, column - 1) : s - at.c;
  const end = way.between ? before + at.cell / 2 + at.ghost + at.ghostGap + 2 : before + 2;
  const start = way.between ? s - at.cell / 2 - 4 : s - 2;
  const drawn = backward(pen, size, [start, way.backward, end, way.backward], way.widest);
  const number = at.level === "wide"
    ? [text((start + end) / 2, way.backward + 22, sizeOf(size), "gradient")]
    : [];
  return [...drawn, ...number];
}

/** Whether there is a past that the block's start could hand a gradient to. @param {Frame} frame */
export const handsOut = ({ start, state }) => start > 0 || state !== "zeros";

/** At the start of a block the gradient ends: what it would hand on is cut. @param {Pen} pen @param {Spot} spot @returns {Tree[]} */
function stub(pen, { place, column }) {
  const { at } = pen, way = ways(pen), s = spine(pen, place, column);
  const start = way.between ? s - at.cell / 2 - 4 : s - 3,
    end = place.left - (at.level === "compact" ? 8 : 20);
  return [
    node("path", { class: "thin", d: `M${start},${way.backward}H${end}` }),
    node("path", { class: "backward", d: cross(end - 2, way.backward, 6, 1.4) }),
  ];
}

/** A frame round the state that is read or walked through now. @param {Pen} pen @param {Spot} spot @param {number} n */
function lit(pen, { frame, place, column, i }, n) {
  const { at } = pen, s = spine(pen, place, column), { top, bottom } = at.state;
  const rect = node("rect", {
    ...{
      class: "lit",
      x: s - at.cell / 2 - 4,
      y: top - 4,
      width: at.cell + 8,
      height: bottom - top + 8,
      rx: 7,
    },
  });
  return litAt(pen, frame.frame, [i, 2 * n - 1 - i], rect);
}

/** How far the two directions run beside the middle. @param {Pen} pen */
const asideOf = ({ at }) => ({ wide: 11, middle: 6, compact: 4.5 })[at.level];
