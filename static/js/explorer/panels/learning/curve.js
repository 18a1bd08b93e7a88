// Learning curve: the loss after each update, under the slider of the updates.

import { sci } from "../../../lib/format.js";
import { svg } from "../../../lib/svg.js";

const HEIGHT = 150, TOP = 8, BOTTOM = 26, RIGHT = 20; // beside it stands what .scrub leaves free in panels.css
const LEFT = { wide: 104, phone: 46 };
const AT_MOST = 3; // times the first loss: what grows beyond runs along the upper edge

/**
 * Where the loss after each update stands.
 * @param {Row} losses
 * @param {{end: number, top: number, left: number, right: number}} box updates and loss at its ends, px
 * @returns {{x: number, y: number}[]}
 */
export function curvePoints(losses, { end, top, left, right }) {
  return losses.flatMap((loss, n) =>
    loss === null || n > end ? [] : [{
      x: left + (right - left) * n / Math.max(1, end),
      y: TOP + (HEIGHT - BOTTOM - TOP) * (1 - Math.min(1, loss / top)),
    }]
  );
}

/**
 * @param {Row} losses the losses so far
 * @param {Row} ahead the losses of all updates that the slider can reach, as far as known
 * @param {number} end its last update
 * @param {number | null} chance the loss of one who knows nothing
 * @param {View} view
 */
export function lossCurve(losses, ahead, end, chance, view) {
  const { colors, words, width, gutter, phone } = view, room = width + gutter;
  const left = phone ? LEFT.phone : LEFT.wide, right = room - RIGHT, floor = HEIGHT - BOTTOM;
  const known = [...losses, ...ahead].filter((loss) => loss !== null);
  const top = 1.08 *
    (Math.min(AT_MOST * Number(losses[0] ?? Infinity), Math.max(chance ?? 0, ...known)) || 1);
  const box = { end, top, left, right }, small = { fill: colors.muted, "font-size": 14 };
  const drawing = svg("svg", {
    ...{ width: room, height: HEIGHT, role: "img", class: "loss-curve" },
    "aria-label": words("learning.spoken", { n: losses.length - 1, loss: sci(losses[losses.length - 1]) }),
  });
  const y = (/** @type {number} */ loss) => TOP + (floor - TOP) * (1 - loss / top);
  drawing.append(
    svg("path", { d: `M${left},${floor}H${right}`, stroke: colors.line }),
    svg("text", { ...small, x: left - 8, y: floor + 4, "text-anchor": "end" }, "0"),
    svg("text", { ...small, x: left, y: HEIGHT - 6, "text-anchor": "middle" }, "0"),
    svg(
      "text",
      { ...small, x: right, y: HEIGHT - 6, "text-anchor": "end" },
      words("learning.updates", { n: end }),
    ),
  );
  if (chance !== null && chance < top) {
    drawing.append(
      svg("path", { d: `M${left},${y(chance)}H${right}`, stroke: colors.muted, "stroke-dasharray": "2 5" }),
      svg(
        "text",
        { ...small, x: right, y: y(chance) - 5, "text-anchor": "end" },
        words("learning.chance", {
          loss: sci(chance),
        }),
      ),
    );
  }
  drawing.append(
    line(curvePoints(ahead, box), { stroke: colors.ghost, "stroke-width": 2 }),
    line(curvePoints(losses, box), { stroke: colors.ink, "stroke-width": 3 }),
    ...here(losses, box, view),
  );
  return drawing;
}

/** @param {{x: number, y: number}[]} points @param {Record<string, string | number>} look */
function line(points, look) {
  const chain = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L");
  return svg("path", { d: `M${chain || "0,0"}`, fill: "none", ...look });
}

/** The loss now, hanging from the slider's thumb. @param {Row} losses @param {Parameters<typeof curvePoints>[1]} box @param {View} view */
function here(losses, box, { colors }) {
  const loss = losses[losses.length - 1], n = losses.length - 1;
  if (loss === null || n > box.end) return [];
  const last = curvePoints(losses, box).at(-1) ?? { x: box.left, y: TOP }, late = last.x > box.right - 100;
  const low = last.y > HEIGHT - BOTTOM - 30;
  return [
    svg("path", { d: `M${last.x},0V${last.y}`, stroke: colors.ink, "stroke-width": 1.2 }),
    svg("circle", {
      cx: last.x,
      cy: last.y,
      r: 6.5,
      fill: colors.select,
      stroke: colors.ink,
      "stroke-width": 2,
    }),
    svg("text", {
      ...{ x: last.x + (late ? -12 : 12), y: low ? last.y - 9 : Math.max(20, last.y - 6), fill: colors.ink },
      ...{ class: "here", "text-anchor": late ? "end" : "start" },
    }, `L = ${sci(loss)}`),
  ];
}
