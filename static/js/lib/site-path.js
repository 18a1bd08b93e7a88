// Path of a page of this site, from a text that somebody typed or sent: checked once, and used as it was checked.

const ENCODED = /[^!-~]/gu; // what is no printable ASCII character
const DOTS = /^(?:\.|%2e){1,2}$/iu;

/**
 * The path with query and hash, or null where the text leads elsewhere. Letters beyond ASCII are percent-encoded.
 *
 * A browser reads "\" as "/" and resolves "." and ".."; what it would change that way is refused, so that the text
 * that was checked is the address that is opened. app/serving/site_path.py does the same.
 * @param {string} text
 * @param {string} [base] of this site, such as https://bptt.example, that the text may begin with
 * @returns {string | null}
 */
export function sitePath(text, base = "") {
  const path = base && text.startsWith(`${base}/`) ? text.slice(base.length) : text;
  const [segments] = path.split(/[?#]/, 1);
  if (!segments.startsWith("/") || segments.includes("//")) return null;
  if (/[\\\s\p{C}]/u.test(path) || segments.split("/").some((segment) => DOTS.test(segment))) return null;
  return path.replace(ENCODED, encodeURIComponent);
}
