// The rows of a talk: order, title, note and minutes of each stop.

import { element, replaceKeepingFocus } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { minutesOf, MOST_MINUTES } from "./format.js";

/** @typedef {import("./format.js").Stop} Stop */
/** @typedef {import("./opened.js").Opened} Opened */
/** @typedef {{change: (stops: Stop[]) => void, open: (i: number) => void, say: (text: string) => void}} Acts */

/** The stops with one of them at another place. @template T @param {T[]} stops @param {number} from @param {number} to */
export function moved(stops, from, to) {
  const others = stops.filter((_, i) => i !== from);
  return [...others.slice(0, to), stops[from], ...others.slice(to)];
}

/** @param {HTMLElement} list @param {Opened[]} stops @param {number} place the stop one is at; −1: none @param {Acts} acts */
export function rows(list, stops, place, acts) {
  const plain = stops.map(({ to, minutes, title, note }) => ({ to, minutes, title, note }));
  const set = (/** @type {number} */ i, /** @type {Partial<Stop>} */ changed) =>
    acts.change(plain.map((stop, j) => (j === i ? { ...stop, ...changed } : stop)));
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (to < 0 || to >= plain.length || to === from) return;
    acts.change(moved(plain, from, to));
    acts.say(words("talk.moved", { n: to + 1, title: stops[from].called }));
    /** @type {HTMLElement} */ (list.children[to].querySelector("button")).focus();
  };
  replaceKeepingFocus(list, stops.map((stop, i) => row(stop, i)));

  /** @param {Opened} stop @param {number} i */
  function row(stop, i) {
    const n = i + 1, { called: title } = stop;
    const handle = button("talk-handle quiet", words("talk.move", { n, title }), "⋮⋮");
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(i, i + by);
    });
    const link = element("a", { href: stop.path }, title);
    link.addEventListener("click", () => acts.open(i));
    const rename = button("quiet", words("talk.rename", { title }), "✎"),
      remove = button("quiet", words("talk.remove", { title }), "✕");
    const heading = element(
      "p",
      {},
      link,
      " ",
      element("span", { class: "talk-kind" }, words(`talk.of.${stop.section}`)),
      " ",
      rename,
    );
    rename.addEventListener("click", () => {
      const own = field(stop.title, words("talk.rename", { title }), words("talk.own_title"));
      own.addEventListener("change", () => set(i, { title: own.value }));
      own.addEventListener("blur", () => own.isConnected && own.replaceWith(link));
      link.replaceWith(own);
      own.focus();
    });
    remove.addEventListener("click", () => {
      acts.change(plain.filter((_, j) => j !== i));
      acts.say(words("talk.removed", { title }));
    });
    const note = field(stop.note, words("talk.note_of", { title }), words("talk.note"));
    note.classList.add("talk-stop-note");
    note.addEventListener("change", () => set(i, { note: note.value }));
    const minutes = /** @type {HTMLInputElement} */ (element("input", {
      ...{ type: "number", min: "0", max: String(MOST_MINUTES), value: String(stop.minutes) },
      "aria-label": words("talk.minutes_of", { title }),
    }));
    minutes.addEventListener("change", () => {
      const given = Math.round(Number(minutes.value));
      if (minutes.value !== "" && given >= 0 && given <= MOST_MINUTES) set(i, { minutes: given });
      else minutes.value = String(stop.minutes);
    });
    const made = element(
      "li",
      i === place ? { "aria-current": "step" } : {},
      handle,
      element("span", { class: "talk-begin" }, `${minutesOf(stops.slice(0, i))}′`),
      element("span", { class: "talk-number" }, String(n)),
      element("div", { class: "talk-what" }, heading, note),
      element("span", { class: "talk-minutes" }, minutes, " ", words("talk.min")),
      remove,
    );
    handle.addEventListener("pointerdown", (event) => drag(event, made, i));
    return made;
  }

  /** @param {PointerEvent} event @param {HTMLElement} one @param {number} from */
  function drag(event, one, from) {
    const handle = /** @type {HTMLElement} */ (event.currentTarget);
    handle.setPointerCapture(event.pointerId);
    one.classList.add("is-dragged");
    const follow = (/** @type {PointerEvent} */ { clientY }) => {
      for (const other of list.children) {
        const { top, height } = other.getBoundingClientRect();
        if (other === one || clientY < top || clientY > top + height) continue;
        const isBelow = Boolean(other.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
        if (isBelow ? clientY > top + height / 2 : clientY < top + height / 2) {
          other[isBelow ? "after" : "before"](one);
        }
      }
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", follow);
      one.classList.remove("is-dragged");
      move(from, [...list.children].indexOf(one));
    }, { once: true });
  }
}

/** @param {string} name @param {string} label @param {string} sign */
const button = (name, label, sign) =>
  element("button", { type: "button", class: name, "aria-label": label, title: label }, sign);

/** @param {string} value @param {string} label @param {string} placeholder */
const field = (
  value,
  label,
  placeholder,
) => /** @type {HTMLInputElement} */ (element("input", {
  type: "text",
  value,
  placeholder,
  autocomplete: "off",
  "aria-label": label,
}));
