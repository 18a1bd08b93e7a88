// What the picture depends on besides the answer: room, colours, words, and what is looked at.

import { byId } from "./dom.js";
import { fitted, readMoment, schedule } from "./moments.js";
import { NOTATIONS } from "./query.js";
import { columnsOf } from "./stage.js";
import { colors, isDark } from "./theme.js";
import { words } from "./words.js";

const HEADER = 44, BAR = 46, FOOT = 44, LEDGER = 329; // px that the picture leaves free in a window
const LEAST = { whole: 400, played: 240 }, MOST = 660, ON_PHONES = { whole: 500, played: 252 };
const LOOK = /** @type {const} */ (["width", "height", "gutter", "phone", "dark", "colors", "font"]);

/**
 * @param {string} query of the answer
 * @param {Result} result
 * @param {Seen} seen
 * @param {View["columns"]} [before] the columns drawn so far
 * @returns {View}
 */
export function viewOf(query, result, seen, before) {
  const phone = matchMedia("(max-width: 640px)").matches, last = result.tokens.length - 1;
  const above = HEADER + BAR + byId("player").offsetHeight, written = readMoment(seen.at);
  const at = written && fitted(schedule(result), written), extent = at ? "played" : "whole";
  const free = innerHeight - above - (at ? LEDGER : FOOT), t = at && at.phase !== "update" ? at.t : seen.t;
  /** @type {View} */
  const view = {
    query,
    width: byId("scroll").clientWidth,
    height: phone ? ON_PHONES[extent] : Math.min(MOST, Math.max(LEAST[extent], free)),
    gutter: byId("gutter").offsetWidth,
    phone,
    dark: isDark(),
    colors: colors(),
    font: getComputedStyle(document.body).fontFamily,
    words,
    t: Math.min(t ?? Math.min(1, last), last),
    s: seen.s === null ? null : Math.min(seen.s, last),
    at,
    lit: seen.lit,
    over: seen.over === "1",
    notation: seen.notation ?? NOTATIONS[0],
    shapes: seen.shapes === "1",
    gate: seen.gate,
    answers: {},
  };
  return { ...view, columns: columnsOf(result.tokens.length, view, before) };
}

/**
 * What differs between two views, by name; everything where there was none, or where room or colours changed.
 * @param {View | undefined} before
 * @param {View} after
 * @returns {Set<keyof View> | "everything"}
 */
export function changes(before, after) {
  const names = /** @type {(keyof View)[]} */ (Object.keys(after)).filter((name) =>
    name === "answers"
      ? Object.entries(after.answers).some(([path, found]) => before?.answers[path] !== found)
      : JSON.stringify(before?.[name]) !== JSON.stringify(after[name])
  );
  return !before || LOOK.some((name) => names.includes(name)) ? "everything" : new Set(names);
}
