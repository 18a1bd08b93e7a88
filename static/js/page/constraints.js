// Constraints between parameters: which text, targets and weights fit the other parameters.

import { parseCuts, parseSteps } from "./cuts.js";
import { isPacked, unpacked } from "../lib/packed-numbers.js";
import { areNumbers, HOLE, symbolsOf } from "../lib/symbols.js";

/** @typedef {import("./query.js").Params} Params */
const TOO_MUCH = ["too_long", "too_many_symbols", "too_many_different"];
const READ_BY_THE_SERVER = ["contest", "lengths", "trained", "formula", "values"];
/** @typedef {{code: string, limit: number, given?: number | string, fits?: {text: string, n: number}}} Problem fits: its start that fits */

/**
 * The default value of a parameter, which a link leaves out; that of a text depends on the unit.
 * @param {Control} control
 * @param {Params} params
 */
export function defaultFor({ usual, default: value }, params) {
  return usual?.[String(params.unit)] ?? value;
}

/**
 * T of the whole text: every symbol needs a target, which is a custom one or the next symbol.
 * @param {Params} params
 */
export function wholeLength(params) {
  return symbolsOf(String(params.text), params.unit).length - (wanted(params).length ? 0 : 1);
}

/**
 * Why a value does not fit the other parameters, or null.
 * @param {Control} control
 * @param {string} value in NFC
 * @param {Params} params
 * @param {Control[]} controls
 * @returns {Problem | null}
 */
export function problemOf(control, value, params, controls) {
  const problem = misfit(control, value, params, controls);
  if (!problem || control.name !== "text" || !TOO_MUCH.includes(problem.code)) return problem;
  return { ...problem, fits: cropped(value, params.unit, control.limits ?? {}) };
}

/**
 * The longest start of a text that is within all limits, and its number of symbols.
 * @param {string} text @param {unknown} unit @param {Record<string, number>} limits
 */
export function cropped(text, unit, limits) {
  const glue = unit === "word" || unit === "number" ? " " : "", kept = [], different = new Set();
  let length = 0;
  for (const symbol of symbolsOf(text, unit)) {
    length += [...symbol].length + (kept.length ? glue.length : 0);
    different.add(symbol);
    const isLast = kept.length === limits.too_many_symbols || length > limits.too_long ||
      (unit !== "number" && different.size > limits.too_many_different);
    if (isLast) break;
    kept.push(symbol);
  }
  return { text: kept.join(glue), n: kept.length };
}

/** Why a list of one's own steps, in place of a choice, does not fit, or null. @param {Control} control @param {string} value @param {Params} params @returns {Problem | null} */
export function problemOfSteps({ own }, value, params) {
  const steps = value.length > (own?.too_long ?? 0) ? null : parseSteps(value), T = stepsOf(params);
  if (!steps?.length || steps[steps.length - 1] > (own?.not_steps ?? 0)) {
    return { code: "not_steps", limit: own?.not_steps ?? 0 };
  }
  const beyond = steps.find((t) => t >= T);
  return beyond === undefined ? null : { code: "loss_beyond", limit: T - 1, given: beyond };
}

/** T, the number of steps. @param {Params} params */
export const stepsOf = (params) => Number(params.steps ?? wholeLength(params));

/** @param {Control} control @param {string} value @param {Params} params @param {Control[]} controls @returns {Problem | null} */
function misfit(control, value, params, controls) {
  const limits = control.limits ?? {};
  if ([...value].length > limits.too_long) return { code: "too_long", limit: limits.too_long };
  if (["h0", "c0"].includes(control.name)) return ofState(value, limits.not_numbers, Number(params.hidden));
  if (control.name === "weights") return ofWeights(value, limits.not_numbers, params, controls);
  if (control.name === "cuts") {
    const cuts = parseCuts(value), most = limits.not_cuts;
    if (cuts && !(cuts[cuts.length - 1] > most)) return null;
    const last = params.truncation === undefined ? most : stepsOf(params) - 1; // elsewhere cuts beyond the end do nothing
    return { code: "not_cuts", limit: Math.max(1, Math.min(most, last)) };
  }
  if (READ_BY_THE_SERVER.includes(control.name)) return null;
  const ofText = controls.find(({ name }) => name === "text")?.limits ?? {};
  const symbols = symbolsOf(value, params.unit);
  if (control.name === "vocabulary") return ofVocabulary(symbols, params, ofText);
  const read = control.name === "targets" ? symbols.filter((symbol) => symbol !== HOLE) : symbols;
  if (params.unit === "number" && !areNumbers(read, ofText.not_numbers)) {
    return { code: "not_numbers", limit: ofText.not_numbers };
  }
  return control.name === "targets" ? ofTargets(symbols, params, ofText) : ofSymbols(symbols, params, ofText);
}

/** @param {string[]} symbols @param {Params} params @param {Record<string, number>} limits */
function ofSymbols(symbols, params, limits) {
  const wrong = {
    too_few_symbols: symbols.length < limits.too_few_symbols,
    too_many_symbols: symbols.length > limits.too_many_symbols,
    too_many_different: params.unit !== "number" && new Set(symbols).size > limits.too_many_different,
  };
  const code = Object.entries(wrong).find(([, it]) => it)?.[0];
  return code ? { code, limit: limits[code] } : null;
}

/** @param {string[]} targets @param {Params} params @param {Record<string, number>} limits */
function ofTargets(targets, params, limits) {
  const text = symbolsOf(String(params.text), params.unit), most = limits.too_many_different;
  if (targets.length && targets.length !== text.length) {
    return { code: "targets_count", limit: text.length, given: targets.length };
  }
  const found = targets.filter((target) => target !== HOLE);
  if (targets.length && !found.length) return { code: "no_loss_left", limit: 1 };
  return params.unit !== "number" && new Set([...text, ...found]).size > most
    ? { code: "too_many_different", limit: most }
    : null;
}

/** @param {string[]} known @param {Params} params @param {Record<string, number>} limits @returns {Problem | null} */
function ofVocabulary(known, params, limits) {
  if (!known.length || params.unit === "number") return null;
  const most = limits.too_many_different,
    used = [...symbolsOf(String(params.text), params.unit), ...given(params)];
  if (known.length > most) return { code: "too_many_different", limit: most };
  const twice = known.find((symbol, i) => known.indexOf(symbol) !== i);
  if (twice !== undefined) return { code: "twice_in_vocabulary", limit: 1, given: twice };
  const missing = used.find((symbol) => !known.includes(symbol));
  return missing === undefined ? null : { code: "not_in_vocabulary", limit: 1, given: missing };
}

/** @param {string} value @param {number} most @param {number} H @returns {Problem | null} */
function ofState(value, most, H) {
  const given = symbolsOf(value, "number");
  if (!areNumbers(given, most)) return { code: "not_numbers", limit: most };
  return [0, H].includes(given.length) ? null : { code: "weights_count", limit: H, given: given.length };
}

/** @param {string} value @param {number} most @param {Params} params @param {Control[]} controls @returns {Problem | null} */
function ofWeights(value, most, params, controls) {
  if (value === "") return null;
  const given = isPacked(value) ? unpacked(value) : symbolsOf(value, "number");
  if (!given) return { code: "not_packed", limit: 0 };
  const needed = weightsNeeded(params, controls);
  if (!areNumbers(given.map(String), most)) return { code: "not_numbers", limit: most };
  return given.length === needed ? null : { code: "weights_count", limit: needed, given: given.length };
}

/**
 * How many numbers Wx (D, GH), Wh (H, GH), b (GH), Wy (H, V) and by (V) have in total, and bh (H) of a GRU that resets
 * after the product.
 * @param {Params} params
 * @param {Control[]} controls
 */
export function weightsNeeded(params, controls) {
  const gates = controls.find(({ name }) => name === "cell")?.gates ?? {};
  const H = Number(params.hidden), GH = gates[String(params.cell)] * H;
  const known = symbolsOf(String(params.vocabulary ?? ""), params.unit);
  const used = known.length ? known : [...symbolsOf(String(params.text), params.unit), ...given(params)];
  const V = params.unit === "number" ? 1 : new Set(used).size;
  const own = params.cell === "gru" && params.reset_gate === "after" ? H : 0;
  return V * GH + H * GH + GH + own + H * V + V;
}

/**
 * Whether a control has an effect, given the other parameters.
 * @param {Control} control
 * @param {Params} params
 */
export function applies({ only_with, not_with }, params) {
  /** @param {[string, string[]]} beside */
  const stands = ([name, values]) => values.includes(String(params[name]));
  return Object.entries(only_with).every(stands) && !Object.entries(not_with).some(stands);
}

/**
 * What a change of parameters brings along: a draw that shows something, where a control with draws begins to have
 * an effect, and the default where it ends. What a link or the reader has set stays.
 * @param {Params} before @param {Params} after @param {Control[]} controls
 * @returns {Record<string, string>}
 */
export function accompanied(before, after, controls) {
  const T = Number(after.steps ?? wholeLength(after)), brought = /** @type {Record<string, string>} */ ({});
  for (const control of controls) {
    const { name, draws, default: usual } = control, now = applies(control, after);
    if (!draws || T < 2 || now === applies(control, before) || after[name] !== before[name]) continue;
    const value = Number(after[name]);
    if (now && value === usual) brought[name] = String(draws[Math.min(T, draws.length + 1) - 2]);
    if (!now && draws.includes(value)) brought[name] = String(usual);
  }
  return brought;
}

/**
 * The maximum of a parameter whose product with the number of steps is bounded.
 * @param {Control} control
 * @param {number} steps
 */
export function maximumFor({ times_steps }, steps) {
  return times_steps === null ? Infinity : Math.floor(times_steps / steps);
}

/**
 * The bounds that another parameter sets, by name and value; without a name where none does.
 * @param {Control} control
 * @param {Params} params
 * @param {Control[]} controls
 */
export function boundsOf(control, params, controls) {
  const by = (/** @type {string | null} */ name, /** @type {number} */ none) => {
    const other = controls.find((one) => one.name === name);
    return other && applies(other, params) && applies(control, params)
      ? { name: other.name, value: Number(params[other.name]) }
      : { name: "", value: none };
  };
  return { low: by(control.at_least, -Infinity), high: by(control.at_most, Infinity) };
}

/** @param {Params} params */
function wanted(params) {
  return symbolsOf(String(params.targets ?? ""), params.unit);
}

/** The targets of one's own without holes. @param {Params} params */
function given(params) {
  return wanted(params).filter((target) => target !== HOLE);
}
