// Message catalogue (i18n): every text on the page comes from the catalogue of its language.

import { bound, particle } from "./korean.js";

/** @type {Record<string, unknown>} */
let catalogue = {};

/** @param {Record<string, unknown>} words */
export function useCatalogue(words) {
  catalogue = words;
}

/**
 * The text under a dotted key, its {placeholders} filled in; {name|은/는} adds the particle that fits the
 * value, {name||은/는} is the particle alone, where a quote or bracket stands between.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function words(key, values = {}) {
  const found = key.split(".").reduce(
    (node, name) => /** @type {Record<string, unknown> | undefined} */ (node)?.[name],
    /** @type {unknown} */ (catalogue),
  );
  if (typeof found !== "string") throw new Error(`no words for ${key}`);
  return bound(found.replace(/\{(\w+)(?:\|([^}]+))?\}/g, (whole, name, pair) => {
    if (!(name in values)) return whole;
    const value = String(values[name]);
    if (!pair) return value;
    return pair.startsWith("|") ? particle(value, pair.slice(1)) : value + particle(value, pair);
  }));
}

/**
 * Whether the catalogue has a text under this key.
 * @param {string} key
 */
export function hasWords(key) {
  try {
    return Boolean(words(key));
  } catch {
    return false;
  }
}
