// Gradient scale: maps a gradient norm to the width and opacity of an arrow.
//
// The range is that of the untruncated run, so that cutting never rescales what is left.

export const BUCKETS = 6;
const NEGLIGIBLE = 1e-9; // of the largest: rounding noise
const DECADES = { least: 2, most: 8 };
const FAINTEST = 0.34;

/**
 * The Euclidean norm of a vector; null if a number is missing.
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
  return Math.hypot(.../** @type {number[]} */ (vector));
}

/**
 * For a long sequence it uses only the gradients of the states, which are known for every step, so that all windows share one range.
 * @param {Pick<Result, "full" | "window">} result
 * @returns {{low: number, high: number}} decades
 */
export function gradientRange({ full, window }) {
  const vectors = window ? [] : [full.dh_output, full.dh_future, full.da];
  const sizes = [...full.dh_norm, ...vectors.flatMap((rows) => rows.map(length))];
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
  return 1 + (widest - 1) * at;
}

/**
 * Whole decades for the legend, largest first, at most three.
 * @param {{low: number, high: number}} range
 */
export function decades({ low, high }) {
  const top = Math.floor(high), apart = Math.max(1, Math.ceil((top - Math.ceil(low)) / 3));
  return [0, 1, 2].map((n) => top - n * apart).filter((exponent) => exponent >= low - 0.01);
}
