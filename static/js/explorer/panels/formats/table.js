// Table of the number formats: rounding error, where the gradient of the last loss vanishes, and the window that is as exact.

import { element, rich } from "../../../lib/dom.js";
import { sci, subscript } from "../../../lib/format.js";
import { nameOf } from "../../notation.js";

/** @typedef {import("./answers.js").Formats} Formats */
/** @typedef {Formats["formats"][number]} InFormat */

/** @param {Formats} shown @param {Formats | null} plain without loss scaling @param {View} view */
export function table(shown, plain, { words, notation }) {
  const { s, loss_scale: scale, k: ks } = shown, loss = `L${subscript(s)}`, T = ks[ks.length - 1];
  const heads = [
    [words("formats.format")],
    [`${words("formats.error")} `, nameOf("Wh", notation)],
    [words("formats.back", { loss })],
    [words("formats.as_window")],
  ];
  const before = scale && plain ? plain.formats : [];
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", {}, ...head)))),
    element(
      "tbody",
      {},
      ...shown.formats.map((one, i) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, one.name),
          element("td", { class: "number" }, ...both(one, before[i], (it) => errorOf(it, words), words)),
          element("td", {}, ...both(one, before[i], (it) => backText(it, s, words), words)),
          element("td", { class: "number" }, windowText(one, T, words)),
        )
      ),
    ),
  );
}

/** What holds now, and what holds without loss scaling where that differs. @param {InFormat} now @param {InFormat | undefined} before @param {(one: InFormat) => string} say @param {Words} words */
function both(now, before, say, words) {
  const said = say(now), unscaled = before && say(before);
  return [
    ...rich(said),
    ...(unscaled && unscaled !== said
      ? [element("small", {}, words("formats.unscaled", { value: unscaled.replaceAll("**", "") }))]
      : []),
  ];
}

/** @param {InFormat} format @param {Words} words */
const errorOf = ({ error, overflow }, words) => overflow ? words("formats.overflow") : sci(error);

/**
 * Where the gradient of the last loss becomes 0 on its way back, or comes to rest.
 * @param {InFormat} format @param {number} s @param {Words} words
 */
export function backText(
  { zero_after: all, unit_zero_after: first, stuck_after: rest, stuck_at: size },
  s,
  words,
) {
  if (all !== null) {
    const key = first !== null && first < all ? "formats.zero_units" : "formats.zero";
    return words(key, { n: all, first });
  }
  if (rest !== null) return words("formats.stuck", { n: rest, size: sci(size) });
  return first !== null ? words("formats.unit_zero", { first, s }) : words("formats.never", { n: s });
}

/** @param {InFormat} format @param {number} T @param {Words} words */
function windowText({ window: k }, T, words) {
  if (!k) return "–";
  return k < T ? `k = ${k}` : words("formats.only_whole");
}
