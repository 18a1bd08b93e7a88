// What stands above and below the picture on paper: a title in words, the settings, what the truncation does, the check.

import { element, rich } from "../../lib/dom.js";
import { percent, round, sci } from "../../lib/format.js";
import { shortened } from "../../page/cuts.js";
import { namesPart } from "../../page/name-list.js";
import { textOf } from "../../page/present/facts.js";
import { angleOf } from "../presenter/caption.js";
import { rowsIn, veiledBy } from "../unrolled/selectors.js";

const TELLING = ["readout", "comparison", "schemes", "credit"]; // parts that tell how far the gradient is off

const SCALED = ["gain", "orthogonal", "identity"]; // starts that have a gain

/** @param {Result["params"]} params @param {Words} words */
export function title(params, words) {
  const { truncation, k, k1, cut, cuts } = params,
    scheme = truncation === "cuts" && !cuts ? "full" : truncation;
  return words(`paper.title_${scheme}`, { text: textOf(params), k, k1, cut, cuts: shortened(String(cuts)) });
}

/** The network and its loss. @param {Result} result @param {Pick<View, "words" | "veil">} view */
export function settings({ params, forward, tokens, blocks }, { words, veil }) {
  const { cell, activation, hidden, init, gain, seed, trained, weights, reduction, loss } = params;
  const veiled = veiledBy(veil, blocks);
  const isCovered = namesPart(veil, "readout") || tokens.some((_, t) => veiled("L", t));
  return [
    words(`params.cell.choices.${cell}`),
    ...(cell === "rnn" ? [words(`params.activation.choices.${activation}`)] : []),
    `H = ${hidden}`,
    ...(trained || weights ? [] : [
      ...(init === "gain" ? [] : [words(`params.init.choices.${init}`)]),
      ...(SCALED.includes(String(init)) ? [words("paper.gain", { gain })] : []),
      words("paper.seed", { seed }),
    ]),
  ].join(", ") + ` · ${
    words(`paper.loss_${reduction}`, {
      kind: words(`params.loss.choices.${loss}`),
      loss: isCovered ? "?" : sci(forward.total_loss),
    })
  }`;
}

/** What the truncation does, "?" where that is asked. @param {Result} result @param {Pick<View, "words" | "veil">} view @returns {(Node | string)[]} */
export function facts({ params, comparison, cells_kept: kept, cells_total: total }, { words, veil }) {
  if (TELLING.some((part) => namesPart(veil, part)) || rowsIn(veil)) return ["?"];
  if (kept === total && params.truncation !== "randomized") return rich(words("present.none_cut", { total }));
  const { cosine, relative_error: error } = comparison.recurrent,
    counted = rich(words("paper.kept", { kept, total }));
  if (cosine === null) return counted;
  const off = words("paper.turned", { angle: round(angleOf(cosine), 0), error: percent(error) });
  return [...counted, " · ", element("span", { class: "turned" }, ...rich(off))];
}

/** How the numbers were checked, nothing where that is covered. @param {Result} result @param {Pick<View, "words" | "veil">} view */
export function check({ checks }, { words, veil }) {
  if (namesPart(veil, "proof")) return "";
  const { passed, forward_mode: exact, finite_difference: difference, truncation } = checks;
  if (!passed) return words(passed === null ? "proof.none" : "proof.failed");
  return words("paper.checked", { error: sci(Math.max(exact ?? 0, difference ?? 0, truncation ?? 0)) });
}
