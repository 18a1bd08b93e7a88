// Edge routes: a straight line where it is free, else the flattest curve that avoids other nodes.

const BOWS = [0, 0.13, -0.13, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5];
const MARGIN = 10; // px between an edge and the end of the drawing
const SAMPLES = 48;
const FINER = 24; // samples between two, for the very ends
const CLEAR = 12; // px between an edge and a node it has nothing to do with
const TWINS = 44; // px between two edges of the same pair of nodes
const FREE = 5; // px between an edge's end and its node

/** @typedef {XY & {dx: number, dy: number}} RoutePoint on a way, with its direction of length 1 */
/** @typedef {RoutePoint[]} Route from one node's border to the other's */

/**
 * @param {Graph} graph
 * @param {import("./space.js").Space} space
 * @returns {{ways: Route[], out: Route}} a way for each edge of the answer, and the one that leaves the output
 */
export function routes({ edges, nodes, output }, { at, level, fields, end, width, height }) {
  const kinds = Object.fromEntries(nodes.map(({ name, kind }) => [name, kind]));
  const blocks = [
    ...nodes.map(({ name }) => ({ name, ...at[name], r: level.r })),
    ...Object.entries(fields).map(([name, place]) => ({ name, ...place, r: 24 })),
  ];
  /** @type {Map<string, XY[]>} */
  const middles = new Map();
  const ways = edges.map(({ from, to }) => {
    const strangers = blocks.filter(({ name }) => name !== from && name !== to), pair = `${from}..${to}`;
    const twins = middles.get(pair) ?? [];
    const curves = BOWS.map((bow) => ({ bow, route: curve(at[from], at[to], bow) }));
    const { bow, route } = curves.find(({ route }) =>
      route.every((point) =>
        inside(point) && strangers.every((other) =>
          distance(point, other) > other.r + CLEAR
        )
      ) &&
      twins.every((twin) => distance(twin, route[SAMPLES / 2]) > TWINS)
    ) ?? curves[twins.length];
    middles.set(pair, [...twins, route[SAMPLES / 2]]);
    return between(at[from], at[to], bow, border(kinds[from]), border(kinds[to]));
  });
  return { ways, out: between(at[output], end, 0, border(kinds[output]), () => false) };

  /** @param {XY} spot */
  function inside({ x, y }) {
    return x > MARGIN && y > MARGIN && x < width - MARGIN && y < height - MARGIN;
  }

  /** @param {string} kind @returns {(dx: number, dy: number) => boolean} whether a place is inside of a node */
  function border(kind) {
    const { width, height } = level.box;
    if (kind === "op") return (dx, dy) => Math.hypot(dx, dy) < level.r + FREE;
    return (dx, dy) => Math.abs(dx) < width / 2 + FREE && Math.abs(dy) < height / 2 + FREE;
  }
}

/** @param {XY} a @param {XY} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** A quadratic Bézier curve. @param {XY} a @param {XY} b @param {number} bow how far it leaves the line, against its length @returns {Route} */
function curve(a, b, bow) {
  return Array.from({ length: SAMPLES + 1 }, (_, i) => pointOn(a, b, bow, i / SAMPLES));
}

/** @param {XY} a @param {XY} b @param {number} bow @param {number} t 0 … 1 @returns {RoutePoint} */
function pointOn(a, b, bow, t) {
  const c = { x: (a.x + b.x) / 2 - 2 * bow * (b.y - a.y), y: (a.y + b.y) / 2 + 2 * bow * (b.x - a.x) },
    s = 1 - t;
  const vx = s * (c.x - a.x) + t * (b.x - c.x), vy = s * (c.y - a.y) + t * (b.y - c.y);
  const x = s * s * a.x + 2 * s * t * c.x + t * t * b.x, y = s * s * a.y + 2 * s * t * c.y + t * t * b.y;
  const v = Math.hypot(vx, vy) || 1;
  return { x, y, dx: vx / v, dy: vy / v };
}

/**
 * The part of a curve between the borders of the nodes at its ends.
 * @param {XY} a @param {XY} b @param {number} bow
 * @param {(dx: number, dy: number) => boolean} inFirst
 * @param {(dx: number, dy: number) => boolean} inLast
 * @returns {Route}
 */
function between(a, b, bow, inFirst, inLast) {
  const fine = SAMPLES * FINER;
  let from = 0, to = fine;
  const at = (/** @type {number} */ i) => pointOn(a, b, bow, i / fine);
  while (from < fine && inFirst(at(from).x - a.x, at(from).y - a.y)) from += 1;
  while (to > from && inLast(at(to).x - b.x, at(to).y - b.y)) to -= 1;
  return Array.from({ length: SAMPLES + 1 }, (_, i) => at(from + (to - from) * i / SAMPLES));
}

/** A way moved sidewards, to its left as it runs. @param {Route} route @param {number} by px @returns {Route} */
export const aside = (route, by) =>
  route.map((point) => ({ ...point, x: point.x + by * point.dy, y: point.y - by * point.dx }));

/** @param {XY[]} route */
export const pathOf = (route) =>
  route.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
