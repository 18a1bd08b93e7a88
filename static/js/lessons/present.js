// A moment on the wall: its lab alone and large, its title above, its short address and a code below.

import { fetchText } from "../api.js";
import { byId } from "../dom.js";
import { listen as unblanking } from "../present/blank.js";
import { typed } from "../present/facts.js";
import { enlarged } from "../present/size.js";

const COLUMNS = 4;
let drawn = "";
let on = false;

/** @param {{enter: () => void, leave: () => void, turn: (by: number) => void}} page */
export function listen({ enter, leave, turn }) {
  for (const button of document.querySelectorAll("[data-present]")) button.addEventListener("click", enter);
  byId("present-leave").addEventListener("click", leave);
  byId("present-back").addEventListener("click", () => turn(-1));
  byId("present-next").addEventListener("click", () => turn(1));
  unblanking();
}

/** @param {boolean} wanted */
export function arrange(wanted) {
  on = wanted;
  document.body.classList.toggle("presenting", on);
  byId("present-head").hidden = byId("present-foot").hidden = !on;
  if (!on) return;
  const { unit } = enlarged({ width: innerWidth, height: innerHeight }, COLUMNS);
  document.body.style.setProperty("--u", `${unit}px`);
  document.body.style.setProperty("--enlarged", String(unit));
}

/** @param {{title: string, said: Node[], path: string, place: string, base: string}} moment said: its question, or the answer once it is given */
export async function show({ title, said, path, place, base }) {
  byId("present-title").textContent = title;
  byId("present-question").replaceChildren(...said);
  byId("present-place").textContent = place;
  byId("present-address").textContent = typed(base + path);
  if (!on || drawn === path) return;
  drawn = path;
  const source = await fetchText(`/api/qr.svg?path=${encodeURIComponent(path)}`), code = byId("present-qr");
  if (drawn !== path) return;
  code.hidden = !source;
  if (source) {
    const drawing = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
    code.replaceChildren(document.importNode(drawing, true));
  }
}
