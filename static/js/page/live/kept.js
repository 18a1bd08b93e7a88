// What a tab remembers of a live lecture until it is closed: the room that it steers, or the one that it follows.

/** @typedef {{room: string, steer: string, sender: string}} Steered steer: the token, which is nowhere else; sender: a random name of this page */

const STEERED = "bptt-steer", KNOWN = "bptt-room", VOTER = "bptt-voter", ANSWER = "bptt-answer";

/** @param {string} name @returns {any} */
function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null; // the browser forbids it, or it was changed by hand
  }
}

/** @param {string} name @param {unknown} value */
function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch { // the browser forbids it: it is forgotten with the page
  }
}

/** @returns {Steered | null} */
export const steered = () => read(STEERED);
/** @param {Steered | null} steered */
export const steer = (steered) => write(STEERED, steered);

/** A random name of a page, by which two that steer are told apart. */
export const newName = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether there has been a room of this number. @param {string} room */
export const knows = (room) => read(KNOWN) === room;
/** @param {string} room */
export const know = (room) => write(KNOWN, room);

/** The name under which this tab votes. @returns {string} */
export function voter() {
  const name = read(VOTER) ?? newName();
  write(VOTER, name);
  return name;
}

/** @param {string} room @returns {any} */
export function answer(room) {
  const found = read(ANSWER);
  return found?.room === room ? found.answer : null;
}
/** @param {string} room @param {unknown} answer */
export const keepAnswer = (room, answer) => write(ANSWER, { room, answer });
