// SVG drawings as plain trees: tests read them without a page, the page turns them into elements.

import { svg } from "./svg.js";

/**
 * @param {string} tag
 * @param {Record<string, string | number | undefined>} [attributes] undefined: left out
 * @param {...(Tree | string)} children
 * @returns {Tree}
 */
export function node(tag, attributes = {}, ...children) {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return { tag, attributes: /** @type {Tree["attributes"]} */ (Object.fromEntries(given)), children };
}

/** @param {Tree} tree @returns {SVGElement} */
export function grow({ tag, attributes, children }) {
  const parts = children.map((child) => typeof child === "string" ? child : grow(child));
  return svg(tag, attributes, ...parts);
}
