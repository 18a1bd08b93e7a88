// The speaker's window: the stop, its note, the next one and the time, in step with the window that presents the talk.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import * as keys from "../page/keyboard.js";
import * as channel from "./channel.js";
import { minutesOf, readTalk } from "./format.js";
import { opened, stepsOf } from "./opened.js";
import { behind, clock } from "./time.js";

const SECOND = 1000; // ms
const ALONE = 3000; // ms of silence after which the presenting window is taken to be closed

/** @param {{course: import("./opened.js").Listed[], language: string}} data @param {string} base @param {string} tab the name of the window that presents */
export function start({ course, language }, base, tab) {
  /** @type {channel.Told | null} */
  let told = null;
  let heard = 0;
  const turn = (/** @type {number} */ by) => channel.send({ to: tab, by });

  channel.listen((/** @type {channel.Told} */ message) => {
    if (message.tab !== tab) return;
    told = message;
    heard = Date.now();
    show();
  });
  keys.listen({
    ...{
      PageDown: () => turn(1),
      PageUp: () => turn(-1),
      ArrowRight: () => turn(1),
      ArrowLeft: () => turn(-1),
    },
    " ": () => turn(1),
  });
  byId("speaker-back").addEventListener("click", () => turn(-1));
  byId("speaker-next").addEventListener("click", () => turn(1));
  tick();

  function tick() {
    if (Date.now() - heard > SECOND) turn(0);
    show();
    setTimeout(tick, SECOND);
  }

  function show() {
    byId("speaker-alone").hidden = told !== null && Date.now() - heard < ALONE;
    if (!told) return;
    const { stops: found } = readTalk(told.text, { base, isStep: stepsOf(course) }),
      { place, begun, isAway } = told;
    const stops = found.map((stop) => opened(stop, course, language)),
      stop = stops[place],
      next = stops[place + 1];
    if (!stop) return;
    const gone = begun === null ? 0 : Date.now() - begun,
      late = begun === null ? 0 : behind(stops, place, gone);
    byId("speaker-place").textContent = `${place + 1} / ${stops.length}`;
    byId("speaker-title").textContent = stop.called;
    byId("speaker-note").textContent = isAway ? words("talk.away") : stop.note;
    byId("speaker-upcoming").textContent = next
      ? words("talk.next", { title: next.called })
      : words("talk.last");
    byId("speaker-gone").replaceChildren(
      element("b", {}, clock(gone)),
      " ",
      words("talk.of_minutes", { minutes: minutesOf(stops) }),
    );
    byId("speaker-late").textContent = late
      ? words(late > 0 ? "talk.late" : "talk.early", { n: Math.abs(late) })
      : "";
  }
}
