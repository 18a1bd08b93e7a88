// Resumable event stream of a run: after a lost connection or a busy server it waits to be retried, then
// resumes after the last event.

import { follow } from "../server/api.js";
import { isBusy, markReached } from "../page/retry.js";

/** @typedef {import("../server/sse.js").Sent} Sent */
/** @typedef {{came: (event: Sent) => void, refused: (problems: import("../server/api.js").Problem[]) => void, lost: (failure: import("../server/api.js").Failure) => void}} Listener */
/** @typedef {{stop: () => void, again: () => void}} Stream again: does nothing while the line holds */

/** @param {string} path @param {Listener} listener @returns {Stream} */
export function stream(path, listener) {
  const given = new AbortController();
  let last = "", over = false, waiting = false;
  ask();
  return {
    stop: () => {
      over = true;
      given.abort();
    },
    again: () => {
      if (waiting && !over && !isBusy()) ask();
    },
  };

  async function ask() {
    waiting = false;
    const outcome = await follow(path, {
      ...{ signal: given.signal, last },
      came: (event) => {
        markReached();
        last = event.id || last;
        over ||= event.name === "done" || event.name === "failed";
        listener.came(event);
      },
    });
    if (over) return;
    if ("problems" in outcome) return listener.refused(outcome.problems);
    waiting = true;
    listener.lost("failure" in outcome ? outcome : { failure: "failed" });
  }
}
