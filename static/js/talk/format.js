// A talk as text: a line with its name, then a line for each stop: what opens | minutes' | title | note.
//
// The fields of a line are told apart by their shape, so that they may come in any order: the first step of the course or
// link of this site is what opens, 6' are minutes, the first other text is the title and the second one the note.
// A bar or a backslash inside a text is written after a backslash.

import { sitePath } from "../lib/site-path.js";

/** @typedef {{to: string, minutes: number, title: string, note: string}} Stop to: a step of the course, such as 8.2, or a path of this site; title: none where it is that of the step or of the path */
/** @typedef {{name: string, stops: Stop[]}} Talk */
/** @typedef {{line: number, text: string}} Unknown a line that is no stop */
/** @typedef {{base: string, isStep: (number: string) => boolean}} Site base: such as https://bptt.example, which links may begin with */

export const USUAL_MINUTES = 3;
export const MOST_MINUTES = 600;
export const MOST_STOPS = 200;
const MOST_LETTERS = 2000; // of a title or a note

const NAME = "#", BAR = "|";
const STEP = /^\d{1,2}\.\d{1,2}$/;
const MINUTES = /^(\d{1,3})\s*['′’]$/;
const FIELDS = /(?:\\[\\|]|[^|])*/y; // up to the next bar that no backslash stands before

/**
 * @param {string} text
 * @param {Site} site
 * @returns {Talk & {unknown: Unknown[]}}
 */
export function readTalk(text, site) {
  /** @type {Stop[]} */
  const stops = [];
  const unknown = [];
  let name = "", isFirst = true;
  for (const [i, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = whole.trim();
    if (!line) continue;
    if (isFirst && line.startsWith(NAME)) name = clean(line.slice(NAME.length));
    else {
      const stop = stops.length < MOST_STOPS ? readStop(line, site) : null;
      if (stop) stops.push(stop);
      else unknown.push({ line: i + 1, text: line.slice(0, MOST_LETTERS) });
    }
    isFirst = false;
  }
  return { name, stops, unknown };
}

/** @param {string} line @param {Site} site @returns {Stop | null} */
function readStop(line, site) {
  let to = "", minutes = null;
  const texts = [];
  for (const field of fieldsOf(line)) {
    const opens = to ? null : targetOf(field, site), [, given] = field.match(MINUTES) ?? [];
    if (opens) to = opens;
    else if (given && minutes === null) minutes = Math.min(MOST_MINUTES, Number(given));
    else texts.push(clean(unescaped(field)));
  }
  const [title = "", note = ""] = texts;
  return to ? { to, minutes: minutes ?? USUAL_MINUTES, title, note } : null;
}

/** The fields between the bars, as they are written. @param {string} line */
function fieldsOf(line) {
  const fields = [];
  for (let at = 0; at <= line.length; at += 1) {
    FIELDS.lastIndex = at;
    const [field] = FIELDS.exec(line) ?? [""];
    fields.push(field.trim());
    at += field.length;
  }
  return fields;
}

/** What a text opens: a step of the course by its number, or a path of this site. @param {string} text @param {Site} site */
export function targetOf(text, { base, isStep }) {
  if (STEP.test(text)) return isStep(text) ? text : null;
  const path = sitePath(text, base);
  return path && path.replaceAll(BAR, "%7C");
}

/** @param {Talk} talk */
export function writeTalk({ name, stops }) {
  const lines = [...(name ? [`${NAME} ${clean(name)}`] : []), ...stops.map(writeStop)];
  return lines.join("\n");
}

/** @param {Stop} stop */
function writeStop({ to, minutes, title, note }) {
  const texts = [title, note].map(clean), isOdd = texts.some((text) => MINUTES.test(text));
  const given = minutes === USUAL_MINUTES && !isOdd ? [] : [`${minutes}'`];
  const fields = [to, ...given, ...texts.map(escaped)];
  while (!fields.at(-1)) fields.pop();
  return fields.join(` ${BAR} `);
}

/** A title may have bars of its own: in a list of before (`/lessons/hour?stops=`) only the last one ends it. @param {string} list @param {Site} site */
export function fromPlan(list, site) {
  const lines = list.split("\n").map((line) => {
    const at = line.lastIndexOf(BAR), title = line.slice(0, Math.max(0, at)).trim();
    const to = targetOf(line.slice(at + 1).trim(), site);
    return to ? writeStop({ to, minutes: USUAL_MINUTES, title, note: "" }) : line;
  });
  return lines.join("\n");
}

/** The talk as its audience gets it. @param {Talk} talk @returns {Talk} */
export const withoutNotes = ({ name, stops }) => ({
  name,
  stops: stops.map((stop) => ({ ...stop, note: "" })),
});

/** The minutes of all stops. @param {Stop[]} stops */
export const minutesOf = (stops) => stops.reduce((sum, { minutes }) => sum + minutes, 0);

/** One line without control characters. @param {string} text */
const clean = (text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim().slice(0, MOST_LETTERS);
/** @param {string} text */
const escaped = (text) => text.replace(/[\\|]/g, "\\$&");
/** @param {string} text */
const unescaped = (text) => text.replace(/\\([\\|])/g, "$1");
