// Ledger cards of a forward step: the products in a_t, the state, the prediction, the loss.

import { equation } from "../../lib/arithmetic.js";
import { fixed, percent, sci, subscript, visible } from "../../lib/format.js";
import { bracketed, letter, number, row, scripted, sign, stepped } from "../../lib/mathml.js";
import { plainName, weight } from "../notation.js";
import { gateOf } from "./backward.js";
import { inputNames, inputOf, matrix, rowAt, shownRows } from "./context.js";
import { numbers } from "./numbers.js";
import { countLosses, hasLoss } from "../losses.js";

const MOST_SYMBOLS = 6, BEST = 5;

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./backward.js").Cell} Cell */

/** @param {Context} context @param {Cell} cell @returns {LedgerCard[]} */
export function forward(context, cell) {
  return [products(context, cell), cell.activated(context), prediction(context), loss(context)];
}

/** a_t = h_{t-1} W_h + x_t W_x + b. @param {Context} context @param {Cell} cell @returns {LedgerCard} */
function products(context, cell) {
  const { result, t, H, words, view } = context, { notation } = view, block = gateOf(context, cell);
  const gate = cell.gates[block],
    part = (/** @type {number[]} */ row) => row.slice(block * H, (block + 1) * H);
  const weights = ["Wh", "Wx", "b"].map((name) => matrix(result.weights[name]).map(part));
  const left = cell.leftFactor(context, block),
    x = inputOf(result, t),
    names = inputNames(result, t, visible);
  const named = (/** @type {string} */ name) => weight(name, notation, { gate });
  const rowsShown = shownRows(context).filter((i) => x[i] || x.length === 1);
  const reset = cell.reset?.(context, block) ?? null, at = (/** @type {number} */ j) => reset?.values[j] ?? 1;
  const ownBias = weight("bh", notation);
  const inside = reset
    ? [{
      name: ownBias,
      spoken: plainName("bh", notation),
      shape: "H",
      rows: [reset.bias.map((w, j) => w * at(j))],
      before: [{ text: "1" }],
    }]
    : [];
  const product = [left.name, named("Wh")];
  const groups = [
    {
      name: named("Wh"),
      spoken: plainName("Wh", notation),
      shape: "H,H",
      rows: left.values.map((value, i) => weights[0][i].map((w, j) => value * w * at(j))),
      before: left.values.map((value) => ({ text: "", activation: value })),
    },
    ...inside,
    {
      name: named("Wx"),
      spoken: plainName("Wx", notation),
      shape: "D,H",
      rows: rowsShown.map((i) => weights[1][i].map((w) => x[i] * w)),
      before: rowsShown.map((i) => ({ text: names[i] })),
    },
    {
      name: named("b"),
      spoken: plainName("b", notation),
      shape: "H",
      rows: weights[2],
      before: [{ text: "1" }],
    },
  ];
  const sum = cell.preactivation(context) ?? columnSums(groups);
  const a = scripted(letter("a"), gate && letter(gate));
  return {
    formula: row(
      scripted(letter("a"), row(number(t), ...(gate ? [sign(","), letter(gate)] : []))),
      sign("="),
      ...(reset ? [reset.name, sign("⊙"), bracketed(...product, sign("+"), ownBias)] : product),
      sign("+"),
      stepped("x", t),
      named("Wx"),
      sign("+"),
      named("b"),
    ),
    caption: words("ledger.products", { a: `a${subscript(t)}` }),
    gates: cell.gates,
    pieces: [{
      kind: "stack",
      groups: [...groups, {
        name: a,
        spoken: "a",
        shape: "N,H",
        rows: [sum],
        before: [{ text: "Σ ↓" }],
        strong: true,
      }],
      scale: "before",
      power: null,
      decimals: 2,
      wide: "products",
    }],
  };
}

/** @param {{rows: number[][]}[]} groups */
export function columnSums(groups) {
  const rows = groups.flatMap(({ rows }) => rows);
  return rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0));
}

/** Scores and probabilities, or outputs beside what is wanted. @param {Context} context @returns {LedgerCard} */
function prediction({ result, t, words, view }) {
  const { forward, vocabulary, targets } = result,
    o = rowAt(result, forward.o, t),
    p = rowAt(result, forward.p, t);
  const target = vocabulary.indexOf(targets[t]),
    goals = vocabulary.length ? o.map((_, i) => Number(i === target)) : o.map(() => Number(targets[t]));
  const score = row(
    stepped("h", t),
    weight("Wy", view.notation),
    sign("+"),
    weight("by", view.notation),
  );
  const max = Math.max(...o.map(Math.abs), 1e-9);
  return {
    formula: p.length
      ? row(stepped("p", t), sign("="), letter("softmax"), bracketed(score))
      : row(stepped("o", t), sign("="), score),
    caption: words(p.length ? "ledger.chances" : "ledger.outputs", { target: visible(String(targets[t])) }),
    pieces: [{
      kind: "chances",
      rows: likeliest(p.length ? p : o, target).map((i) => ({
        symbol: vocabulary.length ? visible(vocabulary[i]) : "",
        score: fixed(o[i]),
        share: p.length ? p[i] : Math.abs(o[i]) / max,
        text: p.length ? percent(p[i]) : Number.isNaN(goals[i]) ? "" : `→ ${goals[i]}`,
        isTarget: p.length ? i === target : goals[i] !== 0,
      })),
    }],
  };
}

/** All where they are few, else the best five, the wanted one always. @param {number[]} sizes @param {number} target @returns {number[]} */
export function likeliest(sizes, target) {
  const all = sizes.map((_, i) => i);
  if (all.length <= MOST_SYMBOLS) return all;
  const first = all.sort((a, b) => sizes[b] - sizes[a]).slice(0, BEST);
  return target < 0 || first.includes(target) ? first : [...first.slice(0, BEST - 1), target];
}

/** @param {Context} context @returns {LedgerCard} */
function loss({ result, t, T, words }) {
  const { forward, vocabulary, targets, params } = result, value = forward.loss[t];
  const none = !hasLoss(result, t), n = countLosses(result, 0, T), p = rowAt(result, forward.p, t);
  const o = numbers(rowAt(result, forward.o, t)), chance = p[vocabulary.indexOf(targets[t])];
  const into = none || params.loss_at === "last"
    ? []
    : [params.reduction === "mean" ? words("ledger.into_mean", { T: n }) : words("ledger.into_sum")];
  const squares = [
    "mrow",
    ["mfrac", number(1), number(2)],
    sign("∑"),
    scripted(bracketed(stepped("o", t), sign("−"), stepped("A", t)), "", number(2)),
  ];
  return {
    formula: row(
      stepped("L", t),
      sign("="),
      ...(p.length
        ? [
          sign("−"),
          letter("ln"),
          scripted(letter("p"), row(number(t), sign(","), ["mtext", visible(String(targets[t]))])),
        ]
        : [/** @type {Formula} */ (squares)]),
    ),
    caption: words(none ? "ledger.no_loss" : p.length ? "ledger.loss" : "ledger.loss_squared"),
    pieces: [{
      kind: "figure",
      text: none ? "–" : sci(value),
      lines: none ? [words("ledger.no_loss")] : [
        ...(p.length
          ? [equation(`−ln ${written3(chance)}`, written3(value ?? NaN))]
          : squaresOf(o, targets[t], vocabulary)),
        ...into,
      ],
    }],
  };
}

/** @param {number} value */
const written3 = (value) => (Number.isFinite(value) ? fixed(value, 3) : "–");

/** ½ (o − A)², where there is one output. @param {number[]} o @param {string} target @param {string[]} vocabulary */
function squaresOf(o, target, vocabulary) {
  if (vocabulary.length || o.length !== 1) return [];
  return [`½ (${written3(o[0])} − ${target})²`];
}
