// Quiz rules of lesson 1: order carries information, and a model needs memory.

import { graphOf } from "./graphs.js";
import { farthest, norm, subscript, total } from "./vectors.js";

const MOST = 7; // pairs to choose from

/** The probability of all targets. @param {Result} result */
const chance = ({ forward }) => Math.exp(-total(forward.loss));

/** Which of two texts is likelier. @type {Rule} */
export function likelier({ bptt }, b) {
  const P = chance(bptt), other = b ? chance(b.bptt) : P;
  const right = P > other ? "first" : P < other ? "second" : "equal";
  return { choices: ["first", "second", "equal"], right: [right], values: { P, other } };
}

/** The losses added are the probabilities multiplied. @type {Rule} */
export function productOfChances({ bptt }) {
  return { values: { P: chance(bptt), sum: total(bptt.forward.loss) } };
}

/** What a small rise of the oldest value does to the prediction. @type {Rule} */
export function beyondTheWindow(a) {
  const { grad } = graphOf(a), { n, tau } = a.params;
  const right = grad["x.0"] > 0 ? "up" : grad["x.0"] < 0 ? "down" : "still";
  const values = { grad: grad["x.0"], n: Number(n), tau: Number(tau) };
  return { choices: ["up", "down", "still"], right: [right], values };
}

/** Whether the oldest value matters at all. @type {Rule} */
export function stillMatters(a) {
  const { grad } = graphOf(a);
  return { choices: ["yes", "no"], right: [grad["x.0"] ? "yes" : "no"], values: { grad: grad["x.0"] } };
}

/** Which two states are the same to the last digit. @type {Rule} */
export function sameStates({ bptt: { forward, tokens } }, b) {
  const { h } = forward, steps = [...h.keys()];
  const pairs = steps.flatMap((t) => steps.slice(t + 1).map((later) => [t, later]));
  const name = (/** @type {number[]} */ [one, two]) => `h${subscript(one)}, h${subscript(two)}`;
  const same = pairs.filter(([one, two]) => !farthest(h[one], h[two])).slice(0, MOST);
  const next = pairs.filter(([one, two]) => two === one + 1);
  const others = next.filter((pair) => !same.includes(pair)).slice(0, MOST - same.length);
  const [one, two] = same[0] ?? pairs.find(([one, two]) => tokens[one] === tokens[two]) ?? pairs[0];
  const past = b?.bptt.forward.h[two] ? b.bptt.forward.h : h;
  const parted = past[one].map((value, i) => Number(value) - Number(past[two][i]));
  return {
    choices: [...pairs.filter((pair) => [...same, ...others].includes(pair)).map(name), "nowhere"],
    right: same.length ? same.map(name) : ["nowhere"],
    values: { same: farthest(h[one], h[two]), least: 2 * Math.LN2, apart: norm(parted) },
  };
}
