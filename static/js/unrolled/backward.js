// What gradients draw: arrows as wide as they are large, cuts with what is thrown away there.

import { label, LETTERS } from "../figure.js";
import { sci } from "../format.js";
import { arrow, cross, rect } from "../marks.js";
import { bucketOf, BUCKETS, gradientRange, length, position, widthOf } from "../scale.js";
import { aroundCells, edge } from "./places.js";

const ROOM_FOR_CUT = 50; // px between a cut and its cells for what is thrown away there

/**
 * What the table says of the edge t → t-1: of the losses that reach t, do all cross it, some, or none?
 * @param {Result} result
 * @param {number} t
 * @returns {"whole" | "partly" | "cut"}
 */
export function edgeState({ kept }, t) {
  let arriving = 0, crossing = 0;
  for (let s = t; s < kept.length; s += 1) {
    if (kept[s][t]) arriving += 1;
    if (kept[s][t - 1]) crossing += 1;
  }
  return crossing === 0 ? "cut" : crossing === arriving ? "whole" : "partly";
}

/** Everything that gradients draw. @param {Result} result @param {View} view @param {Geometry} g */
export function backwardMarks(result, { colors }, g) {
  const { full, truncated } = result, range = gradientRange(result), { rows, output, aside, gap } = g;
  const [above, below] = aroundCells(g), wide = g.level === "wide";
  const made = {
    buckets: Array(BUCKETS).fill(""),
    outlines: "",
    stubs: "",
    labels: /** @type {object[]} */ ([]),
  };
  /** @param {Num} size @param {[number, number, number, number]} place @param {number} [scale] */
  const gradient = (size, place, scale = 1) => {
    if (!size) return;
    const at = position(size, range);
    made.buckets[bucketOf(at)] += arrow(...place, Math.max(1, scale * widthOf(at, g.arrow.widest)));
  };
  result.tokens.forEach((_, t) => {
    const down = g.cx(t) + aside.x, own = length(truncated.dh_output[t]), { vertical } = g.arrow;
    gradient(own, [down, rows.loss + g.loss + 1, down, rows.output - output.height / 2 - gap], vertical);
    gradient(own, [down, rows.output + output.height / 2 + gap, down, above], vertical);
    gradient(length(truncated.da[t]), [down, below, down, rows.input - g.box / 2 - gap], vertical);
    if (!t) return;
    const { from, to, backward: y } = edge(t, g), middle = g.cx(t) - g.c / 2;
    const size = length(truncated.dh_future[t - 1]), exact = length(full.dh_future[t - 1]);
    const state = edgeState(result, t);
    if (state === "cut") {
      if (exact === 0) return;
      const reach = wide ? 8 : 5.5, start = middle + reach + 2;
      made.stubs += cross(middle, y, reach, 1.8) + rect(start, y - 0.8, Math.max(0, to - start), 1.6);
      if (to - middle > ROOM_FOR_CUT) {
        made.labels.push(gradientLabel((middle + to) / 2, y + 21, sci(exact), colors.muted));
      }
      return;
    }
    if (state === "partly" && exact) {
      made.outlines += arrow(to, y, from, y, widthOf(position(exact, range), g.arrow.widest) + 2);
    }
    gradient(size, [to, y, from, y]);
    if (wide && size) made.labels.push(gradientLabel((from + to) / 2, y + 21, sci(size), colors.backward));
  });
  return made;
}

/** @param {number} x @param {number} y @param {string} words @param {string} color */
function gradientLabel(x, y, words, color) {
  return label(x, y, words, { size: 15, color, family: LETTERS, weight: 600 });
}
