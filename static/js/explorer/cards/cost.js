// Card of the cost: the steps that full and truncated backpropagation store at once.

import { svg } from "../../lib/svg.js";
import { rect } from "../../plot/paths.js";
import { figureOf, SIZE } from "./figure.js";

const TALL = 14, APART = 22; // px of a row of steps
const SINGLE = 20; // steps up to which each is a box

/** @param {Result} result @param {View} view @returns {Card} */
export function card(result, view) {
  return { figure: figure(result, view), ...finding(result, view.words) };
}

/** @param {Pick<Result, "cost">} result @param {Words} words */
export function finding({ cost: { full, truncated } }, words) {
  return {
    finding: `${truncated.cached_steps} / ${full.cached_steps}`,
    note: words("tray.cost"),
  };
}

/** @param {Result} result @param {View} view */
function figure({ cost: { full, truncated } }, { colors }) {
  const most = Math.max(full.cached_steps, truncated.cached_steps), each = SIZE / most;
  const gap = most <= SINGLE ? Math.min(2, each / 4) : 0;
  /** @param {number} y @param {number} from @param {number} to */
  const row = (y, from, to) =>
    most > SINGLE ? rect(each * from, y, each * (to - from), TALL) : Array.from(
      { length: to - from },
      (_, i) => rect(each * (from + i) + gap / 2, y, each - gap, TALL),
    ).join("");
  const top = (SIZE - TALL - APART) / 2;
  const parts = /** @type {const} */ ([[full.cached_steps, top, colors.ghost], [
    truncated.cached_steps,
    top + APART,
    colors.ink,
  ]]);
  return figureOf(...parts.flatMap(([n, y, fill]) => [
    svg("path", { d: row(y, 0, n), fill }),
    svg("path", { d: row(y, n, most), fill: "none", stroke: colors.ghost }),
  ]));
}
