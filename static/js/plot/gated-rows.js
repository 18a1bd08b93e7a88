// Rows of the unrolled graph for cells with gates: under the predictions stand the states, the gates and, of an LSTM, the
// second vector that is carried, the cell state c.

/** The gates that open and shut, in the order in which they are drawn. @type {Record<string, string[]>} */
export const GATES = { lstm: ["f", "i", "o"], gru: ["z", "r"] };

/** How many vectors each kind of cell carries from step to step. @param {string} cell */
export const carriesTwo = (cell) => cell === "lstm";

const TAILS = 30; // px of the strip under the states: there is less room than for a plain cell
const ARROW = 18; // px of the arrow from an input where there is no such strip
/** The share of the states' room that the gates have, and px of it at most. @type {Record<string, {share: number, most: number}>} */
const PARTS = { lstm: { share: 0.36, most: 110 }, gru: { share: 0.48, most: 150 } };
const MORE = 0.08; // of the room, where a row of numbers is above the gates
const NAMES = 18; // px under the gates for their names, where they stand beside each other
const OVER = { row: 26, none: 10 }; // px above the gates, with a row of numbers there or without
const UNDER = { row: 24, numbers: 14, none: 6 }; // px under all, for a row of numbers, for those under the arrows of c, or for none
const BETWEEN = { short: 22, compact: 50 }; // px between two states without gates, for numbers or for two lanes

/** @typedef {{top: number, bottom: number}} Span */
/** @typedef {{top: number, height: number, names: string[], beside: boolean}} Gates beside: whether they stand beside each other, and not below */

/**
 * Divide the room of the states.
 * @param {string} cell
 * @param {{level: Level, short: boolean, top: number, bottom: number, floor: number, numbers: boolean, hasTails: boolean, scale?: number}} room
 *   top and bottom: of the states of a plain cell; floor: where the inputs begin; numbers: whether they have a row of their own; scale: how much larger what is written is
 * @returns {{states: Span[], gates: Gates | null, foot: number, tails: {top: number, height: number} | null}}
 */
export function gatedRows(cell, { level, short, top, bottom, floor, numbers, hasTails, scale = 1 }) {
  const isOpen = level !== "compact" && !short, two = carriesTwo(cell), part = PARTS[cell];
  const under = scale * (numbers ? UNDER.row : two ? UNDER.numbers : UNDER.none);
  const foot = isOpen ? floor - under - (hasTails ? TAILS : ARROW) : bottom, room = foot - top;
  const between = two ? BETWEEN[level === "compact" ? "compact" : "short"] : 0;
  const block = isOpen ? Math.min(part.most, (part.share + (numbers ? MORE : 0)) * room) : between;
  const tall = (room - block) / (two ? 2 : 1);
  const states = [{ top, bottom: top + tall }, ...(two ? [{ top: foot - tall, bottom: foot }] : [])];
  if (!isOpen) return { states, gates: null, foot, tails: null };
  const beside = level === "wide", over = scale * (numbers ? OVER.row : OVER.none);
  const height = block - over - (beside ? scale * NAMES : 0) - (two ? OVER.none : 0);
  return {
    states,
    gates: { top: top + tall + over, height, names: GATES[cell], beside },
    foot,
    tails: hasTails ? { top: foot + under, height: TAILS } : null,
  };
}
