// The finding of a race and its condition, of all contestants at the end; before the end there is none.

import { grouped } from "../../lib/format.js";
import { ranking, standing, tiedFirst, verdicts } from "./facts.js";
import { shortNames, unbroken } from "./names.js";

const REACHES = 0.9; // accuracy from which another learning rate is named in the condition
const OTHERS = ["lr", "budget", "contest", "lag", "k", "seeds", "v", "task"]; // what may differ where only the rate counts

/** @typedef {{finding: string, condition: string, short: string}} Verdict */
/** @typedef {{map: LagMap, params: URLSearchParams}} Measured a map that was measured before, with the parameters of its link */

/** Whether every contestant has come to its end. @param {Race} race */
export const isFinished = ({ contestants }) => contestants.every(({ final }) => final);

/**
 * The finding, under which condition it holds, and the same in a few words for the tab.
 * @param {Race} race one that is finished
 * @param {Record<string, string | number | null>} params
 * @param {Measured[]} measured
 * @param {Words} words
 * @returns {Verdict}
 */
export function verdictOf(race, params, measured, words) {
  const names = shortNames(race.contestants, words).map(unbroken), seeds = Number(params.seeds);
  const say = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ values = {}) => ({
    finding: words(`training.race.finding_${key}`, values),
    short: words(`training.race.short_${key}`, values),
  });
  if (seeds < 2) return { ...say("one_seed"), condition: words("training.race.condition_one_seed") };
  const ranked = ranking(race);
  if (!ranked.length) return { ...say("diverged"), condition: "" };
  const found = race.measure === "accuracy" ? learned(race, params, names) : ranks(race, ranked, names);
  return { ...say(found.key, found), condition: conditionOf(race, params, ranked, names, measured, words) };
}

/** The names in a row. @param {string[]} names */
const listed = (names) => names.join(", ");

/** Who learned the recall, and whether it is just those whose blocks are longer than the lag. @param {Race} race @param {Record<string, string | number | null>} params @param {string[]} names */
function learned(race, params, names) {
  const groups = verdicts(race), lag = Number(params.lag), { contestants } = race;
  const isCarried = (/** @type {number} */ i) => contestants[i].state === "carried";
  const isLonger = (/** @type {number} */ i) =>
    contestants[i].scheme === "full" || Number(contestants[i].k) > lag;
  const carried = contestants.map((_, i) => i).filter(isCarried), all = names.length;
  const byBlocks = contestants.every(({ scheme }) => scheme === "blocks" || scheme === "full");
  const by = groups.learned,
    isRule = contestants.every(({ scheme }) => ["blocks", "window", "full"].includes(scheme)) &&
      by.every(isCarried) && carried.length > by.length && by.length > 0 &&
      carried.every((i) => by.includes(i) === isLonger(i));
  const key = !by.length
    ? "none"
    : by.length === all
    ? "all"
    : isRule
    ? byBlocks ? "longer" : "reach"
    : "some";
  return { key: `learned_${key}`, names: listed(by.map((i) => names[i])), n: by.length, lag };
}

/** Who has the smallest loss or error. @param {Race} race @param {ReturnType<typeof ranking>} ranked @param {string[]} names */
function ranks({ contestants, measure }, ranked, names) {
  const tied = tiedFirst(ranked), best = contestants[ranked[0].index];
  const key = contestants.length < 2 ? "single" : standing(ranked, best);
  return {
    key: `${measure}_${key}`,
    name: names[ranked[0].index],
    names: listed(tied.map(({ index }) => names[index])),
    n: tied.length,
  };
}

/**
 * What the finding depends on: of a recall the lag, and another learning rate at which shorter blocks learned too; else
 * what was the same for all, and what was not.
 * @param {Race} race @param {Record<string, string | number | null>} params @param {ReturnType<typeof ranking>} ranked @param {string[]} names @param {Measured[]} measured @param {Words} words
 */
function conditionOf(race, params, ranked, names, measured, words) {
  const { contestants, match, measure } = race, lag = Number(params.lag);
  if (measure === "accuracy") {
    const other = otherRate(race, params, measured);
    return [
      words("training.race.condition_lag", { lag }),
      ...(other ? [words("training.race.condition_rate", other)] : []),
    ].join(" ");
  }
  const [first, last] = [ranked[0], ranked[ranked.length - 1]].map(({ index }) => index);
  const isApart = match === "steps"
    ? contestants[first].updates !== contestants[last].updates
    : contestants[first].steps !== contestants[last].steps;
  if (measure === "error" || first === last || !isApart) return words(`training.race.condition_${match}`);
  return words(`training.race.given_${match}`, {
    ...{ name: names[first], last: names[last] },
    ...{ updates: grouped(contestants[first].updates), updates_last: grouped(contestants[last].updates) },
    ...{ steps: grouped(contestants[first].steps), steps_last: grouped(contestants[last].steps) },
  });
}

/**
 * A block length that did not learn it here, but did at another learning rate that was measured, all else being equal.
 * @param {Race} race @param {Record<string, string | number | null>} params @param {Measured[]} measured
 */
function otherRate({ contestants }, params, measured) {
  if (params.task !== "recall") return null;
  const failed = contestants.filter(({ scheme, state, final, k }) =>
    scheme === "blocks" && state === "carried" && Number(k) <= Number(params.lag) &&
    Number(final?.max) < REACHES
  );
  const found = measured.filter(({ params: link }) =>
    Number(link.get("lr")) !== Number(params.lr) &&
    [...link].every(([name, value]) => OTHERS.includes(name) || String(params[name]) === value)
  ).flatMap(({ map, params: link }) =>
    failed.flatMap(({ k }) =>
      map.cells.filter((cell) =>
        cell.lag === Number(params.lag) && cell.k === k && Number(cell.mean) >= REACHES
      )
        .map(({ k, mean }) => ({ lr: link.get("lr"), k, share: Number(mean).toFixed(2) }))
    )
  );
  return found[0] ?? null;
}
