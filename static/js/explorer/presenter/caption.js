// Caption of the presenter view: what the truncation does where nothing is selected, and sentences whose numbers stand out.

import { percent, round } from "../../lib/format.js";
import { shortened } from "../../page/cuts.js";

const MANY = 9999; // pairs up to which they are counted
const NUMBERS = /(‖[^‖]*‖ = [\d.]+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|(?<![\d₀-₉a-z])\d+\.\d+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)/;

/** @param {Result} result @param {Words} words @returns {Part[]} */
export function cutInWords({ params, comparison, cells_kept: kept, cells_total: total }, words) {
  const { truncation, k, k1, cut, cuts } = params;
  if (kept === total && truncation !== "randomized") return parts(words("present.none_cut", { total }));
  const how = words(`present.how_${truncation}`, { k, k1, cut, cuts: shortened(String(cuts)) });
  const share = percent(kept / total).replaceAll(" ", "");
  const left = words(total > MANY ? "present.share_left" : "present.left", { kept, total, share });
  const { cosine } = comparison.recurrent;
  const turn = cosine === null ? "" : words("present.turned", { angle: round(angleOf(cosine), 0) });
  return parts([how, left + (turn || "."), words("present.same_forward")].join(" "));
}

/** In degrees. @param {number} cosine */
export const angleOf = (cosine) => Math.acos(Math.min(1, Math.max(-1, cosine))) * 180 / Math.PI;

/** **Strong** words; an angle has the color of gradients. @param {string} text @returns {Part[]} */
function parts(text) {
  return text.split(/(\*\*.+?\*\*)/).map((part) => {
    if (!part.startsWith("**")) return { text: part };
    const strong = part.slice(2, -2);
    return {
      text: strong,
      strong: true,
      ...(strong.includes("°") ? { tone: /** @type {const} */ ("gradient") } : {}),
    };
  });
}

/**
 * A sentence of the status line for the wall: its beginning and its numbers stand out, not all of it.
 * @param {Part[]} sentence @returns {Part[]}
 */
export function standingOut(sentence) {
  const [first, second, ...others] = sentence;
  if (!second?.strong || others.length) return sentence;
  const { tone } = second;
  const numbers = second.text.split(NUMBERS).map((text, i) =>
    i % 2 ? { text, strong: true, tone } : { text }
  );
  return [{ ...first, strong: true, tone }, ...numbers.filter(({ text }) => text)];
}
