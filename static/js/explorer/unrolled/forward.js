// Forward pass of the unrolled graph as shapes: arrows, boxes, frames and bars. They do not change with the
// truncation.

import { arrow, rect, roundBox } from "../../plot/paths.js";
import { targetOutput, targetValue } from "../predictions.js";
import { row } from "../../plot/windowed.js";
import { inputWidth } from "./fit.js";
import { barPlaces, forwardPlaces } from "./places.js";

/** @type {Record<string, import("./selectors.js").MarkKind>} by the names of their places */
export const FORWARD = { input: "up-x", past: "fwd", output: "up-y", loss: "up-L" };

/** Everything that the forward pass draws. @param {Result} result @param {Geometry} g @param {number} [only] the only loss to draw */
export function forwardMarks(result, g, only) {
  const { forward } = result, { rows, box, output } = g;
  const inLanes = g.level === "compact", wide = g.level === "wide";
  const max = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1;
  const paths = {
    ...{ arrows: "", boxes: "", frames: "", losses: "", noLosses: "" },
    ...{ bars: "", targetBars: "", targetOutline: "" },
  };
  const place = barPlaces(result, g), zero = place.y(0);
  g.steps.forEach((t) => {
    const target = targetOutput(result, t);
    const x = g.cx(t);
    for (const [name, place] of Object.entries(forwardPlaces(t, g))) {
      if (place && g.has(FORWARD[name], t)) paths.arrows += arrow(...place, g.arrow.forward);
    }
    if (g.has("x", t)) {
      paths.boxes += roundBox(x, rows.input, inputWidth(result.tokens[t], g), box, wide ? 10 : 5);
    }
    if (g.has("y", t)) paths.boxes += roundBox(x, rows.output, output.width, output.height, wide ? 12 : 5);
    const frame = wide ? 8 : 3;
    if (g.has("h", t)) {
      paths.frames += roundBox(x, rows.hidden, g.cell + frame, rows.bottom - rows.top + frame, wide ? 9 : 3);
    }
    const loss = forward.loss[t];
    if (inLanes && g.has("L", t)) {
      const share = g.veiled("L", t) ? 0.5 : (loss ?? 0) / max, height = 3 + 0.085 * g.H * share;
      const bar = rect(x - 4, rows.loss - height, 8, height);
      if (loss === null) paths.noLosses += bar;
      else if (only === undefined || only === t) paths.losses += bar;
    }
    if (!wide || !g.has("y", t) || g.veiled("y", t)) return;
    const margin = place.width > 5 ? 2 : 0, thick = Math.max(0.5, place.width - 2 * margin);
    row(result, forward.p ?? forward.o, t)?.forEach((value, i) => {
      const left = place.x(t, i) + margin, end = place.y(value ?? 0), isTarget = i === target;
      const bar = rect(left, Math.min(zero, end), thick, Math.abs(zero - end) + 1);
      if (isTarget) paths.targetBars += bar;
      else paths.bars += bar;
      if (isTarget && !forward.p) {
        const high = place.y(targetValue(result, t));
        paths.targetOutline += rect(left, Math.min(zero, high), thick, Math.abs(zero - high));
      }
    });
  });
  return paths;
}
