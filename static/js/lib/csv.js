// CSV export (RFC 4180) of a table, with comment lines above it.

import { isNumber } from "./symbols.js";

const EVALUATED = /^[=+\-@\p{Cc}]/u; // a spreadsheet would read a formula; an apostrophe before it makes it text
const MARK = "\ufeff"; // so that spreadsheets read Korean

/** @typedef {{name: string, columns: string[], rows: (string | number | null)[][]}} NumberTable */

/**
 * @param {NumberTable} table
 * @param {string[]} comments
 */
export function toCsv({ columns, rows }, comments) {
  const lines = [
    ...comments.map((line) => quoted(`# ${line}`)),
    ...[columns, ...rows].map((cells) => cells.map(cell).join(",")),
  ];
  return MARK + lines.map((line) => `${line}\r\n`).join("");
}

/** @param {string | number | null} value */
function cell(value) {
  const text = value === null ? "" : String(value);
  if (typeof value !== "string" || isNumber(text)) return text;
  if (EVALUATED.test(text)) return quoted(`'${text}`);
  return /[",\r\n]|^[\s#]/.test(text) ? quoted(text) : text;
}

/** @param {string} text */
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
