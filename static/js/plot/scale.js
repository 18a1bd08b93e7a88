// Gradient scale: maps a gradient norm to the width and opacity of an arrow.
//
// The range is that of the untruncated run, so that cutting never rescales what is left.

export const BUCKETS = 6;
const NEGLIGIBLE = 1e-9; // of the largest: rounding noise
const DECADES = { least: 1, most: 8 };
const FAINTEST = 0.78; // less would have too little contrast: the width alone says how large a gradient is
const THINNEST = 2.5; // px

/**
 * The Euclidean norm of a vector; null if a number is missing, or if it is beyond what numbers can hold.
 * @param {Row | null} vector
 */
export function length(vector) {
  if (!vector) return null;
  let sum = 0;
  for (const value of vector) {
    if (value === null) return null;
    sum += value * value;
  }
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  const size = Math.hypot(.../** @type {number[]} */ (vector));
  return Number.isFinite(size) ? size : null;
}

/**
 * The range of what comes back to the states and of what they hand on, along both vectors of an LSTM. For a long sequence only
 * the gradients of the states count, which are known for every step, so that all windows share one range.
 * @param {Pick<Result, "full" | "window">} result
 * @returns {{low: number, high: number}} decades
 */
export function gradientRange({ full, window }) {
  const along = [...full.dh_future, ...(full.dc_future ?? [])].map(length);
  const sizes = [...full.dh_norm, ...(window ? full.dc_norm ?? [] : along)];
  const largest = sizes.reduce((/** @type {number} */ most, size) => Math.max(most, size ?? 0), 0);
  if (!(largest > 0)) return { low: -DECADES.least, high: 0 };
  const least = sizes.reduce(
    (/** @type {number} */ low, size) => (size && size > largest * NEGLIGIBLE ? Math.min(low, size) : low),
    largest,
  );
  const high = Math.log10(largest);
  const low = Math.max(high - DECADES.most, Math.min(high - DECADES.least, Math.log10(least)));
  return { low, high };
}

/**
 * The position of a norm in the range, 0 to 1.
 * @param {number} size
 * @param {{low: number, high: number}} range
 */
export function position(size, { low, high }) {
  return Math.min(1, Math.max(0, (Math.log10(size) - low) / (high - low)));
}

/** @param {number} at a position */
export function bucketOf(at) {
  return Math.min(BUCKETS - 1, Math.floor(at * BUCKETS));
}

/** @param {number} bucket */
export function opacityOf(bucket) {
  return FAINTEST + (1 - FAINTEST) * bucket / (BUCKETS - 1);
}

/**
 * @param {number} at a position
 * @param {number} widest
 */
export function widthOf(at, widest) {
  return THINNEST + (widest - THINNEST) * at;
}

/** Between two numbers. @param {number} from @param {number} to @param {number} part 0 to 1 */
export const mixed = (from, to, part) => from + part * (to - from);

/**
 * Two round values for the legend, largest first: 1, 2 or 5 times a power of ten, inside the range.
 * @param {{low: number, high: number}} range
 */
export function roundValues({ low, high }) {
  const values = [];
  for (let exponent = Math.floor(low) - 1; exponent <= high; exponent += 1) {
    for (const digit of [1, 2, 5]) values.push(Number(`${digit}e${exponent}`));
  }
  const inside = values.filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
  return inside.length < 2 ? inside : [inside[inside.length - 1], inside[0]];
}
