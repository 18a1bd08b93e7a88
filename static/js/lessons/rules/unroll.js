// Quiz rules of lesson 4: the loop and the unrolled chain are one network with shared weights.

import { farthest, norm, subscript, total } from "./vectors.js";

const MOST = 7; // states to choose from

/** @param {Result} result how many numbers all weights are together */
const size = ({ weights }) => Object.values(weights).flat(2).length;

/** How many weights a longer text adds. @type {Rule} */
export function moreWeights({ bptt }, b) {
  const count = size(bptt), more = b ? size(b.bptt) - count : 0;
  const choices = [...new Set([0, bptt.weights.Wh.flat().length, count, more])].map(String);
  return { choices, right: [String(more)], values: { H: bptt.forward.h[0].length, count, more } };
}

/** What differs between two networks. @type {Rule} */
export function whatReturns({ bptt: { forward } }, b) {
  const other = b ? b.bptt.forward : forward;
  const values = {
    h: farthest(forward.h.flat(), other.h.flat()),
    y: farthest((forward.p ?? forward.o).flat(), (other.p ?? other.o).flat()),
    L: farthest(forward.loss, other.loss),
  };
  const choices = /** @type {(keyof typeof values)[]} */ (Object.keys(values));
  return { choices, right: choices.filter((name) => values[name] > 0), values };
}

/** The shapes of T steps taken as one layer. @type {Rule} */
export function oneLayer({ bptt: { forward, weights } }) {
  const T = forward.h.length, D = weights.Wx.length, H = forward.h[0].length, V = weights.by.length;
  const shapes = { xs: `(${T},${D})`, hs: `(${T},${H})`, os: `(${T},${V})` };
  return { values: { T, H, ...shapes, osN: `(N,${T},${V})`, lastN: `(N,${V})` } };
}

/** Which states the two runs have in common differ. @type {Rule} */
export function pastAlone({ bptt }, b) {
  const ours = bptt.forward.h, theirs = b ? b.bptt.forward.h : ours;
  const moves = ours.slice(0, theirs.length).map((state, t) => farthest(state, theirs[t]));
  const name = (/** @type {number} */ t) => `h${subscript(t)}`;
  const moved = [...moves.keys()].filter((t) => moves[t] > 0).slice(0, MOST);
  return {
    choices: [...moves.keys()].slice(0, MOST).map(name).concat("none"),
    right: moved.length ? moved.map(name) : ["none"],
    values: { moved: Math.max(...moves) },
  };
}

/** dWh against the lengths of its terms together. @type {Rule} */
export function shorterThanItsParts({ bptt: { full } }) {
  const shares = full.step_norms.Wh, parts = total(shares), sum = norm(full.gradients.Wh.flat());
  const right = sum < parts * (1 - 1e-4) ? "shorter" : sum > parts * (1 + 1e-4) ? "longer" : "equal";
  return {
    choices: ["shorter", "equal", "longer"],
    right: [right],
    values: { terms: shares.length, parts, sum },
  };
}
