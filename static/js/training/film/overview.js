// Overview of an epoch: one loss bar for each block, with a frame around the visible part.

import { rect } from "../../plot/paths.js";
import { node } from "../../lib/tree.js";
import { barScaleOf, shareOf } from "./bar-scale.js";

const HEIGHT = 46;
const FOOT = 4;

/**
 * @param {Row} losses of the blocks, in the order played
 * @param {{from: number, to: number}} range
 * @param {number} width
 */
export function overview(losses, range, width) {
  const scale = barScaleOf(losses);
  const w = width / losses.length, gap = w > 4 ? 1 : 0;
  const bars = losses.map((loss, i) => {
    const high = Math.max(1, (HEIGHT - 2 * FOOT) * shareOf(loss, scale));
    return rect(i * w + gap / 2, HEIGHT - FOOT - high, Math.max(0.5, w - gap), high);
  });
  return node(
    "svg",
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" },
    node("path", { class: "bars", d: bars.join("") }),
    node("rect", {
      ...{
        class: "viewport",
        x: range.from * w,
        y: 1,
        width: Math.max(6, (range.to - range.from) * w),
        height: HEIGHT - 2,
        rx: 4,
      },
    }),
  );
}
