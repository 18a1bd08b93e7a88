// URL fragment (hash): view state. Each page defines its own keys; the keys of every page are defined here.

/** @typedef {(written: string | null) => string | number | null} Reader of a key of the hash; null where it says nothing */

const NAMES = /^[a-z0-9_]+(,[a-z0-9_]+)*$/;
const MARKS = /^[a-z0-9_.*]+(,[a-z0-9_.*]+)*$/i;

/** How the weights may be called; the first is the default. */
export const NOTATIONS = ["wx", "uvw", "book", "pair", "wo"];

/** @param {RegExp} shape @returns {Reader} */
export const matching = (shape) => (written) => shape.test(written ?? "") ? written : null;
/** @type {Reader} */
export const integer = (written) => /^[0-9]{1,4}$/.test(written ?? "") ? Number(written) : null;
/** @param {readonly string[]} allowed @returns {Reader} */
export const oneOf = (allowed) => (written) => allowed.find((value) => value === written) ?? null;

/** @type {Record<string, Reader>} what every page understands */
export const COMMON_KEYS = {
  notation: oneOf(NOTATIONS),
  panel: (written) => written,
  theme: oneOf(["light", "dark"]),
  hide: matching(NAMES),
  show: matching(NAMES),
  only: matching(MARKS),
  veil: matching(MARKS),
  look: matching(/^[a-z]+$/),
  view: oneOf(["present"]),
  ask: (written) => written?.slice(0, 300) || null,
  choices: (written) => written?.slice(0, 600) || null,
};

/** @type {Record<string, Reader>} the keys of the hash, in the order in which they are written */
let keys = COMMON_KEYS;

/** The keys of this page, in the order in which they are written. @param {Record<string, Reader>} own */
export function useHash(own) {
  keys = own;
}

/**
 * What is looked at. Unknown keys and values are ignored.
 * @param {string} hash
 * @returns {Seen}
 */
export function readHash(hash) {
  const written = new URLSearchParams(hash.replace(/^#/, ""));
  const seen = Object.entries(keys).map(([name, read]) => [name, read(written.get(name))]);
  return Object.fromEntries(seen);
}

/** @param {Partial<Seen>} seen */
export function writeHash(seen) {
  const parts = Object.keys(keys).flatMap((name) => {
    const value = seen[/** @type {keyof Seen} */ (name)] ?? "";
    return value === "" ? [] : [`${name}=${encodeURIComponent(value).replaceAll("%3A", ":")}`];
  });
  return parts.length ? `#${parts.join("&")}` : "";
}
