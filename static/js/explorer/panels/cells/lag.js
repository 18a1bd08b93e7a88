// Cell comparison by lag: how much of a gradient is left this many steps before its loss.

import { decade } from "../../../lib/format.js";
import { finite, logsOf, powerOfTen } from "../../../lib/log-scale.js";
import { svg } from "../../../lib/svg.js";
import { answers, COLORS, LOWEST } from "./answers.js";

const LAG = { height: 190, left: 104, right: 90, top: 26, bottom: 34 };

/**
 * Mean size of the gradient by distance s − t, relative to distance 0.
 * @param {Pick<Result, "credit" | "credit_c">} result
 * @returns {Row}
 */
export function byLag({ credit, credit_c: inside }) {
  const means = credit.map((_, lag) => {
    const sizes = credit.slice(lag).flatMap((row, i) => {
      const size = row[i];
      return size === null ? [] : [Math.hypot(size, inside?.[i + lag][i] ?? 0)];
    });
    return sizes.length ? finite(sizes.reduce((sum, size) => sum + size, 0) / sizes.length) : null;
  });
  const unit = means[0];
  return means.map((mean) => (mean === null || !unit ? null : finite(mean / unit)));
}

/** The same cells by distance. @param {Result} result @param {View} view */
export function below(result, view) {
  const { colors, words, width, gutter: side, phone } = view, room = width + side - (phone ? 8 : 12);
  const known = answers(result, view).map(({ cell, answer }) => ({ cell, means: byLag(answer) }))
    .filter(({ means }) => means.some((mean) => mean)); // a run that overflowed has none
  const logs = known.flatMap(({ means }) => logsOf(means));
  const low = Math.max(LOWEST, Math.floor(Math.min(-1, ...logs))), high = Math.ceil(Math.max(0, ...logs));
  const left = phone ? 46 : LAG.left, n = result.credit.length, floor = LAG.height - LAG.bottom;
  const x = (/** @type {number} */ lag) => left + (room - left - LAG.right) * lag / Math.max(1, n - 1);
  const y = (/** @type {number} */ mean) =>
    LAG.top + (floor - LAG.top) * (high - Math.log10(mean)) / (high - low);
  const pool = Math.ceil(result.tokens.length / n), small = { fill: colors.muted, "font-size": 13 };
  const ends = known.map(({ cell, means }) => {
    const last = means.findLastIndex((mean) => mean && Math.log10(mean) >= low);
    return { cell, x: x(last) + 10, y: y(/** @type {number} */ (means[last])) + 5 }; // the first is 1
  }).toSorted((a, b) => a.y - b.y);
  ends.forEach((end, i) => end.y = Math.max(end.y, i ? ends[i - 1].y + 17 : 0));
  return svg(
    "svg",
    { width: room, height: LAG.height, role: "img", "aria-label": words("cells.lag_help") },
    svg(
      "text",
      { x: left, y: 15, fill: colors.ink, "font-size": 15, "font-weight": 600 },
      words("cells.lag"),
    ),
    ...[low, high].flatMap((e) => [
      svg("path", { d: `M${left},${y(powerOfTen(e))}H${room - LAG.right}`, stroke: colors.line }),
      svg("text", { ...small, x: left - 8, y: y(powerOfTen(e)) + 5, "text-anchor": "end" }, decade(e)),
    ]),
    ...[0, Math.floor((n - 1) / 2), n - 1].filter((lag, i, all) => all.indexOf(lag) === i).map((lag) =>
      svg(
        "text",
        { ...small, x: x(lag), y: LAG.height - 12, "text-anchor": "middle" },
        `s − t = ${pool * lag}`,
      )
    ),
    ...known.map(({ cell, means }) => {
      const points = means.flatMap((mean, lag) =>
        mean && Math.log10(mean) >= low ? [`${x(lag).toFixed(1)},${y(mean).toFixed(1)}`] : []
      );
      return svg("path", {
        ...{ d: `M${points.join("L")}`, fill: "none", stroke: colors[COLORS[cell]], "stroke-width": 3 },
        ...(cell === "gru" ? { "stroke-dasharray": "7 4" } : {}),
      });
    }),
    ...ends.map(({ cell, x, y }) =>
      svg(
        "text",
        { x, y, fill: colors.ink, "font-size": 15, "font-weight": 700 },
        cell.toUpperCase(),
      )
    ),
  );
}
