// What the truncation changes of the gradient norms.

const ROUNDING = 2e-5; // of a size: answers have five figures

/** Whether two sizes are more than a rounding apart. @param {Num} a @param {Num} b */
export function differ(a, b) {
  if (a === null || b === null) return a !== b;
  return Math.abs(a - b) > ROUNDING * Math.max(a, b);
}

/**
 * The first step whose norm differs most; null if none differs by more than rounding.
 * @param {Num[]} exact @param {Num[]} truncated
 */
export function largestChange(exact, truncated) {
  let found = null, most = 0;
  exact.forEach((size, t) => {
    const other = truncated[t];
    if (size === null || other === null || !differ(size, other)) return;
    const change = Math.abs(size - other);
    if (change > most) [found, most] = [t, change];
  });
  return /** @type {number | null} */ (found);
}
