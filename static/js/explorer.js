// The explorer: one run at fixed weights, forward, backward and truncated, as an unrolled computation graph.

import { byId, painted } from "./lib/dom.js";
import { visible } from "./lib/format.js";
import { words } from "./lib/words.js";
import { ask, likelyWindow } from "./explorer/answers.js";
import * as startPage from "./explorer/start-page/start-page.js";
import { HASH } from "./explorer/hash.js";
import { navigation } from "./explorer/navigation.js";
import { isLikelyOpen } from "./explorer/open-panels.js";
import * as player from "./explorer/player.js";
import { columnsOf, firstInSight, scrollTogether } from "./explorer/scrolling.js";
import { useMotion } from "./explorer/render.js";
import * as explorer from "./explorer/show.js";
import { readMoment, schedule, writeMoment } from "./explorer/timeline.js";
import * as address from "./page/address.js";
import { shortened } from "./page/cuts.js";
import * as dataLinks from "./page/data-links.js";
import * as fields from "./page/fields.js";
import { readHash, writeHash } from "./page/hash.js";
import { openPage } from "./page/loop.js";
import { arrange } from "./page/present/arrange.js";
import { markReached, retryLater } from "./page/retry.js";
import * as share from "./page/share/share.js";
import { waitWhile } from "./plot/early.js";
import { missing } from "./plot/windowed.js";

const TEXT_SHOWN = 40; // characters
const LATE = "#live, [data-live], [data-add], [data-present]"; // buttons of what is loaded after the first picture

/** @param {() => void} action */
const byHand = (action) => () => {
  player.pause();
  action();
};
const move = (/** @type {string} */ name) => byHand(() => moveTime(player.MOVES[name]));

const late = () => import("./talk/on-page.js");

const page = openPage({
  hash: HASH,
  stage: "scroll",
  draw,
  shared,
  talk: late,
  resets: (before, after) =>
    before.text === after.text && before.unit === after.unit ? {} : { query: ["steps"] }, // a new text is shown whole
  lesson: ({ truncation }) => (truncation === "full" ? "full" : "truncated"),
  followed: () => {
    player.pause();
    explorer.noteReader({ pointed: null, moved: false });
  },
  keys: {
    " ": player.toggle,
    ...{ ArrowLeft: move("back"), ArrowRight: move("forth"), ArrowUp: move("lineBack") },
    ...{ ArrowDown: move("lineForth"), Home: move("start"), End: move("end") },
    Escape: letGo,
    "[": byHand(() => page.changeK(-1, lastK())),
    "]": byHand(() => page.changeK(1, lastK())),
  },
});

const { moveTime, step, listenToGraph, chosen } = navigation(page.look);

/** What the first picture does not need, once it is loaded. @type {typeof import("./explorer/later.js") | null} */
let later = null;
/** @type {Promise<void> | null} */
let loading = null;
let isLost = false;

/** The smallest k at which nothing is cut. */
const lastK = () => explorer.currentPicture()?.result.k_full ?? undefined;

/** @param {import("./page/loop.js").State} state */
function draw({ params, query, seen }) {
  startPage.arrange(startPage.isStartPage(address.here().search, seen));
  arrange(seen.view === "present");
  if (seen.show && !page.data.embedded) import("./explorer/few-parts.js").catch(() => {});
  arrangePanels(params, seen);
  fields.fill(page.controls, params);
  later?.showCompareLinks(params, page.controls, seen.t);
  const picture = explorer.currentPicture();
  later?.showLayers(params, seen, picture, page.change);
  if (picture?.query !== query) ask(answering, query, likelyWindow(params, seen, picture));
  if (picture) show(picture.query, picture.result); // the last picture stays until the new one is drawn
}

/** Open and close panels, before the picture is given its room. @param {import("./page/query.js").Params} params @param {Seen} seen */
function arrangePanels(params, seen) {
  if (later) later.panelList.arrange(seen, params);
  else document.body.classList.toggle("with-panel", !page.data.embedded && isLikelyOpen(seen, params));
}

/** Escape: leave the presenter view, else what is selected, else the panel. */
function letGo() {
  const { t, s, of } = page.read().seen;
  if (later?.presenter.leave()) return;
  if (t === null && s === null && of === null && later?.tray.closeLast()) return;
  page.look({ t: null, s: null, of: null });
}

/** @param {string} query @param {Result} result */
async function show(query, result) {
  const { at, view: look } = readHash(address.here().hash);
  if ((at || look === "present") && !later) {
    await loadLater(); // which draws moments, and the sizes of the wall
    if (later) return; // it has been drawn
  }
  const drawing = explorer.show(query, result, readHash(address.here().hash), page.soon);
  const { view } = /** @type {explorer.Picture} */ (explorer.currentPicture()),
    isCurrent = query === page.read().query;
  if (isCurrent) {
    keepMoment(result, view);
    const from = missing(result, view.columns);
    if (from !== null) ask(answering, query, from); // the picture stays until it arrives
  }
  const isShown = await drawing;
  listenToGraph();
  later?.panelDrawing.listenToFigures(page.look, explorer.currentPicture);
  showLayers();
  painted().then(loadLater);
  if (!isShown || query !== page.read().query) return;
  if (later) page.drawn();
  startPage.draw();
}

function showLayers() {
  const { params, seen } = page.read();
  later?.showLayers(params, seen, explorer.currentPicture(), page.change);
}

/** Load the panels, the ledger, the export, the drawing of moments, and their words. */
function loadLater() {
  return loading ??= load();
}

async function load() {
  const loaded = await Promise.all([import("./explorer/later.js"), page.loadAllWords()]).catch(() => null);
  if (!loaded) {
    loading = null;
    retryLater({ failure: "offline" }, loadLater);
  } else if (isLost) markReached();
  isLost = !loaded;
  if (loaded) useLater(loaded[0]);
}

/** @param {typeof import("./explorer/later.js")} parts */
function useLater(parts) {
  parts.explainControls();
  parts.panelList.build(page.look, page.soon);
  parts.tray.listen(page.soon);
  parts.exporting.listen(() => {
    const picture = explorer.currentPicture();
    return picture && { ...picture, ...share.told(page.share()), exported: page.exported };
  });
  parts.gallery.listen(page.visit);
  const beat = parts.talk.onLab(page, shared, late, step);
  parts.presenter.listen({ look: page.look, visit: visitInView, step: beat, here, base: page.base });
  explorer.useLater(parts);
  useMotion(parts.tween);
  parts.panelDrawing.overview.listen(explorer.currentPicture);
  parts.listenToTails(chosen);
  startPage.useTelling(parts.telling);
  joinScrolling();
  later = parts;
  page.update(); // at once: panels that open report it, and the address is to be read before it is written
}

const answering = { ...page, show, refuse };

/** @param {import("./server/api.js").Problem[]} problems */
function refuse(problems) {
  page.refuse(problems, explorer.currentPicture() !== null);
}

/** Write the player position of the link as this run names it. @param {Result} result @param {View} view */
function keepMoment(result, { at }) {
  const written = at && writeMoment(at, schedule(result).separate);
  if (written && written !== readHash(address.here().hash).at) page.look({ at: written });
}

/** The state for the share dialog. @returns {share.Shared} */
function shared() {
  const { params, query, seen } = page.read(),
    { truncation, k, k1, cut, cuts } = params,
    at = readMoment(seen.at);
  const letters = [...String(params.text)].map((letter) => (letter === " " ? letter : visible(letter)));
  const text = letters.slice(0, TEXT_SHOWN).join("") + (letters.length > TEXT_SHOWN ? "…" : "");
  const scheme = truncation === "cuts" && !cuts ? "full" : truncation;
  return {
    page: "",
    query,
    seen: { ...seen, view: null, t: seen.at ? null : seen.t },
    state: `${text}, ${words(`preview.${scheme}`, { k, k1, cut, cuts: shortened(String(cuts)) })}`,
    place: at ? words(`sharing.at_${at.phase}`, { t: at.t }) : "",
  };
}

/** The address of what is on the screen, without view and theme. */
function here() {
  const { query: search, seen } = page.read();
  return {
    path: `/${page.data.language}/`,
    search,
    hash: writeHash({ ...seen, view: null, theme: null }),
  };
}

/** Follow a link, keeping the present view and theme. @param {string} search @param {string} hash */
function visitInView(search, hash) {
  const { view, theme } = page.read().seen;
  page.visit({ search, hash: writeHash({ ...readHash(hash), view, theme }) });
}

/** The reader has scrolled: the overview follows, and more columns are drawn near the end of the drawn ones. */
function scrolled() {
  const picture = explorer.currentPicture();
  if (!picture) return;
  const { result, view } = picture;
  later?.panelDrawing.overview.follow(result, view);
  if (columnsOf(result.tokens.length, view, view.columns) !== view.columns) page.soon();
}

/** The picture has come to rest: the address names the first step in sight. */
function rested() {
  const picture = explorer.currentPicture();
  if (!picture || picture.view.present || picture.view.fold) return;
  const from = firstInSight(picture.result.tokens.length, picture.view);
  if (from !== page.read().seen.from) page.look({ from });
}

fields.listen(page.change);
player.listen(moveTime);
document.getElementById("dock-play")?.addEventListener(
  "click",
  () => startPage.isOpen() ? startPage.playAgain() : player.toggle(),
);
startPage.listen(page.visit, page.soon);
byId("proof").addEventListener(
  "click",
  () => /** @type {HTMLDialogElement} */ (byId("proof-dialog")).showModal(),
);
dataLinks.listen({ change: (values) => page.change(values, true), look: page.look });
document.addEventListener("click", ({ target }) => {
  const button = later
    ? null
    : /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(LATE));
  if (button) loadLater().then(() => later && button.click()); // pressed before anything listens to it
});
waitWhile(player.isPlaying);
new MutationObserver(page.soon).observe(document.documentElement, { attributeFilter: ["data-live"] }); // a live lecture is followed, or no longer
const joinScrolling = scrollTogether(scrolled, rested);
page.start();
