// Addresses in a live lecture: what the lecturer's page publishes of its own, and what a phone opens of it.
//
// Language, theme and notation are each reader's own; the presenter view is the lecturer's; the token leaves no page.

const LANGUAGES = /^\/(?:en|ko)(?=\/)/;
const IN_PLACE = /^\/\w+\/(?:|ab|training|graph)$/; // pages that go to another query without being loaded again
const PRIVATE = /^\/\w+\/talk$/; // its address holds the speaker's notes
const OWN = ["theme", "notation"];
const NEVER_SENT = ["theme", "view", "steer"];

/** @typedef {{theme: string | null, notation: string | null}} Own what a reader has chosen; null: nothing */

/** @param {string} fragment @returns {string[]} its parts, such as t=3 */
const partsOf = (fragment) => fragment.replace(/^#/, "").split("&").filter(Boolean);
/** @param {string} part */
const nameOf = (part) => part.split("=", 1)[0];
/** @param {string[]} parts */
const joined = (parts) => (parts.length ? `#${parts.join("&")}` : "");

/** What everybody shall see. @param {Pick<URL, "pathname" | "search" | "hash">} here @returns {Required<Api.Address>} */
export function published({ pathname, search, hash }) {
  const parts = partsOf(hash).filter((part) => !NEVER_SENT.includes(nameOf(part)));
  return { path: pathname, query: search, fragment: joined(parts) };
}

/** Whether an address is for nobody else. @param {string} path */
export const isPrivate = (path) => PRIVATE.test(path);

/** @param {Required<Api.Address>} address in bytes: they are ASCII */
export const lengthOf = ({ path, query, fragment }) => path.length + query.length + fragment.length;

/**
 * The address that a phone opens; null for one that is no page to follow.
 * @param {Api.Address} address
 * @param {string} language
 * @param {Own} own
 * @returns {Required<Api.Address> | null}
 */
export function opened({ path, query = "", fragment = "" }, language, own) {
  if (!LANGUAGES.test(path) || /^\/\w+\/live(?:\/|$)/.test(path)) return null;
  const parts = partsOf(fragment).filter((part) => ![...NEVER_SENT, ...OWN].includes(nameOf(part)));
  const chosen = Object.entries(own).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
  return {
    path: path.replace(LANGUAGES, `/${language}`),
    query,
    fragment: joined([...parts, ...chosen]),
  };
}

/** What the reader has chosen on the page that is shown. @param {string} fragment @returns {Own} */
export function ownOf(fragment) {
  const keys = new URLSearchParams(fragment.replace(/^#/, ""));
  const word = (/** @type {string} */ name) => /^[a-z]+$/.exec(keys.get(name) ?? "")?.[0] ?? null;
  return { theme: word("theme"), notation: word("notation") };
}

/** Whether a page of this site goes to another query without being loaded again. @param {string} path */
export const goesInPlace = (path) => IN_PLACE.test(path);

/** @param {Required<Api.Address>} address */
export const written = ({ path, query, fragment }) => path + query + fragment;

/** A number as it is said, and as people type it. @param {string} room */
export const spaced = (room) => `${room.slice(0, 3)} ${room.slice(3)}`;
/** @param {string} typed @returns {string} */
export const digitsOf = (typed) => typed.normalize("NFKC").replace(/\D/g, "").slice(0, 6);
