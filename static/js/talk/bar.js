// The bar of a talk at the bottom of the lecturer's window: stop, note, next stop and time. Never on the wall.

import { element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { minutesOf } from "./format.js";
import { behind, clock } from "./time.js";

/** @typedef {{stops: import("./opened.js").Opened[], place: number, begun: number | null, isAway: boolean, isHidden: boolean}} Shown */
/** @typedef {{turn: (by: number) => void, add: () => void, leave: () => void, openSpeaker: () => void}} Acts */

const SAID = 4000; // ms for which a confirmation is shown

/** @type {HTMLElement | null} */
let bar = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (bar?.querySelector(`.talk-${name}`));

/** @param {Acts} acts */
function build(acts) {
  const button = (
    /** @type {string} */ name,
    /** @type {() => void} */ act,
    /** @type {(Node | string)[]} */ ...inside
  ) => {
    const made = element("button", { type: "button", class: name }, ...inside);
    made.addEventListener("click", act);
    return made;
  };
  const speaker = button("wide", acts.openSpeaker, words("talk.speaker"));
  speaker.title = words("talk.speaker_key");
  const leave = button("quiet", acts.leave, "✕");
  leave.setAttribute("aria-label", words("talk.leave"));
  leave.title = words("talk.leave");
  return element(
    "aside",
    { "class": "talk-bar", "aria-label": words("talk.bar") },
    element(
      "div",
      { class: "talk-where" },
      element("p", {}, element("b", { class: "talk-stop" }), " ", element("span", { class: "talk-next" })),
      element("p", { class: "talk-note" }),
    ),
    element(
      "div",
      { class: "talk-time" },
      element("b", { class: "talk-gone" }),
      element("span", { class: "talk-late" }),
    ),
    element(
      "div",
      { class: "talk-acts" },
      button("wide", acts.add, `＋ ${words("talk.add")} `, element("kbd", { "aria-hidden": "true" }, "M")),
      speaker,
      button("", () => acts.turn(-1), `← ${words("talk.back")}`),
      button("strong", () => acts.turn(1), `${words("talk.forth")} →`),
      leave,
    ),
  );
}

/** @param {Shown} shown @param {Acts} acts */
export function show({ stops, place, begun, isAway, isHidden }, acts) {
  if (!bar) {
    bar = build(acts);
    document.body.append(bar);
    requestAnimationFrame(() => dispatchEvent(new Event("resize"))); // the picture has less room
  }
  bar.hidden = isHidden;
  document.body.classList.toggle("in-talk", !isHidden);
  const stop = stops[place],
    next = stops[place + 1],
    late = begun === null ? 0 : behind(stops, place, Date.now() - begun);
  set("stop", `${place + 1} / ${stops.length} · ${stop.called}`);
  set("next", next ? words("talk.next", { title: next.called }) : words("talk.last"));
  set("note", isAway ? words("talk.away") : stop.note);
  set(
    "gone",
    words("talk.gone", { gone: clock(begun === null ? 0 : Date.now() - begun), minutes: minutesOf(stops) }),
  );
  set("late", late ? words(late > 0 ? "talk.late" : "talk.early", { n: Math.abs(late) }) : "");
  part("late").classList.toggle("behind", late > 0);
}

/** @param {string} name @param {string} text */
function set(name, text) {
  if (part(name).textContent !== text) part(name).textContent = text;
}

export function hide() {
  bar?.remove();
  bar = null;
  document.body.classList.remove("in-talk");
}

/** Say something for a while, also where the bar is hidden. @param {string} text */
export function say(text) {
  const old = document.querySelector(".talk-said"),
    line = old ?? element("p", { class: "talk-said", role: "status" });
  if (!old) document.body.append(line);
  clearTimeout(saying);
  requestAnimationFrame(() => line.textContent = text); // after the line is there, so that it is read aloud
  saying = setTimeout(() => line.textContent = "", SAID);
}
