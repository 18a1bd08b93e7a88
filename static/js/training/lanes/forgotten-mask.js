// What a forgotten mask does to lanes of unequal length: loss and gradient with the padding counted, beside the right ones.

import { element } from "../../lib/dom.js";
import { round } from "../../lib/format.js";
import { meanAndRange } from "./other-batch-sizes.js";

/** @typedef {NonNullable<LanesAnswer["padding"]>} Padding */

const BLOCKS = 6; // with padding, in the table

/** The blocks that have padding. @param {Padding} padding */
const padded = ({ blocks }) => blocks.filter((block) => block.padded > 0);

/** The numbers of the sentences; null of runs that were not made. @param {Padding} padding */
export function facts(padding) {
  const { blocks, runs, symbol } = padding, [first] = padded(padding);
  const steps = blocks.reduce((sum, block) => sum + block.steps, 0);
  const empty = blocks.reduce((sum, block) => sum + block.padded, 0);
  const [masked, counted] = runs;
  const mean = (/** @type {{mean: Num, min: Num, max: Num} | undefined} */ spread) =>
    spread ? meanAndRange(spread)[0] : "";
  return {
    ...{ symbol, steps, padded: empty, share: Math.round(100 * empty / steps) },
    ...{ from: first?.start ?? 0, to: (first?.stop ?? 1) - 1 },
    ...{ error: round(first?.relative_error ?? null), cosine: round(first?.cosine ?? null) },
    ...{ right: mean(masked?.real), reported: mean(counted?.reported), real: mean(counted?.real) },
  };
}

/** The key of the finding. @param {Padding} padding */
export function findingKey(padding) {
  if (!padded(padding).length) return "training.lanes.mask_none";
  return `training.lanes.mask_${padding.runs.length ? "finding" : "finding_block"}`;
}

/** Both runs, and the blocks with padding. @param {Padding} padding @param {Words} words */
export function tables(padding, words) {
  const runs = padding.runs.map(({ padding: how, reported, real }) => [
    words(`training.lanes.mask_${how}`),
    ...[reported, real].map(ranged),
  ]);
  const blocks = padded(padding).slice(0, BLOCKS).map(({ start, stop, steps, padded, ...both }) => [
    stop - start > 1 ? `${start}–${stop - 1}` : `${start}`,
    `${padded} / ${steps}`,
    ...[both.masked, both.counted].map(({ loss }) => [round(loss)]),
    ...[both.masked, both.counted].map(({ norm }) => [round(norm)]),
    [round(both.relative_error)],
  ]);
  return [
    ...(runs.length ? [table(["mask_how", "mask_reported", "mask_real"], runs, words)] : []),
    table(
      [
        "mask_block",
        "mask_steps",
        "mask_loss",
        "mask_loss_counted",
        "mask_norm",
        "mask_norm_counted",
        "mask_error",
      ],
      blocks,
      words,
    ),
  ];
}

/** @param {LanesAnswer["others"][number]["steps"]} spread */
function ranged(spread) {
  const [mean, range] = meanAndRange(spread);
  return [mean, " ", element("span", { class: "range" }, range)];
}

/** @param {string[]} heads @param {(string | (string | Node)[])[][]} rows @param {Words} words */
function table(heads, rows, words) {
  return element(
    "table",
    { class: "others" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...heads.map((key) => element("th", { scope: "col" }, words(`training.lanes.${key}`))),
      ),
    ),
    element(
      "tbody",
      {},
      ...rows.map(([head, ...cells]) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, ...[head].flat()),
          ...cells.map((cell) => element("td", {}, ...[cell].flat())),
        )
      ),
    ),
  );
}
