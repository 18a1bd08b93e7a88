// Quiz rules of lesson 6: two gradients meet in every state; a weight's gradient is a sum over steps.

import { norm, steps } from "./vectors.js";

const DEGREES = 180 / Math.PI;
const MOST = 7; // steps to choose from, beside none of them

/** What the last state receives from the future, against what its output sends. @type {Rule} */
export function lastFuture({ bptt }) {
  const { dh_future, dh_output } = bptt.full, last = dh_output.length - 1;
  const future = norm(dh_future[last]), out = norm(dh_output[last]);
  const right = future === 0 ? "none" : future < out ? "less" : "more";
  return { choices: ["none", "less", "more"], right: [right], values: { out } };
}

/** Whether two gradients are longer together than the longer of them, at the step before the last. @type {Rule} */
export function longerTogether({ bptt }) {
  const { dh_output, dh_future, dh } = bptt.full, t = Math.max(0, dh.length - 2);
  const out = norm(dh_output[t]), fut = norm(dh_future[t]), sum = norm(dh[t]), longer = Math.max(out, fut);
  const dot = dh_output[t].reduce(
    (all, value, i) => Number(all) + Number(value) * Number(dh_future[t][i]),
    0,
  );
  const angle = Math.round(DEGREES * Math.acos(Number(dot) / (out * fut)));
  return {
    choices: ["yes", "no"],
    right: [sum > longer ? "yes" : "no"],
    values: { sum, longer, angle, lengths: out + fut },
  };
}

/** The two gradients of the first state, where a state is one number. @type {Rule} */
export function meeting({ bptt: { full, weights } }) {
  const [out, fut, sum] = [full.dh_output, full.dh_future, full.dh].map((rows) => rows[0][0]);
  const [[weight]] = /** @type {Table} */ (weights.Wh);
  return { choices: [], right: [], values: { out, fut, sum, da: full.da[1][0], weight } };
}

/** The steps that add nothing at all to dWh. @type {Rule} */
export function addsNothing({ bptt: { full } }) {
  const shares = full.step_norms.Wh;
  const idle = [...shares.keys()].filter((t) => shares[t] === 0);
  const { choices, right } = steps(shares.length, idle, MOST);
  return { choices: [...choices, "nowhere"], right: right.length ? right : ["nowhere"], values: {} };
}

/** How many terms the gradient of one loss has: of Wy one, of Wh one for every step up to it. @type {Rule} */
export function termsOfOneLoss({ pair }) {
  const steps = pair.terms.Wh.slice(0, pair.s + 1).length, outputs = pair.terms.Wy === null ? 0 : 1;
  const choices = [...new Set([0, 1, 2, steps])].map(String);
  return { choices, right: [String(outputs)], values: { steps } };
}

/** The terms that are added before the one update. @type {Rule} */
export function oneUpdate({ bptt }) {
  return { choices: [], right: [], values: { terms: bptt.full.step_norms.Wh.length } };
}
