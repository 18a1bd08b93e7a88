// Facts about a race that its captions may state: only what this run shows.

/** @typedef {{index: number, value: number, low: number, high: number, unsure: number}} Reached */

const SURE = 0.95;
const NEAR_CHANCE = 1 / 3; // of the way from chance to 1
const CAUTION = 100; // times what the last bit changes: what another processor may change (labs/sensitivity.py)

/**
 * How far a final value may be off on another kind of processor: at most as far as another seed, or the twin, is.
 * @param {Pick<Contestant, "final" | "final_change">} contestant
 */
export function uncertainty({ final, final_change }) {
  const change = Number(final_change ?? 0), seeds = Number(final?.max ?? 0) - Number(final?.min ?? 0);
  return Math.max(change, Math.min(CAUTION * change, seeds));
}

/**
 * The final values there are, best first.
 * @param {Pick<Race, "contestants" | "measure">} race
 * @returns {Reached[]}
 */
export function ranking({ contestants, measure }) {
  const sign = measure === "accuracy" ? -1 : 1;
  return contestants.flatMap((contestant, index) => {
    const { final } = contestant;
    if (!final || final.mean === null) return [];
    const range = { low: Number(final.min), high: Number(final.max) };
    return [{ index, value: final.mean, ...range, unsure: uncertainty(contestant) }];
  }).sort((a, b) => sign * (a.value - b.value));
}

/**
 * The seeds of a contestant that diverged: which, and at which update.
 * @param {Pick<Contestant, "diverged_at">} contestant
 * @returns {{i: number, u: number}[]}
 */
export const divergedSeeds = ({ diverged_at: updates }) =>
  updates.flatMap((u, i) => u === null ? [] : [{ i, u: Number(u) }]);

/**
 * Contestants by index that made the same run, as where no block is shorter than the text.
 * @param {Pick<Race, "contestants">} race
 */
export function sameRuns({ contestants }) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  contestants.forEach(({ points, final }, i) => {
    const key = JSON.stringify([{ ...points, seconds: null }, final]); // equal runs still take their own time
    if (final) groups.set(key, [...groups.get(key) ?? [], i]);
  });
  return [...groups.values()].filter(({ length }) => length > 1);
}

/**
 * Those that share the first place: their means are the same number.
 * @param {Reached[]} ranked
 */
export const tiedFirst = (ranked) => ranked.filter(({ value }) => value === ranked[0].value);

/**
 * Whether all seeds of the best one end before any seed of any other: else nobody is said to lead.
 * @param {Reached[]} ranked
 */
export function leads([best, ...others]) {
  return others.length > 0 && others.every(({ low, high }) => best.high < low || best.low > high);
}

/**
 * Whether it would lead on another kind of processor too.
 * @param {Reached[]} ranked
 */
export const leadsAnywhere = (ranked) =>
  leads(ranked.map((one) => ({ ...one, low: one.low - one.unsure, high: one.high + one.unsure })));

/** How the best of several stands before the others, as a name of its sentence. @param {Reached[]} ranked @param {Pick<Contestant, "diverged_at">} best */
export function standing(ranked, best) {
  if (tiedFirst(ranked).length > 1) return "tied";
  if (divergedSeeds(best).length) return "remains";
  if (leadsAnywhere(ranked)) return "leads";
  return leads(ranked) ? "unsure" : "close";
}

/**
 * Whether another kind of processor may give another answer to when each seed learns.
 * @param {Pick<Contestant, "learned_at" | "sensitive_from">} contestant
 */
export function isLearningUnsure({ learned_at: updates, sensitive_from: from }) {
  return from !== null && (updates ?? []).some((u) => u === null || Number(u) >= Number(from));
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
    const all = !divergedSeeds(contestants[i]).length; // the final values are those of the others
    const unsure = uncertainty(contestants[i]);
    const group = all && final.min - unsure >= SURE
      ? "learned"
      : all && final.max + unsure <= nearChance(chance)
      ? "near"
      : "between";
    groups[group].push(i);
  });
  return groups;
}
