// What a stop of a talk opens: its path, its title and the part of the site it is in.

/** @typedef {import("./format.js").Stop} Stop */
/** @typedef {{number: number, id: string, title: string, moments: {title: string}[]}} Listed a lesson in a list */
/** @typedef {Stop & {path: string, short: string, called: string, section: string}} Opened path: what is opened; short: what is typed; called: its title, or that of the step or the path; section: a key of the words `talk.of` */

const STEP = /^(\d{1,2})\.(\d{1,2})$/, SHORT = /^\/(\w\w)\/(\d{1,2}\.\d{1,2})$/;
const SECTIONS = ["training", "graph", "ab", "lessons"];

/** @param {Listed[]} course @param {string} number */
function stepOf(course, number) {
  const [, lesson, moment] = number.match(STEP) ?? [];
  const its = course.find((one) => one.number === Number(lesson)), step = its?.moments[Number(moment) - 1];
  return its && step ? { id: its.id, m: Number(moment), title: step.title } : null;
}

/** @param {Listed[]} course */
export const stepsOf = (course) => (/** @type {string} */ number) => stepOf(course, number) !== null;

/** @param {Stop} stop @param {Listed[]} course @param {string} language @returns {Opened} */
export function opened(stop, course, language) {
  const [, its = language, typed = stop.to] = stop.to.match(SHORT) ?? [], step = stepOf(course, typed);
  if (step) {
    const called = `${typed} ${stop.title || step.title}`, short = `/${its}/${typed}`;
    return { ...stop, path: `/${its}/lessons/${step.id}#m=${step.m}`, short, called, section: "lessons" };
  }
  const [, at, page = ""] = stop.to.split(/[?#]/, 1)[0].split("/"), isOurs = /^(?:\w\w)?$/.test(at);
  const section = !isOurs ? "other" : page === "" ? "explorer" : SECTIONS.includes(page) ? page : "other";
  return { ...stop, path: stop.to, short: stop.to, called: stop.title || readable(stop.to), section };
}

/** A path with its letters decoded. @param {string} path */
function readable(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** What a state adds to a talk: a step of the course by its number, else its path. @param {string} path */
export const targetOfPath = (path) => path.match(SHORT)?.[2] ?? path;

const OF_THE_READER = ["view", "theme", "from", "v"];
const FIRST_LINE = /^([fb][\d:]+)\.1$/; // a moment begins at its first line

/** Whether two paths show the same, but for how one reads them. @param {string} one @param {string} other */
export function isSame(one, other) {
  const [a, b] = [one, other].map((path) => {
    const [address, hash = ""] = path.split("#"), [page, query = ""] = address.split("?");
    const keys = [query, hash].map((part) =>
      [...new URLSearchParams(part)].filter(([name]) => !OF_THE_READER.includes(name))
        .map(([name, value]) => `${name}=${name === "at" ? value.replace(FIRST_LINE, "$1") : value}`).sort()
    );
    return JSON.stringify([page, keys]);
  });
  return a === b;
}

/** A path whose fragment has these keys too. @param {string} path @param {Record<string, string | null>} keys */
export function withKeys(path, keys) {
  const [address, hash = ""] = path.split("#");
  const parts = hash.split("&").filter((part) => part && !(part.split("=")[0] in keys));
  for (const [name, value] of Object.entries(keys)) if (value) parts.push(`${name}=${value}`);
  return parts.length ? `${address}#${parts.join("&")}` : address;
}
