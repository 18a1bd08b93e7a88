// Parameters of the truncation, on which neither the forward pass nor the exact gradient depends.

export const TRUNCATION = ["truncation", "k", "k1", "cut", "cut_seed", "cuts"];

/** @param {Result["params"]} params */
export function withoutTruncation(params) {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !TRUNCATION.includes(name)));
}
