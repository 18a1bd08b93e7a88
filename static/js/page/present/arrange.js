// Presenter view: on or off, and by how much the page is enlarged on this screen. The rest of it is loaded later.

import { byId } from "../../lib/dom.js";
import { enlargement } from "./size.js";

const PARTS = ["present-head", "present-steps", "present-foot"];

/** Before a picture is drawn, since it is enlarged too. @param {boolean} on */
export function arrange(on) {
  const { style } = document.documentElement;
  document.body.classList.toggle("presenting", on);
  for (const part of PARTS.filter((id) => document.getElementById(id))) byId(part).hidden = !on;
  if (on) style.setProperty("--enlarged", String(enlargement({ width: innerWidth, height: innerHeight })));
  else style.removeProperty("--enlarged");
}

/** Whether it is on. */
export const isOn = () => document.body.classList.contains("presenting");
