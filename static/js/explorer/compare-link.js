// Query of the comparison page: A's parameters as usual, B's whole query in the key b.

import { readQuery, wholeLength, writeQuery } from "../page/query.js";

const VERSION = "?v=1";
const EXPLORER = /^\/[a-z]+\/$/;

/** @typedef {import("../page/query.js").Params} Params */

/**
 * What a state is compared with as long as nobody has said it: the same run with nothing cut, or where nothing is cut, in blocks.
 * @param {Params} params @returns {Params}
 */
export function counterpart(params) {
  const { truncation, k, cuts } = params, T = Number(params.steps ?? wholeLength(params));
  const isWhole = truncation === "full" || truncation === "cuts" && !cuts ||
    (truncation === "blocks" || truncation === "window") && Number(k) >= T;
  if (!isWhole) return { ...params, truncation: "full" };
  return { ...params, truncation: "blocks", k: Number(k) < T ? k : Math.max(1, Math.floor(T / 2)) };
}

/**
 * Read both sides of a query; without b they are equal, and without any query A is compared with its counterpart.
 * @param {string} search
 * @param {Control[]} controls
 * @param {string} [before] A's query where there is none
 */
export function readComparison(search, controls, before = "") {
  const asked = new URLSearchParams(search), given = asked.get("b");
  const a = readQuery(asked.size ? search : before, controls);
  const other = asked.size ? a.params : counterpart(a.params);
  const b = given === null ? { params: other, remarks: [] } : readQuery(`?${given}`, controls);
  return { a: a.params, b: b.params, remarks: [...a.remarks, ...b.remarks] };
}

/**
 * The query of the explorer that the reader came from. A link to the comparison is bare until a script has filled it in, and
 * it tells where it was clicked (referrerpolicy in page.html).
 * @param {string} referrer @param {string} origin
 */
export function queryBefore(referrer, origin) {
  const from = referrer ? new URL(referrer) : null;
  return from?.origin === origin && EXPLORER.test(from.pathname) ? from.search : "";
}

/**
 * @param {Params} a
 * @param {Params} b
 * @param {Control[]} controls
 */
export function writeComparison(a, b, controls) {
  const second = writeQuery(b, controls).slice(VERSION.length).replace(/^&/, "");
  return `${writeQuery(a, controls)}&b=${encodeURIComponent(second)}`;
}

/**
 * The parameters that differ between two sides, in the schema's order.
 * @param {Params} a
 * @param {Params} b
 * @param {Control[]} controls
 * @returns {{control: Control, from: string | number, to: string | number}[]}
 */
export function differences(a, b, controls) {
  return controls.flatMap((control) => {
    const [from, to] = [a, b].map((params) =>
      params[control.name] ?? (control.name === "steps" ? wholeLength(params) : "")
    );
    return from === to ? [] : [{ control, from, to }];
  });
}

/**
 * Links to the comparison lead to what is on the screen.
 * @param {Params} params @param {Control[]} controls @param {number | null} t the step that is selected
 */
export function showLinks(params, controls, t) {
  const state = writeComparison(params, counterpart(params), controls) + (t === null ? "" : `#t=${t}`);
  for (const link of document.querySelectorAll("a[data-compare]")) {
    if (link instanceof HTMLAnchorElement) link.href = link.pathname + state;
  }
}
