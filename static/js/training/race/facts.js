// Facts about a race that its captions may state: only what this run shows.

/** @typedef {{index: number, value: number, low: number, high: number}} Reached */

const SURE = 0.95;
const NEAR_CHANCE = 1 / 3; // of the way from chance to 1

/**
 * The final values there are, best first.
 * @param {Pick<Race, "contestants" | "measure">} race
 * @returns {Reached[]}
 */
export function ranking({ contestants, measure }) {
  const sign = measure === "accuracy" ? -1 : 1;
  return contestants.flatMap(({ final }, index) =>
    final && final.mean !== null
      ? [{ index, value: final.mean, low: Number(final.min), high: Number(final.max) }]
      : []
  ).sort((a, b) => sign * (a.value - b.value));
}

/**
 * Whether all seeds of the best one end before any seed of any other: else nobody is said to lead.
 * @param {Reached[]} ranked
 */
export function leads([best, ...others]) {
  return others.length > 0 && others.every(({ low, high }) => best.high < low || best.low > high);
}

/**
 * After which update a contestant first predicts everything right, the earliest and the latest of its seeds that
 * ever do; null while that is not known.
 * @param {Pick<Contestant, "learned_at">} contestant
 */
export function learnedAt({ learned_at: updates }) {
  if (!updates?.length) return null;
  const all = updates.filter((update) => update !== null).map(Number), seeds = updates.length;
  const low = Math.min(...all), high = Math.max(...all);
  return { range: !all.length ? "" : low === high ? `${low}` : `${low}–${high}`, n: all.length, seeds };
}

/** Up to which accuracy we say "near chance". @param {number | null} chance */
export const nearChance = (chance) => (chance ?? 0) + NEAR_CHANCE * (1 - (chance ?? 0));

/**
 * Of recall, contestants by index: learned in every seed, near chance in every seed, and the rest.
 * @param {Pick<Race, "contestants" | "chance">} race
 */
export function verdicts({ contestants, chance }) {
  /** @type {Record<"learned" | "near" | "between", number[]>} */
  const groups = { learned: [], near: [], between: [] };
  contestants.forEach(({ final }, i) => {
    if (!final || final.min === null || final.max === null) return;
    const group = final.min >= SURE ? "learned" : final.max <= nearChance(chance) ? "near" : "between";
    groups[group].push(i);
  });
  return groups;
}
