// The training lab's loop: the address bar says what is run and what is looked at, the panels show it.

import * as address from "./page/address.js";
import { useEngine } from "./server/api.js";
import { byId, leadHere } from "./lib/dom.js";
import * as explained from "./page/lesson-links.js";
import * as form from "./page/form.js";
import * as around from "./page/parent-frame.js";
import { visible } from "./lib/format.js";
import * as hide from "./page/visibility.js";
import * as keys from "./page/keyboard.js";
import { notice, problemText, remarkOn, sayWhileTyping } from "./page/notices.js";
import * as presets from "./page/presets.js";
import {
  canonical,
  LOOKS,
  readHash,
  readQuery,
  useHash,
  whole,
  wholeLength,
  writeHash,
  writeQuery,
} from "./page/query.js";
import { later } from "./page/retry.js";
import * as share from "./page/share/share.js";
import * as sight from "./page/scroll-into-view.js";
import { colors, isDark, listenToTheme, onSystemTheme, wear } from "./page/theme.js";
import * as answers from "./training/answers.js";
import * as bar from "./training/bar.js";
import { PANELS } from "./training/panels.js";
import { namesPart } from "./explorer/unrolled/selectors.js";
import { cover } from "./page/cover.js";
import { useCatalogue, words } from "./lib/words.js";

const PLACES = { film: "film", lanes: "lanes-panel", race: "race", map: "race-map", missed: "missed-card" }; // of what can be veiled
const TOLD = 40; // characters of a text
const LONGEST_K = { recall: 100, episodes: 64, adding: 64 }; // right end of the slider, where no text gives it

/** @type {{language: string, words: Record<string, unknown>, controls: Control[], engine: string, public_url: string, embedded: boolean, explained?: Record<string, string>}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { controls } = data;

/** @type {share.Page} */
const sharing = { ...data, base: data.public_url || address.here().origin, shared };

let frame = 0;

/** What the address bar says. */
function read() {
  const url = address.here(), { params, remarks } = readQuery(url.search, controls);
  return { params, remarks, query: writeQuery(params, controls), seen: readHash(url.hash) };
}

/** @param {Record<string, string>} values by name @param {boolean} settled */
function change(values, settled) {
  const { search } = address.here(), query = new URLSearchParams(search);
  if (values.task && values.task !== read().params.task) query.delete("contest"); // who raced may not fit another task
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  go(`?${hide.keeping(query, search, read().seen)}`, settled);
}

/** @param {string} asked @param {boolean} settled */
function go(asked, settled) {
  const { params, remarks } = readQuery(asked, controls), before = read();
  const query = writeQuery(params, controls);
  if (remarks.length || query !== before.query) remarkOn(remarks); // letting go of a control says nothing new
  const looked = query === before.query ? before.seen : { ...before.seen, at: null, it: null, update: null };
  (settled ? address.settle : address.drag)(query, writeHash(looked));
  update({ everywhere: settled, settled });
}

/** Follow a link within the page. @param {URL} link */
function visit({ search, hash }) {
  const { hide, show } = read().seen;
  address.settle(...canonical(search, hash, controls, { hide, show }));
  update({ everywhere: true });
}

/** Go where the page around this one asks for. @param {string} search @param {string} hash */
function follow(search, hash) {
  sight.expect();
  address.replace(...canonical(search, hash, controls));
  update({ everywhere: true });
}

/** @param {Partial<Seen>} changed */
function look(changed) {
  const { search, hash } = address.here();
  address.replace(search, writeHash({ ...readHash(hash), ...changed }));
  soon();
}

function soon() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    update();
  });
}

/** Bring the page to what the address bar says. */
function update({ everywhere = false, settled = true } = {}) {
  const { params, query, seen } = read(), { search, hash } = address.here();
  around.moves();
  wear(seen.theme);
  hide.arrange(seen);
  form.fill(controls, params, everywhere, longestK(params));
  leadHere(search, hash);
  if (settled && !hide.hidden(seen).includes("race")) answers.run(query); // a race that nobody sees is not run
  show();
}

/** Everything as it stands now. */
function show() {
  const { params, query, seen } = read(), known = answers.of(query);
  /** @type {LabState} */
  const state = { params, query, seen, view: viewOf(), ...known };
  for (const panel of PANELS) panel.show(state);
  for (const [part, place] of Object.entries(PLACES)) cover(byId(place), namesPart(seen.veil, part));
  byId("main").dataset.veil = (seen.veil ?? "").replaceAll(",", " "); // what is not a part of its own (framed.css)
  bar.show(state, known.stoppedAt);
  if (state.race) fieldOf("contest").placeholder = state.race.contestants.map(({ entry }) => entry).join(); // who races if nobody is named
  byId("loading").hidden = Boolean(state.film || state.race);
  if (!(state.film && state.filmQuery === query) && !state.race) return;
  sight.bring(seen.look);
  around.stands(() => ({ search: read().query, hash: writeHash(read().seen) }));
}

/** @param {string} name @returns {HTMLInputElement} */
const fieldOf = (name) => /** @type {HTMLInputElement} */ (byId(name));

/** @param {import("./page/query.js").Params} params */
function longestK(params) {
  const { task, text } = params;
  if (task === "text" && !String(text).startsWith("@")) return Math.max(2, wholeLength(params));
  return LONGEST_K[/** @type {keyof typeof LONGEST_K} */ (task)] ?? 500;
}

/** @returns {LabView} */
function viewOf() {
  return {
    ...{ width: byId("main").clientWidth, height: innerHeight, gutter: 0 },
    ...{ phone: matchMedia("(max-width: 640px)").matches, dark: isDark(), colors: colors(), words },
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** What cannot be run: the last picture stays; where there is none, the default takes its place. @param {import("./server/api.js").Problem[]} problems */
function refused(problems) {
  const message = problems.map(problemText).join(" "), { search, hash } = address.here();
  const query = new URLSearchParams(search), given = query.size;
  if (!byId("loading").hidden && lighten(problems)) return;
  for (const { parameter } of problems) query.delete(parameter);
  if (byId("loading").hidden || query.size === given) {
    return notice("refused", words("notices.refused", { message }), true);
  }
  notice("link", words("notices.instead", { message }));
  address.replace(writeQuery(readQuery(`?${query}`, controls).params, controls), hash);
  update();
}

/** A link that asks for too much work gets a budget that fits. @param {import("./server/api.js").Problem[]} problems */
function lighten([{ code, limit, given }]) {
  const { params } = read(), used = Math.floor(0.9 * Number(params.budget) * Number(limit) / Number(given));
  if (code !== "too_much_work" || !(used >= 1 && used < Number(params.budget))) return false;
  const title = words("params.budget.title");
  notice("link", words("notices.lighter", { title, given: params.budget, used }));
  address.replace(writeQuery({ ...params, budget: used }, controls), address.here().hash);
  update();
  return true;
}

/** @param {number} by */
function changeK(by) {
  const { params } = read();
  change({ k: String(Math.max(1, Math.min(1000, Number(params.k) + by))) }, true);
}

/** What the share sheet is about. @returns {share.Shared} */
function shared() {
  const { params, query, seen } = read(), { task, k } = params;
  const letters = [...String(params.text)].map((letter) => (letter === " " ? letter : visible(letter)));
  const text = letters.slice(0, TOLD).join("") + (letters.length > TOLD ? "…" : "");
  const what = task === "text" ? text : words(`params.task.choices.${task}`);
  const place = PANELS.map((panel) => panel.place?.()).find(Boolean) ?? "";
  return { page: "training", query, seen, state: `${what}, ${words("preview.blocks", { k })}`, place };
}

/** @type {LabPage} */
const page = {
  ...{ look, change, words, data },
  askFor: (wanted) => answers.askFor(read().query, wanted),
  cancel: () => answers.cancel(read().query),
  cancelMap: () => answers.cancelMap(read().query),
  runAgain: () => answers.runAgain(read().query),
};

function listenToKeys() {
  const moves = Object.assign({}, ...PANELS.map((panel) => panel.keys?.() ?? {}));
  const isPutAway = (/** @type {string} */ part) => hide.hidden(read().seen).includes(part);
  const openKeys = () => /** @type {HTMLDialogElement} */ (byId("keys-dialog")).showModal();
  const isOpen = () => !["film", "later"].some((part) => namesPart(read().seen.veil, part)); // else what is to come stays hidden
  keys.listen(moves, isOpen);
  keys.listen({
    "[": () => changeK(-1),
    "]": () => changeK(1),
    q: () => isPutAway("share") || share.openQr(sharing),
    "?": () => isPutAway("keys") || openKeys(),
  });
  byId("keys").addEventListener("click", openKeys);
}

function start() {
  useCatalogue(data.words);
  useEngine(data.engine);
  explained.use(data);
  explained.lead();
  const moment = (/** @type {RegExp} */ shape) => (/** @type {string | null} */ written) =>
    shape.test(written ?? "") ? written : null;
  useHash({
    at: moment(/^\d{1,6}\.\d{1,4}\.\d{1,4}$/),
    it: moment(/^\d{1,6}\.\d{1,4}$/),
    ...{ of: (written) => (whole(written) === null ? null : written), update: moment(/^\d{1,6}$/), ...LOOKS },
  });
  address.replace(...hide.moved(address.here()));
  const { remarks, query, seen } = read();
  if (remarks.length) {
    remarkOn(remarks);
    address.replace(query, writeHash(seen));
  }
  answers.listen({
    came: soon,
    refused: (question, problems) => question === read().query && refused(problems),
    answered: () => notice("refused", ""),
    lost: (failure) => later(failure, update),
  });
  around.listen(follow);
  form.listen(
    controls,
    (name, value, settled) => change({ [name]: value }, settled),
    sayWhileTyping,
    () => read().params,
  );
  share.listen(sharing);
  presets.listen(() => read().query, visit);
  byId("defaults").addEventListener("click", () => {
    go(`?${hide.keeping(new URLSearchParams(), address.here().search, read().seen)}`, true);
  });
  listenToTheme(look);
  byId("run-cancel").addEventListener("click", page.cancel);
  byId("run-again").addEventListener("click", page.runAgain);
  for (const panel of PANELS) panel.start(page);
  listenToKeys();
  address.onTravel(() => {
    notice("typing", "");
    remarkOn(read().remarks);
    update({ everywhere: true });
  });
  addEventListener("pagehide", answers.leave);
  addEventListener("pageshow", ({ persisted }) => persisted && soon());
  onSystemTheme(soon);
  addEventListener("online", soon);
  new ResizeObserver(soon).observe(byId("main"));
  addEventListener("resize", soon);
  update({ everywhere: true });
}

start();
