// The training lab: truncated BPTT as it is run, as a film of one pass, as minibatch lanes, and as a race.

import { byId, painted, widthOf } from "./lib/dom.js";
import { visible } from "./lib/format.js";
import { hasWords, words } from "./lib/words.js";
import * as address from "./page/address.js";
import { setCovered } from "./page/cover.js";
import { COMMON_KEYS, integer, matching, oneOf } from "./page/hash.js";
import { listen as listenToExport } from "./page/export/open.js";
import * as keyboard from "./page/keyboard.js";
import { openPage } from "./page/loop.js";
import { namesPart } from "./page/name-list.js";
import * as talk from "./page/talk.js";
import "./page/text-file.js";
import { notice } from "./page/notices.js";
import { arrange } from "./page/present/arrange.js";
import { scheme } from "./page/present/facts.js";
import * as presenter from "./page/present/lab.js";
import { wholeLength, writeQuery } from "./page/query.js";
import { retryLater } from "./page/retry.js";
import { colors, isDark } from "./page/theme.js";
import { hidden, keepPictures } from "./page/visibility.js";
import * as plotly from "./plot/plot.js";
import * as answers from "./training/answers.js";
import * as bar from "./training/progress-bar.js";
import { exportParts } from "./training/export/parts.js";
import { PANELS } from "./training/panels.js";
import * as views from "./training/views.js";
import { unit } from "./lib/unit.js";

/** @typedef {import("./page/query.js").Params} Params */
/** @typedef {import("./server/api.js").Problem} Problem */

const PLACES = { film: "film", lanes: "lanes-panel", race: "race", map: "race-map", missed: "missed-card" }; // ids of the parts that can be covered
const FOLDED = { numbers: "film-numbers", gradients: "race-gradients" }; // ids of what opens, by their names in panel=
const TEXT_SHOWN = 40; // characters
const LONGEST_K = { recall: 100, episodes: 64, adding: 64 }; // right end of the slider for tasks without a text

/** The loading of plotly.js, for the curves: the film is drawn without it. @type {Promise<void> | undefined} */
let loading;

const late = () => import("./talk/on-page.js");

const page = openPage({
  hash: {
    at: matching(/^\d{1,6}\.\d{1,4}\.\d{1,4}$/),
    from: integer,
    it: matching(/^\d{1,6}\.\d{1,4}$/),
    of: (written) => (integer(written) === null ? null : written),
    update: matching(/^\d{1,6}$/),
    minutes: oneOf(["1"]),
    map: oneOf(["B"]),
    shown: oneOf(["accuracy", "bits", "perplexity"]),
    axis: oneOf(["steps", "updates", "time"]),
    open: oneOf(PANELS.map(({ name }) => name)),
    ...COMMON_KEYS,
  },
  stage: "main",
  draw,
  shared,
  talk: late,
  resets,
  longestK,
  keys: { "[": () => page.changeK(-1), "]": () => page.changeK(1) },
});

/** Another run begins at its first frame; contestants may not fit another task. @param {Params} before @param {Params} after */
function resets(before, after) {
  const isOther = Object.keys(after).some((name) => before[name] !== after[name]);
  return {
    query: before.task === after.task ? [] : ["contest"],
    hash: /** @type {(keyof Seen)[]} */ ([
      ...(isOther ? ["at", "from", "it", "update"] : []),
      ...(before.match === after.match ? [] : ["axis"]),
    ]),
  };
}

/** @param {import("./page/loop.js").State} state @param {import("./page/loop.js").How} how */
function draw({ query, seen }, { settled }) {
  arrange(seen.view === "present");
  answers.visit(query);
  if (settled && !hidden(seen).includes("race")) answers.run(query); // a hidden race is not run
  show();
}

/** Show the current state. */
function show() {
  const { params, query, seen } = page.read(), known = answers.stateOf(query);
  /** @type {LabState} */
  const state = { params, query, seen, view: viewOf(seen), ...known, ...viewsOf(params, seen) };
  for (const panel of PANELS) panel.show(state);
  views.show(state);
  presenter.show({ title: titleOf(params), detail: scheme(schemeOf(params), words) });
  for (const [part, place] of Object.entries(PLACES)) setCovered(byId(place), namesPart(seen.veil, part));
  showFolded(seen.panel);
  showScheme(params);
  byId("main").dataset.veil = (seen.veil ?? "").replaceAll(",", " "); // for parts without an element of their own (framed.css)
  bar.show(state, known.stoppedAt);
  if (state.race) contestField().placeholder = state.race.contestants.map(({ entry }) => entry).join(); // the default contestants
  const isDrawn = Boolean(state.film || state.race);
  byId("loading").hidden = isDrawn;
  if (isDrawn) loading ??= painted().then(plotly.load);
  if ((state.film && state.filmQuery === query) || state.race) page.drawn();
}

/** Where a text is cut by hand, the bar says where instead of a block length, which cuts nothing. @param {Params} params */
function showScheme(params) {
  const its = schemeOf(params), isOwn = its.truncation === "cuts", control = byId("control-k");
  control.classList.toggle("idle", isOwn);
  for (const field of control.querySelectorAll("input")) field.disabled = isOwn;
  byId("note-k").textContent = isOwn ? scheme(its, words) : "";
}

const folded = (/** @type {string} */ id) => /** @type {HTMLDetailsElement} */ (byId(id));

/** @type {Map<string, boolean>} whether each part was open when it was last set or reported */
const lastOpen = new Map();

/** Open what the address says, except what the reader has just turned over: its event is about to come. @param {string | null} panel */
function showFolded(panel) {
  for (const [name, place] of Object.entries(FOLDED)) {
    const part = folded(place);
    if (part.open !== (lastOpen.get(name) ?? false)) continue;
    part.open = namesPart(panel, name);
    lastOpen.set(name, part.open);
  }
}

/** What is open is in the address. */
function writeFolded() {
  const open = Object.entries(FOLDED).flatMap(([name, place]) => (folded(place).open ? [name] : []));
  for (const name of Object.keys(FOLDED)) lastOpen.set(name, open.includes(name));
  const panel = open.join() || null;
  if (panel !== page.read().seen.panel) page.look({ panel });
}

const contestField = () => /** @type {HTMLInputElement} */ (byId("contest"));

/** @param {Params} params */
function longestK(params) {
  const { task, text } = params;
  if (task === "text" && !String(text).startsWith("@")) return Math.max(2, wholeLength(params));
  return LONGEST_K[/** @type {keyof typeof LONGEST_K} */ (task)] ?? 500;
}

/** @param {Params} params @param {Seen} seen */
function viewsOf({ task }, seen) {
  const all = views.viewsOf(String(task), seen);
  return { views: all, open: views.openViews(all, seen, page.data.embedded) };
}

/** @param {Seen} seen @returns {LabView} */
function viewOf({ minutes }) {
  return {
    ...{ width: widthOf(byId("main")), height: innerHeight / unit(), unit: unit(), gutter: 0 },
    ...{ phone: matchMedia("(max-width: 640px)").matches, dark: isDark(), colors: colors(), words },
    font: getComputedStyle(document.body).fontFamily,
    minutes: Boolean(minutes),
  };
}

/** @param {Problem[]} problems */
function refused(problems) {
  const drawn = byId("loading").hidden === true;
  if (drawn || !lighten(problems)) page.refuse(problems, drawn);
}

/** Lower the budget of a link that asks for too much work. @param {Problem[]} problems */
function lighten([{ code, limit, given }]) {
  const { params } = page.read();
  const used = Math.floor(0.9 * Number(params.budget) * Number(limit) / Number(given));
  if (code !== "too_much_work" || !(used >= 1 && used < Number(params.budget))) return false;
  const title = words("params.budget.title");
  notice("link", words("notices.lighter", { title, given: params.budget, used }));
  address.replace(writeQuery({ ...params, budget: used }, page.controls), address.here().hash);
  page.update();
  return true;
}

/** The state for the share dialog. @returns {import("./page/share/share.js").Shared} */
function shared() {
  const { params, query, seen } = page.read();
  const place = PANELS.map((panel) => panel.place?.()).find(Boolean) ?? "";
  return {
    page: "training",
    query,
    seen,
    state: `${titleOf(params)}, ${scheme(schemeOf(params), words)}`,
    place,
  };
}

/** Blocks of k steps, or of unequal length where a text has cuts of its own. @param {Params} params */
const schemeOf = (params) => ({
  ...params,
  truncation: params.task === "text" && params.cuts ? "cuts" : "blocks",
});

/** The text of a run, or its task. @param {Params} params */
function titleOf({ task, text }) {
  if (task !== "text") return words(`params.task.choices.${task}`);
  const bundled = String(text).startsWith("@") ? `training.texts.${String(text).slice(1)}` : "";
  if (bundled && hasWords(bundled)) return words(bundled);
  const letters = [...String(text)].map((letter) => (letter === " " ? letter : visible(letter)));
  return letters.slice(0, TEXT_SHOWN).join("") + (letters.length > TEXT_SHOWN ? "…" : "");
}

/** @type {LabPage} */
const lab = {
  ...{ look: page.look, read: page.read, change: page.change, words, data: page.data },
  askFor: (needs) => answers.askFor(page.read().query, needs),
  cancel: () => answers.cancel(page.read().query),
  cancelMap: () => answers.cancelMap(page.read().query),
  runAgain: () => answers.runAgain(page.read().query),
};

answers.listen({
  came: page.soon,
  refused: (question, problems) => question === page.read().query && refused(problems),
  answered: () => notice("refused", ""),
  lost: (failure) => retryLater(failure, page.update),
});
views.listen(page.look);
keepPictures((seen) => views.pictureOf(String(page.read().params.task), seen));
byId("run-cancel").addEventListener("click", lab.cancel);
byId("run-again").addEventListener("click", lab.runAgain);
for (const panel of PANELS) panel.start(lab);
/** The next beat of the open view, while one is played. @param {number} by */
function beat(by) {
  return isOpen() && PANELS.some((panel) => panel.step?.(by));
}

const isOpen = () => !["film", "later"].some((part) => namesPart(page.read().seen.veil, part)); // otherwise covered frames could be reached
keyboard.listen(Object.assign({}, ...PANELS.map((panel) => panel.keys?.() ?? {})), isOpen);
for (const place of Object.values(FOLDED)) folded(place).addEventListener("toggle", writeFolded);
listenToExport(() => page.exported(exportParts()), async () => {
  const { kinds, listen, open } = await import("./training/export/program.js");
  const state = () => ({
    ...{ ...page.read(), ...answers.stateOf(page.read().query) },
    link: page.exported([]).told().link,
  });
  return { kinds, listen: () => listen(state), open: () => open(state()) };
});
presenter.listen({
  ...page,
  path: `/${page.data.language}/training`,
  step: talk.onLab(page, shared, late, beat),
});
addEventListener("pagehide", answers.leave);
page.start();
