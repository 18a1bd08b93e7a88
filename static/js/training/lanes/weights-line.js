// The weights of the minibatch lanes: one line from the blocks of all lanes into the disc of the update that they share.

import { node } from "../../lib/tree.js";
import { SIZE, text } from "./context.js";

/** @typedef {import("./geometry.js").Places} Places */

const DOT = 3, NOW = 8; // px of the radius

/** What does not move: the ground, the name, and the line of all updates. @param {Places} places @param {Pick<LabView, "colors" | "words">} view */
export function weightsLine({ left, inner, rail, width }, { colors, words }) {
  const y = rail.y;
  return node(
    "g",
    { class: "lanes-weights" },
    node("rect", { class: "lanes-weights-ground", x: 0, y: rail.top, width, height: rail.height }),
    text("W", { x: left - 16, y: y + 1, anchor: "end", class: "lanes-w" }),
    text(words("training.film.weights"), { x: left - 16, y: y + 18, anchor: "end", fill: colors.muted }),
    node("path", { class: "lanes-to-come", d: `M${left},${y}H${left + inner}` }),
    node("path", { class: "lanes-made", d: "" }),
    node("path", { class: "lanes-dots", d: "" }),
    node("path", { class: "lanes-joined", d: "" }),
    node("circle", { class: "lanes-update", cx: left, cy: y, r: NOW }),
    text("", {
      x: left,
      y: y + 22,
      fill: colors.ink,
      size: SIZE.word,
      weight: 650,
      class: "lanes-update-words",
    }),
  );
}

/**
 * The line up to an update, and where it stands.
 * @param {Places} places @param {number} iteration
 */
export function upTo({ left, onBlock, rail, apart, row, cell, starts, iterations }, iteration) {
  const y = rail.y, x = onBlock(iteration + 1), block = (onBlock(iteration) + x) / 2;
  const ring = (/** @type {number} */ at) =>
    `M${(at - DOT).toFixed(1)},${y}a${DOT},${DOT} 0 1 1 ${2 * DOT},0a${DOT},${DOT} 0 1 1 ${-2 * DOT},0Z`;
  const bottoms = starts.slice(0, -1).map((_, lane) =>
    `M${block.toFixed(1)},${row(lane) + cell}V${row(lane + 1)}`
  );
  const last = row(starts.length - 1) + cell;
  return {
    x,
    made: `M${left},${y}H${x.toFixed(1)}`,
    dots: apart
      ? Array.from({ length: iterations }, (_, i) => i === iteration ? "" : ring(onBlock(i + 1))).join("")
      : "",
    joined: [...bottoms, `M${block.toFixed(1)},${last}V${y - 14}L${x.toFixed(1)},${y}`].join(""),
  };
}
