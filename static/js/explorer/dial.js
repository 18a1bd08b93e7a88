// A panel's own slider, which sets a key of the fragment: it stays while the panel is redrawn, so it can be dragged.

import { byId, element } from "../lib/dom.js";
import { superscript } from "../lib/format.js";
import { words } from "../lib/words.js";

/** @typedef {NonNullable<Panel["dial"]>} Dial */

/** @param {string} name of the panel @param {Dial} dial @param {(seen: Partial<Seen>) => void} look */
export function dialOf(name, { key, least, most }, look) {
  const id = `${name}-${key}`, range = { min: String(least), max: String(most), value: String(least) };
  const input = /** @type {HTMLInputElement} */ (element("input", { type: "range", id, ...range }));
  const output = element("output", { id: `${id}-value`, for: id }, say(least));
  input.addEventListener("input", () => {
    output.textContent = say(input.value);
    look({ [key]: Number(input.value) === least ? null : input.value });
  });
  return element(
    "div",
    { class: "scrub dial" },
    element("label", { for: id }, words(`panels.${name}_slider`)),
    input,
    output,
  );
}

/** Show what the address says, unless somebody is turning it. @param {string} name @param {Dial} dial @param {View} view */
export function turn(name, { key, least }, view) {
  const input = /** @type {HTMLInputElement} */ (byId(`${name}-${key}`));
  if (input === document.activeElement) return;
  input.value = String(view[key] ?? least);
  byId(`${name}-${key}-value`).textContent = say(input.value);
}

/** A factor that is a power of two. @param {string | number} exponent */
const say = (exponent) => Number(exponent) ? `× 2${superscript(Number(exponent))}` : "× 1";
