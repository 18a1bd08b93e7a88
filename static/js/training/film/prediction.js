// Prediction and loss of one step of the film strip: a card with the most probable symbols in a wide column, guess and
// target in a narrower one, the guess alone in the narrowest.

import { short, visible, wholePercent } from "../../lib/format.js";
import { check, rect, times } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { shareOf } from "./bar-scale.js";
import { text } from "./context.js";
import { box, stepAt } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

export const LINES = 4; // of a card, of more symbols the likeliest and the target
const LINE = 18, TRACK = 44, MARK = 11; // px
const LARGEST_DISC = 10; // px of the radius of the largest loss
const ROOM_BESIDE = 58; // px of a column whose loss stands beside its disc

/** @param {Context} context @param {Spot} spot @param {number} s @returns {Tree[]} */
export function prediction(context, { frame, i }, s) {
  const { at, film } = context, { output, level, c } = at, p = frame.p[i];
  const target = film.vocabulary.indexOf(film.targets[stepAt(film, frame, i)]);
  const guess = p.indexOf(Math.max(...p.map((share) => share ?? 0))), isRight = guess === target;
  const width = Math.min(at.card, c - 6), y = output.top + output.height / 2;
  const around = box(s, y, width, output.height, 8, "box card");
  if (level === "wide") return [around, ...card(film, p, { guess, target }, s, output.top)];
  const symbol = (/** @type {number} */ of) => visible(film.vocabulary[of] ?? "–");
  if (level === "compact") {
    return [around, text(s, y + 5, symbol(guess), `letter guess ${isRight ? "right" : ""}`)];
  }
  if (isRight) {
    return [
      around,
      text(s - 8, y + 5.5, symbol(guess), "letter guess right"),
      node("path", { class: "mark right", d: check(s + 11, y, MARK) }),
    ];
  }
  const aside = width / 4 + 1;
  return [
    around,
    text(s - aside, y + 5.5, symbol(guess), "letter guess"),
    text(s, y + 4, "≠", "note middle"),
    text(s + aside, y + 5.5, symbol(target), "letter guess right"),
  ];
}

/**
 * The lines of a card: symbol, bar and share; the target is checked, a wrong guess crossed.
 * @param {Film} film @param {Row} p @param {{guess: number, target: number}} of @param {number} s @param {number} top @returns {Tree[]}
 */
function card(film, p, { guess, target }, s, top) {
  return likeliest(p, target).flatMap((symbol, line) => {
    const y = top + 5 + LINE * (line + 0.5),
      isTarget = symbol === target,
      isWrong = symbol === guess && !isTarget;
    const name = isTarget ? "right" : isWrong ? "wrong-guess" : "other", share = p[symbol] ?? 0;
    return [
      text(s - 50, y + 5, visible(film.vocabulary[symbol]), `card-line middle ${name}`),
      node("path", { class: "track", d: rect(s - 38, y - 4, TRACK, 8) }),
      node("path", { class: `bar ${name}`, d: rect(s - 38, y - 4, Math.max(1, TRACK * share), 8) }),
      text(s + 42, y + 5, percentOf(p[symbol]), `card-line share ${name}`),
      ...(isTarget ? [node("path", { class: "mark right", d: check(s + 53, y, MARK) })] : []),
      ...(isWrong ? [node("path", { class: "mark wrong-guess", d: times(s + 53, y, MARK) })] : []),
    ];
  });
}

/** @param {Num} share */
export const percentOf = wholePercent;

/** The symbols that are listed, in their own order. @param {Row} p @param {number} target */
export function likeliest(p, target) {
  const all = p.map((_, symbol) => symbol);
  if (p.length <= LINES) return all;
  const ordered = all.toSorted((a, b) => (p[b] ?? 0) - (p[a] ?? 0)), first = ordered.slice(0, LINES);
  if (first.includes(target)) return first;
  return [...first.slice(0, LINES - 1), target];
}

/** A loss beside its disc; only what is 0 is written so. @param {number} value */
const lossText = (value) => value && value < 0.005 ? "<0.01" : short(value);

/** The loss: a disc whose area it is, and its number; a bar where columns are narrow. @param {Context} context @param {Spot} spot @param {number} s @returns {Tree[]} */
export function loss({ at, losses }, { frame, i }, s) {
  const value = frame.loss[i], y = at.loss;
  if (at.level === "compact") {
    const high = 2 + 28 * shareOf(value, losses), wide = Math.min(14, at.c / 3);
    return value === null
      ? [text(s, y + 5, "–", "loss-number middle")]
      : [node("rect", { class: "loss", x: s - wide / 2, y: y + 6 - high, width: wide, height: high })];
  }
  if (value === null) return [text(s, y + 5, "–", "loss-number middle")]; // too large to hold
  const number = lossText(value);
  const r = Math.max(2, LARGEST_DISC * Math.sqrt(Math.min(1, value / losses.high)));
  const circle = (/** @type {number} */ x) =>
    node("circle", { class: "loss", cx: x.toFixed(1), cy: y, r: r.toFixed(1) });
  if (at.level === "wide") return [circle(s), text(s + r + 6, y + 5, number, "loss-number")];
  if (at.c < ROOM_BESIDE) return [circle(s), text(s, y - r - 4, number, "loss-number middle")];
  return [circle(s - 17), text(s - 17 + r + 4, y + 5, number, "loss-number")];
}
