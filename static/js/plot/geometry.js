// Geometry of the unrolled graph: where columns, rows and cells are. One data unit is one CSS pixel, y grows downward.
//
// Three levels of detail by the width c of a column: wide with numbers in the cells, middle with
// arrows in the gaps, compact with the arrows of W_h in lanes above and below the cells.

const WIDE = 120, MIDDLE = 44;
const SHORT = 330; // px of height: with the ledger open there is no more
const TIGHTEST = 19.2,
  TIGHTEST_OF_FORTY = 18.4,
  NARROWEST = 28.5,
  NARROWEST_ON_PHONES = 54,
  WIDEST = 232,
  WIDEST_OF_FEW = 276;

/**
 * @param {number} steps
 * @param {{width: number, height: number, phone: boolean, columns?: View["columns"], axis?: number}} view
 * @returns {Geometry}
 */
export function geometry(steps, { width, height: H, phone, columns, axis = 0 }) {
  const T = Math.max(steps, axis);
  const tightest = T <= 40 ? TIGHTEST_OF_FORTY : TIGHTEST; // the 40 letters of a lesson fit beside its text
  const tight = !phone && (width - 4) / T >= tightest; // close together is better than out of sight
  const narrowest = phone ? NARROWEST_ON_PHONES : tight ? tightest : NARROWEST;
  const widest = width / T > 290 ? WIDEST_OF_FEW : WIDEST;
  const c = Math.min(widest, Math.max(narrowest, (width - 4) / T));
  const W = Math.max(width, Math.floor(c * T + 4)), left = (W - c * T) / 2;
  const start = Math.min(columns?.start ?? 0, steps - 1), stop = Math.min(columns?.stop ?? T, steps);
  const level = c >= WIDE ? "wide" : c >= MIDDLE ? "middle" : "compact";
  const short = H < SHORT;
  const [loss, output, top, bottom, input] = short ? shortRows(level, H) : {
    wide: [0.105, 0.285, 0.44, 0.725, 0.915],
    middle: [0.1, 0.28, 0.44, 0.725, 0.915],
    compact: [0.155, 0.27, 0.42, 0.67, 0.915],
  }[level].map((part) => part * H);
  const sizes = short ? shortSizes(level, c) : {
    wide: { cell: 74, box: 46, loss: 20, aside: { x: 13, y: 24 }, gap: 5, font: 23 },
    middle: { cell: 26, box: 30, loss: 9, aside: { x: 7, y: 13 }, gap: 2.5, font: 17 },
    compact: {
      cell: 0.47 * c,
      box: 0.74 * c,
      loss: 1,
      aside: { x: 4.2, y: 13 },
      gap: 2.5,
      font: Math.min(15, Math.max(10, c / 2)),
    },
  }[level];
  return {
    level,
    short,
    W,
    H,
    c,
    cx: (t) => left + c * (t + 0.5),
    steps: Array.from({ length: stop - start }, (_, i) => start + i),
    drawn: stop - start < steps ? wholePixels(left + c * start, left + c * stop) : { left: 0, width: W },
    rows: { loss, output, top, bottom, hidden: (top + bottom) / 2, input },
    lanes: { forward: top - 15, backward: bottom + 19 },
    ...sizes,
    output: level !== "wide"
      ? { width: sizes.box, height: sizes.box, head: 0, foot: 0 }
      : short
      ? { width: Math.min(116, c - 72), height: 38, head: 4, foot: 16 }
      : { width: Math.min(116, c - 72), height: 0.11 * H + 6, head: 11, foot: 22 },
    disc: level === "wide" && !short ? [13, 22] : [8, 10],
    arrow: {
      forward: { wide: 2.6, middle: 1.8, compact: 1.3 }[level],
      widest: { wide: 11, middle: 7, compact: 11 }[level],
      vertical: { wide: short ? 0.62 : 0.8, middle: 0.75, compact: 0.3 }[level],
    },
    has: () => true,
    lit: null,
    veiled: () => false,
  };
}

/** Whole pixels around the drawn columns: plotly.js rounds the size of a plot. @param {number} from @param {number} to px */
function wholePixels(from, to) {
  const left = Math.floor(from);
  return { left, width: Math.ceil(to) - left };
}

/**
 * The time axis of a panel: the graph's, with the same columns drawn; on phones the whole of it squeezed to the width.
 * @param {number} T
 * @param {View} view
 */
export function timeAxis(T, view) {
  if (!view.phone) {
    const { cx, c, steps, drawn, W } = geometry(T, view);
    return { x: cx, c, steps, drawn, whole: W };
  }
  const c = (view.width - 8) / Math.max(T, view.axis ?? 0);
  return {
    x: (/** @type {number} */ t) => c * (t + 0.5) + 4,
    c,
    steps: Array.from({ length: T }, (_, t) => t),
    drawn: { left: 0, width: view.width },
    whole: view.width,
  };
}

/** Rows as close as they can stand. @param {Level} level @param {number} H */
function shortRows(level, H) {
  return {
    wide: [34, 80, 124, H - 63, H - 19],
    middle: [32, 72, 113, H - 60, H - 19],
    compact: [48, 66, 108, H - 78, H - 16],
  }[level];
}

/** @param {Level} level @param {number} c */
function shortSizes(level, c) {
  return {
    wide: { cell: 74, box: 30, loss: 11, aside: { x: 13, y: 18 }, gap: 5, font: 19 },
    middle: { cell: 26, box: 26, loss: 9, aside: { x: 7, y: 13 }, gap: 2.5, font: 17 },
    compact: {
      cell: 0.47 * c,
      box: Math.min(26, 0.74 * c),
      loss: 1,
      aside: { x: 4.2, y: 13 },
      gap: 2.5,
      font: Math.min(15, Math.max(10, c / 2)),
    },
  }[level];
}
