// Layout of the film strip in CSS pixels: blocks side by side, with a gate between them for what is carried over and
// what is cut.

/** @typedef {"wide" | "middle" | "compact"} Level */
/** @typedef {{left: number, width: number, columns: (number | null)[], x: (i: number) => number}} FramePlace columns: the steps that are drawn, null for those left out */
/** @typedef {ReturnType<typeof places>} Places */

export const WINDOW = 5; // blocks shown of a long pass
export const WHOLE_UP_TO = 12; // blocks: all of them are shown
const LEAST_FRAME = 64; // px: the name of a block fits, however short it is
const MOST_COLUMNS = 48; // of a block; of a longer one its two ends
const CARD_LINE = 18, CARD_EDGE = 10; // px of a card of predictions
const SIZES = {
  wide: {
    ...{ least: 150, most: 236, gate: [190, 300], first: 62, tail: 108, pad: 4, shift: 0, aside: 9 },
    ...{ cell: 84, ghost: 14, ghostGap: 6, box: 36, card: 128, strip: 22 },
  },
  middle: {
    ...{ least: 62, most: 120, gate: [104, 150], first: 48, tail: 60, pad: 4, shift: 6, aside: 7 },
    ...{ cell: 34, ghost: 9, ghostGap: 4, box: 34, card: 58, strip: 16 },
  },
  compact: {
    ...{ least: 29, most: 49, gate: [76, 104], first: 44, tail: 60, pad: 4, shift: 4, aside: 4.5 },
    ...{ cell: 17, ghost: 6, ghostGap: 1, box: 25, card: 25, strip: 13 },
  },
};
const LEVELS = /** @type {Level[]} */ (["wide", "middle", "compact"]);
/** On phones two blocks stand side by side, without the states of frozen weights. */
const PHONE = { gate: [52, 60], first: 8, tail: 24, pad: 2 };
const PHONE_SIZES = {
  middle: { least: 50, most: 82, shift: 0, ghost: 0, ghostGap: 0, cell: 30 },
  compact: { least: 24 },
};
const SEEN_AT_ONCE = 2; // blocks on a phone

/**
 * @param {number[]} lengths of the blocks that are shown
 * @param {{width: number, height: number, phone: boolean, symbols?: number}} room symbols: those that a card lists
 */
export function places(lengths, { width, height, phone, symbols = 4 }) {
  const columns = lengths.map(columnsOf), count = columns.reduce((sum, { length }) => sum + length, 0);
  const longest = Math.max(...columns.map(({ length }) => length)), n = lengths.length;
  const levels = phone ? LEVELS.slice(1) : LEVELS;
  const isWhole = !phone || n <= SEEN_AT_ONCE; // everything is in sight at once
  const fitting = isWhole ? count : longest, gates = isWhole ? n - 1 : 1;
  /** @param {Level} level */
  const room = (level) => {
    const size = sizeOf(level, phone), { gate: [gate], first, tail, pad, least } = size;
    const blocks = isWhole ? columns : [columns.find(({ length }) => length === longest) ?? []];
    const sides = isWhole ? first + tail : 0;
    return width - sides - gates * gate -
      blocks.reduce((sum, { length }) => sum + frameOf(length, least, pad), 0);
  };
  const level = levels.find((level) => room(level) >= 0) ?? "compact";
  const size = sizeOf(level, phone), spare = Math.max(0, room(level));
  const c = Math.min(size.most, size.least + spare / fitting), left = spare - (c - size.least) * fitting;
  const gate = Math.min(size.gate[1], size.gate[0] + Math.max(0, left) / Math.max(1, gates));
  let x = size.first;
  /** @type {FramePlace[]} */
  const frames = columns.map((columns, i) => {
    const at = x, wide = frameOf(columns.length, c, size.pad);
    x += wide + (i < n - 1 ? gate : size.tail);
    const center = (/** @type {number} */ i) => at + wide / 2 + c * (i + 0.5 - columns.length / 2);
    return { left: at, width: wide, columns, x: center };
  });
  return { ...size, level, phone, c, gate, frames, width: x, height, ...rows(level, height, phone, symbols) };
}

/** The width of a block. @param {number} columns @param {number} c @param {number} pad */
const frameOf = (columns, c, pad) => Math.max(LEAST_FRAME, columns * c + 2 * pad);

/** @param {Level} level @param {boolean} phone @returns {typeof SIZES["wide"]} */
function sizeOf(level, phone) {
  const own = PHONE_SIZES[/** @type {keyof typeof PHONE_SIZES} */ (level)];
  return { ...SIZES[level], ...(phone ? { ...PHONE, ...own } : {}) };
}

/** @param {Level} level @param {number} height @param {boolean} phone @param {number} symbols */
function rows(level, height, phone, symbols) {
  const rail = phone ? 70 : 100, bottom = height - rail;
  const card = level === "wide" ? CARD_EDGE + CARD_LINE * symbols : level === "middle" ? 30 : 24;
  const output = { top: level === "compact" ? 76 : 68, height: card };
  const above = level === "compact" ? 46 : 26; // px between output and state, in compact with the lane of the states
  return {
    frame: { top: 2, bottom },
    title: 16,
    bracket: 24,
    loss: level === "compact" ? 58 : level === "wide" ? 46 : 42,
    output,
    state: {
      top: output.top + card + above,
      bottom: bottom - { wide: 66, middle: 70, compact: 84 }[level],
    },
    input: { y: bottom - (level === "wide" ? 24 : 28), height: level === "compact" ? 26 : 32 },
    rail: { y: bottom + (phone ? 24 : 26), below: bottom + (phone ? 52 : 54), note: bottom + 73 },
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
 * Where the line between a block and the next one is, and where the state stands that crosses it.
 * @param {Places} at @param {number} after which shown block it follows
 */
export function gateOf({ frames, gate, level, phone, tail }, after) {
  const { left, width } = frames[after], x = left + width;
  if (after === frames.length - 1) return { line: x + Math.min(42, tail - 18), strip: x };
  const isAside = level === "wide" || !phone;
  return isAside
    ? { line: x + 0.4 * gate, strip: x + 0.73 * gate }
    : { line: x + gate / 2, strip: x + gate / 2 };
}

/** Where the first block in sight has its past: the line, where it is cut, and the state that it starts from. @param {Pick<Places, "first" | "level">} at */
export const startOf = ({ first, level }) => ({
  line: { wide: 14, middle: 12, compact: 10 }[level],
  strip: 0.66 * first,
});

/**
 * The visible blocks of an epoch: all, or a few around the current one.
 * @param {number} count @param {number} at
 */
export function shownOf(count, at) {
  if (count <= WHOLE_UP_TO) return { from: 0, to: count };
  const from = Math.max(0, Math.min(count - WINDOW, at - Math.floor(WINDOW / 2)));
  return { from, to: from + WINDOW };
}
