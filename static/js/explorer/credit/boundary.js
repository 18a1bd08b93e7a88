// Truncation boundary of the credit matrix: overlay and hatching of cut cells, the staircase, the scissors at
// the cuts.

import { line, rect } from "../../plot/paths.js";
import { isLow } from "./places.js";
import { eachCell, runs } from "./table.js";

const CLOSE = 10; // px between the lines of a hatch
const BLADE = 34; // px from the rings to the tips

/** @typedef {import("./table.js").CreditTable} CreditTable */
/** @typedef {import("./places.js").Places} Places */

/** @param {CreditTable} table @param {Places} at */
export function cutOverlay(table, at) {
  return runs(table, false).map(({ s, from, to }) =>
    rect(at.left(from), at.y(s), at.left(to) - at.left(from), at.rh)
  ).join("");
}

/** Diagonal lines: many in large cells, one in every second small cell, fewer in tiny cells. @param {CreditTable} table @param {Pick<Places, "left" | "y" | "rh">} at */
export function hatch(table, at) {
  let path = "";
  const { n } = table, apart = n > 60 ? Math.ceil(n / 30) : 1;
  eachCell(table, (s, t) => {
    if (table.kept(s, t) > 0) return;
    const x = at.left(t) + 1, y = at.y(s) + 1, w = at.left(t + 1) - x - 1, h = at.rh - 2;
    if (n <= 20) path += diagonals(x, y, w, h);
    else if (apart > 1 ? s % apart === 0 && t % apart === 0 : (s + t) % 2 === 0) {
      path += line(x + apart * w, y, x, y + apart * h);
    }
  });
  return path;
}

/** @param {number} x @param {number} y @param {number} w @param {number} h */
function diagonals(x, y, w, h) {
  let path = "";
  for (let q = Math.min(w, h) / 2; q < w + h; q += CLOSE) {
    path += line(x + Math.min(q, w), y + Math.max(0, q - w), x + Math.max(0, q - h), y + Math.min(q, h));
  }
  return path;
}

/**
 * The border between kept and cut cells, as segments between corners of cells.
 * @param {CreditTable} table
 * @returns {{s: number, t: number, across: boolean}[]} across: along the upper end of cell s, t; else along its left end
 */
export function stairs(table) {
  /** @type {{s: number, t: number, across: boolean}[]} */
  const edges = [];
  const isKept = (/** @type {number} */ s, /** @type {number} */ t) => table.kept(s, t) > 0;
  eachCell(table, (s, t) => {
    if (t > 0 && isKept(s, t) !== isKept(s, t - 1)) edges.push({ s, t, across: false });
    if (s > t && table.has(s - 1) && isKept(s, t) !== isKept(s - 1, t)) edges.push({ s, t, across: true });
  });
  return edges;
}

/** @param {CreditTable} table @param {Places} at */
export function boundary(table, at) {
  return stairs(table).map(({ s, t, across }) =>
    across
      ? line(at.left(t), at.y(s), at.left(t + 1), at.y(s))
      : line(at.left(t), at.y(s), at.left(t), at.y(s + 1))
  ).join("");
}

/**
 * Scissors that point down at the boundary, and a dashed line from the top of the figure to them.
 * @param {number[]} cuts steps before which a block ends
 * @param {CreditTable} table
 * @param {Places} at
 * @param {(x: number) => number} from where the dashed line may begin
 * @param {(x: number) => number} [foot] of what stands above it in the figure, under which there is less room for scissors
 */
export function scissors(cuts, { pool }, at, from, foot = () => -Infinity) {
  const room = cuts.length ? (at.right - at.edge(0)) / (cuts.length + 1) : 0;
  const size = Math.min(at.phone || isLow(at) ? 0.8 : 1.15, room / 30);
  let dashes = "", blades = "";
  for (const t of cuts) {
    const x = at.edge(t), tip = at.y(t / pool - 1) - 4, begin = from(x);
    const fits = Math.min(size, (tip - foot(x)) / BLADE), end = tip - BLADE * fits;
    if (begin < end) dashes += line(x, begin, x, end);
    if (fits >= 0.3) blades += pair(x, tip, fits);
    blades += line(x, tip, x, at.y(t / pool));
  }
  return { dashes, blades, thick: Math.max(1.2, Math.min(2.4, 2.4 * size)) };
}

/** Open scissors that point down. @param {number} x @param {number} tip @param {number} q size */
export function pair(x, tip, q) {
  const radius = 4.6 * q;
  return [1, -1].map((side) => {
    const cx = x + side * 6 * q, cy = tip - 26 * q;
    const ring = Array.from({ length: 13 }, (_, i) => {
      const angle = i * Math.PI / 6;
      return `${i ? "L" : "M"}${(cx + radius * Math.cos(angle)).toFixed(1)},${
        (cy + radius * Math.sin(angle)).toFixed(1)
      }`;
    }).join("");
    return line(x + side * 4 * q, tip - 21.5 * q, x - side * 5 * q, tip) + ring;
  }).join("");
}
