// Query of the comparison page: A's parameters as usual, B's whole query in the key b.

import { readQuery, wholeLength, writeQuery } from "../page/query.js";

const VERSION = "?v=1";

/** @typedef {import("../page/query.js").Params} Params */

/**
 * Read both sides of a query; without b they are equal.
 * @param {string} search
 * @param {Control[]} controls
 */
export function readComparison(search, controls) {
  const given = new URLSearchParams(search).get("b");
  const a = readQuery(search, controls);
  const b = given === null ? a : readQuery(`?${given}`, controls);
  return { a: a.params, b: b.params, remarks: given === null ? a.remarks : [...a.remarks, ...b.remarks] };
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
