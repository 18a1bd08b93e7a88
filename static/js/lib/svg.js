// SVG elements for the drawings beside and below the Plotly figures.

import { inUnits } from "./unit.js";

/**
 * A node of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return tag === "svg" ? sized(/** @type {SVGElement} */ (made)) : /** @type {SVGElement} */ (made);
}

/**
 * A whole drawing on the page, whose width and height are those of its design: it is enlarged as the page is.
 * @param {SVGElement} drawing @param {number} [scale] by how much more
 */
export function sized(drawing, scale = 1) {
  const [width, height] = ["width", "height"].map((name) => Number(drawing.getAttribute(name)));
  if (!width || !height) return drawing;
  drawing.classList.add("drawing");
  Object.assign(drawing.style, { width: inUnits(scale * width), height: inUnits(scale * height) });
  return drawing;
}
