// Presenter view of the explorer, loaded after the first picture: title, legend, step bar and caption around the picture.

import { placeholder } from "../../page/cover.js";
import { namesPart } from "../../page/name-list.js";
import { byId } from "../../lib/dom.js";
import * as view from "../../page/present/present.js";
import { statusLine } from "../status-line.js";
import { penOf } from "../unrolled/pen.js";
import { cutInWords, standingOut } from "./caption.js";
import { presentLegend } from "./legend.js";
import { show as showSteps } from "./steps.js";

export const { leave, listen, fit } = view;

/** @param {Result} result @param {View} seen */
export function show(result, seen) {
  view.show(result, seen);
  if (!seen.present) return;
  showSteps(result, seen);
  byId("gutter").classList.toggle("large-rows", penOf(result, seen).isLarge);
  const isCovered = namesPart(seen.veil, "legend");
  byId("present-legend").replaceChildren(...(isCovered ? [placeholder()] : presentLegend(result, seen)));
}

/** The status line as the caption of the wall. @type {typeof statusLine} */
export const caption = (result, seen, reader, marks) =>
  standingOut(statusLine(result, seen, reader, marks, cutInWords));
