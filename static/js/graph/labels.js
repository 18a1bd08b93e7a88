// Label placement: each label takes the first free position, with its longest text that fits.

const STEEP = 35; // degrees beyond which a label stands upright beside its edge
const ALONG = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78]; // of an edge
const AIR = 3; // px around a label

/** @typedef {XY & {width: number, height: number, angle: number}} Box angle: degrees */
/** @typedef {{key: string, texts: string[], font: number, spots: (width: number, height: number) => Omit<Box, "width" | "height">[]}} LabelRequest */
/** @typedef {Box & {text: string, font: number}} Label */

/**
 * Labels by their keys; a request without a free place has none.
 * @param {LabelRequest[]} requests the more important first
 * @param {Box[]} occupied what else stands there
 * @param {{width: number, height: number}} room
 * @returns {Map<string, Label>}
 */
export function placeLabels(requests, occupied, room) {
  /** @type {Map<string, Label>} */
  const labels = new Map();
  const standing = occupied.map(reaching);
  for (const request of requests) {
    const label = placeOf(request, standing, room);
    if (!label) continue;
    labels.set(request.key, label);
    standing.push(reaching(label));
  }
  return labels;
}

/** @template {Box} B @param {B} box @returns {B & {reach: number}} */
const reaching = (box) => ({ ...box, reach: Math.hypot(box.width, box.height) / 2 + AIR });

/** @param {LabelRequest} wish @param {(Box & {reach: number})[]} occupied @param {{width: number, height: number}} room @returns {Label | null} */
function placeOf({ texts, font, spots }, occupied, room) {
  for (const text of texts) {
    const width = widthOf(text, font), height = 1.15 * font;
    for (const spot of spots(width, height)) {
      const box = reaching({ ...spot, width, height });
      if (inside(box, room) && !occupied.some((other) => mayTouch(box, other) && overlap(box, other))) {
        return { ...box, text, font };
      }
    }
  }
  return null;
}

/** @param {Box} box @param {{width: number, height: number}} room */
const inside = (box, room) =>
  cornersOf(box).every(({ x, y }) => x >= 0 && y >= 0 && x <= room.width && y <= room.height);

/** The width of a text of figures and letters, a little too much rather than too little. @param {string} text @param {number} font */
export function widthOf(text, font) {
  const wide = [...text].filter((letter) =>
    /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(letter)
  );
  return (0.61 * [...text].length + 0.45 * wide.length) * font;
}

/**
 * Spots beside an edge, the middle first: along it where it is flat, upright where it is steep.
 * @param {import("./routes.js").Route} route
 * @param {boolean} above or below; of a steep edge right or left
 * @param {number} away px from the edge
 */
export function beside(route, above, away) {
  const side = upOf(route) * (above ? 1 : -1);
  return (/** @type {number} */ width, /** @type {number} */ height) =>
    ALONG.map((share) => {
      const { x, y, dx, dy } = route[Math.round(share * (route.length - 1))];
      const slope = Math.atan(dy / (dx || 1e-9)) * 180 / Math.PI, flat = Math.abs(slope) <= STEEP;
      const nx = dy * side, ny = -dx * side;
      const reach = away + (flat ? height / 2 : Math.abs(nx) * width / 2 + Math.abs(ny) * height / 2);
      return { x: x + nx * reach, y: y + ny * reach, angle: flat ? slope : 0 };
    });
}

/** 1 where the left-hand side of a way is the upper one, else -1. @param {import("./routes.js").Route} route */
export function upOf(route) {
  const { dx, dy } = route[Math.floor(route.length / 2)];
  return dx < -1e-6 || (dx < 1e-6 && dy > 0) ? -1 : 1;
}

/** Whether two boxes may touch. @param {Box & {reach: number}} a @param {Box & {reach: number}} b */
function mayTouch(a, b) {
  const dx = a.x - b.x, dy = a.y - b.y, far = a.reach + b.reach;
  return dx * dx + dy * dy <= far * far;
}

/** Whether two turned boxes touch: no line separates them. @param {Box} a @param {Box} b */
export function overlap(a, b) {
  const corners = [a, b].map(cornersOf);
  return [a.angle, a.angle + 90, b.angle, b.angle + 90].every((degrees) => {
    const turn = degrees * Math.PI / 180, x = Math.cos(turn), y = Math.sin(turn);
    const [first, second] = corners.map((places) => {
      const along = places.map((place) => place.x * x + place.y * y);
      return { from: Math.min(...along), to: Math.max(...along) };
    });
    return first.from < second.to + AIR && second.from < first.to + AIR;
  });
}

/** @param {Box} box @returns {XY[]} */
export function cornersOf({ x, y, width, height, angle }) {
  const turn = angle * Math.PI / 180, cos = Math.cos(turn), sin = Math.sin(turn);
  return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([right, down]) => {
    const dx = right * width / 2, dy = down * height / 2;
    return { x: x + dx * cos - dy * sin, y: y + dx * sin + dy * cos };
  });
}
