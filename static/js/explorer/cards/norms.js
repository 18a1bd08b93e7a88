// Card of the gradient norms: the two lines, and the step that the truncation changes most.

import { compact, sci } from "../../lib/format.js";
import { logsOf } from "../../lib/log-scale.js";
import { svg } from "../../lib/svg.js";
import { largestChange } from "../gradient-change.js";
import { figureOf, SIZE } from "./figure.js";
import { change } from "./finding.js";

const INSET = 4; // px
const MOST_POINTS = 60;
const FLATTEST = 0.5; // decades that the height shows at least
const DEEPEST = 6; // decades that it shows at most

/** @param {Result} result @param {View} view @returns {Card} */
export function card(result, view) {
  return { figure: figure(result, view), ...finding(result, view.words) };
}

/**
 * The largest change of a norm; where nothing changes, what reaches the first step.
 * @param {Pick<Result, "full" | "truncated">} result @param {Words} words
 */
export function finding({ full: { dh_norm: exact }, truncated: { dh_norm: cut } }, words) {
  const t = largestChange(exact, cut);
  if (t !== null) {
    return { finding: change(Number(exact[t]), Number(cut[t])), note: words("tray.norms_cut", { t }) };
  }
  if (exact[0] === null || cut[0] === null) return { finding: "", note: words("tray.overflows") };
  if (cut[0] === 0) return { finding: "0", note: words("tray.norms_none") };
  return { finding: compact(sci(cut[0])), note: words("tray.norms_reaches") };
}

/** @param {Result} result @param {View} view */
function figure({ full, truncated, blocks }, { colors }) {
  const lines = [full.dh_norm, truncated.dh_norm].map(thinned);
  const logs = logsOf(lines.flat().map(({ size }) => size));
  const high = Math.max(...logs), low = Math.max(Math.min(...logs, high - FLATTEST), high - DEEPEST);
  const last = Math.max(1, full.dh_norm.length - 1), starts = new Set(blocks.map(({ start }) => start));
  /** @param {{t: number, size: Num}[]} points @param {boolean} isCut */
  const path = (points, isCut) =>
    points.map(({ t, size }, i) => {
      if (!size) return "";
      const x = INSET + (SIZE - 2 * INSET) * t / last;
      const y = INSET + (SIZE - 2 * INSET) * (high - Math.max(low, Math.log10(size))) / (high - low);
      const goesOn = points[i - 1]?.size && !(isCut && starts.has(t));
      return `${goesOn ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}${goesOn ? "" : "h0.01"}`;
    }).join("");
  return figureOf(
    svg("path", { d: path(lines[0], false), fill: "none", stroke: colors.ink, "stroke-width": 2 }),
    svg("path", {
      ...{ d: path(lines[1], true), fill: "none", stroke: colors.backward, "stroke-width": 3 },
      "stroke-linecap": "round",
    }),
  );
}

/** At most so many points of a long run. @param {Num[]} sizes */
function thinned(sizes) {
  const every = Math.ceil(sizes.length / MOST_POINTS);
  return sizes.flatMap((size, t) => (t % every === 0 || t === sizes.length - 1 ? [{ t, size }] : []));
}
