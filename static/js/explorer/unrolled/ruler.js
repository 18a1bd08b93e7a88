// Ruler above the unrolled graph: a bracket over each block with its name.

import { label, path } from "../../plot/figure.js";
import { line } from "../../plot/paths.js";

const TICK = 5; // px of a bracket's ends
const ROOM = { named: 24, bracket: 14 }; // px of a block

/**
 * @param {{start: number, stop: number}[]} blocks
 * @param {(block: {start: number, stop: number}, index: number, room: number) => string} name
 * @param {View} view @param {Geometry} g
 * @returns {object[]} shapes
 */
export function rulerShapes(blocks, name, { colors, font }, g) {
  if (blocks.length < 2) return [];
  const [first] = g.steps, last = g.steps[g.steps.length - 1];
  /** @type {object[]} */
  const shapes = [];
  const { name: top, bracket, grip } = g.ruler;
  let brackets = "";
  blocks.forEach((block, i) => {
    if (block.stop <= first || block.start > last) return;
    const left = g.cx(block.start) - g.c / 2, right = g.cx(block.stop - 1) + g.c / 2, wide = right - left;
    if (wide < ROOM.bracket) return;
    const room = wide > 3 * grip ? Math.max(2, grip - 4) : 2,
      [from, to] = [left + (i ? room : 2), right - (i < blocks.length - 1 ? room : 2)];
    if (wide > 3 * grip || blocks.length < 40) {
      brackets += line(from, bracket, to, bracket);
      if (!i) brackets += line(from, bracket, from, bracket + TICK);
      if (i === blocks.length - 1) brackets += line(to, bracket, to, bracket + TICK);
    }
    const words = wide > ROOM.named ? name(block, i, to - from) : "";
    if (words) {
      shapes.push(
        label((left + right) / 2, top, words, {
          size: g.type.block,
          color: colors.ink,
          family: font,
          weight: 600,
        }),
      );
    }
  });
  return [path(brackets, { stroke: colors.edge, width: 1.4 }), ...shapes];
}
