// The playhead's controls: buttons, scrubber, and time running by itself.

import { byId, element } from "./dom.js";
import { visible } from "./format.js";
import { words } from "./words.js";

const STEP_MS = 450;
const LETTER_PX = 13;
const KNOB_PX = 10;

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

/**
 * @param {(move: (t: number, last: number) => number, settled: boolean) => void} go
 */
export function listen(go) {
  /** @type {[string, (t: number, last: number) => number][]} */
  const moves = [
    ["start", () => 0],
    ["back", (t) => t - 1],
    ["forth", (t) => t + 1],
    ["end", (_, last) => last],
  ];
  for (const [id, move] of moves) {
    byId(id).addEventListener("click", () => {
      pause();
      go(move, true);
    });
  }
  byId("play").addEventListener("click", () => toggle(go));
  const scrubber = byId("scrubber");
  for (const kind of ["input", "change"]) {
    scrubber.addEventListener(kind, () => {
      pause();
      go(() => Number(/** @type {HTMLInputElement} */ (scrubber).value), kind === "change");
    });
  }
}

/** @param {(move: (t: number, last: number) => number, settled: boolean) => void} go */
export function toggle(go) {
  if (timer) return pause();
  timer = setInterval(() => go((t, last) => (t < last ? t + 1 : 0), true), STEP_MS);
  look();
}

export function pause() {
  clearInterval(timer);
  timer = undefined;
  look();
}

function look() {
  byId("play").setAttribute("aria-pressed", String(Boolean(timer)));
  byId("play-word").textContent = words(timer ? "player.pause" : "player.play");
}

/**
 * The sequence as a track, cuts marked.
 * @param {Result} result
 * @param {number} room px of the whole track
 */
export function showTrack(result, room) {
  const box = byId("letters"), T = result.tokens.length, width = room / T;
  const starts = new Set(result.blocks.map(({ start }) => start).filter(Boolean));
  box.classList.toggle("dense", width < 5);
  box.replaceChildren(
    ...result.tokens.map((token, t) =>
      element("span", starts.has(t) ? { class: "cut" } : {}, width >= LETTER_PX ? visible(token) : "")
    ),
  );
  const scrubber = /** @type {HTMLInputElement} */ (byId("scrubber"));
  scrubber.max = String(T - 1);
  scrubber.style.left = `calc(${100 / T}% - ${KNOB_PX}px)`; // the knob stands where the last letter read ends
  scrubber.style.width = `calc(${100 - 100 / T}% + ${KNOB_PX}px)`;
}

/**
 * @param {number} t
 * @param {number} last
 */
export function showPosition(t, last) {
  const scrubber = /** @type {HTMLInputElement} */ (byId("scrubber"));
  scrubber.value = String(t);
  scrubber.setAttribute("aria-valuetext", words("player.position", { t, last }));
  byId("position").textContent = `t = ${t}`;
  byId("letters").childNodes.forEach((letter, i) =>
    /** @type {HTMLElement} */ (letter).classList.toggle("done", i <= t)
  );
}
