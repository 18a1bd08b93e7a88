// Calls that come too fast: the first at once, then one at most every so many ms, and the last one always.

/** @typedef {{now: () => number, set: (act: () => void, ms: number) => any, clear: (timer: any) => void}} Clock */

/** @param {number} pause in ms @param {() => void} call @param {Clock} clock */
export function throttled(pause, call, { now, set, clear }) {
  let called = -pause;
  /** @type {any} */
  let timer = null;

  function act() {
    timer = null;
    called = now();
    call();
  }

  return {
    ask: () => {
      if (timer !== null) return;
      const wait = called + pause - now();
      if (wait <= 0) act();
      else timer = set(act, wait);
    },
    cancel: () => {
      clear(timer);
      timer = null;
    },
  };
}
