// The way of every edge: a straight line where it is free, else the flattest curve that passes no other node.

const BOWS = [0, 0.13, -0.13, 0.24, -0.24, 0.36, -0.36, 0.5, -0.5, 0.7, -0.7];
const SAMPLES = 48;
const CLEAR = 12; // px between an edge and a node it has nothing to do with
const TWINS = 44; // px between two edges of the same pair of nodes
const FREE = 5; // px between an edge's end and its node

/** @typedef {XY & {dx: number, dy: number}} Spot on a way, with its direction of length 1 */
/** @typedef {Spot[]} Way from one node's border to the other's */

/**
 * @param {Graph} graph
 * @param {import("./space.js").Space} space
 * @returns {{ways: Way[], out: Way}} a way for each edge of the answer, and the one that leaves the output
 */
export function routes({ edges, nodes, output }, { at, level, fields, end }) {
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
    const curves = BOWS.map((bow) => curve(at[from], at[to], bow));
    const free = curves.find((way) =>
      way.every((spot) =>
        strangers.every((other) => distance(spot, other) > other.r + CLEAR)
      ) &&
      twins.every((twin) => distance(twin, way[SAMPLES / 2]) > TWINS)
    ) ?? curves[twins.length];
    middles.set(pair, [...twins, free[SAMPLES / 2]]);
    return trimmed(free, border(kinds[from]), border(kinds[to]));
  });
  const line = curve(at[output], end, 0);
  return { ways, out: trimmed(line, border(kinds[output]), () => false) };

  /** @param {string} kind @returns {(dx: number, dy: number) => boolean} whether a place is inside of a node */
  function border(kind) {
    const { width, height } = level.box;
    if (kind === "op") return (dx, dy) => Math.hypot(dx, dy) < level.r + FREE;
    return (dx, dy) => Math.abs(dx) < width / 2 + FREE && Math.abs(dy) < height / 2 + FREE;
  }
}

/** @param {XY} a @param {XY} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** A quadratic Bézier curve. @param {XY} a @param {XY} b @param {number} bow how far it leaves the line, against its length @returns {Way} */
function curve(a, b, bow) {
  const dx = b.x - a.x, dy = b.y - a.y;
  const c = { x: (a.x + b.x) / 2 - 2 * bow * dy, y: (a.y + b.y) / 2 + 2 * bow * dx };
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const t = i / SAMPLES, s = 1 - t;
    const vx = s * (c.x - a.x) + t * (b.x - c.x),
      vy = s * (c.y - a.y) + t * (b.y - c.y),
      v = Math.hypot(vx, vy) || 1;
    const x = s * s * a.x + 2 * s * t * c.x + t * t * b.x, y = s * s * a.y + 2 * s * t * c.y + t * t * b.y;
    return { x, y, dx: vx / v, dy: vy / v };
  });
}

/** Without what lies inside of the nodes at its ends. @param {Way} way @param {(dx: number, dy: number) => boolean} inFirst @param {(dx: number, dy: number) => boolean} inLast */
function trimmed(way, inFirst, inLast) {
  const first = way[0], last = way[way.length - 1];
  return way.filter(({ x, y }) => !inFirst(x - first.x, y - first.y) && !inLast(x - last.x, y - last.y));
}

/** A way moved sidewards, to its left as it runs. @param {Way} way @param {number} by px @returns {Way} */
export const aside = (way, by) =>
  way.map((spot) => ({ ...spot, x: spot.x + by * spot.dy, y: spot.y - by * spot.dx }));

/** @param {Way} way */
export const pathOf = (way) =>
  way.map(({ x, y }, i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
