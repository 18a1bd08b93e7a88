// Player of the explorer: buttons, speed, scrubber and autoplay.

import { byId } from "../lib/dom.js";
import { indexOf, lineOn, momentAt, schedule, stepsOn } from "./timeline.js";
import { momentUnder, showProgress, showTrack } from "./scrubber.js";
import { words } from "../lib/words.js";
import { clock } from "../page/clock.js";
import { unit } from "../lib/unit.js";

const LINE_MS = 450; // at speed 1
const BY_LINES = 24; // up to this many stops, each line is played on its own

/** @typedef {import("./timeline.js").Schedule} Schedule */
/** @typedef {(plan: Schedule, at: Moment | null) => Moment | null} Move */
/** @typedef {(move: Move) => Moment | null} Go makes a move and returns where it led */

/** @type {Record<string, Move>} the moves of buttons and keys */
export const MOVES = {
  start: (plan) => momentAt(plan, 0),
  back: (plan, at) => stepsOn(plan, at, -1),
  forth: (plan, at) => stepsOn(plan, at, 1),
  end: () => null,
  lineBack: (plan, at) => lineOn(plan, at, -1),
  lineForth: (plan, at) => lineOn(plan, at, 1),
};

/** @type {Go} */
let go = () => null;
const { toggle, pause, isPlaying, ...playing } = clock({
  ...{
    button: "play",
    word: "play-word",
    twin: "dock-play",
    status: "readout",
    speed: "speed",
    beat: LINE_MS,
  },
  begin: () => go((plan, at) => at ?? momentAt(plan, 0)),
  step: () => go((plan, at) => (plan.length <= BY_LINES ? lineOn : stepsOn)(plan, at, 1)),
});
export { isPlaying, pause, toggle };

/** @type {{result: Result, plan: Schedule, view: View} | null} what the track currently shows */
let current = null;
let width = 0; // px of the track

/** @param {Go} move */
export function listen(move) {
  go = move;
  for (const id of ["start", "back", "forth", "end"]) {
    byId(id).addEventListener("click", () => {
      pause();
      go(MOVES[id]);
    });
  }
  playing.listen();
  /** @type {HTMLInputElement} */
  const scrubber = byId("scrubber");
  scrubber.addEventListener("input", () => {
    pause();
    const index = Number(scrubber.value);
    go((plan) => (index < plan.length ? momentAt(plan, index) : null));
  });
  listenToPointer(scrubber);
  new ResizeObserver(([{ contentRect }]) => {
    width = contentRect.width / unit();
    if (!current) return;
    showTrack(current.result, current.plan, width);
    showPosition(current.view);
  }).observe(byId("track"));
}

/**
 * Keyboard and screen reader use the range input; the pointer goes to the position under it.
 * @param {HTMLElement} scrubber
 */
function listenToPointer(scrubber) {
  const place = byId("track");
  const follow = (/** @type {PointerEvent} */ { clientX }) => {
    const { left, width } = place.getBoundingClientRect();
    go((plan) => momentUnder(plan, (clientX - left) / unit(), width / unit()));
  };
  place.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    scrubber.focus({ preventScroll: true });
    pause();
    place.setPointerCapture(event.pointerId);
    follow(event);
  });
  place.addEventListener("pointermove", (event) => {
    if (place.hasPointerCapture(event.pointerId)) follow(event);
  });
}

/**
 * Show the view's position in the computation of a result.
 * @param {Result} result @param {View} view
 */
export function show(result, view) {
  const fresh = current?.result !== result, plan = fresh || !current ? schedule(result) : current.plan;
  current = { result, plan, view };
  if (fresh) showTrack(result, plan, width);
  showPosition(view);
}

/** @param {View} view */
function showPosition({ at, t, isSelected }) {
  if (!current) return;
  const { plan } = current, scrubber = /** @type {HTMLInputElement} */ (byId("scrubber"));
  scrubber.max = String(plan.length);
  scrubber.value = String(at ? indexOf(plan, at) : plan.length);
  const walk = at?.phase === "backward" && plan.separate && plan.walks.find((one) => one.walk === at.walk);
  const key = `player.at_${at?.phase ?? (isSelected ? "all" : "end")}${walk ? "_walk" : ""}`,
    last = plan.T - 1;
  const text = words(key, { t, last, line: at?.line, from: walk ? walk.stop - 1 : "" });
  scrubber.setAttribute("aria-valuetext", text);
  byId("position").textContent = at?.phase === "update"
    ? words("player.update")
    : isSelected
    ? `t = ${t}`
    : "";
  showProgress(plan, at, width);
}
