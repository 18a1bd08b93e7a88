// Caption of the race: what the curves show, and the outcome once the run has finished.

import {
  divergedSeeds,
  isLearningUnsure,
  learnedAt,
  nearChance,
  ranking,
  sameRuns,
  standing,
  tiedFirst,
  verdicts,
} from "./facts.js";
import { grouped } from "../../lib/format.js";
import { shortNames, unbroken } from "./names.js";

/**
 * @param {Race} race
 * @param {Record<string, string | number | null>} params
 * @param {Words} words
 */
export function caption(race, params, words) {
  const names = shortNames(race.contestants, words).map(unbroken), seeds = Number(params.seeds);
  const ranked = ranking(race), lost = diverged(race, names, Number(params.seed), words);
  const drawn = lost ? "band_left" : "band",
    band = words(`training.race.${seeds > 1 ? drawn : "one_seed"}`, { n: seeds });
  const running = race.contestants.some(({ final }) => !final);
  const text = running || !ranked.length
    ? ""
    : race.measure === "accuracy"
    ? recalled(race, names, seeds, words)
    : compared(race, ranked, names, seeds, words);
  const equal = running
    ? []
    : sameRuns(race).map((group) =>
      words("training.race.same", { names: group.map((i) => names[i]).join(", ") })
    );
  const more = running ? "" : readMore(race, params, names, words);
  return [text, more, ...equal, lost, sensitive(race, names, words), band].filter(Boolean).join(" ");
}

/**
 * What was read where it is not the same: a run completes its last update, beyond the budget.
 * @param {Race} race @param {Record<string, string | number | null>} params @param {string[]} names @param {Words} words
 */
function readMore({ contestants, match }, { budget }, names, words) {
  if (match !== "steps" || contestants.every(({ steps }) => steps === contestants[0].steps)) return "";
  const list = contestants.map(({ steps }, i) => `${names[i]}: ${grouped(steps)}`).join(", ");
  return words("training.race.read_more", { budget: grouped(Number(budget)), list });
}

/** Which runs depend on rounding, and from where on. @param {Race} race @param {string[]} names @param {Words} words */
function sensitive({ contestants }, names, words) {
  const list = contestants.flatMap(({ sensitive_from: u }, i) =>
    u === null ? [] : [words("training.race.sensitive_one", { name: names[i], u: grouped(u) })]
  );
  return list.length ? words("training.race.sensitive", { list: list.join(", ") }) : "";
}

/** Which seeds diverged, and when. @param {Race} race @param {string[]} names @param {number} first the first seed @param {Words} words */
function diverged({ contestants }, names, first, words) {
  const list = contestants.flatMap((contestant, i) =>
    divergedSeeds(contestant).map(({ i: place, u }) =>
      words("training.race.diverged_one", { name: names[i], seed: first + place, u: grouped(u) })
    )
  );
  return list.length ? words("training.race.diverged", { list: list.join(", ") }) : "";
}

/** When each contestant first predicted every symbol correctly; empty if none did. @param {Race} race @param {Words} words */
export function learned({ contestants }, words) {
  const names = shortNames(contestants, words).map(unbroken), learnedAtUpdates = contestants.map(learnedAt);
  if (!learnedAtUpdates.some((one) => one?.n)) return "";
  const list = learnedAtUpdates.flatMap((one, i) => {
    if (!one) return [];
    const key = one.n ? "learned_some" : "learned_none";
    const text = one.n === one.seeds ? one.range : words(`training.race.${key}`, one);
    const unsure = isLearningUnsure(contestants[i]);
    return [`${names[i]}: ${unsure ? words("training.race.learned_unsure", { text }) : text}`];
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
  const tied = tiedFirst(ranked);
  const facts = {
    names: tied.map(({ index }) => names[index]).join(", "),
    name: names[ranked[0].index],
    last: names[ranked[ranked.length - 1].index],
    updates: grouped(best.updates),
    updates_last: grouped(last.updates),
    steps: grouped(best.steps),
    steps_last: grouped(last.steps),
  };
  const how = standing(ranked, best);
  const verdict = ranked.length < 2 || seeds < 2 ? [] : [words(`training.race.${measure}_${how}`, facts)];
  const apart = measure === "error"
    ? false
    : match === "steps"
    ? best.updates !== last.updates
    : best.steps !== last.steps;
  return [...verdict, ...(ranked.length > 1 && apart ? [words(`training.race.given_${match}`, facts)] : [])]
    .join(" ");
}
