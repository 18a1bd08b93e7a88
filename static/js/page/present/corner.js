// Presenter view: the address of what is shown, as people type it, and its QR code.

import { byId } from "../../lib/dom.js";
import { code } from "../share/qr.js";
import { short } from "./typed.js";

const SCANNED = 400; // characters of an address that a phone reads from a small code

let shown = "";

/** @param {string} base such as https://bptt.example @param {string} path of this site, with query and hash */
export async function showAddress(base, path) {
  shown = path;
  const link = base + path;
  byId("present-address").textContent = short(link);
  const drawing = link.length > SCANNED ? null : await code(path);
  if (path !== shown) return;
  const place = byId("present-qr");
  place.hidden = !drawing;
  if (drawing) place.replaceChildren(drawing);
}
