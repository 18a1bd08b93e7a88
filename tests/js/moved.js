// Drawings as plain data, and what has moved between two of them, beyond the last digits.

const NUMBER = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;
const FINE = 10, DECIMALS = 1, DIGITS = 3; // sizes below FINE have so many digits, larger ones so many decimals
const NOISE = 1e-12; // what rounding leaves of zero
const MOST = 12; // differences that are told

/** Plain data with few digits, written shortly. @param {unknown} drawing @returns {any} */
export function plain(drawing) {
  return JSON.parse(JSON.stringify(drawing, (_, value) => {
    if (value instanceof Map) return [...value];
    if (typeof value === "number") return Number.isFinite(value) ? rounded(value) : String(value);
    if (typeof value === "string") return shortText(value);
    return value && Object.keys(value).join() === "tag,attributes,children" ? list(value) : value;
  }));
}

/** A node as a list: its tag, its attributes if it has any, and its children. @param {Tree} node */
function list({ tag, attributes, children }) {
  return [tag, ...(Object.keys(attributes).length ? [attributes] : []), ...children];
}

const LETTERS = /^ui-monospace.*/; // the list of typefaces
const BOX = /M(-?[\d.]+),(-?[\d.]+)L(-?[\d.]+),\2L\3,(-?[\d.]+)L\1,\4Z/g;

/** Numbers with few digits, and a box by two of its corners. @param {string} text */
function shortText(text) {
  const short = text.replace(
    NUMBER,
    (number) => number.includes(".") ? String(rounded(Number(number))) : number,
  );
  return short.replace(BOX, "▭$1,$2,$3,$4").replace(LETTERS, "letters");
}

/** With few digits. @param {number} value */
export const rounded = (value) =>
  Number(Math.abs(value) < FINE ? value.toPrecision(DIGITS) : value.toFixed(DECIMALS));

/**
 * Where a drawing differs from the one before, and by how much: a line for each place.
 * @param {any} before @param {any} after
 * @returns {string[]}
 */
export function moved(before, after) {
  const lines = [...differences(before, after, "")], more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), `and ${more} more`] : lines;
}

/** @param {any} a @param {any} b @param {string} place @returns {Generator<string>} */
function* differences(a, b, place) {
  if (typeof a === "number" && typeof b === "number") {
    if (!isSame(a, b)) yield `${place}: ${change(a, b)}`;
  } else if (typeof a === "string" && typeof b === "string") {
    yield* inText(a, b, place);
  } else if (
    a && b && typeof a === "object" && typeof b === "object" && Array.isArray(a) === Array.isArray(b)
  ) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      yield* differences(a[name], b[name], Array.isArray(a) ? `${place}[${name}]` : `${place}.${name}`);
    }
  } else if (a !== b) yield `${place}: ${written(a)} became ${written(b)}`;
}

/** Numbers within a text may differ in the last digit, as those outside may. @param {string} a @param {string} b @param {string} place @returns {Generator<string>} */
function* inText(a, b, place) {
  if (a === b) return;
  const [before, after] = [a, b].map((text) => text.match(NUMBER) ?? []);
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) {
    yield `${place}: ${written(a)} became ${written(b)}`;
    return;
  }
  const i = before.findIndex((number, i) => !isSame(Number(number), Number(after[i])));
  if (i >= 0) yield `${place}, number ${i + 1}: ${change(Number(before[i]), Number(after[i]))}`;
}

/** @param {number} a @param {number} b */
function isSame(a, b) {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return Math.abs(a - b) <= Math.max(
    NOISE,
    size < FINE ? 1.2 * size * 10 ** (1 - DIGITS) : 1.2 * 10 ** -DECIMALS,
  );
}

/** @param {number} a @param {number} b */
const change = (a, b) => `${a} became ${b} (${b > a ? "+" : "−"}${Number(Math.abs(b - a).toPrecision(3))})`;

/** @param {unknown} value */
function written(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
