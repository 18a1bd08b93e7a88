// Logarithms for scales: only finite sizes above 0 have one, so that nothing is drawn at NaN.

/** Whether a size has a place on a logarithmic scale. @param {Num | undefined} size @returns {size is number} */
export const hasLog = (size) => typeof size === "number" && size > 0 && Number.isFinite(size);

/** The logarithms of those sizes that have one. @param {(Num | undefined)[]} sizes */
export const logsOf = (sizes) => sizes.filter(hasLog).map(Math.log10);

/** A power of ten, as far as numbers reach: neither 0 nor infinite. @param {number} exponent */
export const powerOfTen = (exponent) =>
  Math.min(Number.MAX_VALUE, Math.max(Number.MIN_VALUE, 10 ** exponent));

/** A computed size; null where it overflowed, as the server writes it. @param {number} size @returns {Num} */
export const finite = (size) => Number.isFinite(size) ? size : null;
