// Learning panel: loss, predictions and probability of the whole text after each update.

import { change } from "../cards/finding.js";
import { element, rich } from "../../lib/dom.js";
import { apart, decade, round, sci, visible } from "../../lib/format.js";
import { lossCurve } from "./learning/curve.js";
import { exponent, likelihoodFormulas, losses, lossFormula, perplexity } from "./learning/likelihood.js";
import { math } from "../../lib/mathml.js";
import { predictedSymbol, targetOutput } from "../predictions.js";
import { TRUNCATION } from "../truncation.js";
import { held, row } from "../../plot/windowed.js";

export const name = "learning";
export const closed = true;
export const slider = "updates";

/** @type {(keyof View)[]} */
export const follows = ["answers"];

const UPDATES = 500, WORK = 40000; // the most, and the most times steps, as app/labs/explorer/params.py bounds them

/** Open where a link has updates. @param {Record<string, unknown>} params */
export function opens({ updates }) {
  return Number(updates) > 0;
}

/** The last update that the slider reaches. @param {Pick<Result, "tokens">} result */
export function lastReachable({ tokens }) {
  return Math.min(UPDATES, Math.floor(WORK / tokens.length));
}

/**
 * The same run after this many updates.
 * @param {string} query @param {number} updates @param {Result["window"]} [window]
 */
export function pathOf(query, updates, window) {
  const parameters = new URLSearchParams(query);
  for (const name of TRUNCATION) parameters.delete(name); // updates follow the exact gradient
  parameters.set("updates", String(updates));
  return `/api/bptt?${parameters}${window?.start ? `&from=${window.start}` : ""}`;
}

/** @param {Result} result @param {View} view */
export function asks(result, { query }) {
  return [pathOf(query, 0, result.window), pathOf(query, lastReachable(result))];
}

/** The run before its first update, where it is known. @param {Result} result @param {View} view @returns {Result | undefined} */
function before(result, { query, answers }) {
  if (!result.params.updates) return result;
  const answer = /** @type {Result | undefined} */ (answers[pathOf(query, 0, result.window)]);
  return answer && { ...answer, tokens: result.tokens, targets: result.targets };
}

/** How many predictions are right, of those that have a loss. @param {Result} result */
export function correctCount(result) {
  return losses(result).filter(({ t }) => predictedSymbol(result, t) === result.targets[t]).length;
}

/** @param {Result} result */
function stepsOf(result) {
  const { start, stop } = held(result);
  return Array.from({ length: stop - start }, (_, i) => start + i);
}

/** The loss before and after. @param {Result} result @param {View} view */
export function finding({ params: { updates: n }, training: { loss } }, { words }) {
  const [from, to] = [loss[0], loss[loss.length - 1]];
  if (!n || from === null || to === null) return { finding: "", note: "" };
  return { finding: change(from, to), note: words("findings.learning", { n }) };
}

/** @param {Result} result @param {View} view */
export function caption(result, view) {
  const { words } = view, { updates: n, lr, loss } = result.params, values = result.training.loss;
  if (!n) return [element("span", { class: "no-update" }, ...rich(words("learning.none", { lr })))];
  if (result.overflow_at) return rich(words("learning.away", { lr, before: sci(values[0]) }));
  const first = before(result, view),
    [from, to] = apart(values[0], values[values.length - 1]),
    sentences = [words("learning.made", { n, lr, before: from, after: to })];
  if (result.params.recurrence === "zero") sentences.push(words("learning.held"));
  if (result.params.initial_state === "learned") {
    sentences.push(words(result.forward.c0 ? "learning.state_lstm" : "learning.state"));
  }
  if (first && result.vocabulary.length && !result.window) {
    sentences.push(
      words("learning.right", {
        now: correctCount(result),
        then: correctCount(first),
        T: losses(result).length,
      }),
    );
  }
  if (first && loss === "cross_entropy" && result.forward.total_loss !== null) {
    sentences.push(words("learning.likelier", { times: factorText(exponent(result) - exponent(first)) }));
  }
  return rich(sentences.join(" "));
}

/** A factor by its power of ten: 3.2, 0.46, 10³⁴; of the largest there still is a power. @param {number} exponent */
export function factorText(exponent) {
  return Math.abs(exponent) < 3 ? sci(10 ** exponent) : decade(Math.round(exponent));
}

/** @param {Result} result @param {View} view */
export function render(result, view) {
  const { words } = view, last = lastReachable(result), values = result.training.loss;
  const whole = /** @type {Result | undefined} */ (view.answers[pathOf(view.query, last)]);
  const { loss, reduction } = result.params, V = result.vocabulary.length;
  const chance = loss === "cross_entropy" && (reduction === "mean" || losses(result).length === 1)
    ? Math.log(V)
    : null;
  return element(
    "div",
    { class: "learning" },
    lossCurve(values, whole?.training.loss ?? [], last, chance, view),
    letters(result, view),
    element(
      "div",
      { class: "formulas" },
      ...(result.forward.total_loss === null ? [] : [line(lossFormula(result), words)]),
      ...(loss === "cross_entropy" && result.forward.total_loss !== null
        ? [
          ...likelihoodFormulas(result).map((formula) => line(formula, words)),
          element("p", { class: "small" }, ...rich(words("learning.likelihood"))),
          ...inOtherUnits(result, words),
        ]
        : []),
    ),
  );
}

/** Perplexity and bits per symbol; of several losses also what exp of the mean is not. @param {Result} result @param {Words} words */
function inOtherUnits(result, words) {
  const units = perplexity(result);
  if (!units) return [];
  const [size, mean] = apart(units.perplexity, units.mean);
  const sentences = [
    words("learning.perplexity", { perplexity: size, bits: sci(units.bits) }),
    ...(units.n > 1 && mean !== size ? [words("learning.mean_of_exp", { mean })] : []),
  ];
  return [element("p", { class: "small" }, ...rich(sentences.join(" ")))];
}

/** A formula on a line that scrolls within itself. @param {Formula} formula @param {Words} words */
function line(formula, words) {
  const label = words("panels.learning");
  return element("p", { class: "formula", tabindex: "0", role: "group", "aria-label": label }, math(formula));
}

/** What is read, wanted and predicted at every step. @param {Result} result @param {View} view */
function letters(result, view) {
  const { words } = view,
    first = before(result, view),
    steps = stepsOf(result),
    n = result.training.loss.length - 1; // of a run that ran away fewer than were asked for
  const symbols = result.vocabulary.length > 0;
  /** @param {string} key @param {(t: number) => string} value @param {((t: number) => string)} [kind] */
  const line = (key, value, kind = () => "") =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...rich(words(`learning.${key}`, { n }))),
      ...steps.map((t) => element("td", { class: kind(t) }, value(t))),
    );
  /** @param {Result | undefined} of */
  const hit = (of) => (/** @type {number} */ t) => {
    if (!of || !symbols) return "";
    return result.forward.loss[t] !== null && predictedSymbol(of, t) === result.targets[t] ? "hit" : "miss";
  };
  const predicted = (/** @type {Result | undefined} */ of) => (/** @type {number} */ t) =>
    of ? visible(predictedSymbol(of, t)) : "";
  const table = element(
    "table",
    { class: "predictions" },
    element(
      "tbody",
      {},
      line("read", (t) => visible(result.tokens[t])),
      line("wanted", (t) => visible(result.targets[t])),
      line(n ? "first" : "predicted", predicted(first), hit(first)),
      ...(n ? [line("now", predicted(result), hit(result))] : []),
      ...(result.forward.p
        ? [
          line("share", (t) =>
            round(row(result, result.forward.p, t)?.[targetOutput(result, t)] ?? null), () =>
            "share"),
        ]
        : []),
    ),
  );
  return element("div", {
    class: "wide-table",
    tabindex: "0",
    role: "group",
    "aria-label": words("learning.letters"),
  }, table);
}
