// Preview of what a class sees: the page in small, its picture as it is and every other part as a frame, dotted if it is
// left out.

import { svg } from "../../lib/svg.js";
import { unit } from "../../lib/unit.js";
import { drawingOf } from "../export/snapshot.js";
import { selectorOf } from "../visibility.js";
import { stays } from "./chips.js";

const WIDTH = 318, MOST = 240, ROUND = 6; // px
const PICTURES = ".shown, .comparison-page > .picture, #film .axis, #node-scroll";

/**
 * @param {import("./chips.js").Chip[]} chips
 * @param {{hide: string[], show: string[] | null}} parts
 */
export function previewOf(chips, parts) {
  const scale = WIDTH / innerWidth, height = Math.round(Math.min(MOST, innerHeight * scale));
  const frames = chips.flatMap((chip) =>
    chip.names.flatMap((name) => [...document.querySelectorAll(selectorOf(name))])
      .filter((element) => element.checkVisibility() && !element.closest("dialog, #rest"))
      .map((element) => ({ ...boxOf(element, scale), isLeft: stays(chip, parts) }))
  );
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height },
    ...[...document.querySelectorAll(PICTURES)].filter((element) => element.checkVisibility()).map((
      element,
    ) => inSmall(element, scale)),
    ...frames.filter(({ y, width, height: high }) => y < height && width > 2 && high > 2).map(frame),
  );
}

/** @param {Element} element @param {number} scale */
function boxOf(element, scale) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: scale * left, y: scale * (top + scrollY), width: scale * width, height: scale * height };
}

/** @param {Element} element @param {number} scale */
function inSmall(element, scale) {
  const drawing = drawingOf([element]), { x, y } = boxOf(element, scale), u = scale * unit();
  const size = { x, y, width: u * drawing.width, height: u * drawing.height };
  for (const [name, value] of Object.entries(size)) drawing.node.setAttribute(name, String(value));
  return drawing.node;
}

/** @param {{x: number, y: number, width: number, height: number, isLeft: boolean}} box */
function frame({ isLeft, ...box }) {
  return svg("rect", { ...box, rx: Math.min(ROUND, box.height / 4), class: isLeft ? "stays" : "leaves" });
}
