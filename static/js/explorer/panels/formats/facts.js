// What the number format panel says: which window is as exact as a format, and whether blocks come near.

import { sci, subscript } from "../../../lib/format.js";
import { answersOf } from "./answers.js";

/** @typedef {import("./answers.js").Formats} Formats */

/** @param {Formats} formats @param {string} name */
const named = ({ formats }, name) => formats.find((one) => one.name === name);

/** @param {Formats} formats @param {Words} words */
export function findingOf(formats, words) {
  const coarse = named(formats, "bfloat16"), T = formats.k[formats.k.length - 1];
  if (T === 1) return { finding: "T = 1", note: words("formats.single") };
  if (!coarse?.window) return { finding: "", note: "" };
  return {
    finding: `k = ${coarse.window}`,
    note: words(coarse.window < T ? "findings.formats" : "findings.formats_whole", { k: coarse.window }),
  };
}

/** What the panel shows, and what follows from it, as sentences. @param {Result} result @param {View} view */
export function facts({ params }, view) {
  const { shown } = answersOf(view), { words } = view;
  if (!shown) return [];
  const fine = named(shown, "float32"), coarse = named(shown, "bfloat16"), T = shown.k[shown.k.length - 1];
  const blocks = shown.blocks.filter((error, i) => error !== null && shown.k[i] < T).map(Number);
  const nearest = Math.min(...blocks);
  return [
    view.format
      ? words("formats.what_back", { loss: `L${subscript(shown.s)}`, format: view.format })
      : words("formats.what"),
    ...(fine?.window && fine.window < T ? [words("formats.float32", { k: fine.window })] : []),
    ...(blocks.length && coarse?.error && nearest > coarse.error
      ? [words("formats.blocks", { error: sci(nearest), T })]
      : []),
    words(params.cell === "rnn" ? "formats.emulated_rnn" : "formats.emulated"),
  ];
}
