// On paper the page is scaled so that figures, drawn for the window, are as wide as the paper.

import { words } from "../lib/words.js";
import { unit } from "../lib/unit.js";

const PAPER = 703; // CSS pixels: the width of A4 within the margins of static/css/print.css

/** @param {number} width of the window */
export const zoomFor = (width) => Math.min(1, PAPER / Math.max(1, width));

export function listen() {
  const root = document.documentElement;
  addEventListener("beforeprint", () => {
    root.style.setProperty("--enlarged", String(unit())); // as in the window, for which figures are drawn
    root.style.setProperty("--print-zoom", zoomFor(root.clientWidth).toFixed(4));
    const veiled = words("veil.covered"); // nobody answers on paper
    for (const line of document.querySelectorAll(".readout")) {
      line.classList.toggle("covered-text", !!line.textContent?.includes(veiled));
    }
  });
  addEventListener(
    "afterprint",
    () => ["--print-zoom", "--enlarged"].forEach((name) => root.style.removeProperty(name)),
  );
}
