// Live numbers in lesson texts, filled from the results of the lab.

import { wrongSigns } from "../lib/arithmetic.js";
import { grouped, power } from "../lib/format.js";
import { WORD_JOINER } from "../lib/korean.js";
import { agreeing, isKorean } from "../lib/words.js";

const EXACT = 1e-9; // relative difference below which numbers are equal

/** Three significant digits, fewer if the number is exact with fewer. @param {number | string | null | undefined} value */
export function written(value) {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value), sign = value < 0 ? "−" : "";
  if (Number.isInteger(value) && size < 1e6) return sign + grouped(size);
  if (size < 1e-3 || size >= 1e5) return sign + power(size, 2);
  const rounded = size.toPrecision(3), short = Number(rounded);
  return sign + (Math.abs(size - short) < EXACT * size || short >= 1000 ? String(short) : rounded);
}

/** @type {WeakMap<Element, [Node, number][]>} where ≈ stands instead of the text's own = */
const corrected = new WeakMap();

/** The text node that holds a letter of a text, and the letter's place in it. @param {Node} node @param {number} at @returns {[Node, number][]} */
function signAt(node, at) {
  const leaves = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let from = 0;
  for (let leaf = leaves.nextNode(); leaf; leaf = leaves.nextNode()) {
    const { length } = leaf.nodeValue ?? "";
    if (at < from + length) return [[leaf, at - from]];
    from += length;
  }
  return [];
}

/** @param {Node} leaf @param {number} at @param {string} letter */
function setLetter(leaf, at, letter) {
  const text = leaf.nodeValue ?? "";
  leaf.nodeValue = text.slice(0, at) + letter + text.slice(at + 1);
}

/**
 * Fill the numbers of a text, and the particles and plurals that follow them, and let = stand only where the printed
 * numbers give the printed result.
 * @param {Element} text
 * @param {Ruled["values"]} values
 */
export function fill(text, values = {}) {
  for (const [leaf, at] of corrected.get(text) ?? []) setLetter(leaf, at, "=");
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-live]"))) {
    const name = place.dataset.live ?? "";
    place.textContent = name in values ? written(values[name]) : "…";
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (text.querySelectorAll("[data-particle]"))) {
    const { of = "", particle: pair = "" } = place.dataset;
    const start = isKorean(pair) ? WORD_JOINER : "";
    if (of in values) place.textContent = start + agreeing(written(values[of]), pair);
  }
  corrected.set(text, wrongSigns(text.textContent ?? "").flatMap((at) => signAt(text, at)));
  for (const [leaf, at] of corrected.get(text) ?? []) setLetter(leaf, at, "≈");
}
