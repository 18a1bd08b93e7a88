// Numbers packed into text: f32: or f64: and base64url of little-endian floats, or several such parts with periods between them,
// as the server packs them (app/labs/packed_numbers.py).

const PACKED = /^(f32|f64):([\w-]*)$/;

/** Whether a text says that it is packed numbers. @param {string} text */
export function isPacked(text) {
  return /^f(32|64):/.test(text);
}

/** The numbers in a packed text; null if it is none. @param {string} text @returns {number[] | null} */
export function unpacked(text) {
  const parts = text.split(".").map(numbersIn);
  return parts.includes(null) ? null : /** @type {number[][]} */ (parts).flat();
}

/** @param {string} text @returns {number[] | null} */
function numbersIn(text) {
  const [, form, code = ""] = PACKED.exec(text) ?? [], width = form === "f32" ? 4 : 8;
  if (!form || code.length % 4 === 1) return null;
  const bytes = Uint8Array.from(
    atob(code.replaceAll("-", "+").replaceAll("_", "/")),
    (one) => one.charCodeAt(0),
  );
  if (bytes.length % width) return null;
  const view = new DataView(bytes.buffer);
  return Array.from(
    { length: bytes.length / width },
    (_, i) => form === "f32" ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
}
