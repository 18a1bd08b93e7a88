// List of cuts in a link, such as 2,5,9: a cut at t lies between the steps t − 1 and t.

/**
 * The steps, ascending and each once; null if the list cannot be read. As `parse_cuts` of the server reads it.
 * @param {string} written
 * @returns {number[] | null}
 */
export function parseCuts(written) {
  const steps = parseSteps(written);
  return steps?.[0] === 0 ? null : steps; // there is no edge before step 0
}

/**
 * A list of steps from 0 on, ascending and each once; null if it cannot be read.
 * @param {string} written
 * @returns {number[] | null}
 */
export function parseSteps(written) {
  const parts = written.split(",").map((part) => part.trim()).filter(Boolean);
  return parts.every((part) => /^[0-9]+$/.test(part)) ? sorted(parts.map(Number)) : null;
}

/** @param {number[]} cuts */
export const writeCuts = (cuts) => sorted(cuts).join(",");

/** @param {number[]} cuts */
const sorted = (cuts) => [...new Set(cuts)].sort((a, b) => a - b);

const SHOWN = 16; // characters

/** A list of cuts for a place with little room, such as 2, 5, 9, … @param {string} written in canonical form */
export function shortened(written) {
  const cuts = written.split(",");
  let length = cuts.length;
  while (length > 1 && cuts.slice(0, length).join(", ").length > SHOWN) length -= 1;
  return [...cuts.slice(0, length), ...(length < cuts.length ? ["…"] : [])].join(", ");
}
