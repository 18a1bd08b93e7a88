// The query string of a link: read it forgivingly, write it canonically. The hash: what is looked at.

import { readMoment } from "./moments.js";

/** @typedef {Record<string, string | number | null>} Params */
/** @typedef {{code: string, name: string, given?: string, used?: string | number, low?: number, high?: number, problem?: {code: string, limit: number}}} Remark */

const INTEGER = /^-?[0-9]+$/;
const NUMBER = /^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
const ECHOED = 40;
const SEEN = /** @type {const} */ ([
  "t",
  "s",
  "of",
  "at",
  "lit",
  "over",
  "notation",
  "fold",
  "wire",
  "shapes",
  "gate",
  "side",
  "panel",
  "theme",
]);

/** The parameters whose terms can be shown; the first is the usual one. */
export const PARAMETERS = /** @type {const} */ (["Wh", "Wx", "b", "Wy"]);

/** How the weights may be called; the first is the usual way. */
export const NOTATIONS = ["wx", "uvw", "book", "pair"];
const GATES = ["f", "g", "i", "o", "z", "r", "n"];

/**
 * What a query asks for. Unknown keys are ignored; what is out of range is moved to its limit, what
 * cannot be read becomes the default, and a remark says so.
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
  for (const control of controls) {
    const given = query.getAll(control.name);
    if (given.length > 1) remarks.push({ code: "repeated", name: control.name });
    const { value, remark } = given.length
      ? readValue(control, given[given.length - 1])
      : { value: control.default };
    params[control.name] = value;
    if (remark) remarks.push(remark);
  }
  return fitted(params, controls, remarks);
}

/**
 * One written value: as the control means it, or with a remark on what was made of it.
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
  if (kind === "choice") return choices?.includes(given) ? { value: given } : unreadable;
  if (kind === "text") {
    const text = given.normalize("NFC");
    const problem = textProblem(control, text);
    if (!problem) return { value: text };
    return { value: control.default, remark: { code: "instead", name, problem } };
  }
  if (!(kind === "integer" ? INTEGER : NUMBER).test(given)) return unreadable;
  const low = minimum ?? -Infinity, high = maximum ?? Infinity;
  const used = Math.min(high, Math.max(low, Number(given)));
  const remark = { code: "clamped", name, given: given.slice(0, ECHOED), used, low, high };
  return used === Number(given) ? { value: used } : { value: used, remark };
}

/**
 * Why a text cannot be shown: the code of an error and its limit, or null.
 * @param {Control} control
 * @param {string} text in NFC
 * @returns {{code: string, limit: number} | null}
 */
export function textProblem(control, text) {
  const symbols = segments(text), limits = control.limits ?? {};
  const measured = {
    too_few_symbols: symbols.length < limits.too_few_symbols,
    too_many_symbols: symbols.length > limits.too_many_symbols,
    too_long: [...text].length > limits.too_long,
    too_many_different: new Set(symbols).size > limits.too_many_different,
  };
  const code = Object.entries(measured).find(([, wrong]) => wrong)?.[0];
  return code ? { code, limit: limits[code] } : null;
}

/**
 * Length and text belong together: the whole text is the default, and a length that says the same is dropped.
 * @param {Params} params
 * @param {Control[]} controls
 * @param {Remark[]} remarks
 */
function fitted(params, controls, remarks) {
  const longest = controls.find(({ name }) => name === "steps")?.maximum ?? Infinity;
  const whole = wholeLength(params);
  if (params.steps === null && whole > longest) {
    params.steps = longest;
    remarks.push({ code: "cropped", name: "text", given: String(whole + 1), used: longest });
  }
  if (params.steps === whole) params.steps = null;
  return { params, remarks };
}

/**
 * T of the whole text.
 * @param {Params} params
 */
export function wholeLength(params) {
  return segments(String(params.text)).length - 1;
}

/**
 * The canonical query: the version, then only what differs from the defaults, in the schema's order.
 * @param {Params} params
 * @param {Control[]} controls
 */
export function writeQuery(params, controls) {
  const query = new URLSearchParams({ v: "1" });
  for (const { name, default: usual } of controls) {
    if (params[name] !== usual && params[name] !== null) query.set(name, String(params[name]));
  }
  return `?${query}`;
}

/**
 * What is looked at. Unknown keys and values are ignored.
 * @param {string} hash
 * @returns {Seen}
 */
export function readHash(hash) {
  const keys = new URLSearchParams(hash.replace(/^#/, ""));
  /** @param {string} name */
  const whole = (name) => /^[0-9]{1,4}$/.test(keys.get(name) ?? "") ? Number(keys.get(name)) : null;
  /** @template {string} A @param {string} name @param {readonly A[]} allowed */
  const one = (name, allowed) => allowed.find((value) => value === keys.get(name)) ?? null;
  return {
    t: whole("t"),
    s: whole("s"),
    of: one("of", PARAMETERS),
    at: readMoment(keys.get("at")) && keys.get("at"),
    lit: whole("lit"),
    over: one("over", ["1"]),
    notation: one("notation", NOTATIONS),
    fold: one("fold", ["1"]),
    side: one("side", ["a"]),
    wire: one("wire", ["Wx", "Wh", "Wy"]),
    shapes: one("shapes", ["1"]),
    gate: one("gate", GATES),
    panel: keys.get("panel"),
    theme: one("theme", ["light", "dark"]),
  };
}

/** @param {Seen} seen */
export function writeHash(seen) {
  const said = SEEN.flatMap((name) => {
    const value = seen[name];
    return value === null || value === ""
      ? []
      : [`${name}=${encodeURIComponent(value).replaceAll("%3A", ":")}`];
  });
  return said.length ? `#${said.join("&")}` : "";
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A text as its graphemes.
 * @param {string} text
 * @returns {string[]}
 */
export function segments(text) {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
