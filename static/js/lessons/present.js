// Presenter view of a lesson: the lab enlarged, the question beside it, title, short address and QR code.

import { byId } from "../lib/dom.js";
import { listen as unblanking } from "../page/present/blank.js";
import { short } from "../page/present/typed.js";
import { unit } from "../lib/unit.js";
import { arrange, isOn } from "../page/present/arrange.js";
import { code } from "../page/share/qr.js";

const LAB = { width: 660, height: 430 }; // px of a lab that is enlarged to its place
const ASKED = { most: 24, least: 12 }; // px of the question's type in the design
let drawn = "";

/** @param {{enter: () => void, leave: () => void, turn: (by: number) => void}} page */
export function listen({ enter, leave, turn }) {
  for (const button of document.querySelectorAll("[data-present]")) button.addEventListener("click", enter);
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => turn(-1));
  byId("present-next").addEventListener("click", () => turn(1));
  unblanking();
  addEventListener("resize", fit);
}

/** Enlarge to the screen: text by the size of the screen, the question by its length, the lab by what remains. */
function fit() {
  if (!isOn()) return;
  arrange(true);
  const { style } = document.documentElement, enlarged = unit();
  const asking = /** @type {HTMLElement} */ (document.querySelector(".moments"));
  for (let size = ASKED.most; size >= ASKED.least; size -= 0.5) {
    style.setProperty("--asked", `${size * enlarged}px`);
    if (asking.scrollHeight <= asking.clientHeight) break;
  }
  const { width, height } = /** @type {Element} */ (byId("frame").parentElement).getBoundingClientRect();
  style.setProperty("--lab-enlarged", String(Math.max(1, Math.min(width / LAB.width, height / LAB.height))));
}

/** @param {{title: string, path: string, place: string, base: string}} moment */
export async function show({ title, path, place, base }) {
  byId("present-title").textContent = title;
  byId("present-place").textContent = place;
  byId("present-address").textContent = short(base + path);
  fit();
  if (!isOn() || drawn === path) return;
  drawn = path;
  const drawing = await code(path), box = byId("present-qr");
  if (drawn !== path) return;
  box.hidden = !drawing;
  if (drawing) box.replaceChildren(drawing);
}
