// Text of the drawings of the minibatch lanes.

import { LETTERS } from "../../plot/figure.js";
import { node } from "../../lib/tree.js";

export const SIZE = { number: 13, word: 14, head: 15 }; // px

/**
 * @param {string} words
 * @param {{x: number, y: number, fill?: string, anchor?: string, size?: number, weight?: number, letters?: boolean, class?: string}} look
 *   letters: of one width
 */
export function text(
  words,
  { x, y, fill, anchor = "start", size = SIZE.number, weight, letters, class: name },
) {
  const attributes = { x, y, fill, "text-anchor": anchor, "font-size": size, "font-weight": weight };
  return node("text", { ...attributes, "font-family": letters ? LETTERS : undefined, class: name }, words);
}
