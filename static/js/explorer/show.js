// Showing one result on the page: the figures and the parts around them, each redrawn only when its data
// changed.

import { further } from "../server/api.js";
import { byId, parts, replaceKeepingFocus } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { placeholder, setCovered } from "../page/cover.js";
import { showBlocks } from "../page/form.js";
import { namesPart } from "../page/name-list.js";
import { notice } from "../page/notices.js";
import * as startPage from "./start-page/start-page.js";
import { switches } from "./switches.js";
import { showCurve } from "./k-curve.js";
import { legend } from "./legend.js";
import { isShown } from "./overview-room.js";
import * as player from "./player.js";
import { showIdentical, showProof } from "./proof.js";
import * as graph from "./panels/graph.js";
import { drawGraph } from "./render.js";
import { showPlayhead } from "./scrolling.js";
import { statusLine } from "./status-line.js";
import { changes, viewOf } from "./view.js";

/** @typedef {{query: string, result: Result, view: View}} Picture */
/** @typedef {{pointed: Target | null, moved: boolean}} Reader pointed: the mark tapped last; moved: whether the moment changed since a link was followed */
/** @typedef {(result: Result, view: View) => void} Show */

const CHAOTIC = 1e8; // growth of a tangent beyond which last digits depend on the machine

/** @type {{show: Show, of?: (keyof View)[]}[]} of: the properties of the view that they show besides the result */
const PARTS = [
  { show: hideLoading },
  { show: showIdentical },
  { show: showTrained },
  { show: showNotices },
  { of: ["veil"], show: showBlocks },
  { of: ["veil"], show: (result, { veil }) => showCurve(result, namesPart(veil, "kcurve")) },
  { of: ["veil"], show: (result, { veil, phone }) => showProof(result, phone, namesPart(veil, "proof")) },
  { of: ["veil"], show: (_, { veil }) => setCovered(byId("badges"), namesPart(veil, "badges")) },
  { show: showOverview },
  { of: ["veil", "over"], show: showLegend },
  { of: ["veil", "over"], show: showOver },
];

/** @type {Show[]} called after every change of the moment */
const FOLLOWERS = [
  showPlayhead,
  (result, view) => panels?.overview.follow(result, view),
  showFolded,
  player.show,
  (result, view) => presenter?.show(result, view),
  showStatus,
  startPage.show,
];

/** @type {Picture | null} the picture on the screen */
let picture = null;
/** @type {Reader} */
const reader = { pointed: null, moved: false };
/** The first drawing; nothing can be scrolled to before it is done. @type {Promise<unknown> | null} */
let first = null;
let isDrawn = false;

/** What draws the panels, once it is loaded. @type {typeof import("./panel-drawing.js") | null} */
let panels = null;

/** The presenter view, once it is loaded. @type {typeof import("./presenter/presenter.js") | null} */
let presenter = null;

/** From now on panels are drawn, too, and what stands around the picture on the wall. @param {typeof import("./later.js")} later */
export function useLater(later) {
  panels = later.panelDrawing;
  presenter = later.presenter;
}

/** The picture on the screen. */
export const currentPicture = () => picture;

/** The reader pointed at a mark, changed the moment, or followed a link. @param {Partial<Reader>} changed */
export function noteReader(changed) {
  Object.assign(reader, changed);
}

/**
 * Draw a result; if it is on the screen already, redraw only what changed.
 * @param {string} query
 * @param {Result} result
 * @param {Seen} seen
 * @param {() => void} soon called when a further response has arrived
 * @returns {Promise<boolean>} whether this view is still the one on the screen
 */
export async function show(query, result, seen, soon) {
  panels?.hideInapplicable(result); // before the picture is given its room
  const view = viewOf(query, result, seen, picture?.view.columns);
  const asked = [...graph.asks(result, view), ...(panels?.furtherRequests(result, view) ?? [])];
  view.answers = Object.fromEntries(asked.map((path) => [path, further(path, soon)]));
  const changed = changes(picture?.query === query ? picture.view : undefined, view);
  const before = picture?.result;
  picture = { query, result, view };
  for (const { show, of = [] } of PARTS) {
    if (changed === "everything" || of.some((name) => changed.has(name))) show(result, view);
  }
  if (!isDrawn) {
    [player.show, showStatus].forEach((show) => show(result, view)); // these need no figure, so they do not wait for one
  }
  const ofGraph = drawGraph(result, view, changed, before);
  const ofPanels = panels?.drawPanels(result, view, changed); // after the graph: a layout of the ledger would be forced else
  await Promise.all([first ??= ofGraph, ofGraph]);
  isDrawn = true;
  if (picture.view === view) { // the view may change during the drawing
    for (const show of FOLLOWERS) show(result, view); // at once: panels may wait for plotly.js
  }
  await ofPanels;
  return picture.view === view;
}

/** Show the status line for the mark under the pointer. @param {Target | null} target */
export function pointAt(target) {
  if (picture) say(sentence(picture.result, picture.view, { ...reader, pointed: target }));
}

function hideLoading() {
  byId("loading").hidden = true;
}

/** Room for the overview of a long sequence. @type {Show} */
function showOverview(result) {
  byId("overview").hidden = !isShown(result);
}

/** The link to the training run that the weights come from. @type {Show} */
function showTrained({ params: { trained, at_update: u } }) {
  const link = /** @type {HTMLAnchorElement} */ (byId("trained"));
  link.hidden = !trained;
  link.textContent = words("trained.link", { u: String(u) });
  link.href = `/${document.documentElement.lang}/training?${trained}#update=${u}`;
}

/** @type {Show} */
function showNotices({ overflow_at: at, checks, training }) {
  notice("refused", "");
  notice("overflow", at ? words(`notices.overflow_${at.pass}`, { step: at.step }) : "");
  notice("chaotic", training.sensitive || (checks.growth ?? 0) > CHAOTIC ? words("notices.chaotic") : "");
}

/** @type {Show} */
function showLegend(result, view) {
  byId("legend").replaceChildren(
    ...(namesPart(view.veil, "legend") ? [placeholder()] : legend(result, view)),
  );
}

/** The toggle that draws the exact gradients behind the truncated ones. @type {Show} */
function showOver({ params }, { over }) {
  const button = byId("over");
  button.hidden = params.truncation === "full";
  button.setAttribute("aria-pressed", String(over));
  button.dataset.look = over ? "over=" : "over=1";
}

/** Show the folded view instead of the unrolled graph if the view says so. @type {Show} */
function showFolded(result, view) {
  const [fold, ...wires] = switches(view), apart = document.getElementById("fold-switch"); // beside k, but not in a frame
  if (apart) replaceKeepingFocus(apart, [fold]);
  replaceKeepingFocus(byId("switches"), apart ? wires : [fold, ...wires]);
  replaceKeepingFocus(byId("folded"), view.fold && panels ? [panels.folded(result, view)] : []);
  byId("folded").hidden = !view.fold;
  byId("gutter").classList.toggle("behind", view.fold);
  byId("scroll").classList.toggle("behind", view.fold);
}

/** @type {Show} */
function showStatus(result, view) {
  if (view.story && byId("readout").hasChildNodes() && view.story.beat < 3) return; // the line is not read anew at every frame
  const pointed = reader.pointed?.t === view.t ? reader.pointed : null;
  say(sentence(result, view, { ...reader, pointed }));
}

/** @param {Result} result @param {View} view @param {Reader} now */
const sentence = (result, view, now) =>
  (view.present && presenter ? presenter.caption : statusLine)(result, view, now, panels?.marks);

/** @param {Part[]} sentence */
function say(sentence) {
  const line = byId("readout");
  line.replaceChildren(...parts(sentence));
  presenter?.fit(line);
}
