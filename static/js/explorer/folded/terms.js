// Terms of the gradient of W_h beside the loop: one bar a use, with a dashed outline of the exact term where the cuts change it.

import { SYMBOLS, textWidth } from "../../plot/figure.js";
import { compact, sci, subscript, visible } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { line, rect, scissors } from "../../plot/paths.js";
import { differ } from "../gradient-change.js";
import { cutEdges } from "../cuts/edits.js";
import { letter } from "./letter.js";

const WIDEST = 150, BAR = 60; // px of a column and of its bar
const LEAST_ROOM = 52; // px of a column that has words under it
const ROOM_FOR_SCISSORS = 18, ROOM_FOR_WORD = 92; // px of a column, at least, and for the word beside them
const HEAD = 64, FOOT = { words: 78, none: 54 }; // px above and below the bars
const NUMBER = 14; // px above a bar to its number

/**
 * Where the bars are.
 * @param {number} T @param {{left: number, right: number, top: number, bottom: number, phone: boolean}} room px
 */
export function places(T, { left, right, top, bottom, phone }) {
  const n = Math.max(1, T - 1), c = Math.min(WIDEST, (right - left) / n), hasWords = c >= LEAST_ROOM;
  const bar = Math.min(c, Math.max(0.5, Math.min(BAR, 0.62 * c)));
  return {
    ...{ c, bar, hasWords, left, right: left + c * n },
    top: top + (phone ? NUMBER + 10 : HEAD + NUMBER + 12),
    foot: bottom - (hasWords ? FOOT.words : FOOT.none),
    x: (/** @type {number} */ t) => left + c * (t - 0.5), // of the term of step t, from 1 on
  };
}

/**
 * @param {Result} result @param {View} view @param {Parameters<typeof places>[1]} room
 * @returns {SVGElement}
 */
export function terms(result, view, room) {
  const { full, truncated, tokens } = result, { colors, words, phone } = view, T = tokens.length;
  const at = places(T, room), exact = full.step_norms.Wh, kept = truncated.step_norms.Wh;
  const most = Math.max(...exact.map(Number), ...kept.map(Number)) || 1, cut = new Set(cutEdges(result));
  const high = (/** @type {Num} */ size) => (at.foot - at.top) * ((size ?? 0) / most);
  let bars = "", outlines = "", blades = "";
  /** @type {Node[]} */
  const texts = [];
  for (let t = 1; t < T; t += 1) {
    const x = at.x(t), size = kept[t], tall = high(size), isChanged = differ(size, exact[t]);
    if (tall > 0) bars += rect(x - at.bar / 2, at.foot - tall, at.bar, tall);
    if (isChanged && exact[t]) {
      const more = Math.min(3, 0.1 * at.c);
      outlines += rect(x - at.bar / 2 - more, at.foot - high(exact[t]), at.bar + 2 * more, high(exact[t]));
    }
    if (cut.has(t) && at.c >= ROOM_FOR_SCISSORS) {
      const hasWord = at.c >= ROOM_FOR_WORD, y = at.foot + (at.hasWords ? 62 : 40);
      blades += scissors(hasWord ? x - 26 : x, y, 15);
      if (hasWord) {
        texts.push(letter(words("folded.cut_here"), x - 12, y, 13, colors.muted, { anchor: "start" }));
      }
    }
    const number = size === null ? "–" : compact(sci(size)), type = at.hasWords ? 15 : 12;
    if (textWidth(number, type) < at.c) {
      const y = at.foot - Math.max(tall, isChanged ? high(exact[t]) : 0) - NUMBER;
      texts.push(letter(number, x, y, type, colors.backward, { weight: 700 }));
    }
    if (!at.hasWords) continue;
    const [before, now] = [t - 1, t].map((step) => visible(tokens[step]));
    texts.push(
      letter(`h${subscript(t - 1)} → h${subscript(t)}`, x, at.foot + 19, at.c > 80 ? 16 : 13, colors.ink, {
        family: SYMBOLS,
      }),
    );
    if (textWidth(`${before} → ${now}`, 14) < at.c - 4) {
      texts.push(letter(`${before} → ${now}`, x, at.foot + 41, 14, colors.muted, { weight: 700 }));
    }
    if (t > 1) texts.push(letter("+", x - at.c / 2, at.foot - 20, 17, colors.muted));
  }
  if (!at.hasWords && T > 1) {
    for (const [t, anchor, x] of /** @type {const} */ ([[1, "start", at.left], [T - 1, "end", at.right]])) {
      const name = `h${subscript(t - 1)} → h${subscript(t)}`;
      texts.push(letter(name, x, at.foot + 19, 13, colors.ink, { family: SYMBOLS, anchor }));
    }
  }
  const title = phone ? [] : [
    letter(words("folded.title", { n: T - 1 }), room.left, room.top + 14, 21, colors.ink, {
      anchor: "start",
      weight: 750,
    }),
    letter(words("folded.bars"), room.left, room.top + 40, 15, colors.muted, { anchor: "start" }),
  ];
  return svg(
    "g",
    { class: "terms" },
    svg("path", { class: "bars", d: bars, fill: colors.backward }),
    svg("path", {
      ...{ class: "outlines", d: outlines, fill: "none", stroke: colors.edge },
      ...{ "stroke-width": 1.3, "stroke-dasharray": "3 3" },
    }),
    svg("path", {
      d: line(at.left - 8, at.foot, at.right + 8, at.foot),
      stroke: colors.edge,
      "stroke-width": 1.4,
    }),
    svg("path", { class: "blades", d: blades, fill: "none", stroke: colors.ink, "stroke-width": 1.6 }),
    ...title,
    ...texts,
  );
}
