// Cell sizes of the ledger, by the number of units and by the screen.

const TALL = 200; // px that a column of cells fills
const ROOMY = 1366, SPACIOUS = 1600; // px of window above which matrices are wider, and those of gates have numbers
const SINGLE = 14; // px of height at least, where a row stands alone
const MARGINS = 116; // px of the window beside the figures

/** @typedef {{width: number, height: number, type: number, numbers: boolean}} Cells */
/** @typedef {{units: number, vector: Cells, matrix: Cells & {before: number, row: number}, products: Partial<Cells>, sum: Partial<Cells>, weights: Partial<Cells>}} Sizes */

/**
 * @param {number} H
 * @param {Pick<View, "phone" | "width">} view
 * @param {boolean} gated with more columns, which are narrower
 * @returns {Sizes}
 */
export function sizesOf(H, { phone, width }, gated = false) {
  if (H <= 4) {
    const [across, tall] = phone ? [58, 27] : [gated ? 46 : 54, 22];
    return {
      units: H,
      vector: { width: gated ? 46 : phone ? 76 : 66, height: 42, type: gated ? 14.5 : 19, numbers: true },
      matrix: { width: across, height: tall, type: 15, numbers: true, before: phone ? 50 : 54, row: tall },
      products: {},
      sum: {},
      weights: {},
    };
  }
  if (H <= 8) {
    const close = gated && !phone && width + MARGINS <= SPACIOUS; // then the sum is told by color alone
    const across = phone ? 33 : close ? 32 : width + MARGINS > ROOMY ? 36 : 31, tall = phone ? 21 : 19;
    return {
      units: H,
      vector: {
        width: gated ? 41 : phone ? 64 : 50,
        height: phone ? 27 : 23,
        type: gated ? 13 : phone ? 16 : 15,
        numbers: true,
      },
      matrix: {
        width: across,
        height: tall,
        type: gated ? 12 : 13,
        numbers: true,
        before: gated ? 44 : phone ? 38 : 42,
        row: tall,
      },
      products: { width: across + (phone ? 0 : gated ? 4 : 12), type: gated ? 12.5 : 13 },
      sum: close ? { width: 13, numbers: false } : {},
      weights: { width: 36, type: 12 },
    };
  }
  const height = Math.max(H <= 16 ? 15 : 5, Math.floor(TALL / H)), across = Math.max(4, Math.floor(250 / H));
  return {
    units: H,
    vector: { width: H > 16 ? 26 : gated ? 42 : 46, height, type: 13, numbers: H <= 16 },
    matrix: { width: across, height, type: 13, numbers: false, before: 26, row: Math.max(SINGLE, height) },
    products: {},
    sum: {},
    weights: {},
  };
}
