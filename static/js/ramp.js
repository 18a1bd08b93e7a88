// Colours between the colours of the stylesheet.

/**
 * A colour of a scale of five: 0 is its first, 1 its last.
 * @param {Record<string, string>} colors
 * @param {string} name such as gradient, for gradient0 … gradient4
 * @param {number} at 0 … 1
 */
export function ramp(colors, name, at) {
  const place = 4 * Math.min(1, Math.max(0, at)), i = Math.min(3, Math.floor(place));
  const [from, to] = [i, i + 1].map((n) => channels(colors[`${name}${n}`]));
  return `rgb(${from.map((channel, n) => Math.round(channel + (to[n] - channel) * (place - i))).join()})`;
}

/** Red, green and blue, 0 … 255. @param {string} hex */
export function channels(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
