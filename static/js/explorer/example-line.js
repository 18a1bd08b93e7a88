// What an example shows, in a few words that are computed from its answer.

import { percent, sci } from "../lib/format.js";
import { storyOf } from "./start-page/story.js";

/** @param {Result} result @param {Words} words */
export function exampleLine(result, words) {
  const { params, training, cells_kept: kept, cells_total: total } = result, n = Number(params.updates);
  const [before, after] = [training.loss[0], training.loss[training.loss.length - 1]];
  if (n && before !== null && after !== null) {
    return words("gallery.learned", { change: [before, after].map(sci).join(" → "), n });
  }
  if (params.loss_at === "last") return ofLastLoss(result, words);
  if (params.truncation === "randomized") {
    return words("gallery.randomized", {
      share: percent(Number(params.cut)),
      kept,
      total,
    });
  }
  return words(kept === total ? "gallery.all" : "gallery.kept", {
    kept,
    total,
  });
}

/** @param {Result} result @param {Words} words */
function ofLastLoss(result, words) {
  const story = storyOf(result), { cells_kept: kept, cells_total: total } = result;
  if (kept < total) return words("gallery.reaches", { kept, total });
  const first = story?.sizes[0], last = story?.sizes[story.sizes.length - 1];
  if (!first || !last) return words("gallery.all", { total });
  return words(last < first ? "story.line_shrinks" : "story.line_grows", { from: sci(first), to: sci(last) });
}
