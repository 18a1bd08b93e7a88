// Caption of the race: what the curves show, and the outcome once the run has finished.

import { leads, learnedAt, nearChance, ranking, verdicts } from "./facts.js";
import { shortNames, unbroken } from "./names.js";

/**
 * @param {Race} race
 * @param {Record<string, string | number | null>} params
 * @param {Words} words
 */
export function caption(race, params, words) {
  const names = shortNames(race.contestants, words).map(unbroken), seeds = Number(params.seeds);
  const band = words(seeds > 1 ? "training.race.band" : "training.race.one_seed", { n: seeds });
  const ranked = ranking(race);
  if (ranked.length < race.contestants.length || !ranked.length) return band;
  const text = race.measure === "accuracy"
    ? recalled(race, names, seeds, words)
    : compared(race, ranked, names, seeds, words);
  return [text, band].filter(Boolean).join(" ");
}

/** When each contestant first predicted every symbol correctly; empty if none did. @param {Race} race @param {Words} words */
export function learned({ contestants }, words) {
  const names = shortNames(contestants, words).map(unbroken), learnedAtUpdates = contestants.map(learnedAt);
  if (!learnedAtUpdates.some((one) => one?.n)) return "";
  const list = learnedAtUpdates.flatMap((one, i) => {
    if (!one) return [];
    const key = one.n ? "learned_some" : "learned_none";
    return [`${names[i]}: ${one.n === one.seeds ? one.range : words(`training.race.${key}`, one)}`];
  });
  return words("training.race.learned_at", { list: list.join(", ") });
}

/** With a single seed there is no verdict. @param {Race} race @param {string[]} names @param {number} seeds @param {Words} words */
function recalled(race, names, seeds, words) {
  if (seeds < 2) return "";
  const groups = verdicts(race);
  /** @param {number[]} members */
  const list = (members) => members.map((i) => names[i]).join(", ");
  const near = Math.round(100 * nearChance(race.chance));
  return [
    ...(groups.learned.length ? [words("training.race.learned", { names: list(groups.learned) })] : []),
    ...(groups.near.length ? [words("training.race.near", { names: list(groups.near), near })] : []),
    ...(groups.between.length ? [words("training.race.between", { names: list(groups.between) })] : []),
  ].join(" ");
}

/**
 * Which loss or error is smallest, and what matching gave to each contestant.
 * @param {Race} race @param {ReturnType<typeof ranking>} ranked @param {string[]} names @param {number} seeds @param {Words} words
 */
function compared(race, ranked, names, seeds, words) {
  const { contestants, match, measure } = race;
  const best = contestants[ranked[0].index], last = contestants[ranked[ranked.length - 1].index];
  const facts = {
    name: names[ranked[0].index],
    last: names[ranked[ranked.length - 1].index],
    updates: best.updates.toLocaleString(),
    updates_last: last.updates.toLocaleString(),
    steps: best.steps.toLocaleString(),
    steps_last: last.steps.toLocaleString(),
  };
  const verdict = ranked.length < 2 || seeds < 2
    ? []
    : [words(`training.race.${measure}_${leads(ranked) ? "leads" : "close"}`, facts)];
  const apart = measure === "error"
    ? false
    : match === "steps"
    ? best.updates !== last.updates
    : best.steps !== last.steps;
  return [...verdict, ...(ranked.length > 1 && apart ? [words(`training.race.given_${match}`, facts)] : [])]
    .join(" ");
}
