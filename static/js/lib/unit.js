// The unit of lengths: how many CSS pixels one pixel of a design is; larger on a wall-sized window and in the presenter view.

const WALL_SIZED = "(min-width: 1536px)"; // as in static/css/tokens.css

/** What the style sheet says, on a wall-sized window and on others. @type {Map<string, number>} */
const known = new Map();

/**
 * By how much the page is enlarged (--enlarged in static/css/tokens.css). The style sheet is asked once for each
 * kind of window: asked while a picture is being drawn, the browser would compute all styles of the page anew.
 */
export function unit() {
  const root = document.documentElement, own = Number(root.style.getPropertyValue("--enlarged"));
  if (own) return own;
  const kind = `${matchMedia(WALL_SIZED).matches} ${root.className}`;
  const found = known.get(kind) ??
    (Number(getComputedStyle(root).getPropertyValue("--enlarged")) || 1);
  known.set(kind, found);
  return found;
}

/** A length of a design, for a style. @param {number} px */
export const inUnits = (px) => `calc(${px}px * var(--enlarged))`;
