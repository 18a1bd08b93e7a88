// Presenter view: the enlargement of text and graph for a given screen.

const DESIGN = { width: 1129, height: 635 }; // px of the reference window, which is enlarged to any screen
const LEAST = 1.5; // smallest enlargement, where there is room
const ROOM = { width: 640, height: 440 }; // px of unenlarged content that the smallest enlargement needs
const COLUMN = 28.5, BESIDE = 122; // px of the narrowest column, and of what is beside the columns

/**
 * @param {{width: number, height: number}} screen px
 * @param {number} T
 * @returns {{unit: number, graph: number}} the enlargement of the words, and that of the graph, which may be
 *   smaller where all columns fit in then
 */
export function enlarged({ width, height }, T) {
  const least = Math.max(1, Math.min(LEAST, width / ROOM.width, height / ROOM.height));
  const unit = Math.max(least, Math.min(width / DESIGN.width, height / DESIGN.height));
  const fitting = width / (COLUMN * T + BESIDE);
  return { unit, graph: fitting >= least ? Math.min(unit, fitting) : unit };
}
