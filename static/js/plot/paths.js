// SVG paths for arrows, boxes, discs and crosses; marks of one style are joined into one path to keep Plotly fast.

/** @param {number} value */
const px = (value) => value.toFixed(1);

/** @param {[number, number][]} points */
const polygon = (points) => `M${points.map(([x, y]) => `${px(x)},${px(y)}`).join("L")}Z`;

const SHORTEST = 7; // px: less is no arrow but a dot

/**
 * The head of an arrow: its length, and half of its width.
 * @param {number} width of the shaft @param {number} length of the arrow
 */
export function headOf(width, length) {
  const head = Math.min(5 + 1.25 * width, 0.6 * length);
  return { head, barb: Math.min(2.6 + 0.95 * width, 0.75 * head) };
}

/**
 * An arrow of a given shaft width; none where it would be shorter than a head.
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} width
 */
export function arrow(x0, y0, x1, y1, width) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < SHORTEST) return "";
  const ux = (x1 - x0) / length, uy = (y1 - y0) / length;
  const { head, barb } = headOf(width, length), shaft = width / 2;
  const neck = { x: x1 - ux * head, y: y1 - uy * head };
  /** @param {number} x @param {number} y @param {number} side @returns {[number, number]} */
  const beside = (x, y, side) => [x - uy * side, y + ux * side];
  return polygon([
    beside(x0, y0, shaft),
    beside(neck.x, neck.y, shaft),
    beside(neck.x, neck.y, barb),
    [x1, y1],
    beside(neck.x, neck.y, -barb),
    beside(neck.x, neck.y, -shaft),
    beside(x0, y0, -shaft),
  ]);
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
export function rect(x, y, width, height) {
  return polygon([[x, y], [x + width, y], [x + width, y + height], [x, y + height]]);
}

/**
 * A box with round corners about a center.
 * @param {number} cx @param {number} cy @param {number} width @param {number} height @param {number} radius
 */
export function roundBox(cx, cy, width, height, radius) {
  const [x, y, X, Y] = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2].map(Number);
  const r = Math.min(radius, width / 2, height / 2);
  return `M${px(x + r)},${px(y)}L${px(X - r)},${px(y)}Q${px(X)},${px(y)} ${px(X)},${px(y + r)}` +
    `L${px(X)},${px(Y - r)}Q${px(X)},${px(Y)} ${px(X - r)},${px(Y)}L${px(x + r)},${px(Y)}` +
    `Q${px(x)},${px(Y)} ${px(x)},${px(Y - r)}L${px(x)},${px(y + r)}Q${px(x)},${px(y)} ${px(x + r)},${px(y)}Z`;
}

/**
 * A round disc.
 * @param {number} cx @param {number} cy @param {number} width
 */
export function disc(cx, cy, width) {
  const r = width / 2, k = 0.5523 * r; // the handles that make four curves a circle
  /** @param {[number, number][]} points */
  const at = (...points) => points.map(([x, y]) => `${px(cx + x)},${px(cy + y)}`).join(" ");
  return `M${at([r, 0])}C${at([r, k], [k, r], [0, r])}C${at([-k, r], [-r, k], [-r, 0])}` +
    `C${at([-r, -k], [-k, -r], [0, -r])}C${at([k, -r], [r, -k], [r, 0])}Z`;
}

/**
 * An open pair of scissors that cuts upward, to be stroked.
 * @param {number} x @param {number} y center @param {number} size
 */
export function scissors(x, y, size) {
  const u = size / 16, ring = 2.6 * u;
  return [-1, 1].map((side) => {
    const [cx, cy] = [x + 3.6 * side * u, y + 4.4 * u];
    return disc(cx, cy, 2 * ring) + line(cx - 1.5 * side * u, cy - 2.1 * u, x - 3.4 * side * u, y - 7.4 * u);
  }).join("");
}

/**
 * Strokes across a horizontal bar, at 45 degrees: what is thrown away is hatched.
 * @param {number} x0 @param {number} x1 @param {number} y center @param {number} width of the bar @param {number} [apart]
 */
export function hatch(x0, x1, y, width, apart = 5) {
  const half = width / 2;
  let strokes = "";
  for (let x = x0 + apart / 2; x < x1 + width; x += apart) {
    const from = Math.min(x, x1), to = Math.max(x - width, x0);
    if (from > to) strokes += line(from, y - half + (x - from), to, y - half + (x - to));
  }
  return strokes;
}

/** A check mark, to be stroked. @param {number} x @param {number} y @param {number} size */
export function check(x, y, size) {
  const u = size / 10;
  return `M${px(x - 5 * u)},${px(y)}L${px(x - 1.4 * u)},${px(y + 3.8 * u)}L${px(x + 5 * u)},${px(y - 4 * u)}`;
}

/** A cross, to be stroked. @param {number} x @param {number} y @param {number} size */
export function times(x, y, size) {
  const r = 0.4 * size;
  return line(x - r, y - r, x + r, y + r) + line(x - r, y + r, x + r, y - r);
}

/**
 * The ✕ that marks a cut.
 * @param {number} x @param {number} y @param {number} reach @param {number} thick
 */
export function cross(x, y, reach, thick) {
  return [1, -1].map((side) =>
    polygon([
      [x - reach, y - side * reach],
      [x - reach + thick, y - side * (reach + thick)],
      [x + reach + thick, y + side * (reach - thick)],
      [x + reach, y + side * reach],
    ])
  ).join("");
}

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
export function line(x0, y0, x1, y1) {
  return `M${px(x0)},${px(y0)}L${px(x1)},${px(y1)}`;
}
