// Lesson plan: reads a list of stops, one per line, each a step number or a link of this site.

import { sitePath } from "../lib/site-path.js";

/** @typedef {{number: number, id: string, title: string, moments: {title: string, hour: boolean}[]}} Told a lesson in a list */
/** @typedef {{title: string, path: string}} Stop */

const SEPARATOR = "|";

/** The default lesson plan of the course, as step numbers. @param {Told[]} course */
export function usual(course) {
  return course.flatMap(({ number, moments }) =>
    moments.flatMap(({ hour }, i) => (hour ? [`${number}.${i + 1}`] : []))
  );
}

/**
 * @param {string[]} lines
 * @param {Told[]} course
 * @param {string} language
 * @param {string} base of this site, such as https://bptt.example
 * @returns {{stops: Stop[], unknown: {line: number, text: string}[]}}
 */
export function stopsOf(lines, course, language, base) {
  /** @type {Stop[]} */
  const stops = [];
  const unknown = [];
  for (const [i, whole] of lines.entries()) {
    const text = whole.trim();
    if (!text) continue;
    const stop = momentOf(text, course, language) ?? linkOf(text, base);
    if (stop) stops.push(stop);
    else unknown.push({ line: i + 1, text });
  }
  return { stops, unknown };
}

/** @param {string} text @param {Told[]} course @param {string} language @returns {Stop | null} */
function momentOf(text, course, language) {
  const { title = "", link } = split(text), [, lesson, moment] = link.match(/^(\d{1,2})\.(\d{1,2})$/) ?? [];
  const found = course.find(({ number }) => number === Number(lesson))?.moments[Number(moment) - 1];
  return found ? { title: `${link} ${title || found.title}`, path: `/${language}/${link}` } : null;
}

/** @param {string} text @param {string} base @returns {Stop | null} */
function linkOf(text, base) {
  const { title, link } = split(text), path = sitePath(link, base);
  return path === null ? null : { title: title || link, path };
}

/** A line may have a title before its last bar. @param {string} text */
function split(text) {
  const at = text.lastIndexOf(SEPARATOR);
  return at < 0 ? { link: text } : { title: text.slice(0, at).trim(), link: text.slice(at + 1).trim() };
}
