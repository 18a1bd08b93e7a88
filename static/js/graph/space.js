// Node positions on the page: the columns and rows of the response, spread over the available room.

import { widthOf } from "./labels.js";

/** @typedef {{name: string, r: number, box: {width: number, height: number}, font: number, figures: number, apart: number, gap: number}} Level of detail; apart, gap: the least room between columns, and between nodes of one column */
/** @typedef {{width: number, height: number, level: Level, at: Record<string, XY>, fields: Record<string, XY>, field: {width: number, height: number}, end: XY}} Space fields: the middle of each input's number field, where there is room for them */

/** @type {Level[]} */
const LEVELS = [
  { name: "roomy", r: 38, box: { width: 108, height: 58 }, font: 17, figures: 4, apart: 185, gap: 112 },
  { name: "middle", r: 27, box: { width: 92, height: 46 }, font: 15.5, figures: 4, apart: 122, gap: 80 },
  { name: "dense", r: 22, box: { width: 44, height: 44 }, font: 14, figures: 3, apart: 74, gap: 56 },
];
const MOST = { x: 300, y: 178 }; // px between columns and rows
const OUT = { phone: 40, else: 62 }; // px, the arrow that leaves the output
const CLOSEST = 8; // px between the inputs of a phone
const PHONE_APART = 0.8; // of the least room between columns
const NAME = 14; // px between it and the output's name
export const FIELD = { name: 34, edge: 5 }; // px of a node: for the name of an input before its value, and around the field
export const RING = 13; // px around the node that is looked at

/**
 * The value of an input is a field inside its node, where there is room for one.
 * @param {Graph} graph
 * @param {{width: number, height: number, phone: boolean}} view
 * @returns {Space}
 */
export function spaceOf({ nodes, output }, { width, height, phone }) {
  const [left, right] = ends(nodes.map(({ column }) => column)),
    [top, bottom] = ends(nodes.map(({ row }) => row));
  const columns = Math.max(right - left, 1), rows = Math.max(bottom - top, 1), closest = closestRows(nodes);
  const name = 6 + widthOf(nodes.find((one) => one.name === output)?.label ?? "", 28);
  const closer = phone ? PHONE_APART : 1;
  const rooms = LEVELS.map((level) => {
    const fields = level.name !== "dense", pads = padsOf(level, phone, name);
    const x = Math.min(MOST.x, (width - pads.left - pads.right) / columns);
    const y = Math.min(MOST.y, (height - pads.above - pads.below) / rows);
    const gap = phone && fields ? level.box.height + CLOSEST : level.gap;
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
  const { edge } = FIELD,
    field = { width: level.box.width - FIELD.name - edge, height: level.box.height - 2 * edge };
  if (phone) field.height = level.box.height - 2; // as large as a finger
  const inputs = nodes.filter(({ kind }) => kind === "input" && room.fields);
  const aside = (level.box.width - field.width) / 2 - edge;
  /** @type {Record<string, XY>} */
  const fields = Object.fromEntries(
    inputs.map(({ name }) => [name, { x: at[name].x + aside, y: at[name].y }]),
  );
  const end = { x: at[output].x + level.r + (phone ? OUT.phone : OUT.else), y: at[output].y };
  return { width: wide, height: high, level, at, fields, field, end };
}

/** @param {Level} level @param {boolean} phone @param {number} name the width of the output's name */
function padsOf(level, phone, name) {
  const edge = phone ? 6 : 20, high = Math.max(level.box.height / 2 + 12, level.r + RING + 4);
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
