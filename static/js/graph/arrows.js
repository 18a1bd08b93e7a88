// Arrows of the edges: thin and blue forward, thick and orange backward beside it, dotted before they are
// computed.

import { node } from "../lib/tree.js";
import { upOf } from "./labels.js";
import { aside, pathOf } from "./routes.js";
import { litEdge, litNode } from "./progress.js";

/** @typedef {import("./routes.js").Route} Route */

export const APART = { forward: 8, backward: -8 }; // px from the middle of an edge
/** @typedef {{long: number, half: number, shaft: number}} Head of an arrow, and the width of its shaft, in px */
/** @type {Record<string, Record<string, Head>>} */
const HEADS = {
  roomy: { forward: { long: 11, half: 5, shaft: 3 }, backward: { long: 16, half: 11, shaft: 11 } },
  middle: { forward: { long: 9, half: 4.2, shaft: 2.6 }, backward: { long: 13, half: 8, shaft: 7 } },
  dense: { forward: { long: 7, half: 3.4, shaft: 2 }, backward: { long: 10, half: 6, shaft: 4 } },
};

/**
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @param {{ways: Route[], out: Route}} ways
 * @param {string} level of detail
 * @param {(edge: GraphEdge) => boolean} [quiet] which edges stand back
 * @returns {Tree[]}
 */
export function arrows({ edges, output }, progress, { ways, out }, level, quiet = () => false) {
  const both = bothOf(HEADS[level]);
  const ofEdges = edges.flatMap((edge, i) =>
    both(ways[i], progress.forward[i], progress.backward[i], litEdge(progress, edge), quiet(edge))
  );
  return [
    ...ofEdges,
    ...both(out, progress.output.forward, progress.output.backward, litNode(progress, output)),
  ];
}

/** @param {Record<string, Head>} heads */
function bothOf(heads) {
  return (
    /** @type {Route} */ route,
    /** @type {When} */ forward,
    /** @type {When | null} */ backward,
    /** @type {boolean} */ lit,
    quiet = false,
  ) => {
    const up = upOf(route), back = aside(route, up * APART.backward).reverse();
    return [
      arrow("forward", aside(route, up * APART.forward), forward, lit, heads.forward, quiet),
      ...(backward ? [arrow("backward", back, backward, lit, heads.backward, quiet)] : []),
    ];
  };
}

/**
 * @param {"forward" | "backward"} kind
 * @param {Route} route in the arrow's direction
 * @param {When} when
 * @param {boolean} lit
 * @param {Head} head
 * @param {boolean} quiet
 */
function arrow(kind, route, when, lit, { long, half, shaft: width }, quiet) {
  const state = `arrow ${kind} ${when}${lit ? "" : " dim"}${quiet ? " quiet" : ""}`;
  if (when === "future") return node("g", { class: state }, node("path", { d: pathOf(route) }));
  const tip = route[route.length - 1],
    shaft = /** @type {XY[]} */ (route.filter((point) => distance(point, tip) > long));
  const neck = shaft[shaft.length - 1] ?? route[0], size = distance(neck, tip) || 1;
  const dx = (tip.x - neck.x) / size, dy = (tip.y - neck.y) / size;
  const base = { x: tip.x - dx * long, y: tip.y - dy * long };
  const corners = [
    tip,
    { x: base.x - dy * half, y: base.y + dx * half },
    { x: base.x + dy * half, y: base.y - dx * half },
  ];
  return node(
    "g",
    { class: state },
    ...(shaft.length ? [node("path", { d: pathOf([...shaft, base]), "stroke-width": width })] : []),
    node("polygon", { points: corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ") }),
  );
}

/** @param {XY} a @param {XY} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
