// Card of the errors by parameter: a bar for each, and the error of the recurrent weights together.

import { svg } from "../../lib/svg.js";
import { figureOf, SIZE } from "./figure.js";
import { errorText } from "./finding.js";

const ROWS = /** @type {const} */ (["Wx", "Wh", "b", "bh", "Wy", "by"]);
const ROW = 12.4, BAR = 7; // px

/** @param {Result} result @param {View} view @returns {Card} */
export function card(result, view) {
  return { figure: figure(result, view), ...finding(result, view.words) };
}

/** @param {Pick<Result, "comparison" | "overflow_at">} result @param {Words} words */
export function finding({ comparison, overflow_at: beyond }, words) {
  const { relative_error: error } = comparison.recurrent;
  if (error !== null) return { finding: errorText(error), note: words("tray.comparison") };
  return { finding: "", note: words(beyond ? "tray.overflows" : "tray.comparison_zero") };
}

/** @param {Result} result @param {View} view */
function figure({ comparison }, { colors }) {
  return figureOf(
    ...ROWS.flatMap((name) => comparison[name] ?? []).flatMap((like, i) => {
      const size = { x: 0, y: ROW * i + 2, height: BAR, rx: 1.5 };
      const share = Math.min(1, like.relative_error ?? 0);
      return [
        svg("rect", { ...size, width: SIZE, fill: colors.line }),
        svg("rect", { ...size, width: SIZE * share, fill: colors.ink }),
      ];
    }),
  );
}
