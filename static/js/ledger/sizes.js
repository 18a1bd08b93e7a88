// How large the ledger's cells are: by the number of units, and by the screen.

const TALL = 200; // px that a column of cells fills
const ROOMY = 1366; // px of window above which matrices are wider
const SINGLE = 14; // px of height at least, where a row stands alone
const MARGINS = 116; // px of the window beside the figures

/** @typedef {{width: number, height: number, type: number, numbers: boolean}} Cells */
/** @typedef {{units: number, vector: Cells, matrix: Cells & {before: number, row: number}, products: Partial<Cells>, weights: Partial<Cells>}} Sizes */

/**
 * @param {number} H
 * @param {Pick<View, "phone" | "width">} view
 * @returns {Sizes}
 */
export function sizesOf(H, { phone, width }) {
  if (H <= 4) {
    const [across, tall] = phone ? [58, 27] : [54, 22];
    return {
      units: H,
      vector: { width: phone ? 76 : 66, height: 42, type: 19, numbers: true },
      matrix: { width: across, height: tall, type: 15, numbers: true, before: phone ? 50 : 54, row: tall },
      products: {},
      weights: {},
    };
  }
  if (H <= 8) {
    const across = phone ? 33 : width + MARGINS > ROOMY ? 36 : 31, tall = phone ? 21 : 19;
    return {
      units: H,
      vector: { width: phone ? 64 : 50, height: phone ? 27 : 23, type: phone ? 16 : 15, numbers: true },
      matrix: { width: across, height: tall, type: 13, numbers: true, before: phone ? 38 : 42, row: tall },
      products: { width: phone ? across : across + 12 },
      weights: { width: 36, type: 12 },
    };
  }
  const height = Math.max(H <= 16 ? 15 : 5, Math.floor(TALL / H)), across = Math.max(4, Math.floor(250 / H));
  return {
    units: H,
    vector: { width: H <= 16 ? 46 : 26, height, type: 13, numbers: H <= 16 },
    matrix: { width: across, height, type: 13, numbers: false, before: 26, row: Math.max(SINGLE, height) },
    products: {},
    weights: {},
  };
}
