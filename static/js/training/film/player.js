// Player of the film strip: buttons, the track of beats, the choice of the epoch, and autoplay.

import { byId, element, parts, replaceKeepingFocus } from "../../lib/dom.js";
import { visible } from "../../lib/format.js";
import { unit } from "../../lib/unit.js";
import { words } from "../../lib/words.js";
import { clock } from "../../page/clock.js";
import { stepAt } from "./step-layout.js";
import * as timeline from "./timeline.js";

/** @typedef {import("./timeline.js").Place} Place */
/** @typedef {import("./timeline.js").Plan} Plan */
/** @typedef {(plan: Plan, place: Place) => Place | null} Move */

const BEAT_MS = 800; // at speed 1
export const MAX_BEATS = 60; // on one track
const ROOM = { beat: 15, update: 4.5 }; // px of a beat with its letter, and how many beats an update is as wide as

const SIGNS = { forward: "→", backward: "←", update: "" }; // of steps that are played as one
const PHASES = /** @type {const} */ (["forward", "backward", "update"]);

/** @type {Record<string, Move>} the moves of buttons and keys */
export const MOVES = {
  start: (plan, place) => timeline.placeAt(plan, 0, place.pass),
  back: (plan, place) => timeline.placeAfter(plan, place, -1),
  forth: (plan, place) => timeline.placeAfter(plan, place, 1),
  end: (plan, place) => timeline.placeAt(plan, plan.total - 1, place.pass),
  blockBack: (plan, place) => timeline.blockAfter(plan, place, -1),
  blockForth: (plan, place) => timeline.blockAfter(plan, place, 1),
};

/** @type {{plan: Plan, place: Place, from: number} | null} from: the first beat on the track */
let current = null;
/** @type {(move: Move) => Place | null} makes a move and returns where it led */
let go = () => null;
const { toggle, pause, ...playing } = clock({
  ...{
    button: "film-play",
    word: "film-play-word",
    twin: "dock-play",
    status: "film-said",
    speed: "film-speed",
    beat: BEAT_MS,
  },
  begin: () => isAtEnd() && go(MOVES.start),
  step: () => go(MOVES.forth),
});
export { pause, toggle };

const isAtEnd = () =>
  current !== null && timeline.indexOf(current.plan, current.place) === current.plan.total - 1;

/** The button of the dock plays the film while it is open. @param {boolean} isOpen */
export function enable(isOpen) {
  const button = /** @type {HTMLButtonElement | null} */ (document.getElementById("dock-play"));
  if (button) button.disabled = !isOpen;
}

/** @param {typeof go} move @param {(pass: number) => void} toPass */
export function listen(move, toPass) {
  go = move;
  for (const name of ["start", "back", "forth", "end"]) {
    byId(`film-${name}`).addEventListener("click", () => {
      pause();
      go(MOVES[name]);
    });
  }
  playing.listen();
  document.getElementById("dock-play")?.addEventListener("click", toggle);
  const scrubber = /** @type {HTMLInputElement} */ (byId("film-scrubber"));
  scrubber.addEventListener("input", () => {
    pause();
    const index = (current?.from ?? 0) + Number(scrubber.value);
    go((plan, { pass }) => timeline.placeAt(plan, index, pass));
  });
  const blocks = /** @type {HTMLInputElement} */ (byId("film-blocks"));
  blocks.addEventListener("input", () => {
    pause();
    const frame = Number(blocks.value);
    go((plan, { pass }) => ({ pass, frame, beat: 2 * plan.lengths[frame] }));
  });
  const pass = /** @type {HTMLInputElement} */ (byId("film-pass"));
  pass.addEventListener("change", () => {
    pause();
    if (pass.checkValidity() && pass.value) toPass(Number(pass.value));
    else pass.value = String(current?.place.pass ?? 1);
  });
  for (const [name, by] of /** @type {const} */ ([["pass-back", -1], ["pass-forth", 1]])) {
    byId(`film-${name}`).addEventListener("click", () => {
      pause();
      if (current) toPass(current.place.pass + by);
    });
  }
}

/** @param {Film} film @param {Plan} plan @param {Place} place @param {Part[]} sentence */
export function show(film, plan, place, sentence) {
  const whole = beatsOf(plan) <= MAX_BEATS, { frame } = place;
  const frames = whole ? plan.lengths.map((_, i) => i) : [frame], from = whole ? 0 : plan.offsets[frame];
  current = { plan, place, from };
  drawTrack(film, plan, frames);
  const now = timeline.indexOf(plan, place);
  for (const beat of byId("film-beats").querySelectorAll("i")) {
    const first = Number(beat.dataset.first), last = Number(beat.dataset.last);
    beat.classList.toggle("later", first > now);
    beat.classList.toggle("now", first <= now && now <= last);
  }
  const sentenceText = sentence.map(({ text }) => text).join("");
  const scrubber = /** @type {HTMLInputElement} */ (byId("film-scrubber"));
  scrubber.max = String((whole ? plan.total : plan.offsets[frame + 1]) - 1 - from);
  scrubber.value = String(now - from);
  scrubber.setAttribute("aria-valuetext", sentenceText);
  if (byId("film-said").textContent !== sentenceText) byId("film-said").replaceChildren(...parts(sentence));
  const blocks = /** @type {HTMLInputElement} */ (byId("film-blocks"));
  blocks.max = String(plan.lengths.length - 1);
  blocks.value = String(frame);
  blocks.setAttribute(
    "aria-valuetext",
    words("training.film.played_block", { n: frame + 1, of: plan.lengths.length }),
  );
  showPass(film, place);
}

/** @param {Film} film @param {Place} place */
function showPass({ passes }, { pass }) {
  const field = /** @type {HTMLInputElement} */ (byId("film-pass"));
  field.max = String(passes);
  if (document.activeElement !== field) field.value = String(pass);
  byId("film-passes").textContent = words("training.film.of_passes", { passes });
  /** @type {HTMLButtonElement} */ (byId("film-pass-back")).disabled = pass <= 1;
  /** @type {HTMLButtonElement} */ (byId("film-pass-forth")).disabled = pass >= passes;
  byId("film-picker").hidden = passes < 2;
}

/** @param {Plan} plan */
const beatsOf = ({ grouped, lengths, total }) => (grouped ? 3 * lengths.length : total);

/** The beats as buttons of a film: letters forward, the same backward, and the update. @param {Film} film @param {Plan} plan @param {number[]} frames */
function drawTrack(film, plan, frames) {
  const box = byId("film-beats"), steps = frames.reduce((sum, frame) => sum + plan.lengths[frame], 0);
  const beats = 2 * steps + ROOM.update * frames.length,
    lettered = !plan.grouped && box.clientWidth / unit() / beats >= ROOM.beat;
  const { tokens, schedule, order } = film;
  const key = JSON.stringify([
    plan.grouped,
    plan.offsets[frames[0]],
    plan.lengths,
    frames.length,
    film.first_update,
    tokens,
  ]);
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  const letter = (/** @type {number} */ frame, /** @type {number} */ step) => {
    const [start] = schedule.blocks[order[frame]] ?? [0];
    return visible(tokens[stepAt(film, { start }, step)] ?? "");
  };
  replaceKeepingFocus(
    box,
    frames.map((frame) => {
      const n = plan.lengths[frame],
        ends = plan.grouped ? timeline.groupEnds(n) : Array.from({ length: 2 * n + 1 }, (_, beat) => beat);
      const number = film.first_update + frame + 1;
      const beats = ends.map((end, i) => {
        const first = plan.offsets[frame] + (i ? ends[i - 1] + 1 : 0), last = plan.offsets[frame] + end;
        const { phase, step } = timeline.doneAt(n, end);
        const says = plan.grouped
          ? SIGNS[phase]
          : !lettered
          ? ""
          : phase === "update"
          ? words("training.film.update", { n: number })
          : letter(frame, step);
        return element("i", { class: phase, "data-first": String(first), "data-last": String(last) }, says);
      });
      const block = element(
        "span",
        {},
        ...PHASES.map((phase) =>
          element(
            "span",
            { class: `beats-of ${phase}` },
            ...beats.filter(({ className }) => className === phase),
          )
        ),
      );
      block.style.flexGrow = String(ends.length);
      return block;
    }),
  );
}
