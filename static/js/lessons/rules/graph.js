// Quiz rules of lesson 2: backpropagation on a small computation graph.

import { formatNumber } from "../../lib/format.js";
import { graphOf } from "./graphs.js";
import { subscript } from "./vectors.js";

const CLOSE = 1e-4; // answers come with five digits

/** @param {number} value as a choice */
const short = (value) => formatNumber(value);

/** Different numbers as choices, the smallest first. @param {number[]} values */
const sorted = (values) => [...new Set([...values].sort((a, b) => a - b).map(short))];

/** Values on the way forward. @type {Rule} */
export function climb(a) {
  return { values: graphOf(a).value };
}

/** The node that hands its gradient on next. @type {Rule} */
export function nextBack(a) {
  const { nodes, tape, value } = graphOf(a);
  const done = Number(a.seen.at?.replace("b", "") ?? 0), next = tape[Math.min(done, tape.length - 1)];
  const choices = nodes.map(({ name }) => name).slice(-8);
  const others = choices.filter((name) => !tape.slice(0, done).includes(name));
  return { choices: others, right: [next], values: { ...value, next } };
}

/** What f becomes when y is raised by a tenth. @type {Rule} */
export function promise(a) {
  const { value, grad, output } = graphOf(a);
  const f = value[output], change = 0.1 * grad.y;
  const values = { f, then: f + change, gx: grad.x, gy: grad.y, gz: grad.z };
  return { choices: sorted([f + change, f - change, f + 0.1, f]), right: [short(f + change)], values };
}

/** Where one large step of descent really leads. @type {Rule} */
export function oneDescent(a, b) {
  const graph = graphOf(a), { update, value, output } = b ? graphOf(b) : graph;
  const choices = sorted([update.promise, update.truth, graph.update.truth, value[output]]);
  const { promise: line, truth: there, after } = graph.update,
    f = graph.value[graph.output],
    lr = Number(a.params.lr);
  const vector = (/** @type {Record<string, number>} */ of) =>
    `(${Object.keys(after).map((name) => short(of[name])).join(", ")})`;
  const first = { lr, f, line, there, slope: (f - line) / lr, from: vector(graph.value), to: vector(after) };
  const values = { ...first, promise: update.promise, truth: update.truth };
  return { choices, right: [short(update.truth)], values };
}

/** What the gradient of a weight used twice is made of. @type {Rule} */
export function tiedTogether(a, b) {
  const { w1: first, w2: second } = graphOf(a).grad, tied = b ? graphOf(b).grad.w : first + second;
  const made = { first, second, mean: (first + second) / 2, sum: first + second };
  const right = Object.entries(made).filter(([, value]) => Math.abs(value - tied) <= CLOSE * Math.abs(tied));
  return {
    choices: Object.keys(made),
    right: right.map(([name]) => name),
    values: { first, second, tied },
  };
}

/** How many factors stand between the first and the last of a recursion. @type {Rule} */
export function factorsBetween(a) {
  const { nodes, closed } = graphOf(a);
  const names = nodes.map(({ name }) => name);
  const factors = names.filter((name) => name.startsWith("c.")).length;
  const choices = [factors - 1, factors, factors + 1, factors + 2].map(String);
  const product = closed?.products[factors][0] ?? null;
  return { choices, right: [String(factors)], values: { factors, product, last: `a${subscript(factors)}` } };
}

/** One update by all terms, against writing every term into the weight at once. @type {Rule} */
export function inPlace(a) {
  const { value, grad, terms, update, inplace } = graphOf(a);
  const values = { w: value.w, term: terms.w[0], grad: grad.w, lr: Number(a.params.lr) };
  return { values: { ...values, after: update.after.w, inplace: inplace?.after.w ?? null } };
}
