// Presenter view: a black screen until a key or a touch brings the picture back.

import { byId } from "../../lib/dom.js";

export function blank() {
  byId("blank").hidden = false;
}

/** Any key or touch brings the picture back and has no other effect. */
export function listen() {
  for (const name of ["keydown", "pointerdown"]) {
    document.addEventListener(name, (event) => {
      if (byId("blank").hidden) return;
      event.preventDefault();
      event.stopPropagation();
      byId("blank").hidden = true;
    }, true);
  }
}
