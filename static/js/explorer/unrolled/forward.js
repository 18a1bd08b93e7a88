// Forward pass of the unrolled graph as shapes: arrows, boxes, frames and bars. They do not change with the
// truncation.

import { arrow, rect, roundBox } from "../../plot/paths.js";
import { cardMarks } from "./cards.js";
import { inputWidth } from "./fit.js";
import { forwardPlaces } from "./places.js";

/** @type {Record<string, import("./selectors.js").MarkKind>} by the names of their places */
export const FORWARD = { input: "up-x", output: "up-y", loss: "up-L" };

/** The width of a forward arrow: those from state to state have the stage. @param {import("./selectors.js").MarkKind} kind @param {Geometry} g */
export const forwardWidth = (kind, { arrow }) => (kind === "fwd" ? arrow.forward : arrow.vertical);

/** Everything that the forward pass draws. @param {Result} result @param {Geometry} g @param {number} [only] the only loss to draw */
export function forwardMarks(result, g, only) {
  const { forward } = result, { rows, box, output } = g;
  const inLanes = g.level === "compact", wide = g.level === "wide";
  const max = Math.max(...forward.loss.map((loss) => loss ?? 0)) || 1;
  const paths = {
    ...{ arrows: "", thin: "", boxes: "", cards: "", frames: "", losses: "", noLosses: "" },
    ...cardMarks(result, g),
  };
  g.steps.forEach((t) => {
    const x = g.cx(t);
    const { past, ...thin } = forwardPlaces(t, g);
    if (g.has("fwd", t)) {
      for (const place of past) paths.arrows += arrow(...place, forwardWidth("fwd", g));
    }
    for (const [name, place] of Object.entries(inLanes ? {} : thin)) {
      if (g.has(FORWARD[name], t)) paths.thin += arrow(...place, forwardWidth(FORWARD[name], g));
    }
    if (g.has("x", t)) {
      if (g.level !== "compact") {
        paths.boxes += roundBox(x, rows.input, inputWidth(result.tokens[t], g), box, 7);
      }
    }
    if (g.has("y", t) && g.level !== "compact") {
      paths.cards += roundBox(x, rows.output, output.width, output.height, 7);
    }
    const frame = wide ? 8 : inLanes ? 3 : 6;
    for (const { hidden, top, bottom } of g.has("h", t) ? g.chains : []) {
      paths.frames += roundBox(x, hidden, g.cell + frame, bottom - top + frame, inLanes ? 3 : 7);
    }
    const loss = forward.loss[t];
    if (inLanes && g.has("L", t)) {
      const share = g.veiled("L", t) ? 0.5 : (loss ?? 0) / max, width = Math.max(6, 0.45 * g.c);
      const height = 3 + Math.min(46, rows.loss - 30) * share,
        bar = rect(x - width / 2, rows.loss - height, width, height);
      if (loss === null) paths.noLosses += bar;
      else if (only === undefined || only === t) paths.losses += bar;
    }
  });
  return paths;
}
