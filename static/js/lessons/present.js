// Presenter view of a lesson: the lab enlarged, the question beside it, title, short address and QR code.

import { byId } from "../lib/dom.js";
import { listen as unblanking } from "../page/present/blank.js";
import { typed } from "../page/present/facts.js";
import { enlarged } from "../page/present/size.js";
import { code } from "../page/share/qr.js";

const COLUMNS = 4;
const LAB = { width: 700, height: 420 }; // px of an unenlarged lab
const ASKED = { most: 17, least: 10 }; // px of the question's type, unenlarged
let drawn = "";
let on = false;

/** @param {{enter: () => void, leave: () => void, turn: (by: number) => void}} page */
export function listen({ enter, leave, turn }) {
  for (const button of document.querySelectorAll("[data-present]")) button.addEventListener("click", enter);
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => turn(-1));
  byId("present-next").addEventListener("click", () => turn(1));
  unblanking();
  addEventListener("resize", fit);
}

/** @param {boolean} wanted */
export function arrange(wanted) {
  on = wanted;
  document.body.classList.toggle("presenting", on);
  byId("present-head").hidden = byId("present-foot").hidden = !on;
}

/** Enlarge to the screen: text by the size of the screen, the question by its length, the lab by what remains. */
function fit() {
  if (!on) return;
  const { style } = document.body, { unit } = enlarged({ width: innerWidth, height: innerHeight }, COLUMNS);
  style.setProperty("--u", `${unit}px`);
  const asking = /** @type {HTMLElement} */ (document.querySelector(".moments"));
  for (let size = ASKED.most; size >= ASKED.least; size -= 0.5) {
    style.setProperty("--asked", `${size * unit}px`);
    if (asking.scrollHeight <= asking.clientHeight) break;
  }
  const { width, height } = /** @type {Element} */ (byId("frame").parentElement).getBoundingClientRect();
  const enlargement = Math.max(1, Math.min(unit, width / LAB.width, height / LAB.height));
  style.setProperty("--enlarged", String(enlargement));
}

/** @param {{title: string, path: string, place: string, base: string}} moment */
export async function show({ title, path, place, base }) {
  byId("present-title").textContent = title;
  byId("present-place").textContent = place;
  byId("present-address").textContent = typed(base + path);
  fit();
  if (!on || drawn === path) return;
  drawn = path;
  const drawing = await code(path), box = byId("present-qr");
  if (drawn !== path) return;
  box.hidden = !drawing;
  if (drawing) box.replaceChildren(drawing);
}
