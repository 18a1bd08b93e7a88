// The settings below the bar, or in a drawer beside the picture: open or closed.

import { byId } from "../lib/dom.js";

/** @param {boolean} open */
export function showSettings(open) {
  byId("rest").hidden = !open;
  byId("controls").classList.toggle("opened", open); // style sheets ask for it: cheaper than :has() while a picture changes
}
