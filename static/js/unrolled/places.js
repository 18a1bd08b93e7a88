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
export function barPlaces({ vocabulary }, g) {
  const slot = (g.output.width - 16) / vocabulary.length;
  return {
    width: slot,
    x: (/** @type {number} */ t, /** @type {number} */ i) => g.cx(t) - g.output.width / 2 + 8 + slot * i,
  };
}
