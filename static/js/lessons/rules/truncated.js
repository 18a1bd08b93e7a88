// Quiz rules of lesson 8: what truncation changes, saves and loses.

import { apart, compared, guesses } from "./numbers.js";
import { norm } from "./vectors.js";

/** What full backpropagation has to hold and to visit. @type {Rule} */
export function longChain({ bptt }) {
  return { values: { T: bptt.tokens.length, pairs: bptt.cells_total } };
}

/** How far off a gradient is, in whole per cent. @param {{relative_error: Num}} comparison */
const rounded = ({ relative_error: error }) => Math.round(100 * Number(error));

/** Which quantities differ between a network that is cut and one that is not. @type {Rule} */
export function changed(a, b) {
  const one = a.bptt,
    other = b?.bptt ?? one,
    cut = one.truncated.gradients,
    whole = other.truncated.gradients;
  const differences = {
    h: apart(one.forward.h, other.forward.h),
    L: apart(one.forward.loss, other.forward.loss),
    dWy: apart(cut.Wy, whole.Wy),
    dWh: apart(cut.Wh, whole.Wh),
  };
  return {
    choices: Object.keys(differences),
    right: Object.entries(differences).filter(([, size]) => size > 1e-12).map(([name]) => name),
    values: { error: rounded(one.comparison.Wh), together: rounded(one.comparison.recurrent) },
  };
}

/** How many of its two sources give the state at step t a gradient. @type {Rule} */
export function sourcesOfLastState({ bptt: { truncated, full }, seen }) {
  const t = Number(seen.t ?? 0);
  const own = norm(truncated.dh_output[t]), future = norm(truncated.dh_future[t]);
  const count = [own, future].filter((size) => size > 0).length;
  return {
    choices: ["0", "1", "2"],
    right: [String(count)],
    values: { own, thrown: norm(full.dh_future[t]) },
  };
}

/** In which network the first block's gradients move when only later text changes. @type {Rule} */
export function movedByLaterText(a, b) {
  const one = a.bptt, other = b?.bptt ?? one, { start, stop } = one.blocks[0];
  /** @param {"truncated" | "full"} which */
  const difference = (which) => apart(one[which].dh.slice(start, stop), other[which].dh.slice(start, stop));
  const same = difference("truncated"), moved = difference("full");
  const right = same > 0 ? (moved > 0 ? "both" : "cut") : moved > 0 ? "whole" : "neither";
  return { choices: ["cut", "whole", "both", "neither"], right: [right], values: { same, moved } };
}

/** Whether the gradient of the first state is shorter for the cut. @type {Rule} */
export function shorterOrLonger({ bptt }) {
  const full = Number(bptt.full.dh_norm[0]), cut = Number(bptt.truncated.dh_norm[0]);
  const end = bptt.blocks[0].stop - 1;
  return {
    choices: ["shorter", "same", "longer"],
    right: [compared(cut, full, ["shorter", "same", "longer"])],
    values: {
      total: bptt.cells_total,
      kept: bptt.cells_kept,
      cosine: bptt.comparison.recurrent.cosine,
      thrown: norm(bptt.full.dh_future[end]),
      full,
      cut,
    },
  };
}

/** How many steps of the backward pass blocks save: of all numbers at hand, the least. @type {Rule} */
export function stepsSaved({ bptt: { cost: { full, truncated }, blocks, tokens }, params }) {
  const T = tokens.length, saved = full.backward_steps - truncated.backward_steps;
  return {
    choices: guesses([saved, truncated.cached_steps, T - truncated.cached_steps, T - blocks.length]),
    right: [String(saved)],
    values: {
      T,
      k: Number(params.k),
      cached: truncated.cached_steps,
      blocks: blocks.length,
      saved,
      steps: truncated.backward_steps,
    },
  };
}

/** Whether the longer of two block lengths comes closer to the full gradient. @type {Rule} */
export function longerIsCloser(a, b) {
  const one = a.bptt, other = (b ?? a).bptt;
  const cosine = Number(one.comparison.recurrent.cosine), cosine2 = Number(other.comparison.recurrent.cosine);
  return {
    choices: ["closer", "same", "farther"],
    right: [compared(cosine2, cosine, ["farther", "same", "closer"])],
    values: {
      k: Number(one.params.k),
      k2: Number(other.params.k),
      pairs: one.cells_kept,
      pairs2: other.cells_kept,
      cosine,
      cosine2,
    },
  };
}
