// Highlighting for only=: the graph is drawn twice, the highlighted marks at full strength and the others
// dimmed. Readers who ask for more contrast get an outline instead.

const DIM = 0.22, DIM_STATES = 0.35, OUTLINE = 5;

/** @typedef {any} Drawn a trace or a shape of Plotly */

/**
 * @param {Geometry} g
 * @param {View} view
 * @param {(g: Geometry) => Drawn[]} draw
 * @param {(drawn: Drawn[], view: View) => Drawn[]} dim
 * @param {(drawn: Drawn[], view: View) => Drawn[]} [outline]
 * @returns {Drawn[]}
 */
export function drawWithHighlight(g, view, draw, dim, outline = (drawn) => drawn) {
  const { lit } = g;
  if (!lit) return draw(g);
  const rest = draw({ ...g, has: (kind, t) => !lit(kind, t) });
  const marked = draw({ ...g, has: lit });
  return view.contrast ? [...rest, ...outline(marked, view)] : [...dim(rest, view), ...marked];
}

/** Dimmed shapes; shapes that hide others stay opaque. @param {Drawn[]} shapes @param {View} view */
export function dimShapes(shapes, { colors }) {
  return shapes.map((shape) => {
    const { label, layer, fillcolor } = shape;
    if (label) {
      return {
        ...shape,
        label: { ...label, font: { ...label.font, color: faded(label.font.color, DIM_STATES) } },
      };
    }
    const covers = layer === "above" && [colors.panel, colors.node].includes(fillcolor);
    return covers ? shape : { ...shape, opacity: (shape.opacity ?? 1) * DIM };
  });
}

/** Dimmed traces. @param {Drawn[]} traces */
export function dimTraces(traces) {
  return traces.map((trace) => ({ ...trace, opacity: trace.mode === "markers" ? DIM : DIM_STATES }));
}

/** Shapes with an outline behind each, so that thin arrows keep their color. @param {Drawn[]} shapes @param {View} view */
export function outlineShapes(shapes, { colors }) {
  return shapes.flatMap((shape) => {
    if (shape.type !== "path" || shape.label) return [shape];
    return [
      { ...shape, opacity: 1, fillcolor: "rgba(0,0,0,0)", line: { width: OUTLINE, color: colors.ink } },
      shape,
    ];
  });
}

/** @param {string} color #rrggbb @param {number} strength */
function faded(color, strength) {
  return color.length === 7 ? `${color}${Math.round(255 * strength).toString(16)}` : color;
}
