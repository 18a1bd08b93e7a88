// Retry when the server does not answer: a notice counts down the seconds until the next attempt.

import { patient } from "../server/api.js";
import * as address from "./address.js";
import { notice } from "./notices.js";
import { words } from "../lib/words.js";

const SECONDS = [2, 4, 8, 15]; // between attempts, longer each time
let failures = 0, busyUntil = 0;
/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/**
 * Ask again later; a page of an older version than the server's has to be reloaded first.
 * @param {import("../server/api.js").Failure} failed
 * @param {() => void} again
 */
export function retryLater({ failure, seconds = SECONDS[Math.min(failures, SECONDS.length - 1)] }, again) {
  failures += 1;
  if (failure === "updated") {
    clearInterval(timer);
    return notice("server", words("notices.updated"), true, {
      label: words("notices.reload"),
      act: () => address.reload(),
    });
  }
  const end = Date.now() + 1000 * (failure === "offline" ? seconds : patient(seconds));
  if (failure === "busy") busyUntil = end;
  const left = () => Math.max(0, Math.ceil((end - Date.now()) / 1000));
  const say = () => notice("server", words(`notices.${failure}`, { seconds: left() }), true);
  say();
  clearInterval(timer);
  timer = setInterval(() => {
    if (left()) return say();
    clearInterval(timer);
    again();
  }, 1000);
}

/** Whether the server has said to ask later, and that is not yet: a redraw does not repeat a question meanwhile. */
export const isBusy = () => Date.now() < busyUntil;

/** The server has answered. */
export function markReached() {
  clearInterval(timer);
  busyUntil = 0;
  if (failures) notice("server", "");
  failures = 0;
}
