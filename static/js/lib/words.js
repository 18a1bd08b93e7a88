// Message catalogue (i18n): every text on the page comes from the catalogue of its language.

/** @type {Record<string, unknown>} */
let catalogue = {};

/** @param {Record<string, unknown>} words */
export function useCatalogue(words) {
  catalogue = words;
}

/**
 * The text under a dotted key, its {placeholders} filled in.
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
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
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
