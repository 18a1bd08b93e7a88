// The graph's stage: the band over the column that is looked at, and one time axis for all pictures.

import { byId } from "./dom.js";
import { geometry } from "./geometry.js";

/**
 * Move the band to the view's step, and the picture so far that it can be seen.
 * @param {Result} result @param {View} view
 */
export function showPlayhead(result, view) {
  const { c, cx, H } = geometry(result.tokens.length, view);
  const bar = byId("playhead"), width = c - (c >= 120 ? 10 : 2), x = cx(view.t) - width / 2;
  bar.style.width = `${width}px`;
  bar.style.height = `${H - 4}px`;
  bar.style.transform = `translateX(${x}px)`;
  const scroll = byId("scroll");
  if (x < scroll.scrollLeft || x + width > scroll.scrollLeft + scroll.clientWidth) {
    scroll.scrollLeft = x + width / 2 - scroll.clientWidth / 2;
  }
}

/** Scrolling one picture scrolls all. */
export function scrollTogether() {
  const boxes = [...document.querySelectorAll(".scroll")];
  for (const box of boxes) {
    box.addEventListener("scroll", () => {
      for (const other of boxes) if (other.scrollLeft !== box.scrollLeft) other.scrollLeft = box.scrollLeft;
    });
  }
}
