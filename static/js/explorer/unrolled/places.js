// Coordinates that several kinds of marks of the unrolled graph share.

/** Where arrows above and below the cells end. @param {Geometry} g */
export function aroundCells({ level, lanes, rows, gap }) {
  return level === "compact" ? [lanes.forward - 5, lanes.backward + 9] : [rows.top - gap, rows.bottom + gap];
}

/** The edge between t-1 and t. @param {number} t @param {Geometry} g */
export function edge(t, g) {
  if (g.level === "compact") {
    return {
      from: g.cx(t - 1) + 1.5,
      to: g.cx(t) - 1.5,
      forward: g.lanes.forward,
      backward: g.lanes.backward,
    };
  }
  const side = g.cell / 2 + g.gap + 4;
  const { hidden } = g.rows;
  return {
    from: g.cx(t - 1) + side,
    to: g.cx(t) - side,
    forward: hidden - g.aside.y,
    backward: hidden + g.aside.y,
  };
}

/** @typedef {[number, number, number, number]} Place from x, y to x, y */

/**
 * The coordinates of a step's forward arrows.
 * @param {number} t @param {Geometry} g
 * @returns {{input: Place, past: Place | null, output: Place, loss: Place}}
 */
export function forwardPlaces(t, g) {
  const { rows, gap, output } = g, [above, below] = aroundCells(g), x = g.cx(t) - g.aside.x;
  const { from, to, forward: y } = edge(t, g);
  return {
    input: [x, rows.input - g.box / 2 - gap, x, below],
    past: t ? [from, y, to, y] : null,
    output: [x, above, x, rows.output + output.height / 2 + gap],
    loss: [x, rows.output - output.height / 2 - gap, x, rows.loss + g.loss + 1],
  };
}

/**
 * The coordinates of a step's gradient arrows.
 * @param {number} t @param {Geometry} g
 * @returns {{loss: Place, output: Place, share: Place, past: Place | null}}
 */
export function backwardPlaces(t, g) {
  const { rows, gap, output } = g, [above, below] = aroundCells(g), x = g.cx(t) + g.aside.x;
  const { from, to, backward: y } = edge(t, g);
  return {
    loss: [x, rows.loss + g.loss + 1, x, rows.output - output.height / 2 - gap],
    output: [x, rows.output + output.height / 2 + gap, x, above],
    share: [x, below, x, rows.input - g.box / 2 - gap],
    past: t ? [to, y, from, y] : null,
  };
}

const LEAST_ROOM = 30; // px that a number needs under an arrow
const BESIDE = 10; // px of a column for the arrows between two numbers of a row
const BELOW = 20; // px from the middle of an arrow to its number

/**
 * Where the norm of an edge stands and how much room it has; null if there is none.
 * @param {number} t @param {Geometry} g @param {number} from @param {number} to px @param {boolean} [isCut]
 */
export function numberPlace(t, g, from, to, isCut = false) {
  const x = (from + to) / 2, { backward: y } = edge(t, g);
  if (g.level === "compact") {
    return isCut && g.tails ? { x: g.cx(t) - g.c / 2 + 24, y: y + 23, room: 44 } : null;
  }
  if (g.rows.numbers) return { x: g.cx(t) - g.c / 2, y: g.rows.numbers, room: g.c - BESIDE };
  if (to - from < LEAST_ROOM) return null;
  return isCut ? { x: x - 2, y: y + BELOW, room: to - from + 6 } : { x, y: y + BELOW, room: to - from + 8 };
}
