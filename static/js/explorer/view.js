// View: all that a figure depends on besides the result, such as size, colors, language and the hash.

import { byId, heightOf, widthOf } from "../lib/dom.js";
import { hidden } from "../page/visibility.js";
import { clampMoment, readMoment, schedule } from "./timeline.js";
import { HEIGHT as OVERVIEW, isShown } from "./overview-room.js";
import { NOTATIONS } from "../page/hash.js";
import { PARAMETERS } from "./hash.js";
import { columnsOf } from "./scrolling.js";
import * as startPage from "./start-page/start-page.js";
import { holds } from "../plot/windowed.js";
import { initialState, inputGradients, leadOf } from "./unrolled/moment.js";
import { marksIn } from "./unrolled/selectors.js";
import { colors, isDark } from "../page/theme.js";
import { words } from "../lib/words.js";
import { unit } from "../lib/unit.js";

// px of the window that the graph leaves free
const HEADER = 44, BAR = 54, FOOT = 36, LEDGER = 340;
const SHARE = 0.545; // of the room that the picture and an open panel have together
const FRAMED = { least: 216, foot: 72, compact: 52, onPhones: 60, ledger: 363, scalarLedger: 226 }; // px, inside an iframe
const LOW = 480; // px of a window: a phone in landscape
const LEAST_PANEL = 150; // px below the tabs; a panel in less is scrolled to
const BESIDE_STRIP = 332; // px of the picture at least, where the overview is above it
const LEAST = { whole: 400, played: 236, shared: 236, front: 330 }, MOST = 860;
const FOLLOWED_FOOT = 116; // px: legend and read-out, two lines each
const ON_PHONES = { whole: 400, played: 252, shared: 300, front: 340 };
const LOOK = /** @type {const} */ (["unit", "width", "height", "gutter", "phone", "dark", "colors", "font"]);

/**
 * @param {string} query of the answer
 * @param {Result} result
 * @param {Seen} seen
 * @param {View["columns"]} [before] the columns drawn so far
 * @returns {View}
 */
export function viewOf(query, result, seen, before) {
  const present = seen.view === "present";
  const u = unit(), phone = matchMedia("(max-width: 640px)").matches, last = result.tokens.length - 1;
  const strip = isShown(result) ? OVERVIEW : 0, written = readMoment(seen.at);
  const at = written && clampMoment(schedule(result), written);
  const isPlayed = at && !hidden(seen).includes("ledger");
  const { framed, above, foot, player } = around(phone);
  const isShared = document.body.classList.contains("with-panel"),
    extent = isPlayed ? "played" : isShared ? "shared" : "whole";
  const below = player + (isPlayed ? ledgerOf(result, framed) : foot);
  const open = innerHeight / u - above - strip, shared = open - player - foot;
  const free = Math.round(extent === "shared" ? SHARE * shared : open - below);
  const least = startPage.isOpen() ? LEAST.front : innerHeight / u < LOW ? LEAST.played : LEAST[extent];
  const min = framed ? FRAMED.least : strip ? Math.min(BESIDE_STRIP, least) : least;
  const looked = at && at.phase !== "update" ? at.t : seen.t, t = Math.min(looked ?? Math.min(1, last), last);
  const story = startPage.storyOf(result), s = story?.s ?? (seen.s === null ? null : Math.min(seen.s, last));
  /** @type {View} */
  const view = {
    query,
    width: widthOf(byId("scroll")),
    height: present
      ? Math.floor(byId("scroll").clientHeight / u)
      : phone && !framed
      ? onPhone(extent, strip, u)
      : Math.min(MOST, Math.max(min, free)),
    gutter: byId("gutter").offsetWidth / u,
    phone,
    unit: u,
    dark: isDark(),
    colors: colors(),
    font: getComputedStyle(document.body).fontFamily,
    words,
    t,
    isSelected: Boolean(at) || seen.t !== null,
    s,
    pair: s === null ? null : { s, t: story ? s : Math.min(s, t) },
    story,
    hasWords: result.params.unit === "word",
    lead: leadOf(result, phone),
    begun: initialState.isDrawn(result),
    from: seen.from,
    of: /** @type {View["of"]} */ (seen.of ?? PARAMETERS[0]),
    at,
    lit: seen.lit,
    over: seen.over === "1",
    notation: seen.notation ?? NOTATIONS[0],
    shapes: seen.shapes === "1",
    gate: seen.gate,
    lag: seen.lag,
    scale: seen.scale ? Number(seen.scale) : null,
    format: seen.format,
    only: seen.only,
    veil: seen.veil,
    contrast: matchMedia("(prefers-contrast: more)").matches,
    fold: seen.fold === "1" && !marksIn(seen.veil).length, // the folded view would reveal a step's numbers
    present,
    ...(framed && !phone ? { room: innerHeight / u - above } : {}),
    ...(isShared && !phone ? belowTabs(shared, strip ? BESIDE_STRIP : LEAST.shared) : {}),
    window: result.window,
    wire: /** @type {View["wire"]} */ (seen.wire),
    answers: {},
  };
  const columns = columnsOf(result.tokens.length, view, before);
  return { ...view, columns, held: holds(result, columns), inputs: inputGradients.areDrawn(result, view) };
}

/**
 * The height on a phone: while its keyboard is up, what is left between header and dock; while it follows a live lecture,
 * all but the line below the picture.
 * @param {"whole" | "played" | "shared"} extent @param {number} strip px of the overview @param {number} u px of the design
 */
function onPhone(extent, strip, u) {
  const usual = startPage.isOpen() ? ON_PHONES.front : ON_PHONES[extent];
  if (document.documentElement.dataset.live === "following" && extent === "whole") {
    return Math.round(Math.min(MOST, Math.max(usual, innerHeight / u - strip - FOLLOWED_FOOT)));
  }
  if (!document.body.classList.contains("on-keyboard")) return usual;
  const left = (visualViewport?.height ?? innerHeight) - byId("controls").offsetHeight;
  return Math.round(Math.min(usual, Math.max(LEAST.shared, left / u - HEADER - 4)));
}

/** What the picture leaves of the height that it shares with an open panel. @param {number} shared @param {number} least px of the picture */
function belowTabs(shared, least) {
  const below = Math.round(shared - Math.max(least, SHARE * shared));
  return below >= LEAST_PANEL ? { below } : {};
}

/** The height of the ledger; inside an iframe it is smaller for a network of single numbers. @param {Result} result @param {boolean} framed */
function ledgerOf({ params: { cell, hidden, unit } }, framed) {
  if (!framed) return LEDGER;
  return cell === "rnn" && hidden === 1 && unit === "number" ? FRAMED.scalarLedger : FRAMED.ledger;
}

/**
 * The space above and below the graph; inside an iframe it is measured, since there may be little or none. Instead of the
 * foot the ledger is there while it is open.
 * @param {boolean} phone
 * @returns {{framed: boolean, above: number, foot: number, player: number}}
 */
function around(phone) {
  const { classList } = document.body, framed = classList.contains("embedded");
  if (framed) {
    const foot = !classList.contains("compact") ? FRAMED.foot : phone ? FRAMED.onPhones : FRAMED.compact;
    return { framed, above: byId("main").offsetTop / unit(), foot, player: 0 }; // which is above the graph
  }
  if (startPage.isOpen()) return { framed, above: HEADER, foot: startPage.height(), player: 0 };
  const u = unit(), above = HEADER + BAR + heightOf(".asked, .talk-bar") / u;
  return {
    framed,
    above,
    foot: FOOT + byId("tray").offsetHeight / u,
    player: byId("player").offsetHeight / u,
  };
}

/**
 * The properties that differ between two views; everything if there was none or if size or colors changed.
 * @param {View | undefined} before
 * @param {View} after
 * @returns {Set<keyof View> | "everything"}
 */
export function changes(before, after) {
  const names = /** @type {(keyof View)[]} */ (Object.keys(after)).filter((name) =>
    name === "answers"
      ? Object.entries(after.answers).some(([path, answer]) => before?.answers[path] !== answer)
      : JSON.stringify(before?.[name]) !== JSON.stringify(after[name])
  );
  return !before || LOOK.some((name) => names.includes(name)) ? "everything" : new Set(names);
}
