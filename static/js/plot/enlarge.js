// Figures on the screen: drawn in pixels of a design, enlarged by the unit of the page. Coordinates are data of the axes and
// need nothing; sizes of letters, lines and margins, which plotly.js takes in CSS pixels, are multiplied here and nowhere else.

const LENGTHS = new Set([
  "size",
  "xgap",
  "ygap",
  "padding",
  "ticklen",
  "standoff",
  "hoverdistance",
  "l",
  "r",
  "t",
  "b",
]);
const DASH = /[\d.]+/g;
const USUAL = 13; // px of the letters that appear under the pointer, in plotly.js

/** @typedef {any} Part a trace, a shape or a part of one */

/** @param {Figure} figure @param {number} unit CSS pixels @returns {Figure} */
export function enlarged(figure, unit) {
  if (unit === 1) return figure;
  const { width, height, shapes, hoverlabel, ...layout } = /** @type {Part} */ (figure.layout);
  return {
    ...figure,
    data: figure.data.map((trace) => part(trace, unit)),
    layout: {
      ...part(layout, unit),
      width: Math.round(width * unit),
      height: Math.round(height * unit),
      hoverlabel: part({ font: { size: USUAL }, ...hoverlabel }, unit),
      shapes: enlargedShapes(shapes, unit),
    },
  };
}

/** @param {Part[] | undefined} shapes @param {number} unit @returns {Part[] | undefined} */
export const enlargedShapes = (shapes, unit) =>
  unit === 1 ? shapes : shapes?.map((shape) => part(shape, unit));

/** @param {Part} whole @param {number} unit @param {string} [name] of the part @returns {Part} */
function part(whole, unit, name = "") {
  return Object.fromEntries(
    Object.entries(whole).map(([key, value]) => [key, valueOf(key, value, unit, name)]),
  );
}

/** @param {string} key @param {Part} value @param {number} unit @param {string} name of the part that has it */
function valueOf(key, value, unit, name) {
  if (LENGTHS.has(key) || key === "width" && name === "line") {
    return Array.isArray(value)
      ? value.map((one) => one * unit)
      : typeof value === "number"
      ? value * unit
      : value;
  }
  if (key === "dash") return String(value).replace(DASH, (number) => String(Number(number) * unit));
  const isPart = value !== null && typeof value === "object" && !Array.isArray(value);
  return isPart ? part(value, unit, key) : value;
}
