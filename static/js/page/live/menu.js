// The lecturer's button in the header, once a room is open: its number, how many follow, and what can be done.

import { byId, element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { short } from "../present/typed.js";
import { spaced } from "./room-address.js";

/** @typedef {import("./lecture.js").Lecture & {n: number, base: string, question: import("../live.js").Askable | null}} Shown */
/** @typedef {{act: (what: any) => void, take: () => void}} Heard */

let usual = "";
/** @type {Shown | null} */
let latest = null;
/** @type {HTMLElement} */
let box;
/** @type {HTMLElement} */
let status;

/** @param {Heard} heard */
export function build({ act, take }) {
  const button = byId("live");
  usual = button.textContent ?? "";
  box = element("div", {
    "id": "live-menu",
    "class": "live-menu",
    "popover": "auto",
    "aria-label": words("live.title"),
    "role": "group",
  });
  status = element("div", { class: "live-status", role: "status", id: "live-status" });
  document.body.append(box, status);
  box.addEventListener("click", ({ target }) => {
    const it = target instanceof Element && target.closest("button");
    if (!(it instanceof HTMLElement)) return;
    box.hidePopover();
    if (it.dataset.act === "take") take();
    else act(it.dataset.act);
  });
}

/** @param {Shown | null} shown */
export function draw(shown) {
  latest = shown;
  const button = byId("live");
  button.classList.toggle("is-live", Boolean(shown));
  button.classList.toggle("wide", !shown); // a phone that steers has it too
  if (!shown) {
    button.replaceChildren(usual);
    button.removeAttribute("aria-haspopup");
    if (box.matches(":popover-open")) box.hidePopover();
    return;
  }
  const { room, n, isPaused, isMoved } = shown, text = words("live.pill", { room: spaced(room), n });
  button.setAttribute("aria-haspopup", "true");
  if (button.dataset.text !== text) {
    button.dataset.text = text;
    button.replaceChildren(
      element("span", { "class": "dot", "aria-hidden": "true" }),
      element("span", { class: "whole" }, text),
      element("span", { "class": "number", "aria-hidden": "true" }, String(n)),
    );
  }
  button.classList.toggle("is-still", isPaused || isMoved);
  if (box.matches(":popover-open")) fill(shown);
}

/** Open the menu, or close it. */
export function toggle() {
  if (!latest || box.matches(":popover-open")) return box.hidePopover();
  fill(latest);
  box.showPopover();
  box.querySelector("button")?.focus();
}

/** @param {Shown} shown */
function fill({ room, n, base, isPaused, isMoved, question }) {
  const button = (/** @type {string} */ act, /** @type {string} */ text, kind = "") =>
    element("button", { "type": "button", "data-act": act, ...(kind && { class: kind }) }, text);
  const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.act;
  box.replaceChildren(
    element("h2", {}, words("live.title")),
    element("p", { class: "live-number", translate: "no" }, spaced(room)),
    element(
      "p",
      { class: "live-facts" },
      `${short(`${base}/${room}`)} · ${n ? words("live.following", { n }) : words("live.none")}`,
    ),
    ...(isMoved ? [element("p", {}, words("live.moved")), button("take", words("live.take"), "strong")] : [
      button("wall", words("live.wall"), "strong"),
      ...(question ? [button("ask", words("live.ask"))] : []),
      button("own", words(question ? "live.ask_own" : "live.ask")),
      button("pause", words(isPaused ? "live.resume" : "live.pause")),
      button("move", words("live.move")),
    ]),
    button("end", words("live.end")),
  );
  if (focused) /** @type {HTMLElement | null} */ (box.querySelector(`[data-act="${focused}"]`))?.focus();
}

/** @param {string} text */
export function say(text) {
  if (status.textContent !== text) status.textContent = text;
}
