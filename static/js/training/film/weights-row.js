// Weights row below the blocks: a flat bar while W stays the same, a numbered disc at an update with its size, and one
// weight worked out, the one that moves most.

import { textWidth } from "../../plot/figure.js";
import { node } from "../../lib/tree.js";
import { equation, parenthesized } from "../../lib/arithmetic.js";
import { compact, fixed, formatNumber, inPercent, sci } from "../../lib/format.js";
import { gateOf } from "./places.js";
import { disc, pendingUntil, playedFrom, symbol, text } from "./context.js";
import { sizeOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */

const TYPE = 15, SMALL = 13; // px of the words
const AROUND = 18; // px between a bar and the middle of a disc
const EDGE = 6; // px that words keep from the edge of the picture
const BESIDE = 46; // px of the words under a disc, to either side

/** @param {Context} context @returns {Tree[]} */
export function weightsRow(context) {
  const drawn = context.frames.flatMap((
    frame,
    i,
  ) => [...weights(context, frame, i), ...update(context, frame, i)]);
  return [node("g", { id: "weights" }, ...drawn)];
}

/** From where to where a block's weights are the same. @param {Context} context @param {number} i */
function spanOf({ at }, i) {
  const from = i ? gateOf(at, i - 1).line + AROUND : at.frames[i].left;
  return { from, to: gateOf(at, i).line - AROUND };
}

/** @param {Context} context @param {Frame} frame @param {number} i @returns {Tree[]} */
function weights(context, frame, i) {
  const { at, view: { words } } = context, { y, below, note } = at.rail, { from, to } = spanOf(context, i);
  const middle = (from + to) / 2, n = frame.stop - frame.start, equal = words("training.film.equal");
  const room = to - from, name = textWidth(equal, SMALL) + 50 < room ? equal : "";
  const line = workedParts(frame, context.view, context.film), moves = words("training.film.moves_most");
  const text_ = line.map((part) => part.text).join(""),
    isWhole = !at.phone && textWidth(text_, TYPE) < room - 2 * BESIDE + 30;
  return [
    playedFrom(
      ...[context, frame.frame, 0],
      node("path", { class: "weights-bar", d: `M${from.toFixed(1)},${y}H${to.toFixed(1)}` }),
      symbol(middle, y - 9, "W", frame.W.number, "middle", at.phone ? "" : name),
    ),
    pendingUntil(
      ...[context, frame.frame, 0],
      node("path", { class: "dotted", d: `M${from.toFixed(1)},${y}H${to.toFixed(1)}` }),
    ),
    ...(isWhole
      ? [playedFrom(
        ...[context, frame.frame, 2 * n],
        node(
          "text",
          { x: middle.toFixed(1), y: below, class: "worked middle" },
          ...line.map(({ text, tone }) => node("tspan", tone ? { class: tone } : {}, text)),
        ),
        ...(i === 0 && frame.update.largest.change ? [text(middle, note, moves, "note middle")] : []),
      )]
      : []),
  ];
}

/** @param {Context} context @param {Frame} frame @param {number} i @returns {Tree[]} */
function update(context, frame, i) {
  const { at, view } = context, { y, below, note } = at.rail, beat = 2 * (frame.stop - frame.start);
  const x = gateOf(at, i).line, { norm, number } = frame.update, size = sizeOf(norm), { words } = view;
  const isLast = i === context.frames.length - 1;
  const step = at.level === "wide" && !at.phone ? words("training.film.step", { size }) : size;
  return [
    pendingUntil(
      ...[context, frame.frame, beat],
      node("circle", { class: "dotted", cx: x.toFixed(1), cy: y, r: 12 }),
      text(x, y + 4.6, "?", "unknown"),
    ),
    playedFrom(
      ...[context, frame.frame, beat],
      disc(x, y, number),
      text(Math.min(x, at.width - textWidth(step, TYPE) / 2 - EDGE), below, step, "step-size middle"),
      ...(at.level === "wide" && !isLast
        ? [text(x, note, howOf(frame, context.film, words), "note middle")]
        : []),
    ),
  ];
}

/** How the gradient became the step. @param {Frame} frame @param {Film} film @param {Words} words */
function howOf({ update: { clip_rate: rate } }, { params: { optimizer, lr } }, words) {
  const how = optimizer === "sgd"
    ? words("training.film.step_sgd", { lr: formatNumber(Number(lr)) })
    : words("training.film.step_optimizer", {
      optimizer: words(`training.params.optimizer.choices.${optimizer}`),
    });
  return rate === null ? how : words("training.film.step_clipped", { how, percent: inPercent(rate) });
}

/** Whether there is a gradient, but no weight moves by it. @param {Frame} frame */
const isStill = ({ update: { largest: it } }) => it.change === 0 && Boolean(it.gradient);

/** The gradient of one weight. @param {Frame} frame */
function slope({ update: { largest: { row, column, gradient } } }) {
  return `dWh[${row},${column}] = ${formatNumber(gradient, 3)}`;
}

/** The update of one weight for the row of weights, where its gradient alone has the color of gradients. @param {Frame} frame @param {LabView} view @param {Film} film @returns {Part[]} */
function workedParts(frame, view, film) {
  if (isStill(frame)) return [{ text: slope(frame) }];
  if (frame.update.largest.change === 0) return [{ text: view.words("training.film.worked_zero") }];
  const whole = compact(workedExample(frame, view, film)),
    [, before, by, after] = whole.match(/^(.* × )(.+?)( [=≈] .*)$/) ?? [];
  if (!by || film.params.optimizer !== "sgd") return [{ text: whole }];
  return [{ text: before.replace(" × ", "·") }, { text: by, tone: "gradient" }, { text: after }];
}

/**
 * The update of one weight, the one that moves most, in numbers.
 * @param {Frame} frame @param {LabView} view @param {Film} film
 */
export function workedExample(frame, { words }, { params }) {
  const { norm, largest: it } = frame.update;
  if (it.change === 0) {
    const fromZeros = norm && frame.h.length === 1 && frame.h_in.every((value) => value === 0);
    const zero = words(fromZeros ? "training.film.worked_from_zeros" : "training.film.worked_zero");
    return isStill(frame) ? `${zero}, ${slope(frame)}` : zero;
  }
  const change = it.change ?? 0, size = Math.abs(change);
  const digits = size ? Math.min(7, Math.max(3, 1 - Math.floor(Math.log10(size)))) : 3;
  const say = (/** @type {Num} */ value) => {
    if (value === null) return "–";
    const isPlain = value === 0 || Math.abs(value) < 1e4 && Number(value.toFixed(digits)) !== 0;
    return isPlain ? fixed(value, digits) : sci(value);
  };
  const by = it.gradient, lr = formatNumber(Number(params.lr));
  const step = params.optimizer === "sgd"
    ? `${Number(by) < 0 ? "+" : "−"} ${lr} × ${parenthesized(say(by === null ? null : Math.abs(by)))}`
    : `${change < 0 ? "−" : "+"} ${say(size)}`;
  const line = equation(`${say(it.before)} ${step}`, say(it.after));
  return words("training.film.worked", { row: it.row, column: it.column, line });
}
