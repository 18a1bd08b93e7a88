// Text samples that a contestant's first model writes during training.

import { element } from "../../lib/dom.js";
import { grouped } from "../../lib/format.js";

/**
 * Whose texts these are, and whether their model diverged.
 * @param {Pick<Contestant, "diverged_at">} contestant @param {string} name in full @param {number} seed the first one
 * @param {Words} words
 */
export function caption({ diverged_at: [u] }, name, seed, words) {
  const told = words("training.race.samples_caption", { name, seed });
  return u ? `${told} ${words("training.race.samples_diverged", { u: grouped(u) })}` : told;
}

/** @param {NonNullable<Contestant["samples"]>} samples @param {Words} words */
export function table(samples, words) {
  const heads = ["samples_update", "samples_text"].map((key) =>
    element("th", { scope: "col" }, words(`training.race.${key}`))
  );
  const rows = samples.map(({ u, text }) =>
    element("tr", {}, element("th", { scope: "row" }, grouped(u)), element("td", {}, text))
  );
  return element(
    "table",
    { class: "samples" },
    element("thead", { class: "hidden-words" }, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
}
