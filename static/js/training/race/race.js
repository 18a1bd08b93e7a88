// Race panel: contestants with the same data and initial weights, their curves, costs and results.

import { byId, replaceKeepingFocus, rich, widthOf } from "../../lib/dom.js";
import { grow } from "../../lib/tree.js";
import { onTap, react } from "../../plot/plot.js";
import { toCsv } from "../../lib/csv.js";
import { save } from "../../lib/save.js";
import { isTimed, updateAt, xMax } from "./x-axis.js";
import { budgetFor } from "./budget.js";
import { caption, learned } from "./caption.js";
import * as costs from "./costs.js";
import * as curves from "./curves.js";
import * as gradients from "./gradients.js";
import * as inspectWeights from "./inspect-weights.js";
import * as map from "./map.js";
import * as byK from "./by-k.js";
import { isFinished, verdictOf } from "./finding.js";
import { fullNames, isOfBothOrders } from "./names.js";
import { comparison } from "./recall.js";
import * as samples from "./samples.js";
import { curvesTable } from "./table.js";
import * as resetVsCarried from "./reset-vs-carried.js";
import { unit } from "../../lib/unit.js";

export const name = "race";

const HEIGHTS = { phone: 290, least: 300, most: 640 }; // px of the curves
export const tasks = ["text", "recall", "episodes", "adding"];

/** @type {LabPage} */
let page;
/** @type {LabState | null} */
let state = null;
/** @type {import("./curves.js").Quantity} */
let quantity = "measure";
/** The quantity on the x axis, if it is not the matched one. @type {import("./x-axis.js").XAxis | null} */
let chosen = null;
/** Budgets before the matched quantity was changed, so that switching back restores them. @type {Record<string, string>} */
const budgets = {};
/** The inputs that each drawn figure was drawn from. @type {Record<string, unknown[]>} */
const drawn = {};

/** @param {LabPage} given */
export function start(given) {
  page = given;
  map.start(page);
  inspectWeights.start(page);
  for (const button of buttons("race-match")) {
    button.addEventListener("click", () => match(/** @type {"steps" | "updates"} */ (button.dataset.match)));
  }
  for (const button of buttons("race-shown")) {
    button.addEventListener("click", () => {
      page.look({ shown: button.dataset.shown === "measure" ? null : button.dataset.shown });
    });
  }
  for (const button of buttons("race-axis")) {
    button.addEventListener("click", () => {
      page.look({ axis: button.dataset.axis });
    });
  }
  byId("race-costs").addEventListener("click", ({ target }) => {
    const of = /** @type {HTMLElement} */ (target).closest("[data-of]");
    if (of) page.look({ of: /** @type {HTMLElement} */ (of).dataset.of });
  });
  byId("race-gradients").addEventListener("toggle", () => state && showGradients(state));
  byId("race-csv").addEventListener("click", () => {
    if (!state?.race) return;
    const table = toCsv(curvesTable(state.race, state.view.words), [`training${state.query}`]);
    save("race.csv", table, "text/csv");
  });
}

/** @param {string} id */
const buttons = (id) => /** @type {HTMLElement[]} */ ([...byId(id).querySelectorAll("button")]);

/** Match steps or updates: another run with about as much work. @param {"steps" | "updates"} to */
function match(to) {
  if (!state?.race || state.params.match === to) return;
  const { params, race, query } = state, key = new URLSearchParams(query);
  for (const name of ["match", "budget"]) key.delete(name);
  budgets[`${params.match} ${key}`] = String(params.budget);
  const lengths = race.contestants.map(({ scheme, k, k1, steps, updates }) =>
    scheme === "tbptt"
      ? Number(k1)
      : scheme === "window"
      ? 1
      : scheme === "randomized" || scheme === "cuts"
      ? steps / updates
      : Number(k)
  );
  const budget = budgets[`${to} ${key}`] ??
    String(budgetFor(to, { k: Number(params.k), budget: Number(params.budget) }, lengths));
  page.change({ match: to, budget }, true);
}

/** @param {LabState} given */
export function show(given) {
  state = given;
  const { params, view } = given, { words } = view, race = given.race && matched(given.race, params);
  byId("race").hidden = !given.open.includes(name);
  if (!given.open.includes(name)) return;
  map.show(given);
  inspectWeights.show(given);
  byId("race-body").hidden = !race;
  showFinding(given, race);
  if (!race) return;
  const both = curves.hasAccuracy(race);
  quantity = /** @type {typeof quantity} */ (both && given.seen.shown || "measure");
  chosen = /** @type {typeof chosen} */ (given.seen.axis ?? null);
  byId("race-shown").hidden = !both;
  byId("race-match").hidden = byEpisode(params.task);
  press("race-match", "match", race.match);
  press("race-shown", "shown", quantity);
  const title = quantity === "accuracy" ? "next" : quantity === "measure" ? race.measure : quantity;
  byId("race-measure").textContent = words(`training.race.title_${title}`);
  const note = quantity === "perplexity" ? ` ${words("training.race.perplexity_note")}` : "";
  byId("race-caption").replaceChildren(...rich(caption(race, params, words) + note));
  byId("mark-range").hidden = Number(params.seeds) < 2;
  byId("mark-shuffled").hidden = !isOfBothOrders(race.contestants);
  showAxis(race, words);
  showByK(given, race);
  showCurves(given, race);
  showGradients(given);
  showRows(given, race);
  showZeros(race, params, words);
}

/** What its tab says. @param {LabState} given */
export function tab(given) {
  const { race, running, ended, stoppedAt, params, view: { words } } = given;
  const percent = Math.round(100 * (running?.done ?? stoppedAt));
  const finding = running
    ? words("training.race.short_running", { percent })
    : ended === "cancelled"
    ? words("training.run.cancelled", { percent })
    : race && isFinished(race)
    ? verdictOf(matched(race, params), params, map.measured(), words).short
    : "";
  const cell = String(params.cell).toUpperCase(),
    optimizer = words(`params.optimizer.choices.${params.optimizer}`);
  return { finding, fact: words("training.race.fact", { ...params, cell, optimizer }) };
}

/** One finding with its condition at the end; until then none. @param {LabState} given @param {Race | null} race */
function showFinding({ params, ended, view: { words } }, race) {
  const isOver = race && isFinished(race),
    verdict = isOver ? verdictOf(race, params, map.measured(), words) : null;
  const none = words(
    `training.race.${ended === "cancelled" || ended === "failed" ? "no_verdict_stopped" : "no_verdict"}`,
  );
  byId("race-finding").replaceChildren(...rich(verdict?.finding ?? none));
  byId("race-finding").classList.toggle("none-yet", !verdict);
  byId("race-body").classList.toggle("running", !verdict);
  byId("race-condition").replaceChildren(...rich(verdict?.condition ?? ""));
}

/** @param {LabState} given @param {Race} race */
function showByK(given, race) {
  const { params, view } = given, width = widthOf(byId("race-by-k"), 500), { words } = view;
  const lag = params.task === "recall" || params.task === "episodes" ? Number(params.lag) : null;
  const isOver = isFinished(race), measure = race.measure;
  byId("results-title").textContent = words(`training.race.by_k_${measure}${isOver ? "" : "_so_far"}`);
  if (!stale("by-k", given.race, width, view.dark, lag)) return;
  const height = view.phone ? 190 : Math.max(180, Math.min(230, 0.28 * view.height));
  byId("race-by-k").replaceChildren(grow(byK.picture(race, { width, height, lag }, view)));
}

/** The quantity on the x axis; time only if it is known. @param {Race} race @returns {import("./x-axis.js").XAxis} */
const xAxisOf = (race) => chosen === "time" && !isTimed(race) ? race.match : chosen ?? race.match;

/** @param {Race} race @param {Words} words */
function showAxis(race, words) {
  const xAxis = xAxisOf(race), known = isTimed(race);
  press("race-axis", "axis", xAxis);
  const [time] = buttons("race-axis").slice(-1);
  /** @type {HTMLButtonElement} */ (time).disabled = !known;
  time.title = known ? "" : words("training.race.no_times");
  byId("race-time-note").hidden = xAxis !== "time";
}

/** Episodes are one update each, whatever the window: there updates alone are matched. @param {Race} race @param {LabState["params"]} params @returns {Race} */
const matched = (race, { task }) => byEpisode(task) ? { ...race, match: "updates" } : race;

/** @param {LabState["params"][string]} task */
const byEpisode = (task) => task === "episodes" || task === "adding";

/** @param {string} id @param {string} name @param {string} value */
function press(id, name, value) {
  for (const button of buttons(id)) {
    button.setAttribute("aria-pressed", String(button.dataset[name] === value));
  }
}

/** Whether a figure must be redrawn: only if one of its inputs changed. @param {string} name @param {unknown[]} from */
function stale(name, ...from) {
  const same = drawn[name]?.every((one, i) => one === from[i]);
  drawn[name] = from;
  return !same;
}

/** The view with the available width of a figure. @param {string} id @param {LabState} state */
const viewOf = (id, { view }) => ({ ...view, width: widthOf(byId(id), view.width) });

/** @param {LabState} given @param {Race} race */
function showCurves(given, race) {
  const target = byId("race-curves"), view = viewOf("race-curves", given);
  const xAxis = xAxisOf(race);
  const height = free(target, view), isRunning = Boolean(given.running);
  if (!stale("curves", given.race, view.width, height, view.dark, quantity, xAxis, isRunning)) return;
  react(target, curves.draw(race, { ...view, height, isRunning }, quantity, xAxis)).then(() => {
    if (target.dataset.heard) return;
    target.dataset.heard = "yes";
    onTap(/** @type {PlotlyElement} */ (target), tapped);
  });
}

/** The height that the window leaves for the curves above the line at the foot. @param {HTMLElement} target @param {LabView} view */
function free(target, { phone, height }) {
  if (phone) return HEIGHTS.phone;
  const top = target.getBoundingClientRect().top + scrollY, foot = byId("race-foot").offsetHeight;
  return Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, height - (top + foot) / unit() - 1));
}

/** A tap on a curve inspects the weights of the lab's own run at that point. @param {Point} point */
function tapped(point) {
  const x = Number(/** @type {{x?: number}} */ (point).x);
  if (!state?.race || state.params.task !== "text" || !Number.isFinite(x)) return;
  const { race, params } = state,
    xAxis = xAxisOf(race),
    last = inspectWeights.lastUpdate(state),
    own = inspectWeights.ownContestant(race, params);
  const share = Math.min(1, x / xMax(race, xAxis));
  page.look({ update: own ? updateAt(own.points, xAxis, x) : Math.round(share * last) });
}

/** @param {LabState} given */
function showGradients(given) {
  const { open } = /** @type {HTMLDetailsElement} */ (byId("race-gradients"));
  const race = given.race && matched(given.race, given.params);
  if (!open || !race) return;
  const view = viewOf("race-gradient-curves", given);
  const xAxis = xAxisOf(race);
  if (!stale("gradients", given.race, view.width, view.dark, xAxis)) return;
  react(byId("race-gradient-curves"), gradients.draw(race, view, xAxis));
}

/** The table of costs, and what the chosen contestant writes. @param {LabState} given @param {Race} race */
function showRows({ race: whole, seen, seconds, params, view }, race) {
  const { words } = view, sampled = params.task === "text";
  const of = Math.min(race.contestants.length - 1, Number(seen.of ?? best(race)));
  if (seen.of && Number(seen.of) !== of) page.look({ of: String(of) });
  const lossUnit = curves.unitOf(quantity);
  const isChosen = seen.of !== null; // by hand: otherwise the best one's are shown
  if (!stale("rows", whole, seconds, of, isChosen, view.dark, lossUnit)) return;
  replaceKeepingFocus(byId("race-costs"), [
    costs.table(race, { seconds, of, isChosen, sampled, unit: lossUnit, view }),
  ]);
  byId("race-learned").textContent = learned(race, words);
  byId("race-choose").hidden = byId("race-samples").hidden = !sampled;
  if (!sampled) return;
  const { samples: texts } = race.contestants[of];
  const name = fullNames(race.contestants, words)[of];
  byId("samples-caption").textContent = samples.caption(
    race.contestants[of],
    name,
    Number(params.seed),
    words,
  );
  byId("samples").replaceChildren(
    texts?.length ? samples.table(texts, words) : words("training.race.samples_none"),
  );
}

/** The contestant whose samples are shown first: the one with the smallest loss, once known. @param {Race} race */
function best({ contestants }) {
  const finals = contestants.map(({ final }) => final?.mean ?? Infinity);
  return Math.max(0, finals.indexOf(Math.min(...finals)));
}

/** @param {Race} race @param {LabState["params"]} params @param {Words} words */
function showZeros(race, params, words) {
  const lag = Number(params.lag), cues = Number(params.cues);
  const columns = params.task === "recall" ? comparison(race, { lag, cues }) : [];
  byId("race-zeros").hidden = !columns.length;
  if (!columns.length) return;
  byId("zeros-caption").textContent = words("training.race.zeros_caption", {
    formula: resetVsCarried.formulaText(cues),
    lag,
  });
  byId("zeros-table").replaceChildren(resetVsCarried.table(columns, words));
}
