// How much larger everything is in the presenter view: the graph is drawn for a smaller window and enlarged.

const DESIGN = { width: 1129, height: 635 }; // px of the window that a screen of any size is an enlargement of
const LEAST = 1.5; // of the usual size, wherever there is room
const ROOM = { width: 640, height: 440 }; // px that the least needs of the usual size
const COLUMN = 28.5, BESIDE = 122; // px of the narrowest column, and of what stands beside the columns

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
