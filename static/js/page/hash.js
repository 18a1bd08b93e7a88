// The hash of a link: what is looked at. A page names its own keys; those of every page are here.

/** @typedef {(written: string | null) => string | number | null} Reader of a key of the hash; null where it says nothing */

const NAMES = /^[a-z0-9_]+(,[a-z0-9_]+)*$/;
const MARKS = /^[a-z0-9_.*]+(,[a-z0-9_.*]+)*$/i;

/** How the weights may be called; the first is the default. */
export const NOTATIONS = ["wx", "uvw", "book", "pair"];

/** @param {RegExp} shape @returns {Reader} */
export const matching = (shape) => (written) => shape.test(written ?? "") ? written : null;
/** @type {Reader} */
export const whole = (written) => /^[0-9]{1,4}$/.test(written ?? "") ? Number(written) : null;
/** @param {readonly string[]} allowed @returns {Reader} */
export const one = (allowed) => (written) => allowed.find((value) => value === written) ?? null;

/** @type {Record<string, Reader>} what every page understands */
export const LOOKS = {
  notation: one(NOTATIONS),
  panel: (written) => written,
  theme: one(["light", "dark"]),
  hide: matching(NAMES),
  show: matching(NAMES),
  only: matching(MARKS),
  veil: matching(MARKS),
  look: matching(/^[a-z]+$/),
  view: one(["present"]),
};

/** @type {Record<string, Reader>} the keys of the hash, in the order in which they are written */
let keys = LOOKS;

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
