// Numbers for quiz rules: rounding, ratios and choices.

/** Numbers to choose from, without repeats and by size. @param {number[]} numbers */
export const guesses = (numbers) => [...new Set(numbers)].toSorted((a, b) => a - b).map(String);

/** @param {number[]} numbers */
export const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** A share in per cent, two digits of it; more where it is not quite 100. @param {Num | undefined} share */
export function percent(share) {
  const size = 100 * Number(share), digits = [2, 3, 4, 5];
  const rounded = digits.map((n) => Number(size.toPrecision(n)));
  return rounded.find((value) => value !== 100 || size === 100) ?? size;
}

/**
 * The largest difference of two arrays of one shape.
 * @param {Row | Table} one
 * @param {Row | Table} other
 */
export function apart(one, other) {
  const b = other.flat();
  return Math.max(...one.flat().map((value, i) => Math.abs(Number(value) - Number(b[i]))));
}

/**
 * Which of three words fits a comparison; equal to a hair is equal.
 * @param {number} one
 * @param {number} other
 * @param {[string, string, string]} words if one is less, both are equal, one is more
 */
export function compared(one, other, [less, equal, more]) {
  if (Math.abs(one - other) <= 1e-12 * Math.max(Math.abs(one), Math.abs(other))) return equal;
  return one < other ? less : more;
}
