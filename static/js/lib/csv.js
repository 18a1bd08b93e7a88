// CSV export (RFC 4180) of a table, with comment lines above it.

const MARK = "\ufeff"; // so that spreadsheets read Korean

/** @typedef {{name: string, columns: string[], rows: (string | number | null)[][]}} NumberTable */

/**
 * @param {NumberTable} table
 * @param {string[]} comments
 */
export function toCsv({ columns, rows }, comments) {
  const lines = [
    ...comments.map((line) => `# ${line}`),
    ...[columns, ...rows].map((cells) => cells.map(cell).join(",")),
  ];
  return MARK + lines.map((line) => `${line}\r\n`).join("");
}

/** @param {string | number | null} value */
function cell(value) {
  const text = value === null ? "" : String(value);
  return /[",\r\n]|^[\s#=+@]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
