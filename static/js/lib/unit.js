// The unit of lengths: how many CSS pixels one pixel of a design is; larger on a wall-sized window and in the presenter view.

/** By how much the page is enlarged (--enlarged in static/css/tokens.css). */
export const unit = () =>
  Number(getComputedStyle(document.documentElement).getPropertyValue("--enlarged")) || 1;

/** A length of a design, for a style. @param {number} px */
export const inUnits = (px) => `calc(${px}px * var(--enlarged))`;
