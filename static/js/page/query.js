// URL query: parsed leniently (values are clamped or replaced by defaults, with a remark), written canonically.

import { applies, boundsOf, defaultFor, maximumFor, problemOf, wholeLength } from "./constraints.js";
import { parseCuts, parseSteps, writeCuts } from "./cuts.js";
import { isNumber } from "../lib/symbols.js";

/** Texts of numbers whose count depends on the other parameters. */
const NEED_SIZE = ["weights", "h0", "c0"];

export { wholeLength };

/** @typedef {Record<string, string | number | null>} Params */
/** @typedef {{code: string, name: string, given?: string, used?: string | number, by?: string, low?: number, high?: number, problem?: import("./constraints.js").Problem}} Remark */

const INTEGER = /^-?[0-9]+$/;
const ECHOED = 40, VERSION = "1";
const TBPTT = /tbptt[.:](\d+)[.:](\d+)/g; // an entry of a race
/**
 * Parse a query. Unknown keys are ignored; out-of-range values are clamped and unreadable ones become the default, each
 * with a remark.
 * @param {string} search
 * @param {Control[]} controls
 * @returns {{params: Params, remarks: Remark[]}}
 */
export function readQuery(search, controls) {
  const query = new URLSearchParams(search);
  /** @type {Params} */
  const params = {};
  /** @type {Remark[]} */
  const remarks = [];
  const version = query.get("v") ?? VERSION;
  if (version !== VERSION) remarks.push({ code: "version", name: "v", given: version.slice(0, ECHOED) });
  for (const { name, kind, default: value } of controls) if (kind === "text") params[name] = value;
  for (const control of controls) {
    const given = query.getAll(control.name);
    if (given.length > 1) remarks.push({ code: "repeated", name: control.name });
    if (control.kind === "text") continue;
    const { value, remark } = given.length
      ? readValue(control, given[given.length - 1])
      : { value: control.default };
    params[control.name] = value;
    if (remark) remarks.push(remark);
  }
  for (const { name, kind } of controls) if (kind === "text" && !NEED_SIZE.includes(name)) readText(name);
  crop(params, controls, remarks);
  lower(params, controls, remarks);
  bound(params, controls, query, remarks);
  for (const name of NEED_SIZE) readText(name);
  dropCuts(params, controls, remarks);
  dropSteps(params, controls, remarks);
  return { params, remarks };

  /** @param {string} name */
  function readText(name) {
    const control = controls.find((control) => control.name === name);
    if (!control) return;
    const given = query.getAll(name).at(-1)?.normalize("NFC");
    const problem = given === undefined ? null : problemOf(control, given, params, controls);
    params[name] = given === undefined || problem ? defaultFor(control, params) : given;
    if (problem) remarks.push({ code: "instead", name, problem });
    if (name !== "contest") return;
    for (const [entry, k1, k2] of String(params[name] ?? "").matchAll(TBPTT)) {
      if (Number(k2) < Number(k1)) remarks.push({ code: "k2_raised", name, given: entry });
    }
  }
}

/**
 * Parse one value; a remark says how it was changed.
 * @param {Control} control
 * @param {string} given
 * @returns {{value: string | number | null, remark?: Remark}}
 */
function readValue(control, given) {
  const { name, kind, choices, minimum, maximum } = control;
  const unreadable = {
    value: control.default,
    remark: { code: "default", name, given: given.slice(0, ECHOED) },
  };
  if (kind === "choice") {
    const steps = control.own && given.length <= control.own.too_long ? parseSteps(given) : null;
    if (steps?.length && steps[steps.length - 1] <= Number(control.own?.not_steps)) {
      return { value: writeCuts(steps) };
    }
    return choices?.includes(given) ? { value: given } : unreadable;
  }
  if (kind === "integer" ? !INTEGER.test(given) : !isNumber(given)) return unreadable;
  const low = minimum ?? -Infinity, high = maximum ?? Infinity;
  const used = Math.min(high, Math.max(low, Number(given)));
  const remark = { code: "clamped", name, given: given.slice(0, ECHOED), used, low, high };
  return used === Number(given) ? { value: used } : { value: used, remark };
}

/**
 * Length and text: the whole text is the default length, and a length equal to it is dropped.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {Remark[]} remarks
 */
function crop(params, controls, remarks) {
  if (!("text" in params)) return;
  const longest = controls.find(({ name }) => name === "steps")?.maximum ?? Infinity;
  const whole = wholeLength(params);
  if (params.steps === null && whole > longest) {
    params.steps = longest;
    remarks.push({ code: "cropped", name: "text", given: String(whole), used: longest });
  }
  if (params.steps === whole) params.steps = null;
}

/**
 * Lower the parameters whose product with the length exceeds the limit of work.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {Remark[]} remarks
 */
function lower(params, controls, remarks) {
  const steps = Number(params.steps ?? wholeLength(params));
  for (const control of controls) {
    const { name } = control, given = String(params[name]), used = maximumFor(control, steps);
    if (Number(given) <= used || used === Infinity) continue;
    params[name] = used;
    remarks.push({ code: "lowered", name, given, used });
  }
}

/**
 * Move a parameter that another one bounds; it is said where the link gives the parameter.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {URLSearchParams} query
 * @param {Remark[]} remarks
 */
function bound(params, controls, query, remarks) {
  for (const control of controls) {
    const { name } = control, { low, high } = boundsOf(control, params, controls);
    const given = Number(params[name]), used = Math.min(high.value, Math.max(low.value, given));
    if (!low.name && !high.name || used === given) continue;
    params[name] = used;
    const by = low.name && used === low.value ? low.name : high.name,
      code = by === low.name ? "raised" : "limited";
    if (query.has(name)) remarks.push({ code, name, given: String(given), used, by });
  }
}

/**
 * The list of cuts in canonical form, without those after the last step where they have an effect.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {Remark[]} remarks
 */
function dropCuts(params, controls, remarks) {
  const control = controls.find(({ name }) => name === "cuts");
  if (!control) return;
  const cuts = parseCuts(String(params.cuts)) ?? [], last = Number(params.steps ?? wholeLength(params)) - 1;
  const isScheme = controls.some(({ name }) => name === "truncation"); // elsewhere cuts beyond the end do nothing
  const beyond = isScheme && applies(control, params) ? cuts.filter((t) => t > last) : [];
  params.cuts = writeCuts(cuts.filter((t) => !beyond.includes(t)));
  if (!beyond.length) return;
  remarks.push({
    code: "cuts_dropped",
    name: "cuts",
    given: beyond.join(", ").slice(0, ECHOED),
    used: last,
  });
}

/**
 * A list of one's own steps in place of a choice, without those after the last step; where none is left, the default.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {Remark[]} remarks
 */
function dropSteps(params, controls, remarks) {
  for (const { name, own, choices, default: usual } of controls) {
    if (!own || choices?.includes(String(params[name]))) continue;
    const last = Number(params.steps ?? wholeLength(params)) - 1,
      steps = parseSteps(String(params[name])) ?? [];
    const beyond = steps.filter((t) => t > last);
    if (!beyond.length) continue;
    params[name] = writeCuts(steps.filter((t) => t <= last)) || usual;
    remarks.push({ code: "cuts_dropped", name, given: beyond.join(", ").slice(0, ECHOED), used: last });
  }
}

/**
 * The canonical query: the version, then every parameter that differs from its default, in schema order.
 * @param {Params} params
 * @param {Control[]} controls
 */
export function writeQuery(params, controls) {
  const query = new URLSearchParams({ v: VERSION });
  for (const control of controls) {
    const value = params[control.name];
    if (value !== defaultFor(control, params) && value !== null) query.set(control.name, String(value));
  }
  return `?${query}`.replace(/&cuts=[^&]+/, (list) => list.replaceAll("%2C", ",")); // as people write it
}
