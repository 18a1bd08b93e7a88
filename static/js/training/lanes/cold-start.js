// Cold start of minibatch lane 2: its states from zeros against those of a single lane that has read the text
// before.

export const UNITS = 8; // rows of a strip
const SHOWN = 24;
const FLOOR = 1e-6;

/** @typedef {NonNullable<LanesAnswer["missed"]>} Missed */

/**
 * The numbers of the caption, over the seeds.
 * @param {Missed} missed
 */
export function facts({ at, norms, below, first, half, seeds, zeros, distance }) {
  const difference = listed(norms, "difference"), size = listed(norms, "h");
  const reached = below.filter((steps) => steps !== null).map(Number);
  return {
    at,
    n: seeds.length,
    difference: range(difference, 1),
    size: range(size, 1),
    below: reached.length ? range(reached, 0) : "",
    never: below.length - reached.length,
    rest: Math.max(...distance.map(({ length }) => length)),
    steps: first.steps,
    first_zeros: mean(first.zeros).toFixed(2),
    first_one: mean(first.one).toFixed(2),
    half_two: mean(half.two).toFixed(3),
    half_one: mean(half.one).toFixed(3),
    ...{ units: Math.min(UNITS, zeros[0].length), all: zeros[0].length },
  };
}

/** The key of the finding: whether all seeds catch up, some or none. @param {ReturnType<typeof facts>} of */
export const findingKey = ({ below, never }) =>
  `training.lanes.missed_finding${!below ? "_never" : never ? "_some" : ""}`;

/** @param {Missed["norms"]} norms @param {"h" | "difference"} name @returns {number[]} */
function listed(norms, name) {
  return (Array.isArray(norms) ? norms.map((one) => one[name]) : norms[name]).map(Number);
}

/** @param {Row} values */
export function mean(values) {
  return values.reduce((/** @type {number} */ sum, value) => sum + Number(value), 0) / values.length;
}

/** @param {number[]} values @param {number} decimals */
function range(values, decimals) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(decimals));
  return low === high ? low : `${low}–${high}`;
}

/**
 * The distance between the states at each step, on a logarithmic axis.
 * @param {Table} distance by seed
 * @param {{left: number, width: number, top: number, height: number}} box
 */
export function distanceLines(distance, { left, width, top, height }) {
  const sizes = distance.flat().map(Number), steps = Math.max(...distance.map((row) => row.length));
  const high = Math.ceil(Math.log10(Math.max(...sizes, 1)));
  const low = Math.max(
    Math.log10(FLOOR),
    Math.min(-2, Math.floor(Math.log10(Math.max(FLOOR, Math.min(...sizes))))),
  );
  const x = (/** @type {number} */ step) => left + width * step / Math.max(1, steps - 1);
  const y = (/** @type {number} */ exponent) => top + height * (high - exponent) / (high - low);
  const lines = distance.map((row) =>
    "M" +
    row.map((size, step) =>
      `${x(step).toFixed(1)},${y(Math.max(low, Math.log10(Math.max(FLOOR, Number(size))))).toFixed(1)}`
    ).join("L")
  );
  const decades = Array.from({ length: high - low + 1 }, (_, i) => high - i);
  return { lines, steps, x, y, decades };
}

/** The first steps of both strips, unit by unit. @param {Missed} missed */
export function strips({ zeros, one }) {
  return { zeros: zeros.slice(0, SHOWN), one: one.slice(0, SHOWN) };
}
