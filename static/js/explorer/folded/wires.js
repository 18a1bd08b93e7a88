// The network unrolled beside its loop, with each weight wired to all of its uses.

import { SYMBOLS } from "../../plot/figure.js";
import { subscript, visible } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { arrow, roundBox } from "../../plot/paths.js";
import { guess } from "./loop.js";
import { letter } from "./letter.js";

/** @typedef {import("./folded.js").Wire} Wire */
/** @typedef {import("./folded.js").Places} Places */

/** The band over the current step. @param {Places} at @param {View} view */
export function band({ drawnSteps, x, c, H }, { t, colors }) {
  const i = drawnSteps.indexOf(t) >= 0 ? drawnSteps.indexOf(t) : drawnSteps.indexOf(-1);
  return svg("rect", {
    x: x(i) - c / 2,
    y: 0,
    width: c,
    height: H,
    rx: 8,
    fill: colors.select,
    "fill-opacity": 0.17,
  });
}

/**
 * The wire of one weight, with a dot on every arrow that uses it.
 * @param {Wire} name @param {Places} at @param {View} view
 */
export function wireGroup(name, at, { colors, wire }) {
  const { x, drawnSteps, c, rows, buses, loop } = at, y = buses[name], lit = wire === name;
  const dots = drawnSteps.flatMap((t, i) => {
    if (t < 0 || (name === "Wh" && (t === 0 || drawnSteps[i - 1] < 0))) return [];
    return [{ x: name === "Wh" ? x(i) - c / 2 : x(i), y: name === "Wh" ? rows.hidden : y }];
  });
  const chipX = name === "Wh" ? loop.x + loop.box / 2 + loop.out : loop.x;
  const last = dots.length ? dots[dots.length - 1].x : chipX;
  const stubs = name === "Wh" ? dots.map((dot) => `M${dot.x},${y}V${dot.y}`).join("") : "";
  const start = name === "Wh" ? `M${chipX},${rows.hidden}V${y}` : `M${chipX},${y}`;
  return svg(
    "g",
    { class: lit ? "wire lit" : "wire" },
    svg("path", {
      d: `${start}H${last}${stubs}`,
      fill: "none",
      stroke: lit ? colors.select : colors.line,
      "stroke-width": lit ? 5 : 1.5,
    }),
    ...dots.map((dot) =>
      svg("circle", {
        cx: dot.x,
        cy: dot.y,
        r: lit ? Math.min(9, c / 4) : 3,
        fill: lit ? colors.select : colors.ghost,
      })
    ),
  );
}

/** @param {Result} result @param {Places} at @param {View} view */
export function unrolled(result, at, { colors, t: now }) {
  const { drawnSteps, x, c, rows, node } = at, font = Math.min(17, 0.6 * node), half = node / 2;
  let arrows = "", boxes = "", losses = "";
  /** @type {Node[]} */
  const texts = [];
  drawnSteps.forEach((t, i) => {
    const px = x(i);
    if (i) arrows += arrow(x(i - 1) + half + 2, rows.hidden, px - half - 2, rows.hidden, 1.8);
    if (t < 0) {
      texts.push(letter("⋯", px, rows.hidden - 1, 20, colors.muted));
      return;
    }
    arrows += arrow(px, rows.input - half - 2, px, rows.hidden + half + 2, 1.8) +
      arrow(px, rows.hidden - half - 2, px, rows.output + half + 2, 1.8) +
      arrow(px, rows.output - half - 2, px, rows.loss + 8, 1.8);
    for (const y of [rows.output, rows.hidden, rows.input]) boxes += roundBox(px, y, node, node, 5);
    losses += roundBox(px, rows.loss, 12, 12, 6);
    texts.push(letter(visible(result.tokens[t]), px, rows.input, font, colors.ink));
    texts.push(guess(result, t, px, rows.output, font, colors));
    if (c > 44) {
      texts.push(letter(`h${subscript(t)}`, px, rows.hidden, font, colors.ink, { family: SYMBOLS }));
    }
    if (t === now) boxes += roundBox(px, rows.hidden, node + 5, node + 5, 6);
  });
  return svg(
    "g",
    {},
    svg("path", { d: arrows, fill: colors.forward }),
    svg("path", { d: boxes, fill: colors.node, stroke: colors.edge, "fill-rule": "nonzero" }),
    svg("path", { d: losses, fill: colors.loss }),
    ...texts,
  );
}
