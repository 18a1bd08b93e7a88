// Links to the current state: path, embed code and the spelling shown to people.

import { writeHash } from "../hash.js";

/** @typedef {{page: string, query: string, seen: Seen}} Shown page: "" the explorer, "ab" two side by side */
/** @typedef {{language: string, step: boolean, hide: string[], show?: string[] | null}} Wishes step: keep the step; hide, show: see visibility.js */

export const LONG = 300; // characters of a link whose QR code phones read badly
export const LONGEST = 2000; // characters of a link that still has a QR code (app/api/qr.py)

const TYPED = /^[\p{L}\p{N}!-~]*$/u; // characters that people can type as they read them

/**
 * Path, query and fragment of a link. It keeps the view state except for the theme, which each reader chooses.
 * @param {Shown} shown
 * @param {Wishes} wishes
 * @param {boolean} [framed] for a frame in another page
 */
export function pathOf({ page, query, seen }, { language, step, hide, show = null }, framed = false) {
  const looked = step ? seen : { ...seen, t: null, at: null, from: null };
  const parts = { hide: hide.join() || null, show: show && (show.join() || "none") };
  const hash = writeHash({ ...looked, theme: null, ...parts });
  return `${framed ? "/embed" : ""}/${language}/${page}${query}${hash}`;
}

/**
 * Whether an address is a loopback address, which leads other people to their own computer.
 * @param {string} base such as http://localhost:8000
 */
export function isLoopback(base) {
  const { hostname } = new URL(base);
  return /^(localhost|.*\.localhost|127\.[0-9.]+|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}

/**
 * The HTML that embeds a page in another one, without a script.
 * @param {string} link
 * @param {string} title
 */
export function frameOf(link, title) {
  return `<iframe src="${escaped(link)}" title="${
    escaped(title)
  }" width="100%" height="640" loading="lazy"></iframe>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/**
 * A link as people read and type it: host, and the rest with letters decoded.
 * @param {string} link
 * @returns {[string, string]}
 */
export function readable(link) {
  const { host, origin } = new URL(link), rest = link.slice(origin.length);
  return [host, decoded(rest)];
}

/** @param {string} text */
function decoded(text) {
  try {
    const letters = decodeURI(text);
    return TYPED.test(letters) ? letters : text;
  } catch {
    return text;
  }
}
