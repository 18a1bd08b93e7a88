// Presenter view: by how much the page is enlarged on a given screen.

const DESIGN = { width: 1280, height: 720 }; // px of the screen that is enlarged to any other
const LEAST = 0.75; // what letters can bear on a screen that is small, or a phone on its side
const PHONE = 640; // px of width: the page has a layout of its own there

/** @param {{width: number, height: number}} screen px */
export function enlargement({ width, height }) {
  if (width <= PHONE) return 1;
  return Math.max(LEAST, Math.min(width / DESIGN.width, height / DESIGN.height));
}
