// Vector norms, angles and sums for quiz rules.

const TIE = 1e-12;

/** @param {(Num | undefined)[]} vector */
export const norm = (vector) => Math.hypot(...vector.map(Number));

/** @param {Row} a @param {Row} b the largest difference, number by number */
export const farthest = (a, b) => Math.max(...a.map((value, i) => Math.abs(Number(value) - Number(b[i]))));

/** @param {(Num | undefined)[]} values */
export const total = (values) => values.reduce((/** @type {number} */ sum, value) => sum + Number(value), 0);

/** Where the largest values stand, all that are equal to a hair. @param {Row} values */
export function largest(values) {
  const most = Math.max(...values.map(Number));
  return [...values.keys()].filter((i) => most - Number(values[i]) <= TIE);
}

/** Where the smallest values stand. @param {Row} values */
export const smallest = (values) => largest(values.map((value) => -Number(value)));

/** How a step is called among the choices. @param {number} t */
export const step = (t) => `t = ${t}`;

const MOST = 8; // choices
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** @param {number} n */
export const subscript = (n) => [...String(n)].map((digit) => SUBSCRIPTS[Number(digit)]).join("");

/**
 * Steps as choices: all of them, or of many the first ones and those that are right.
 * @param {number} T @param {number[]} right @param {number} [most]
 */
export function steps(T, right, most = MOST) {
  const all = Array.from({ length: T }, (_, t) => t), kept = right.slice(0, most);
  const others = all.filter((t) => !kept.includes(t)).slice(0, most - kept.length);
  return { choices: [...kept, ...others].sort((a, b) => a - b).map(step), right: kept.map(step) };
}
