// Quiz rules of lesson 12: clipping, gates and longer blocks, and what truncation costs.

import { compared } from "./numbers.js";

const LEARNT = 0.95; // accuracy

/** @param {number[]} one @param {number[]} other */
function cosine(one, other) {
  const product = one.reduce((sum, value, i) => sum + value * other[i], 0);
  return product / Math.hypot(...one) / Math.hypot(...other);
}

/** Which way of clipping keeps the direction of the first block's gradient. @type {Rule} */
export function keepsDirection(a, b) {
  const [{ update }] = a.film.frames, [{ update: other }] = (b ?? a).film.frames;
  const rate = Number(update.clip_rate ?? 1);
  const byNorm = update.dWh.flat().map(Number), byElement = other.dWh.flat().map(Number);
  const whole = byNorm.map((value) => value / rate); // all numbers were shrunk by one rate
  const kept = { norm: cosine(byNorm, whole), element: cosine(byElement, whole) };
  const keeping = Object.entries(kept).filter(([, value]) => value > 1 - 1e-6).map(([name]) => name);
  return {
    choices: ["norm", "element", "both", "neither"],
    right: [keeping.length === 2 ? "both" : keeping[0] ?? "neither"],
    values: {
      limit: Number(a.params.clip_at),
      length: Number(update.norm) / rate / Number(a.params.lr),
      rate,
      cosine: kept.element,
    },
  };
}

/** What an LSTM's own road leaves of a gradient. @type {Rule} */
export function throughTheGate({ bptt }) {
  const last = bptt.tokens.length - 1, road = /** @type {Row[]} */ (bptt.credit_c)[last];
  const kept = Number(road[0]) / Number(road[last]);
  const choices = ["0.000002", "0.003", "0.4", "1"];
  /** @param {string} guess */
  const off = (guess) => Math.abs(Math.log(Number(guess) / kept));
  return {
    choices,
    right: [choices.toSorted((one, other) => off(one) - off(other))[0]],
    values: {
      bias: Number(bptt.weights.b[0]),
      gate: Number(bptt.forward.gates?.f?.[0][0]),
      wh: Math.max(...bptt.weights.Wh.flat().map((weight) => Math.abs(Number(weight)))),
      hops: last,
      kept,
    },
  };
}

/** What is left of the last loss at the first step, of all that the cell carries. @param {Result} bptt */
function left({ credit, credit_c: inside }) {
  const last = credit.length - 1;
  /** @param {number} t */
  const size = (t) => Math.hypot(Number(credit[last][t]), Number(inside?.[last][t] ?? 0));
  return size(0) / size(last);
}

/** Which of two cells leaves more. @type {Rule} */
export function keepsMore(a, b) {
  const rnn = left(a.bptt), lstm = left((b ?? a).bptt);
  return {
    choices: ["rnn", "same", "lstm"],
    right: [compared(rnn, lstm, ["lstm", "same", "rnn"])],
    values: { hops: a.bptt.tokens.length - 1, rnn, lstm },
  };
}

/** Whether a pass foretells every symbol. @param {Film} film */
const isRight = ({ frames, vocabulary, targets }) =>
  frames.every(({ p, start }) =>
    p.every((row, i) => vocabulary[row.indexOf(Math.max(...row.map(Number)))] === targets[start + i])
  );

/** Which network tells the two l's of hello apart. @type {Rule} */
export function tellsApart(a, b) {
  const other = (b ?? a).film, carried = isRight(a.film), zeros = isRight(other);
  const losses = other.frames.filter(({ start }) => other.tokens[start] === "l").map(({ loss }) =>
    Number(loss[0])
  );
  return {
    choices: ["both", "carried", "zeros", "neither"],
    right: [carried ? (zeros ? "both" : "carried") : zeros ? "zeros" : "neither"],
    values: {
      updates: a.film.frames[0].W.number,
      together: losses.reduce((sum, loss) => sum + loss, 0),
    },
  };
}

/** Whether the larger radius leaves the truncated gradient closer to the full one. @type {Rule} */
export function whatLivedThere(a, b) {
  const one = Number(a.bptt.comparison.recurrent.cosine);
  const two = Number((b ?? a).bptt.comparison.recurrent.cosine);
  return {
    choices: ["up", "same", "down"],
    right: [compared(two, one, ["down", "same", "up"])],
    values: {
      k: Number(a.params.k),
      gain: Number(a.params.gain),
      gain2: Number((b ?? a).params.gain),
      cosine: one,
      cosine2: two,
    },
  };
}

/** How many seeds learn it, by the length of the window. @type {Rule} */
export function howManyLearnt({ race: { contestants }, params }) {
  /** @param {string} entry */
  const count = (entry) =>
    contestants.find((one) => one.entry === entry)?.final?.each.filter((accuracy) =>
      Number(accuracy) >= LEARNT
    )
      .length ?? null;
  const four = count("4"), seeds = Number(params.seeds);
  return {
    choices: Array.from({ length: Math.min(seeds, 7) + 1 }, (_, n) => String(n)),
    right: [String(four)],
    values: {
      lag: Number(params.lag),
      seeds,
      updates: Number(params.budget),
      one: count("1"),
      four,
      full: count("full"),
    },
  };
}
