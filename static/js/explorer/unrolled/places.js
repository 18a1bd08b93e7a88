// Coordinates that several kinds of marks of the unrolled graph share.

/** @typedef {Geometry["chains"][number]} Chain a vector that is carried: h, or c of an LSTM */

/** Where arrows above and below the cells end. @param {Geometry} g */
export function aroundCells({ level, lanes, rows, gap }) {
  return level === "compact" ? [lanes.forward - 5, lanes.backward + 9] : [rows.top - gap, rows.foot + gap];
}

/** The edge between t-1 and t. @param {number} t @param {Geometry} g @param {Chain} [chain] along which vector */
export function edge(t, g, { forward, backward } = g.chains[0]) {
  const side = g.level === "compact" ? 1.5 : g.cell / 2 + g.gap + 4;
  return { from: g.cx(t - 1) + side, to: g.cx(t) - side, forward, backward };
}

/** What the arrows of each vector bring back from later steps. */
export const FUTURE = /** @type {const} */ ({ h: "dh_future", c: "dc_future" });

/** @typedef {[number, number, number, number]} Place from x, y to x, y */

/**
 * The coordinates of a step's forward arrows.
 * @param {number} t @param {Geometry} g
 * @returns {{input: Place, past: Place[], output: Place, loss: Place}} past: one of each vector that is carried
 */
export function forwardPlaces(t, g) {
  const { rows, gap, output } = g, [above, below] = aroundCells(g), x = g.cx(t) - g.aside.x;
  return {
    input: [x, rows.input - g.box / 2 - gap, x, below],
    past: t ? g.chains.map((chain) => forwardPlace(t, g, chain)) : [],
    output: [x, above, x, rows.output + output.height / 2 + gap],
    loss: [x, rows.output - output.height / 2 - gap, x, rows.loss + g.loss + 1],
  };
}

/** @param {number} t @param {Geometry} g @param {Chain} chain @returns {Place} */
function forwardPlace(t, g, chain) {
  const { from, to, forward: y } = edge(t, g, chain);
  return [from, y, to, y];
}

/**
 * The coordinates of a step's gradient arrows.
 * @param {number} t @param {Geometry} g
 * @returns {{loss: Place, output: Place, share: Place, past: {chain: Chain, place: Place}[]}} past: one of each vector that is carried
 */
export function backwardPlaces(t, g) {
  const { rows, gap, output } = g, [above, below] = aroundCells(g), x = g.cx(t) + g.aside.x;
  const past = (/** @type {Chain} */ chain) => {
    const { from, to, backward: y } = edge(t, g, chain);
    return { chain, place: /** @type {Place} */ ([to, y, from, y]) };
  };
  return {
    loss: [x, rows.loss + g.loss + 1, x, rows.output - output.height / 2 - gap],
    output: [x, rows.output + output.height / 2 + gap, x, above],
    share: [x, below, x, rows.input - g.box / 2 - gap],
    past: t ? g.chains.map(past) : [],
  };
}

const LEAST_ROOM = 30; // px that a number needs under an arrow
const BESIDE = 10; // px of a column for the arrows between two numbers of a row

/**
 * Where the norm of an edge stands and how much room it has; null if there is none.
 * @param {number} t @param {Geometry} g @param {Chain} chain @param {number} from @param {number} to px @param {boolean} [isCut]
 */
export function numberPlace(t, g, chain, from, to, isCut = false) {
  const x = (from + to) / 2, { backward: y } = chain;
  if (g.level === "compact") {
    const room = g.isLarge ? 60 : 44, isLowest = y === g.lanes.backward; // between two vectors is no room
    return isCut && g.tails && isLowest ? { x: g.cx(t) - g.c / 2 + room / 2 + 2, y: y + 23, room } : null;
  }
  if (chain.numbers) return { x: g.cx(t) - g.c / 2, y: chain.numbers, room: g.c - BESIDE };
  if (to - from < LEAST_ROOM) return null;
  if (isCut && g.isLarge && g.level === "wide") { // in the presenter view under the scissors, for half an edge has no room for it
    const { from, to } = edge(t, g);
    return { x: (from + to) / 2, y: y + g.below, room: to - from + 8 };
  }
  return isCut
    ? { x: x - 2, y: y + g.below, room: to - from + 6 }
    : { x, y: y + g.below, room: to - from + 8 };
}
