// Color scales of the credit matrix and of gradients, and a readable text color on each.

import { inkOn } from "../../plot/colormap.js";

/**
 * @param {string} scale its colors in the stylesheet are numbered from 0
 * @param {number} last the last number
 * @param {number} at 0 … 1
 * @param {Record<string, string>} colors
 * @returns {number[]} red, green, blue
 */
function between(scale, last, at, colors) {
  const part = last * Math.min(1, Math.max(0, at)), i = Math.min(last - 1, Math.floor(part));
  const [from, to] = [i, i + 1].map((n) => channels(colors[`${scale}${n}`]));
  return from.map((channel, n) => Math.round(channel + (to[n] - channel) * (part - i)));
}

/** The color of a credit's size. @param {number} at 0 … 1 @param {Record<string, string>} colors */
export function creditColor(at, colors) {
  return `rgb(${between("credit", 3, at, colors).join(",")})`;
}

/** The color of a signed number. @param {number} value −1 … 1 @param {Record<string, string>} colors */
export function gradientColor(value, colors) {
  return `rgb(${between("gradient", 4, (value + 1) / 2, colors).join(",")})`;
}

/** Black or white, whichever reads better on a credit's color. @param {number} at 0 … 1 @param {Record<string, string>} colors */
export function inkOnCredit(at, colors) {
  return inkOn(between("credit", 3, at, colors));
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}
