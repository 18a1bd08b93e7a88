// Prediction and loss of one step of the film strip.

import { short, visible, wholePercent } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { shareOf } from "./bar-scale.js";
import { text } from "./context.js";
import { box, stepAt } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./step-layout.js").Spot} Spot */

const BARS = 6; // of predictions, of more symbols the likeliest

/** @param {Context} context @param {Spot} spot @param {number} s @returns {Tree[]} */
export function prediction(context, { frame, i }, s) {
  const { at, film } = context,
    { output, level, c } = at,
    p = frame.p[i],
    right = film.targets[stepAt(film, frame, i)];
  const target = film.vocabulary.indexOf(right), max = p.indexOf(Math.max(...p.map((share) => share ?? 0)));
  if (level !== "wide") {
    const w = Math.min(at.box, c - 6), guess = visible(film.vocabulary[max]);
    return [
      box(s, output.top + output.height / 2, w, output.height, 6),
      text(
        s,
        output.top + output.height * 0.68,
        guess,
        max === target ? "letter guess right" : "letter guess",
      ),
    ];
  }
  const wide = Math.min(100, c - 62), left = s - wide / 2, symbols = likeliest(p, target);
  const step = (wide - 8) / symbols.length, room = output.height - 22;
  return [
    box(s, output.top + output.height / 2, wide, output.height, 7),
    ...symbols.flatMap((symbol, place) => {
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
    text(s + wide / 2 + 5, output.top + 19, percentOf(p[target]), "aside percent"),
  ];
}

/** @param {Num} share */
export const percentOf = wholePercent;

/** The symbols whose bars are drawn, in their own order. @param {Row} p @param {number} target */
export function likeliest(p, target) {
  const all = p.map((_, symbol) => symbol);
  if (p.length <= BARS) return all;
  const ordered = new Set([target, ...all.toSorted((a, b) => (p[b] ?? 0) - (p[a] ?? 0))]);
  const kept = [...ordered].slice(0, BARS);
  return all.filter((symbol) => kept.includes(symbol));
}

/** @param {Context} context @param {Spot} spot @param {number} s @returns {Tree[]} */
export function loss({ at, losses }, { frame, i }, s) {
  const value = frame.loss[i], y = at.loss;
  if (value === null) return [text(s, y + 5, "–", "aside strong")]; // too large to hold
  if (at.level === "wide") {
    return [
      node("circle", { class: "loss", cx: s, cy: y, r: 8 + 10 * Math.sqrt(Math.min(1, value / 3)) }),
      text(s + 24, y + 5, short(value), "aside strong"),
    ];
  }
  const high = 2 + 30 * shareOf(value, losses), wide = Math.min(14, at.c / 3);
  return [node("rect", { class: "loss", x: s - wide / 2, y: y + 14 - high, width: wide, height: high })];
}
