// Node positions on the page: the columns and rows of the response, spread over the available room.

import { widthOf } from "./labels.js";

/** @typedef {{name: string, r: number, box: {width: number, height: number}, font: number, figures: number, apart: number, gap: number}} Level of detail; apart, gap: the least room between columns, and between nodes of one column */
/** @typedef {{width: number, height: number, level: Level, at: Record<string, XY>, fields: Record<string, XY>, field: {width: number, height: number}, end: XY}} Space fields: the middle of each input's number field, where there is room for them */

/** @type {Level[]} */
const LEVELS = [
  { name: "roomy", r: 36, box: { width: 72, height: 60 }, font: 19, figures: 4, apart: 165, gap: 150 },
  { name: "middle", r: 27, box: { width: 54, height: 46 }, font: 15.5, figures: 4, apart: 104, gap: 98 },
  { name: "dense", r: 22, box: { width: 44, height: 44 }, font: 14, figures: 3, apart: 74, gap: 56 },
];
const MOST = { x: 300, y: 178 }; // px between columns and rows
const OUT = { phone: 40, else: 62 }; // px, the arrow that leaves the output
const PHONE_APART = 0.8; // of the least room between columns
const NAME = 14; // px between it and the output's name
const BESIDE = 8; // px between a node and its field

/**
 * On phones the fields of inputs that stand in the first column are beside them: there is less height than width.
 * @param {Graph} graph
 * @param {{width: number, height: number, phone: boolean}} view
 * @returns {Space}
 */
export function spaceOf({ nodes, output, edges }, { width, height, phone }) {
  const field = { width: phone ? 64 : 72, height: phone ? 44 : 34 };
  const [left, right] = ends(nodes.map(({ column }) => column)),
    [top, bottom] = ends(nodes.map(({ row }) => row));
  const columns = Math.max(right - left, 1), rows = Math.max(bottom - top, 1), closest = closestRows(nodes);
  const name = 6 + widthOf(nodes.find((one) => one.name === output)?.label ?? "", 28);
  const closer = phone ? PHONE_APART : 1;
  const isBeside = phone && nodes.every(({ kind, column }) => kind !== "input" || column === left);
  const rooms = LEVELS.map((level) => {
    const fields = level.name !== "dense", stacked = fields && !isBeside ? field.height + BESIDE : 0;
    const pads = padsOf(level, stacked, phone, name);
    if (fields && isBeside) pads.left += field.width + BESIDE;
    const x = Math.min(MOST.x, (width - pads.left - pads.right) / columns);
    const y = Math.min(MOST.y, (height - pads.above - pads.below) / rows);
    const gap = isBeside ? level.box.height + BESIDE : level.gap;
    return { level, fields, pads, x, y, gap, fits: x >= level.apart * closer && y * closest >= gap };
  });
  const room = rooms.find(({ fits }) => fits) ?? rooms[rooms.length - 1], { level, pads } = room;
  const x = Math.max(room.x, level.apart * closer), y = Math.max(room.y, room.gap / closest);
  const wide = Math.max(width, pads.left + columns * x + pads.right);
  const high = Math.max(height, pads.above + (bottom - top) * y + pads.below);
  const from = {
    x: pads.left + (wide - pads.left - pads.right - (right - left) * x) / 2,
    y: pads.above + (high - pads.above - pads.below - (bottom - top) * y) / 2,
  };
  const at = Object.fromEntries(
    nodes.map((
      { name, column, row },
    ) => [name, { x: from.x + (column - left) * x, y: from.y + (row - top) * y }]),
  );
  /** @type {Record<string, XY>} */
  const fields = {};
  for (const { name, kind } of nodes) {
    if (kind !== "input" || !room.fields) continue;
    if (isBeside) {
      fields[name] = { x: at[name].x - (level.box.width + field.width) / 2 - BESIDE, y: at[name].y };
      continue;
    }
    const away = (level.box.height + field.height) / 2 + BESIDE;
    fields[name] = { x: at[name].x, y: at[name].y + (leavesDownwards(name, edges, at) ? -away : away) };
  }
  const end = { x: at[output].x + level.r + (phone ? OUT.phone : OUT.else), y: at[output].y };
  return { width: wide, height: high, level, at, fields, field, end };
}

/** @param {Level} level @param {number} field @param {boolean} phone @param {number} name the width of the output's name */
function padsOf(level, field, phone, name) {
  const edge = phone ? 6 : 20, high = level.box.height / 2 + field + 12;
  return {
    left: level.box.width / 2 + edge,
    right: level.r + (phone ? OUT.phone : OUT.else) + NAME + name,
    above: high,
    below: high,
  };
}

/** @param {number[]} values */
const ends = (values) => [Math.min(...values), Math.max(...values)];

/** The least distance of two nodes of one column, in rows. @param {GraphNode[]} nodes */
function closestRows(nodes) {
  let min = Infinity;
  for (const a of nodes) {
    for (const b of nodes) {
      if (a !== b && Math.abs(a.column - b.column) < 0.75) {
        min = Math.min(min, Math.max(Math.abs(a.row - b.row), Math.abs(a.column - b.column)));
      }
    }
  }
  return Math.min(1, min);
}

/** Whether an input's edges leave it downwards, so that its field stands above it. @param {string} name @param {GraphEdge[]} edges @param {Record<string, XY>} at */
function leavesDownwards(name, edges, at) {
  const to = edges.filter(({ from }) => from === name).map((edge) => at[edge.to]);
  const down = to.reduce((sum, { y }) => sum + y - at[name].y, 0);
  const aside = to.reduce((sum, { x }) => sum + Math.abs(x - at[name].x), 0);
  return down > 0.6 * aside;
}
