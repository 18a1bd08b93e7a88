// Colors of activations.

/**
 * The color of an activation.
 * @param {number} value −1 … 1 @param {Record<string, string>} colors
 */
export function shade(value, colors) {
  return `rgb(${mixed(value, colors).join(" ")})`;
}

/**
 * Red, green and blue of an activation.
 * @param {number} value −1 … 1 @param {Record<string, string>} colors
 */
export function mixed(value, colors) {
  const at = 2 * (Math.min(1, Math.max(-1, value)) + 1), i = Math.min(3, Math.floor(at));
  const [from, to] = [i, i + 1].map((n) => parseInt(colors[`activation${n}`].slice(1), 16));
  return [16, 8, 0].map((bits) => {
    const low = from >> bits & 255, high = to >> bits & 255;
    return Math.round(low + (at - i) * (high - low));
  });
}
