// Places that several kinds of marks of the unrolled network share.

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
  const side = g.cell / 2 + g.gap + (g.level === "wide" ? 0 : 1);
  const { hidden } = g.rows;
  return {
    from: g.cx(t - 1) + side,
    to: g.cx(t) - side,
    forward: hidden - g.aside.y,
    backward: hidden + g.aside.y,
  };
}

/** Where the bars of the outputs stand in their box. @param {Result} result @param {Geometry} g */
export function barPlaces({ forward, vocabulary }, g) {
  const slot = (g.output.width - 16) / vocabulary.length;
  const floor = g.rows.output + g.output.height / 2 - 22, tall = g.output.height - 33;
  const { low, high } = outputRange(forward), half = high / 2 - low / 2; // halves: the whole may be no number
  return {
    width: slot,
    x: (/** @type {number} */ t, /** @type {number} */ i) => g.cx(t) - g.output.width / 2 + 8 + slot * i,
    y: (/** @type {number} */ value) => floor - tall * (value / 2 - low / 2) / half,
  };
}

/**
 * What the box of an output spans: probabilities up to 1, less where all of them are small;
 * outputs of squared error with their sign, and the 0 and 1 that they are to reach.
 * @param {Result["forward"]} forward
 */
function outputRange({ p, o }) {
  let least = 0, most = 0;
  for (const row of p ?? o) {
    for (const value of row) {
      least = Math.min(least, value ?? 0);
      most = Math.max(most, value ?? 0);
    }
  }
  return p ? { low: 0, high: Math.min(1, 2 * most || 1) } : { low: least, high: Math.max(1, most) };
}
