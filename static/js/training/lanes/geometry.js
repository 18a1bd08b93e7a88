// Geometry of the minibatch lanes in px: the series, its lanes and blocks, and the cursors at an iteration.

import { visible } from "../../lib/format.js";
import { plan, positions, positionsText } from "./positions.js";

export const MANY = 8; // lanes up to which each has its name, and in a high window its words
const ROOM = {
  wide: { left: 136, right: 24, cell: 34 },
  phone: { left: 92, right: 10, cell: 26 },
};
const PITCH = { roomy: 80, close: 62, tight: 46 }; // px from lane to lane: for up to two, four, and eight
const WORDS = { pitch: 34, apart: 24 }; // px from lane to lane, at least, and between two lanes, with words
const SMALL = { least: 9, pitch: 16, apart: 4 }; // without words
const BESIDE = 423; // px of the window that the bars, the tabs, and the charts below the picture take
const RIBBON = { top: 22, height: 28 }, BELOW_RIBBON = 44; // px
const TOP = RIBBON.top + RIBBON.height + BELOW_RIBBON;
const RAIL = { above: 14, height: 54 }; // px of the line of the weights
const QUOTED = 24; // symbols of a block that are written out
const APART = 4; // px of a block from which blocks are told apart

/** @typedef {import("./positions.js").Layout & {reading: import("./positions.js").Reading, passes: number}} Lab */

/** What the picture needs of an answer. @param {Schedule} schedule @returns {Lab} */
export const labOf = ({ L, lanes, k, cuts, reading, passes, lengths }) => ({
  ...{ L, lanes, k, cuts, reading, passes, lengths },
});

/**
 * How far the lanes are from each other: in a low window so close that the charts below them are in sight.
 * @param {number} lanes @param {number} room px of the window for the picture
 */
function pitchOf(lanes, room) {
  const usual = PITCH[lanes <= 2 ? "roomy" : lanes <= 4 ? "close" : "tight"];
  const free = room - TOP - RAIL.above / 2 - RAIL.height, pitch = (free + WORDS.apart) / lanes;
  if (lanes <= 2) return { few: true, pitch: usual };
  if (lanes <= MANY && pitch >= WORDS.pitch) return { few: true, pitch: Math.min(usual, pitch) };
  const most = lanes <= MANY ? WORDS.pitch : SMALL.pitch;
  return { few: false, pitch: Math.max(SMALL.least, Math.min(most, free / lanes)) };
}

/**
 * @param {Lab} lab
 * @param {{width: number, phone: boolean, height?: number}} view height: of the window
 */
export function placesOf(lab, { width, phone, height = Infinity }) {
  const { lanes, reading } = lab, of = plan(reading, lab);
  const { left, right, cell: wide } = ROOM[phone ? "phone" : "wide"], roomy = lanes <= 2;
  const { few, pitch } = pitchOf(lanes, phone ? Infinity : height - BESIDE);
  const cell = few ? Math.min(wide, pitch - WORDS.apart) : pitch - SMALL.apart,
    inner = Math.max(1, width - left - right);
  const span = of.read; // positions along a row
  const shortest = Math.min(...of.bounds.slice(1).map((stop, i) => stop - of.bounds[i]));
  const bottom = TOP + (lanes - 1) * pitch + cell + (roomy && !phone ? 20 : 0);
  const onRow = (/** @type {number} */ step) => left + inner * Math.min(step, span) / span;
  const lengthOf = (/** @type {number} */ lane) => lab.lengths?.[lane] ?? of.length;
  const inLanes = of.starts.reduce((sum, _, lane) => sum + lengthOf(lane), 0);
  return {
    ...{
      left,
      inner,
      few,
      pitch,
      cell,
      phone,
      span,
      top: TOP,
      ...of,
      left_out: lab.L - inLanes,
    },
    isPadded: Boolean(lab.lengths?.length),
    /** Steps of a lane without its padding. @param {number} lane */
    lengthOf,
    ribbon: RIBBON,
    roomy: roomy && !phone,
    rail: { top: bottom + RAIL.above / 2, y: bottom + RAIL.above / 2 + 24, height: RAIL.height },
    height: bottom + RAIL.above / 2 + RAIL.height,
    width,
    apart: inner * (lab.cuts?.length ? shortest : lab.k) / span >= APART,
    /** @param {number} position of the series */
    onRibbon: (position) => left + inner * position / lab.L,
    /** @param {number} step of the row */
    onRow,
    /** @param {number} iteration where its block begins */
    onBlock: (iteration) => onRow(of.bounds[iteration] ?? span),
    /** @param {number} lane */
    row: (lane) => TOP + lane * pitch,
  };
}

/** @typedef {ReturnType<typeof placesOf>} Places */

/**
 * The positions of everything that moves, lane by lane.
 * @param {Lab} lab @param {Places} places
 * @param {import("./cursor.js").Cursor} cursor
 * @param {string[]} [tokens] of the series
 */
export function moment(lab, places, { epoch, iteration }, tokens = []) {
  const { onBlock, onRibbon, few, phone, span, bounds, isPadded, lengthOf } = places,
    { lanes, reading } = lab;
  const from = onBlock(iteration), to = onBlock(iteration + 1);
  const size = bounds[iteration + 1] - bounds[iteration];
  return Array.from({ length: lanes }, (_, lane) => {
    const pieces = positions(reading, lab, epoch, iteration, lane);
    const isRead = pieces.length > 0;
    const quoted = few && !phone && size <= QUOTED && isRead ? ` “${quote(pieces, tokens)}”` : "";
    const start = positions(reading, lab, epoch, 0, lane)[0]?.[0] ?? 0;
    const [first] = pieces, ended = onRibbon(start + lengthOf(lane));
    return {
      isPadding: isPadded && !isRead,
      from,
      to,
      label: positionsText(pieces) + (tokens.length ? quoted : ""),
      ribbon: first
        ? { from: onRibbon(first[0]), to: onRibbon(first[1]) }
        : isPadded
        ? { from: ended, to: ended }
        : null,
      start,
      range: positionsText(within(start, isPadded ? lengthOf(lane) : span, places.inputs)),
    };
  });
}

/** The positions of a whole row, which may run over the end. @param {number} start @param {number} span @param {number} inputs @returns {import("./positions.js").Piece[]} */
function within(start, span, inputs) {
  return start + span <= inputs ? [[start, start + span]] : [[start, inputs], [0, start + span - inputs]];
}

/** @param {import("./positions.js").Piece[]} pieces @param {string[]} tokens */
function quote(pieces, tokens) {
  return pieces.flatMap(([from, end]) => tokens.slice(from, end)).map(visible).join("");
}
