// Weights row below the blocks: the same within a block, and changed by the update between two blocks.

import { arrow, roundBox } from "../../plot/paths.js";
import { equation, parenthesized } from "../../lib/arithmetic.js";
import { compact, fixed, formatNumber, sci } from "../../lib/format.js";
import { node } from "../../lib/tree.js";
import { cells, largest } from "./cells.js";
import { numberOf } from "./timeline.js";
import { disc, litAt, playedFrom, symbol, text } from "./context.js";
import { sizeOf } from "./step-layout.js";

/** @typedef {import("./context.js").Context} Context */

const BAR = 8, ROOM = { name: 34, words: 130, update: 160, named: 38 }; // px beside a thumbnail
const CHARACTER = 7.25; // px of small type, whose characters are equally wide

/** @param {Context} context @returns {Tree[]} */
export function weightsRow(context) {
  const drawn = context.frames.flatMap((
    frame,
    i,
  ) => [weights(context, frame, i), ...update(context, frame, i)]);
  return [node("g", { id: "weights" }, ...drawn)];
}

/** @param {Context} context @param {Frame} frame @param {number} i */
function weights(context, frame, i) {
  const { at, view } = context, { left, width } = at.frames[i], { y, thumb, size } = at.rail;
  const x = left + 2, aside = x + size + 9, room = width - size - 12, n = frame.stop - frame.start;
  const line = compact(isStill(frame) ? slope(frame) : workedExample(frame, view, context.film)).replace(
    " × ",
    "×",
  );
  return playedFrom(
    ...[context, frame.frame, 0],
    node("path", { class: "bar-of-weights", d: roundBox(left + width / 2, y, width, BAR, 4) }),
    picture(context, frame.W.Wh, x, context.weights),
    ...(room > ROOM.name ? [symbol(aside, thumb + 18, "W", frame.W.number, "large")] : []),
    ...(room > ROOM.words ? [text(aside, thumb + 38, view.words("training.film.equal", { n }), "note")] : []),
    ...(room > CHARACTER * line.length
      ? [playedFrom(context, frame.frame, 2 * n, text(aside, thumb + 58, line, "aside small-number"))]
      : []),
  );
}

/** @param {Context} context @param {Frame} frame @param {number} i @returns {Tree[]} */
function update(context, frame, i) {
  const { at, view, plan } = context,
    place = at.frames[i],
    { y, thumb, size } = at.rail,
    beat = 2 * (frame.stop - frame.start);
  const left = place.left + place.width, middle = left + at.gate / 2, { words } = view;
  const number = numberOf(plan, { pass: 1, frame: frame.frame, beat }),
    small = at.gate < ROOM.update,
    named = at.gate - size >= ROOM.named;
  const x = small && !named ? middle - size / 2 : left + (small ? 5 : 9), aside = x + size + 7;
  return [
    playedFrom(
      ...[context, frame.frame, beat],
      node("path", { class: "weight-increase", d: arrow(left + 4, y, left + at.gate - 4, y, 2) }),
      disc(middle, y, number, "updating", 11),
      picture(context, frame.update.dWh, x, largest(frame.update.dWh)),
      ...(small ? named ? [text(aside - 3, thumb + 14, "ΔWh", "small-number")] : [] : [
        symbol(aside, thumb + 16, "ΔW", "h", "large"),
        text(aside, thumb + 37, `‖ΔW‖ ${sizeOf(frame.update.norm)}`, "small-number"),
        text(aside, thumb + 55, words("training.film.own_scale"), "note"),
      ]),
    ),
    litAt(
      context,
      frame.frame,
      [beat],
      node("rect", { class: "lit", x: x - 4, y: thumb - 4, width: size + 8, height: size + 8, rx: 6 }),
    ),
  ];
}

/** @param {Context} context @param {Table} matrix @param {number} x @param {number} limit */
function picture({ at, view }, matrix, x, limit) {
  const { thumb: y, size } = at.rail;
  return node(
    "g",
    {},
    cells(
      matrix,
      { x, y, width: size, height: size, gap: matrix.length <= 12 ? 0.8 : 0 },
      limit,
      view.colors,
    ),
    node("rect", { class: "thumb", x: x - 0.5, y: y - 0.5, width: size + 1, height: size + 1 }),
  );
}

/** Whether there is a gradient, but no weight moves by it. @param {Frame} frame */
const isStill = ({ update: { largest: it } }) => it.change === 0 && Boolean(it.gradient);

/** The gradient of one weight. @param {Frame} frame */
function slope({ update: { largest: { row, column, gradient } } }) {
  return `dWh[${row},${column}] = ${formatNumber(gradient, 3)}`;
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
