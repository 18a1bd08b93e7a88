// Layout of the film strip in CSS pixels: blocks side by side, with room between them for what is carried
// over.

/** @typedef {"wide" | "middle" | "compact"} Level */
/** @typedef {{left: number, width: number, columns: (number | null)[], x: (i: number) => number}} FramePlace columns: the steps that are drawn, null for those left out */
/** @typedef {ReturnType<typeof places>} Places */

export const WINDOW = 5; // blocks shown of a long pass
export const WHOLE_UP_TO = 12; // blocks: all of them are shown
const LEAST_FRAME = 108; // px: two pills and a name fit, however short the block
const MOST_COLUMNS = 48; // of a block; of a longer one its two ends
const SIZES = {
  wide: {
    least: 120,
    most: 168,
    gate: [132, 176],
    first: 92,
    pad: 9,
    cell: 74,
    ghost: 15,
    ghostGap: 6,
    box: 40,
  },
  middle: {
    least: 51,
    most: 100,
    gate: [112, 150],
    first: 80,
    pad: 8,
    cell: 26,
    ghost: 9,
    ghostGap: 3,
    box: 30,
  },
  compact: {
    least: 29,
    most: 49,
    gate: [80, 104],
    first: 64,
    pad: 7,
    cell: 17,
    ghost: 6,
    ghostGap: 1,
    box: 25,
  },
};
const LEVELS = /** @type {Level[]} */ (["wide", "middle", "compact"]);
const PHONE = { gate: 104, first: 76, frame: 242, wide: { least: 104, cell: 60, ghost: 12, ghostGap: 4 } };

/**
 * @param {number[]} lengths of the blocks that are shown
 * @param {{width: number, height: number, phone: boolean}} room
 */
export function places(lengths, { width, height, phone }) {
  const columns = lengths.map(columnsOf), columnCount = columns.reduce((sum, { length }) => sum + length, 0);
  const longest = Math.max(...columns.map(({ length }) => length)), n = lengths.length;
  /** @param {Level} level */
  const room = (level) => {
    const { gate: [gate], first, pad } = SIZES[level];
    return phone
      ? Math.min(PHONE.frame, width - PHONE.gate) - 2 * pad - longest * sizeOf(level, phone).least
      : width - first - n * gate -
        columns.reduce((sum, { length }) => sum + frameOf(length, SIZES[level].least, pad), 0);
  };
  const level = LEVELS.find((level) => room(level) >= 0) ?? (phone ? "middle" : "compact");
  const size = sizeOf(level, phone), spare = Math.max(0, room(level));
  const c = Math.min(size.most, size.least + spare / (phone ? longest : columnCount));
  const gate = phone ? PHONE.gate : Math.min(
    size.gate[1],
    size.gate[0] + Math.max(0, spare - (c - size.least) * columnCount) / n,
  );
  const first = phone ? PHONE.first : size.first;
  let left = first;
  /** @type {FramePlace[]} */
  const frames = columns.map((columns) => {
    const at = left, wide = frameOf(columns.length, c, size.pad);
    left += wide + gate;
    const x = (/** @type {number} */ i) => at + wide / 2 + c * (i + 0.5 - columns.length / 2);
    return { left: at, width: wide, columns, x };
  });
  return { ...size, level, c, gate, first, frames, width: left, height, ...rows(level, height) };
}

/** The width of a block. @param {number} columns @param {number} c @param {number} pad */
const frameOf = (columns, c, pad) => Math.max(LEAST_FRAME, columns * c + 2 * pad);

/** @param {Level} level @param {boolean} phone */
function sizeOf(level, phone) {
  return { ...SIZES[level], ...(phone && level === "wide" ? PHONE.wide : {}) };
}

/** @param {Level} level @param {number} height */
function rows(level, height) {
  const rail = level === "compact" ? 80 : 96, bottom = height - rail - 12, wide = level === "wide";
  return {
    frame: { top: 4, bottom },
    title: 22,
    pill: { y: 46, height: 24 },
    loss: wide ? 84 : 86,
    output: { top: wide ? 118 : 117, height: wide ? 46 : 26 },
    state: {
      top: wide ? 194 : level === "middle" ? 178 : 196,
      bottom: bottom - (wide ? 78 : level === "middle" ? 66 : 90),
    },
    input: { y: bottom - 27, height: wide ? 38 : 28 },
    rail: { y: bottom + 18, thumb: bottom + 32, size: level === "compact" ? 54 : 64 },
  };
}

/** The steps of a block that are drawn. @param {number} n @returns {(number | null)[]} */
export function columnsOf(n) {
  const all = Array.from({ length: n }, (_, i) => i);
  if (n <= MOST_COLUMNS) return all;
  const half = MOST_COLUMNS / 2 - 1;
  return [...all.slice(0, half), null, ...all.slice(n - half)];
}

/**
 * The visible blocks of an epoch: all, or a few around the current one.
 * @param {number} count @param {number} at
 */
export function shownOf(count, at) {
  if (count <= WHOLE_UP_TO) return { from: 0, to: count };
  const from = Math.max(0, Math.min(count - WINDOW, at - Math.floor(WINDOW / 2)));
  return { from, to: from + WINDOW };
}
