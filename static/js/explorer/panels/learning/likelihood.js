// Loss and likelihood: the mean or the sum of the losses, and the probability of the whole text.

import { agrees, evaluate } from "../../../lib/arithmetic.js";
import { sci } from "../../../lib/format.js";
import { letter, number, row, scripted, sign } from "../../../lib/mathml.js";

const SHOWN = 5; // terms written out; of more, the first ones and the last

/**
 * The steps that have a loss, with their losses.
 * @param {Pick<Result, "forward">} result
 */
export function losses({ forward }) {
  return forward.loss.flatMap((loss, t) => (loss === null ? [] : [{ t, loss }]));
}

/**
 * Σ L_t. @param {Pick<Result, "forward">} result
 */
export function sum(result) {
  return losses(result).reduce((sum, { loss }) => sum + loss, 0);
}

/**
 * The power of ten that the probability of everything wanted is: Σ L_t = −ln P.
 * @param {Pick<Result, "forward">} result
 */
export function exponent(result) {
  return -sum(result) / Math.LN10;
}

/**
 * The loss in two other units, whatever the total is: the perplexity, exp of the mean loss, and bits per symbol. Beside them the
 * mean of exp L_t = 1/p_t, which is another number. null without a loss.
 * @param {Pick<Result, "forward">} result
 */
export function perplexity(result) {
  const all = losses(result), mean = sum(result) / all.length;
  if (!all.length) return null;
  return {
    perplexity: Math.exp(mean),
    bits: mean / Math.LN2,
    mean: all.reduce((sum, { loss }) => sum + Math.exp(loss), 0) / all.length,
    n: all.length,
  };
}

/**
 * L = (1/T) Σ L_t, with its numbers.
 * @param {Pick<Result, "forward" | "params">} result
 * @returns {Formula}
 */
export function lossFormula(result) {
  const all = losses(result), { reduction } = result.params, mean = reduction === "mean" && all.length > 1;
  const terms = written(all.map(({ loss }) => sci(loss)), "+"), total = sci(result.forward.total_loss);
  const printed = sumOf(all), is = relation(agrees(mean ? `(${printed}) / ${all.length}` : printed, total));
  const symbol = all.length > 1
    ? [
      ...(mean ? [/** @type {Formula} */ (["mfrac", number(1), number(all.length)])] : []),
      over("∑"),
      scripted(letter("L"), letter("t")),
    ]
    : [scripted(letter("L"), number(all[0]?.t ?? 0))];
  const values = mean
    ? [/** @type {Formula} */ (["mfrac", row(...terms), number(all.length)]), is, number(total)]
    : all.length > 1
    ? [...terms, is, number(total)]
    : [number(total)];
  return large(letter("L"), sign("="), ...symbol, sign("="), ...values);
}

/**
 * Σ L_t = −ln P, P = Π p_t, with their numbers; of a single loss L_t = −ln P, P = p_t.
 * @param {Pick<Result, "forward">} result
 * @returns {Formula[]}
 */
export function likelihoodFormulas(result) {
  const all = losses(result), power = exponent(result), single = all.length === 1;
  const term = (/** @type {string} */ name) =>
    scripted(letter(name), single ? number(all[0].t) : letter("t"));
  const values = single ? [] : [sign("="), ...written(all.map(({ loss }) => sci(Math.exp(-loss))), "·")];
  const factors = productOf(all),
    raised = power.toFixed(2),
    whole = sci(10 ** power),
    total = sci(sum(result));
  const small = power < -2
    ? [relation(isPower(factors, raised)), scripted(number(10), "", number(raised))]
    : [];
  const size = power > -3
    ? [relation(agrees(small.length ? `10 ** (${raised})` : factors, whole)), number(whole)]
    : [];
  return [
    large(
      ...(single ? [] : [over("∑")]),
      ...[
        term("L"),
        relation(agrees(sumOf(all), total)),
        number(total),
        sign("="),
        sign("−"),
        letter("ln"),
        letter("P"),
      ],
    ),
    large(
      ...[letter("P"), sign("="), ...(single ? [] : [over("∏")]), term("p")],
      ...[...values, ...small, ...size],
    ),
  ];
}

/** The sum that is printed; empty where not all of its terms are. @param {{loss: number}[]} all */
const sumOf = (all) => isShortened(all) ? "" : all.map(({ loss }) => sci(loss)).join(" + ");

/** @param {{loss: number}[]} all */
const productOf = (all) => isShortened(all) ? "" : all.map(({ loss }) => sci(Math.exp(-loss))).join(" · ");

/** Whether a printed product is 10 to a printed power; null where it is not printed. @param {string} product @param {string} power */
function isPower(product, power) {
  const value = evaluate(product);
  return value === null ? null : agrees(String(Math.log10(value)), power);
}

/** "=", or "≈" where the printed numbers do not give the printed result. @param {boolean | null} agreeing */
const relation = (agreeing) => sign(agreeing === false ? "≈" : "=");

/** As formulas stand on a line of their own. @param {...Formula} parts @returns {Formula} */
const large = (...parts) => ["mstyle", { displaystyle: "true" }, ...parts];

/** A sum or a product over the steps. @param {string} operator @returns {Formula} */
const over = (operator) => ["munder", sign(operator), letter("t")];

/** Whether not all terms are written out. @param {unknown[]} values */
const isShortened = (values) => values.length > SHOWN + 1;

/** @param {string[]} values @param {string} between @returns {Formula[]} */
function written(values, between) {
  const some = isShortened(values) ? [...values.slice(0, SHOWN - 1), "…", values[values.length - 1]] : values;
  return some.flatMap((
    value,
    i,
  ) => [...(i ? [sign(between)] : []), value === "…" ? sign("…") : number(value)]);
}
