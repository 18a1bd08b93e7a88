// Film strip panel: one epoch of truncated BPTT, block by block.

import { byId, element, heightOf, LEAST_WIDTH, rich, widthOf } from "../../lib/dom.js";
import { grow } from "../../lib/tree.js";
import { atRest, sightInAddress } from "../../page/sight.js";
import { barScaleOf, rangeText } from "./bar-scale.js";
import * as timeline from "./timeline.js";
import { overview } from "./overview.js";
import { contextOf } from "./context.js";
import { carriedDifference, finding, shortFinding } from "./finding.js";
import { places, shownOf, WHOLE_UP_TO, WINDOW } from "./places.js";
import * as player from "./player.js";
import { placeSaid, readingText, stepCaption } from "./caption.js";
import { firstInSight, leftOf, usualLeft } from "./sight.js";
import { sizeOf } from "./step-layout.js";
import { LINES } from "./prediction.js";
import { middleOf, strip } from "./strip.js";
import { table } from "./table.js";
import { hideCut, wordsOf } from "./whole-words.js";
import { inUnits, unit } from "../../lib/unit.js";

export const name = "film";
export const tasks = ["text"];

const MARGIN = 3; // blocks asked for before those that are shown
const HEIGHTS = { least: 420, leastOnPhones: 370, most: 720 }; // px
const SCROLLBAR = 12; // px

/** @typedef {import("./timeline.js").Place} Place */

/** @type {LabPage} */
let page;
/** @type {{key: string, film: Film, context: import("./context.js").Context} | null} what is drawn */
let drawn = null;
/** @type {{film: Film, plan: timeline.Plan, place: Place, sentence: Part[]} | null} what is played */
let played = null;
let spot = ""; // where the strip was last brought in sight; empty once it is drawn anew
let lastMoment = "";
/** @type {ReturnType<typeof wordsOf>} */
let movable = []; // words that scrolling may cut
const sight = sightInAddress();
let highest = { width: 0, player: 0 }; // the player at a width: a long sentence moves the strip once and not to and fro
/** @type {LabState | null} */
let shownState = null;
/** @type {{film: Film, frame: number} | null} the film that the address asks for, and the block that it is at */
let current = null;

/** What the tab says: what passes the line, and what is cut. @param {LabState} state */
export function tab({ film, query, filmQuery, view: { words } }) {
  if (!film || !current || current.film !== film || filmQuery !== query) return { finding: "", fact: "" };
  const difference = carriedDifference(film);
  return {
    finding: shortFinding(film, current.frame, WHOLE_UP_TO, words),
    fact: difference === null ? "" : words("training.film.checked", { size: sizeOf(difference) }),
    isChecked: difference === 0,
  };
}

/** @param {LabPage} given */
export function start(given) {
  page = given;
  player.listen(go, (pass) => played && look({ ...played.place, pass }));
  byId("film-scroll").addEventListener("scroll", atRest(rested));
  byId("film-scroll").addEventListener("scroll", hideCutWords, { passive: true });
  byId("film-numbers").addEventListener("toggle", () => drawn && fillTable(drawn.film, drawn.context.frames));
  const leftRoom = new ResizeObserver(() => shownState && show(shownState)); // what stands round it came or grew
  for (const id of ["controls", "views", "notices", "film-foot", "film-player"]) leftRoom.observe(byId(id));
}

/** No word is read in part at an edge of what is in sight. */
function hideCutWords() {
  const [room, left] = inSight();
  hideCut(movable, left, left + room);
}

/** @param {Place} place */
const look = (place) => page.look({ at: timeline.writePlace(place) });

/** @param {player.Move} move */
function go(move) {
  const then = played && move(played.plan, played.place);
  if (then) look(then);
  return then;
}

/** The current place in the run, for the share sheet. */
export function place() {
  return byId("film").hidden || !played ? "" : placeSaid(played.sentence);
}

/** The next beat of a film that is played, or the one before. @param {number} by @returns {boolean} whether there is one */
export function step(by) {
  if (byId("film").hidden || !page.read().seen.at) return false;
  player.pause();
  return Boolean(go(by > 0 ? player.MOVES.forth : player.MOVES.back));
}

/** What keys do. @returns {Record<string, (event: KeyboardEvent) => void>} */
export function keys() {
  const by =
    (/** @type {string} */ beat, /** @type {string} */ block) => (/** @type {KeyboardEvent} */ event) => {
      player.pause();
      go(player.MOVES[event.shiftKey ? block : beat]);
    };
  return {
    " ": player.toggle,
    ArrowLeft: by("back", "blockBack"),
    ArrowRight: by("forth", "blockForth"),
    Home: by("start", "start"),
    End: by("end", "end"),
  };
}

/** @param {LabState} state */
export function show(state) {
  shownState = state;
  const { params, query, seen, view, film, filmQuery } = state;
  const applies = params.task === "text", isOpen = applies && state.open.includes(name);
  byId("film").hidden = !isOpen || !drawn && !film;
  if (!isOpen) player.pause();
  player.enable(isOpen);
  if (!applies) return;
  if (!film || filmQuery !== query) return page.askFor({ film: { pass: 1, from: 0 } });
  const requestedPlace = timeline.readPlace(seen.at), count = film.order.length;
  const pass = Math.min(requestedPlace?.pass ?? 1, film.passes),
    rough = timeline.planOf(film.schedule, film.order, false);
  const usual = timeline.defaultPlace(rough, pass, count > WHOLE_UP_TO ? WINDOW : count);
  const now = requestedPlace ? timeline.clampPlace(rough, { ...requestedPlace, pass }) : usual,
    range = shownOf(count, now.frame);
  const held = film.pass === pass && film.from <= range.from && range.to <= film.from + film.frames.length;
  if (!held) {
    const from = Math.max(0, Math.min(count - WHOLE_UP_TO, range.from - MARGIN));
    return page.askFor({ film: { pass, from } }); // the old picture stays until it comes
  }
  current = { film, frame: now.frame };
  if (!isOpen) return;
  draw(film, range, view);
  follow(film, now, view, seen.from ?? null);
  if (seen.at && seen.at !== timeline.writePlace(now)) look(now); // there is no such moment: the nearest is named
}

/** @param {Film} film @param {{from: number, to: number}} range @param {LabView} view */
function draw(film, range, view) {
  const long = film.order.length > WHOLE_UP_TO, { width, dark, phone } = view;
  byId("film").hidden = false;
  byId("film-overview").hidden = !long && film.order.length * 3 <= player.MAX_BEATS;
  const high = Math.max(phone ? HEIGHTS.leastOnPhones : HEIGHTS.least, Math.min(HEIGHTS.most, free(view)));
  const key = JSON.stringify([range, width, high, dark, phone]);
  if (drawn?.film === film && drawn.key === key) return;
  const frames = film.frames.slice(range.from - film.from, range.to - film.from);
  const room = Math.max(LEAST_WIDTH, widthOf(byId("film"), width) - byId("film-gutter").offsetWidth / unit());
  const symbols = Math.min(LINES, film.vocabulary.length),
    lengths = frames.map(({ start, stop }) => stop - start);
  const laid = (/** @type {number} */ height) => places(lengths, { width: room, height, phone, symbols });
  const wanted = laid(high), at = wanted.width > room ? laid(high - SCROLLBAR) : wanted;
  const plan = timeline.planOf(film.schedule, film.order, at.level === "compact");
  const context = contextOf(film, frames, plan, at, view);
  drawn = { key, film, context: context };
  byId("film-strip").replaceChildren(grow(strip(context)));
  movable = wordsOf(byId("film-strip"));
  byId("film-gutter").replaceChildren(...gutterOf(context));
  byId("film-losses").textContent = rangeText(barScaleOf(film.losses));
  byId("film-map").replaceChildren(grow(overview(film.losses, range, Math.max(200, room))));
  byId("film-caption").replaceChildren(...rich(caption(context)));
  byId("film-finding").replaceChildren(...rich(finding(film, view.words)));
  if (/** @type {HTMLDetailsElement} */ (byId("film-numbers")).open) fillTable(film, frames);
  spot = "";
}

/** The height that the window leaves for the strip. @param {LabView} view */
function free({ width, height }) {
  const u = unit(), high = byId("film-player").offsetHeight / u, foot = byId("film-foot").offsetHeight / u;
  highest = { width, player: high && highest.width === width ? Math.max(highest.player, high) : high };
  const settings = getComputedStyle(byId("rest")).position === "absolute" ? 0 : byId("rest").offsetHeight;
  const top = (byId("film").offsetTop - settings) / u; // which are soon shut again
  return height - top - byId("film-overview").offsetHeight / u - foot - highest.player -
    (dockHeight() + heightOf(".talk-bar")) / u;
}

/** The controls that stand at the bottom of a phone. */
const dockHeight = () =>
  getComputedStyle(byId("controls")).position === "fixed" ? byId("controls").offsetHeight : 0;

/** @param {Film} film @param {Frame[]} frames */
function fillTable(film, frames) {
  byId("film-table").replaceChildren(table(film, frames, page.words));
}

/** @param {import("./context.js").Context} context */
function caption(
  { film: { params, schedule, frames, sensitive, losses: ofBlocks }, at, losses, view: { words, phone } },
) {
  const { k, lr } = params, values = { k, n: schedule.blocks.length, lanes: schedule.lanes };
  const away = frames.some(({ loss }) => loss.includes(null));
  const sentences = [
    ...(away ? [words("training.film.caption_away")] : []),
    ...(sensitive ? [words("training.film.caption_sensitive")] : []),
    ...readingText(params, values, words),
    Number(lr) === 0 ? words("training.film.caption_still") : words("training.film.caption_ghost"),
    ...(schedule.lanes > 1 ? [words("training.film.caption_lanes", values)] : []),
    ...(phone && at.level !== "wide"
      ? [
        words("training.film.caption_bars", {
          steps: rangeText(losses),
          blocks: rangeText(barScaleOf(ofBlocks)),
        }),
      ]
      : []), // elsewhere their scale stands beside them
  ];
  return sentences.join(" ");
}

/** The names of the rows. @param {import("./context.js").Context} context */
function gutterOf({ at, view: { words, phone }, losses }) {
  const { state, level } = at, middle = (state.top + state.bottom) / 2, isBars = level === "compact";
  const rows = /** @type {[string, string, string, number, string?][]} */ ([
    ["L", "t", words("graph.loss"), isBars ? at.loss - 17 : at.loss, ...(isBars ? [rangeText(losses)] : [])],
    ["ŷ", "t", words("graph.prediction"), at.output.top + at.output.height / 2],
    ["h", "t", words("graph.hidden"), level === "wide" ? middle - 20 : middle],
    ["x", "t", words("graph.input"), at.input.y],
    ["W", "", words("training.film.weights"), at.rail.y],
  ]);
  const names = rows.map(([letter, index, word, y, scale]) => {
    const name = element(
      "div",
      {},
      element("b", {}, letter, ...(index ? [element("sub", {}, index)] : [])),
      word,
      ...(scale ? [element("span", { class: "scale" }, ` ${scale}`)] : []),
    );
    name.style.top = inUnits(y);
    return name;
  });
  if (phone || !at.ghost) return names;
  const ghost = element("div", { class: "frozen-label" }, words("training.film.frozen"));
  ghost.style.top = inUnits(Math.min(state.bottom + 6, middle + (level === "wide" ? 52 : 46)));
  return [...names, ghost];
}

/** Show a moment without redrawing: later parts are not there yet. @param {Film} film @param {Place} now @param {LabView} view @param {number | null} from the first step in sight */
function follow(film, now, view, from) {
  if (!drawn) return;
  const { context } = drawn,
    { plan } = context,
    frame = film.frames[now.frame - film.from],
    index = timeline.indexOf(plan, now);
  const box = byId("film-strip");
  for (const part of box.querySelectorAll("[data-from]")) {
    part.classList.toggle("later", Number(part.getAttribute("data-from")) > index);
  }
  for (const part of box.querySelectorAll("[data-on]")) {
    part.classList.toggle("on", (part.getAttribute("data-on") ?? "").split(" ").includes(String(index)));
  }
  const sentence = stepCaption(film, frame, plan, now, view);
  played = { film, plan, place: now, sentence };
  player.show(film, plan, now, sentence);
  const isOver = index === plan.offsets[frame.frame + 1] - 1 && frame === context.frames.at(-1);
  byId("film").classList.toggle("is-over", isOver);
  byId("film-said").classList.toggle("hidden-words", isOver);
  bringInSight(now, from);
}

/** Scroll to what the address asks for; else bring the moment in sight when it is another. @param {Place} now @param {number | null} from */
function bringInSight(now, from) {
  const { context } = /** @type {NonNullable<typeof drawn>} */ (drawn),
    box = byId("film-scroll"),
    room = box.clientWidth / unit(),
    moment = timeline.writePlace(now);
  const isAsked = sight.isAsked(from) || from !== null && !spot && [moment, ""].includes(lastMoment);
  const key = `${now.pass}.${now.frame}.${Math.round(middleOf(context, now) ?? 0)}`, isFirst = !spot;
  lastMoment = moment;
  sight.isShown(from);
  if (!isAsked && key === spot) return;
  spot = key;
  const left = isAsked && from !== null ? leftOf(context, room, from) : usualLeft(context, room, now);
  const isStill = isAsked || isFirst || matchMedia("(prefers-reduced-motion: reduce)").matches;
  box.scrollTo({ left: left * unit(), behavior: isStill ? "instant" : "smooth" });
  hideCutWords();
}

/** How much of the strip is in sight, and what is left of it; in px of the design. */
function inSight() {
  const { clientWidth, scrollLeft } = byId("film-scroll"), u = unit();
  return [clientWidth / u, scrollLeft / u];
}

/** The strip has come to rest: the address names the first step in sight. */
function rested() {
  if (!drawn || !played || !shownState || byId("film").hidden) return;
  const [room, left] = inSight(), before = page.read().seen.from ?? null;
  const from = firstInSight(drawn.context, room, played.place, left);
  sight.writes(from, before);
  if (from !== before) page.look({ from });
}
