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
  const side = g.cell / 2 + g.gap + (g.level === "wide" ? 0 : 1);
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

/** The coordinates of the output bars in their box. @param {Result} result @param {Geometry} g */
export function barPlaces(result, g) {
  const slot = (g.output.width - 16) / (result.vocabulary.length || 1);
  const { height, head, foot } = g.output,
    floor = g.rows.output + height / 2 - foot,
    tall = height - head - foot;
  const { low, high } = outputRange(result), half = high / 2 - low / 2; // halves: the whole may be no number
  return {
    width: slot,
    x: (/** @type {number} */ t, /** @type {number} */ i) => g.cx(t) - g.output.width / 2 + 8 + slot * i,
    y: (/** @type {number} */ value) => floor - tall * (value / 2 - low / 2) / half,
  };
}

/**
 * The range of an output box: probabilities up to 1, less if all are small;
 * signed outputs under squared error with their targets: 0 and 1, or the target numbers.
 * @param {Result} result
 */
function outputRange({ forward: { p, o }, vocabulary, targets }) {
  const aims = vocabulary.length ? [1] : targets.map(Number);
  let min = p ? 0 : Math.min(0, ...aims), max = p ? 0 : Math.max(0, ...aims);
  for (const row of p ?? o) {
    for (const value of row) {
      min = Math.min(min, value ?? 0);
      max = Math.max(max, value ?? 0);
    }
  }
  return p ? { low: 0, high: Math.min(1, 2 * max || 1) } : { low: min, high: max > min ? max : min + 1 };
}
