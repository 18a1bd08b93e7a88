// Path of one loss's gradient back through the unrolled graph; the part beyond the cut is gray.

import { creditTable } from "../credit/table.js";
import { pairOf } from "../credit/selection.js";
import { path } from "../../plot/figure.js";
import { arrow, cross, disc, rect, roundBox } from "../../plot/paths.js";
import { bucketOf, BUCKETS, gradientRange, length, position, widthOf } from "../../plot/scale.js";
import { ASIDE, gradientLabel, MIDDLE, unknown } from "./backward.js";
import { aroundCells, edge } from "./places.js";
import { discSizes } from "./traces.js";

/**
 * The gradient marks while a loss is chosen: the same kinds as for all losses, with the shapes behind and above them.
 * @param {Result} result
 * @param {View} view
 * @param {Geometry} g
 */
export function pathMarks(result, view, g) {
  const paths = {
    buckets: Array(BUCKETS).fill(""),
    stubs: "",
    labels: /** @type {object[]} */ ([]),
    behind: /** @type {object[]} */ ([]),
  };
  const { colors, pair } = view, table = creditTable(result);
  if (!pair || table.n < table.T) return paths;
  const { s, t: reached } = pair, { rows, output, aside, gap, level } = g, wide = level === "wide";
  const range = gradientRange(result), [above, below] = aroundCells(g), { vertical, widest } = g.arrow;
  const own = length(result.full.dh_output[s]) ?? 0, down = g.cx(s) + aside.x, da = pairOf(view)?.terms.b;
  let lost = "", pills = "";
  /** @param {import("./selectors.js").MarkKind} kind @param {number} t @param {Num | undefined} size @param {[number, number, number, number]} place @param {boolean} kept @param {number} [scale] */
  const gradient = (kind, t, size, place, kept, scale = 1) => {
    if (!size || !g.has(kind, t)) return;
    const at = g.veiled(kind, t) ? MIDDLE : position(size, range),
      drawn = arrow(...place, Math.max(1, scale * widthOf(at, widest)));
    if (kept) paths.buckets[bucketOf(at)] += drawn;
    else lost += drawn;
  };
  if (table.has(s)) {
    gradient(
      "err",
      s,
      own,
      [down, rows.loss + g.loss + 1, down, rows.output - output.height / 2 - gap],
      true,
      vertical,
    );
    gradient("out", s, own, [down, rows.output + output.height / 2 + gap, down, above], true, vertical);
  }
  for (let t = s; t >= 0 && table.has(s); t -= 1) {
    const kept = table.kept(s, t) > 0, x = g.cx(t) + aside.x;
    gradient("share", t, da?.[t], [x, below, x, rows.input - g.box / 2 - gap], kept, vertical);
    if (t === s) continue;
    const { from, to, backward: y } = edge(t + 1, g), size = table.size(s, t);
    if (!g.has("back", t + 1)) continue;
    if (g.veiled("back", t + 1)) {
      gradient("back", t + 1, 1, [to, y, from, y], true);
      if (wide) paths.labels.push(unknown((from + to) / 2 + ASIDE, y + 23, colors.backward));
      continue;
    }
    const before = table.kept(s, t + 1) > 0, middle = g.cx(t + 1) - g.c / 2;
    if (kept && t >= reached) {
      pills += roundBox((from + to) / 2, y, Math.max(30, to - from + 6), wide ? 30 : 24, 12);
    }
    if (before && !kept) {
      const reach = wide ? 8 : 5.5;
      paths.stubs += cross(middle, y, reach, 1.8);
      gradient("back", t + 1, size, [middle - reach - 2, y, from, y], false);
      if (to - middle > reach + 4) lost += rect(middle + reach + 2, y - 0.8, to - middle - reach - 2, 1.6);
    } else gradient("back", t + 1, size, [to, y, from, y], kept);
    if (wide && size) {
      const end = before && !kept ? middle : to, color = kept ? colors.backward : colors.muted;
      paths.labels.push(gradientLabel((from + end) / 2, y + 23, size, color, end - from));
    }
  }
  paths.behind.push(
    path(pills, { fill: colors.select, opacity: 0.55 }),
    path(lost, { fill: colors.ghost, opacity: 0.85 }),
  );
  paths.labels.push(path(otherLosses(result, g, s), { fill: colors.ghost, layer: "above" }));
  return paths;
}

/** Gray discs over the losses that are not chosen. @param {Result} result @param {Geometry} g @param {number} chosen */
function otherLosses(result, g, chosen) {
  if (g.level === "compact") return "";
  return discSizes(result, g).map((size, t) =>
    t === chosen || result.forward.loss[t] === null || !g.has("L", t)
      ? ""
      : disc(g.cx(t), g.rows.loss, size + 0.8)
  ).join("");
}
