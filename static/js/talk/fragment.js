// A talk in the fragment of its link: as text, or where that is long packed by the browser's own compression.

import { withoutNotes, writeTalk } from "./format.js";

const PACKED = "~"; // begins a packed text; no line of a talk begins with it
const SHORT = 400; // characters of a text, as it is written in a link, that stays readable
const FORMAT = "deflate-raw";
const MOST = 400_000; // bytes of a text: what a short link may unpack to has a bound

/** What of a fragment says it: a text that is short enough, or a packed one. @param {string} text @returns {Promise<string>} */
export async function packed(text) {
  if (encodeURIComponent(text).length <= SHORT || !canPack()) return text;
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream(FORMAT));
  const whole = PACKED + toBase64(bytes);
  return whole.length < encodeURIComponent(text).length ? whole : text;
}

/** The text again; null where it cannot be read. @param {string} written @returns {Promise<string | null>} */
export async function unpacked(written) {
  if (!written.startsWith(PACKED)) return written.length > MOST ? null : written;
  try {
    const bytes = await through(fromBase64(written.slice(PACKED.length)), new DecompressionStream(FORMAT));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) || null;
  } catch {
    return null; // not packed by us, too long, or a browser that does not know the format
  }
}

/** What a lecture leaves to its audience: the talk without notes. @param {import("./format.js").Talk} talk @param {string} language @returns {Promise<Required<Api.Address>>} */
export async function addressForAudience(talk, language) {
  const stops = await packed(writeTalk(withoutNotes(talk)));
  return { path: `/${language}/talk`, query: "", fragment: `#stops=${encodeURIComponent(stops)}` };
}

function canPack() {
  try {
    return Boolean(new CompressionStream(FORMAT));
  } catch {
    return false;
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} stream */
async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(), parts = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > MOST) {
      await reader.cancel();
      throw new RangeError("too long");
    }
    parts.push(read.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** In the letters that a link carries unchanged (base64url). @param {Uint8Array} bytes */
function toBase64(bytes) {
  const letters = [...bytes].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}
