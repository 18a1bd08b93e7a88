// Recorded answers, controls and words, and a view to draw them in.
import { readFileSync } from "node:fs";
import "../../static/js/explorer/unrolled/playback.js"; // which draws moments once it is loaded
import "../../static/js/plot/presented.js"; // which has the sizes of the presenter view
import { withSymbols } from "../../static/js/server/api.js";
import { useCatalogue, words } from "../../static/js/lib/words.js";

/** @param {string} name */
export function recorded(name) {
  return JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), "utf8"));
}

export const ANSWERS = [
  "bptt",
  "full",
  "window",
  "tbptt",
  "randomized",
  "cuts",
  "last",
  "squared",
  "long",
  "lstm",
  "gru",
  "scalar",
  "word",
  "number",
];

/** @param {string} name @returns {Result} */
export const answer = (name) => withSymbols(recorded(name));

/** @returns {Control[]} */
export const controls = () => recorded("controls");

/** @param {Partial<View>} [changes] @param {string} [language] @returns {View} */
export function viewWith(changes = {}, language = "en") {
  useCatalogue(recorded(`words-${language}`));
  const names = [
    "background",
    "panel",
    "ink",
    "muted",
    "line",
    "forward",
    "backward",
    "ghost",
    "node",
    "zebra",
    "edge",
    "veil",
    "select",
  ];
  const numbered = [0, 1, 2, 3, 4].flatMap((i) => [`activation${i}`, `gradient${i}`, `credit${i}`]);
  const more = ["loss", ...[0, 1, 2, 3, 4].map((i) => `place${i}`)];
  const colors = Object.fromEntries(
    [...names, ...numbered, ...more].map((name, i) => [name, `#${String(100000 + i * 777)}`]),
  );
  const size = { width: 1164, height: 530, gutter: 104, phone: false, dark: false };
  const seen = {
    t: 1,
    isSelected: true,
    story: null,
    s: null,
    pair: null,
    of: /** @type {const} */ ("Wh"),
    at: null,
    lit: null,
    over: false,
    notation: "wx",
    shapes: false,
    gate: null,
  };
  return { ...size, ...seen, query: "?v=1", answers: {}, colors, font: "sans-serif", words, ...changes };
}
