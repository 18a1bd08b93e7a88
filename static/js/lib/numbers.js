// Statistics of lists of numbers.

/** The upper median, without what is null; null where nothing is left. @param {(number | null)[]} values */
export function median(values) {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return sorted.length ? sorted[sorted.length >> 1] : null;
}
