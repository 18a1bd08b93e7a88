// Color maps: interpolation between five colors of the style sheet, and readable text colors.

/**
 * A color of a five-color scale: 0 is the first, 1 the last.
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

/** Black or white, whichever has more contrast with it (WCAG 2.2). @param {number[]} rgb 0 … 255 */
export function inkOn(rgb) {
  const [red, green, blue] = rgb.map((channel) => {
    const part = channel / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? "#ffffff" : "#000000";
}
