// The arrows of every edge: thin and blue forward, thick and orange back beside it, dotted where nothing has come.

import { node } from "../training/tree.js";
import { upOf } from "./labels.js";
import { aside, pathOf } from "./routes.js";
import { litEdge, litNode } from "./shown.js";

/** @typedef {import("./routes.js").Way} Way */

export const APART = { forward: 6, backward: -6 }; // px from the middle of an edge
const HEADS = { forward: { long: 10, half: 4.6 }, backward: { long: 15, half: 10 } };

/**
 * @param {Graph} graph
 * @param {GraphShown} shown
 * @param {{ways: Way[], out: Way}} ways
 * @returns {Tree[]}
 */
export function arrows({ edges, output }, shown, { ways, out }) {
  const ofEdges = edges.flatMap((edge, i) =>
    both(ways[i], shown.forward[i], shown.backward[i], litEdge(shown, edge))
  );
  return [...ofEdges, ...both(out, shown.output.forward, shown.output.backward, litNode(shown, output))];
}

/** @param {Way} way @param {When} forward @param {When | null} backward @param {boolean} lit @returns {Tree[]} */
function both(way, forward, backward, lit) {
  if (way.length < 2) return [];
  const up = upOf(way);
  return [
    arrow("forward", aside(way, up * APART.forward), forward, lit),
    ...(backward ? [arrow("backward", aside(way, up * APART.backward).reverse(), backward, lit)] : []),
  ];
}

/** @param {"forward" | "backward"} kind @param {Way} way in the arrow's direction @param {When} when @param {boolean} lit */
function arrow(kind, way, when, lit) {
  const state = `arrow ${kind} ${when}${lit ? "" : " dim"}`;
  if (when === "future") return node("g", { class: state }, node("path", { d: pathOf(way) }));
  const { long, half } = HEADS[kind], tip = way[way.length - 1];
  const shaft = way.filter(({ x, y }) => Math.hypot(tip.x - x, tip.y - y) > long - 2);
  const neck = shaft[shaft.length - 1] ?? way[0],
    dx = tip.x - neck.x,
    dy = tip.y - neck.y,
    size = Math.hypot(dx, dy) || 1;
  const nx = -dy / size * half,
    ny = dx / size * half,
    base = { x: tip.x - dx / size * long, y: tip.y - dy / size * long };
  const head = [tip, { x: base.x + nx, y: base.y + ny }, { x: base.x - nx, y: base.y - ny }];
  return node(
    "g",
    { class: state },
    ...(shaft.length > 1 ? [node("path", { d: pathOf(shaft) })] : []),
    node("polygon", { points: head.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ") }),
  );
}
