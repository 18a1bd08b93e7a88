// Files of an exported sheet: SVG with the page's fonts in it, and PNG with the link in its text.

import { fetchBlob } from "../../server/api.js";
import { svg } from "../../lib/svg.js";

/** @typedef {import("./snapshot.js").Drawing} Drawing */

const MOST_PIXELS = 12000; // a side of a canvas, which browsers bound
const SIGNATURE = 8, HEADER = 25; // bytes of a PNG before its first text

/**
 * The sheet with the fonts that it uses: a picture that is opened elsewhere, or drawn as an image, sees none of the page's.
 * @param {Drawing} sheet
 */
export async function svgSource({ node }) {
  const faces = await Promise.all(facesIn(node).map(embedded));
  node.prepend(
    svg("style", {}, `${faces.filter(Boolean).join("\n")}\ntext { font-variant-numeric: tabular-nums; }`),
  );
  return new XMLSerializer().serializeToString(node);
}

/** The rules of the page's fonts that a drawing uses. @param {Element} node */
function facesIn(node) {
  const families = [node, ...node.querySelectorAll("[font-family]")].map((it) =>
    it.getAttribute("font-family") ?? ""
  );
  const used = families.join();
  return [...document.styleSheets].flatMap(({ cssRules, href }) =>
    [...cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const family = rule.style.getPropertyValue("font-family").replaceAll('"', "");
      return used.includes(family) ? [{ style: rule.style, family, base: href ?? document.baseURI }] : [];
    })
  );
}

/** @type {Map<string, Promise<string>>} data: URLs of fonts by their address */
const fonts = new Map();

/** A font as a rule that holds it; nothing where it cannot be fetched. @param {{style: CSSStyleDeclaration, family: string, base: string}} face */
async function embedded({ style, family, base }) {
  const [, name] = style.getPropertyValue("src").match(/url\("?([^")]+)"?\)/) ?? [];
  if (!name) return "";
  const address = new URL(name, base).href;
  if (!fonts.has(address)) fonts.set(address, fetchBlob(address).then((font) => (font ? dataUrl(font) : "")));
  const data = await fonts.get(address);
  if (!data) {
    fonts.delete(address);
    return "";
  }
  const says = ["font-weight", "font-style"].map((it) => `${it}: ${style.getPropertyValue(it) || "normal"};`)
    .join(" ");
  return `@font-face { font-family: "${family}"; ${says} src: url("${data}") format("woff2"); }`;
}

/** @param {Blob} blob @returns {Promise<string>} */
export const dataUrl = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = reject;
    reader.readAsDataURL(blob);
  });

/**
 * @param {string} source of an SVG
 * @param {{width: number, height: number}} size in px
 * @param {number} scale pixels for each of them
 * @param {string} text that the file holds beside the picture
 * @returns {Promise<Blob>}
 */
export async function pngOf(source, { width, height }, scale, text) {
  const image = new Image(), times = Math.min(scale, MOST_PIXELS / Math.max(width, height));
  image.src = await dataUrl(new Blob([source], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(times * width);
  canvas.height = Math.round(times * height);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!(drawn instanceof Blob)) throw new Error("no picture");
  return withText(drawn, "Description", text);
}

/** A PNG that says more of itself, in an iTXt chunk (PNG, third edition, 11.3.3.4). @param {Blob} png @param {string} keyword @param {string} text */
async function withText(png, keyword, text) {
  const bytes = new Uint8Array(await png.arrayBuffer()), at = SIGNATURE + HEADER;
  const chunk = textChunk(keyword, text);
  return new Blob([bytes.slice(0, at), chunk, bytes.slice(at)], { type: "image/png" });
}

/** @param {string} keyword @param {string} text */
export function textChunk(keyword, text) {
  const content = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`), length = content.length - 4;
  const chunk = new Uint8Array(content.length + 8), view = new DataView(chunk.buffer);
  view.setUint32(0, length);
  chunk.set(content, 4);
  view.setUint32(4 + content.length, crc32(content));
  return chunk;
}

/** The checksum of a chunk (PNG, annex D). @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
