// Vectors and matrices of the ledger as colored cells, with numbers where they fit.

import { element, symbols } from "../../lib/dom.js";
import { signed, timesPower } from "../../lib/format.js";
import { math } from "../../lib/mathml.js";
import { formatCell, unit as unitOf } from "./numbers.js";
import { inUnits } from "../../lib/unit.js";

const MOST_SPOKEN = 16;

/**
 * How a ledger is drawn: sizes, colors, the largest value of each scale, powers of ten, the followed unit.
 * @typedef {object} Look
 * @property {ReturnType<typeof import("./sizes.js").sizesOf>} sizes
 * @property {import("./paint.js").Painter} paint
 * @property {Record<LedgerScale, number>} max
 * @property {Record<"vectors" | "matrices", number>} powers
 * @property {boolean} scaled whether some of its arrays have a power of ten
 * @property {number} unit
 * @property {(shape: string) => string} shape the letters of a shape with its numbers
 */

/** @typedef {import("./sizes.js").Sizes} Sizes */
/** @typedef {import("./sizes.js").Cells} Cells */

/** @param {LedgerColumn} piece @param {Look} look */
export function columnNode({ head, values, scale, power, shape, strong, hatched, labels }, look) {
  const { sizes: { vector }, paint, max, powers, unit } = look, exponent = power ? powers[power] : 0;
  const text = (/** @type {number} */ value) =>
    scale === "activation" ? signed(value) : formatCell(value, exponent, 2);
  const cells = element("div", {
    class: vector.height < 15 ? "cells tight" : "cells",
    role: "img",
    "aria-label": `${head}: ${cellsText(hatched ? [] : values, text, exponent)}`,
  });
  values.forEach((value, j) => {
    const cell = element("span", {}, vector.numbers ? hatched ? "0" : text(value) : "");
    if (labels) cell.prepend(element("i", {}, labels[j]));
    else cell.dataset.look = `lit=${j}`;
    if (j === unit && !labels) cell.className = "followed";
    if (hatched) cell.classList.add("hatched");
    else {
      const { fill, ink } = paint(scale, value, max[scale]);
      cell.style.background = fill;
      cell.style.color = ink;
      if (!vector.numbers) cell.title = text(value) + (exponent ? timesPower(exponent) : "");
    }
    cells.append(cell);
  });
  setCellSize(cells, vector);
  const name = element("div", { class: strong ? "name strong" : "name" }, ...symbols(head));
  return element(
    "div",
    { class: scale === "thrown" ? "column dropped" : "column" },
    name,
    ...unitNodes(exponent, look, { "aria-hidden": "true" }), // the text alternative of the cells says it
    cells,
    element("div", { class: "shape" }, look.shape(shape)),
  );
}

/**
 * The common power of ten of the cells below; empty where they have none beside others that do.
 * @param {number} exponent @param {Look} look @param {Record<string, string>} [attributes]
 */
function unitNodes(exponent, { scaled }, attributes = {}) {
  return scaled ? [element("div", { class: "power", ...attributes }, unitOf(exponent))] : [];
}

/** The text alternative of the cells. @param {number[]} values @param {(value: number) => string} text @param {number} exponent */
function cellsText(values, text, exponent) {
  if (!values.length) return "0";
  const sentence = values.slice(0, MOST_SPOKEN).map(text).join(", ") +
    (values.length > MOST_SPOKEN ? " …" : "");
  return exponent ? `(${sentence})${timesPower(exponent)}` : sentence;
}

/** @param {HTMLElement} node @param {Cells} cells */
function setCellSize(node, { width, height, type }) {
  node.style.setProperty("--width", inUnits(width));
  node.style.setProperty("--height", inUnits(height));
  node.style.setProperty("--type", inUnits(type));
}

/** @param {LedgerStack} piece @param {Look} look */
export function stackNode({ head, top, groups, scale, power, decimals, bare, wide }, look) {
  const { sizes, powers } = look, { matrix } = sizes, exponent = power ? powers[power] : 0;
  const size = { ...matrix, ...(wide ? sizes[wide] : {}) };
  const text = (/** @type {number} */ value) => formatCell(value, exponent, decimals);
  const node = element("div", { class: `stack${bare ? " unlabeled" : ""}${size.numbers ? "" : " tight"}` });
  setCellSize(node, size);
  node.style.setProperty("--before", inUnits(matrix.before));
  node.style.setProperty("--row", inUnits(matrix.row));
  const drawn = { scale, text, size };
  const units = unitNodes(exponent, look);
  if (top) {
    node.append(
      ...units,
      element("div", { class: "tag" }, math(top.name)),
      element("span"),
      grid([top.values], top.spoken, { ...drawn, scale: "gradient", followed: true }, look),
    );
  } else if (head) node.append(element("div", { class: "name" }, ...symbols(head)), ...units);
  for (const { name, spoken, shape, rows, before = [], strong } of groups) {
    if (!bare) node.append(element("div", { class: "tag" }, math(name)), leading(before, size, look));
    node.append(
      grid(rows, `${spoken} (${look.shape(shape)})`, { ...drawn, followed: Boolean(strong) }, look),
    );
  }
  const shapes = groups.map(({ spoken, shape }) => `${spoken} ${look.shape(shape)}`).join(" · ");
  if (!bare) node.append(element("div", { class: "shape" }, ...symbols(shapes)));
  return node;
}

/** The numbers that stand before the rows. @param {NonNullable<LedgerGroup["before"]>} before @param {Cells} size @param {Look} look */
function leading(before, { numbers }, { paint, max }) {
  const node = element("div", { class: before.length > 1 ? "before" : "before single" });
  for (const { text, activation } of before) {
    const cell = element("span", {}, activation === undefined ? text : numbers ? signed(activation) : "");
    if (activation !== undefined) {
      const { fill, ink } = paint("activation", activation, max.activation);
      cell.style.background = fill;
      cell.style.color = ink;
    }
    node.append(cell);
  }
  return node;
}

/**
 * A matrix as cells with numbers, or where they are too small for numbers as one image.
 * @param {number[][]} rows @param {string} spoken
 * @param {{scale: LedgerScale, text: (value: number) => string, size: Sizes["matrix"], followed: boolean}} drawn
 * @param {Look} look
 */
function grid(rows, spoken, { scale, text, size, followed }, { paint, max, unit }) {
  if (!size.numbers) return image(rows, spoken, (value) => paint(scale, value, max[scale]).fill, size);
  const node = element("div", { class: "cells", role: "img", "aria-label": spoken });
  node.style.gridTemplateColumns = `repeat(${rows[0].length}, var(--width))`;
  for (const row of rows) {
    row.forEach((value, j) => {
      const { fill, ink } = paint(scale, value, max[scale]), cell = element("span", {}, text(value));
      cell.style.background = fill;
      cell.style.color = ink;
      if (followed) cell.dataset.look = `lit=${j}`;
      if (followed && j === unit) cell.className = "followed";
      node.append(cell);
    });
  }
  return node;
}

/** @param {number[][]} rows @param {string} spoken @param {(value: number) => string} fill @param {Sizes["matrix"]} size */
function image(rows, spoken, fill, { width, height, row }) {
  const node = /** @type {HTMLCanvasElement} */ (element("canvas", { role: "img", "aria-label": spoken }));
  [node.width, node.height] = [rows[0].length, rows.length];
  node.style.width = inUnits(width * rows[0].length);
  node.style.height = inUnits(rows.length > 1 ? height * rows.length : row);
  const brush = node.getContext("2d");
  rows.forEach((row, i) =>
    row.forEach((value, j) => {
      if (!brush) return;
      brush.fillStyle = fill(value);
      brush.fillRect(j, i, 1, 1);
    })
  );
  return node;
}
