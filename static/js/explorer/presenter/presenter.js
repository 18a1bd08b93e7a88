// Presenter view of the explorer, loaded after the first picture: title, legend, step bar and caption around the picture.

import { placeholder } from "../../page/cover.js";
import { byId } from "../../lib/dom.js";
import { inUnits, unit } from "../../lib/unit.js";
import { words } from "../../lib/words.js";
import { namesPart } from "../../page/name-list.js";
import { isOn } from "../../page/present/arrange.js";
import { called, scheme } from "../../page/present/facts.js";
import * as view from "../../page/present/present.js";
import { statusLine } from "../status-line.js";
import { penOf } from "../unrolled/pen.js";
import { cutInWords, standingOut } from "./caption.js";
import { presentLegend } from "./legend.js";
import { show as showSteps } from "./steps.js";

const LEAST = 13; // px of the design: letters of a caption

export const { leave, listen } = view;

/** @param {Result} result @param {View} seen */
export function show(result, seen) {
  const cut = scheme(result.params, words);
  view.show({ title: called(result.params, words), detail: cut, ofExample: cut });
  if (!seen.present) return;
  showSteps(result, seen);
  byId("gutter").classList.toggle("large-rows", penOf(result, seen).isLarge);
  const isCovered = namesPart(seen.veil, "legend");
  byId("present-legend").replaceChildren(...(isCovered ? [placeholder()] : presentLegend(result, seen)));
}

/** The status line as the caption of the wall. @type {typeof statusLine} */
export const caption = (result, seen, reader, marks) =>
  standingOut(statusLine(result, seen, reader, marks, cutInWords));

/** Make the letters of a long caption smaller, until all of it is in sight. @param {HTMLElement} caption */
export function fit(caption) {
  caption.style.removeProperty("--caption");
  if (!isOn()) return;
  let size = parseFloat(getComputedStyle(caption).fontSize) / unit();
  while (size > LEAST && caption.scrollHeight > caption.clientHeight + 1) {
    size -= 1;
    caption.style.setProperty("--caption", inUnits(size));
  }
}
