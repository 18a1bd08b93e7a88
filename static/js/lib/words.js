// Message catalogue (i18n): every text on the page comes from the catalogue of its language.

import { plural } from "./english.js";
import { grouped } from "./format.js";
import { bound, particle } from "./korean.js";

/** @type {Record<string, unknown>} */
let catalogue = {};

/** @param {Record<string, unknown>} words */
export function useCatalogue(words) {
  catalogue = words;
}

/** Words that came later, beside those that are here. @param {Record<string, unknown>} words */
export function addWords(words) {
  catalogue = { ...catalogue, ...words };
}

/**
 * The text under a dotted key, its {placeholders} filled in. After a bar stand two forms of a word, of which one
 * agrees with the value: {name|은/는} is the value with its particle, {n|step/steps} the value and a noun;
 * {name||은/는} and {n||is/are} are the form alone.
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
  return bound(found.replace(/\{(\w+)(?:\|([^}]+))?\}/g, (whole, name, forms) => {
    if (!(name in values)) return whole;
    const given = values[name];
    const value = Number.isInteger(given) && name !== "seed" ? grouped(Number(given)) : String(given); // a seed is a name
    if (!forms) return value;
    return forms.startsWith("|")
      ? agreeing(value, forms.slice(1))
      : value + joint(forms) + agreeing(value, forms);
  }));
}

/** The form that agrees with a value: a Korean particle, or an English singular or plural. @param {string} value @param {string} pair */
export function agreeing(value, pair) {
  return isKorean(pair) ? particle(value, pair) : plural(value, pair);
}

/** What stands between a value and its form. @param {string} pair */
const joint = (pair) => (isKorean(pair) ? "" : " ");

/** Whether two forms are particles. @param {string} pair */
export const isKorean = (pair) => /[가-힣]/.test(pair);

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
