// Caption of the current beat of the film strip: what is computed, in numbers.

import { inPercent, subscript, visible } from "../../lib/format.js";
import { countOf, doneAt, numberOf } from "./timeline.js";
import { percentOf } from "./prediction.js";
import { workedExample } from "./weights-row.js";
import { hasPast, sizeOf, stepAt, stepsOf } from "./step-layout.js";

/** @typedef {import("./timeline.js").Plan} Plan */
/** @typedef {import("./timeline.js").Place} Place */

/**
 * In which order blocks are run, and what each starts from.
 * @param {Record<string, string | number | null>} params @param {Record<string, unknown>} values @param {Words} words
 */
export function readingText({ state, shuffle }, values, words) {
  const fromZeros = state === "zeros";
  return [
    words(fromZeros ? "training.film.caption_zeros" : "training.film.caption", values),
    ...(Number(shuffle) ? [words(`training.film.caption_shuffled${fromZeros ? "_zeros" : ""}`)] : []),
  ];
}

/** The place that a caption begins with, without what happens there: 3/18 and the block. @param {Part[]} caption */
export const placeSaid = (caption) =>
  caption.map(({ text }) => text).join("").split(/[:.](?= )/)[0].replace(/[.:]$/, "");

/** @param {Film} film @param {Frame} frame @param {Plan} plan @param {Place} place @param {LabView} view @returns {Part[]} */
export function stepCaption(film, frame, plan, place, view) {
  const { words } = view, n = frame.stop - frame.start, { phase, step } = doneAt(n, place.beat);
  const count = { text: `${numberOf(plan, place)}/${countOf(plan)} `, strong: true }, block = frame.block + 1;
  if (phase === "update") return [count, { text: updated(film, frame, view, block) }];
  if (plan.grouped) {
    const steps = stepsOf(film, frame), { lanes } = film.schedule;
    return [count, {
      text: phase === "forward"
        ? words(lanes > 1 ? "training.film.said_forward_lanes" : "training.film.said_forward_block", {
          ...{ block, steps, lanes, loss: sizeOf(frame.loss_mean) },
        })
        : words("training.film.said_backward_block", { block, steps, handed: sizeOf(frame.handed_out) }),
    }];
  }
  const t = stepAt(film, frame, step), target = film.vocabulary.indexOf(film.targets[t]);
  if (phase === "forward") {
    const percent = percentOf(frame.p[step][target]), loss = sizeOf(frame.loss[step]);
    const [token, targetSymbol] = [film.tokens[t], film.targets[t]].map(visible);
    return [count, {
      text: words("training.film.said_forward", { block, t, token, wanted: targetSymbol, percent, loss }),
    }];
  }
  const values = {
    ...{ block, t, own: sizeOf(frame.from_output[step]), future: sizeOf(frame.from_future[step]) },
    handed: sizeOf(frame.handed_out),
  };
  const key = step === n - 1 ? "training.film.said_backward_end" : "training.film.said_backward";
  const cut = step === 0 && hasPast(frame) ? ` ${words("training.film.said_cut", values)}` : "";
  return [count, { text: words(key, values) + cut }];
}

/** @param {Film} film @param {Frame} frame @param {LabView} view @param {number} block */
function updated(film, frame, view, block) {
  const { words } = view, { lr } = film.params, { number, norm, clip_rate: rate } = frame.update;
  const values = {
    ...{ block, lr, next: `W${subscript(number)}`, before: `W${subscript(number - 1)}`, norm: sizeOf(norm) },
    worked: workedExample(frame, view, film),
    optimizer: words(`training.params.optimizer.choices.${film.params.optimizer}`),
  };
  const clipped = rate === null
    ? ""
    : ` ${words("training.film.said_clipped", { percent: inPercent(rate) })}`;
  return words(`training.film.said_${film.params.optimizer === "sgd" ? "update" : "optimizer"}`, values) +
    clipped;
}
