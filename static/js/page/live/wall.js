// What fills the lecturer's screen: the code and the number of the room; and the dialogs of the menu.

import { element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { isLoopback } from "../share/link.js";
import { code } from "../share/qr.js";
import { copyText } from "../share/share.js";
import { spaced } from "./room-address.js";

/** @type {HTMLDialogElement | null} */
let wall = null;

/** @param {string} id @param {string} kind @param {...Node} children @returns {HTMLDialogElement} */
function dialogOf(id, kind, ...children) {
  document.getElementById(id)?.remove();
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", {
    id,
    "class": kind,
    "aria-labelledby": `${id}-title`,
  }));
  dialog.append(...children);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/** @param {string} text @param {() => void} act */
function button(text, act, kind = "") {
  const made = element("button", { type: "button", ...(kind && { class: kind }) }, text);
  made.addEventListener("click", act);
  return made;
}

/** The code for everybody's phone. @param {{room: string, base: string, n: number}} room */
export async function show({ room, base, n }) {
  const place = element("div", { class: "code" }), { host } = new URL(base);
  const text = element(
    "div",
    { class: "qr-text" },
    element("h2", { id: "live-wall-title" }, words("live.scan")),
    element("p", { class: "live-host", translate: "no" }, `${host}/`),
    element("p", { class: "live-number", translate: "no" }, spaced(room)),
    element("p", { class: "small" }, words("live.type")),
    element(
      "p",
      { class: "live-here", role: "status" },
      `${words("live.here")} `,
      element("b", { id: "live-here" }, String(n)),
    ),
    element("p", { class: "small" }, words("live.private")),
    ...(isLoopback(base) ? [element("p", { class: "small warning" }, words("sharing.loopback"))] : []),
    button(words("live.close"), () => wall?.close()),
  );
  wall = dialogOf("live-wall", "qr-screen live-wall", place, text);
  wall.addEventListener("close", () => wall = null);
  wall.addEventListener("click", () => wall?.close());
  const drawing = await code(`/${room}`);
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", words("live.scan"));
  if (drawing) place.replaceChildren(drawing);
}

/** @param {number} n how many follow */
export function update(n) {
  const place = document.getElementById("live-here");
  if (place && place.textContent !== String(n)) place.textContent = String(n);
}

/** The link that steers, for one's own other device: as text, for a code would be in the server's log. @param {string} link */
export function showMove(link) {
  const said = element("p", { class: "confirmation", role: "status" });
  const field = /** @type {HTMLInputElement} */ (element("input", {
    ...{ "type": "text", "readonly": "", "spellcheck": "false", "aria-label": words("live.link") },
  }));
  field.value = link;
  const copy = async () => {
    const copied = await copyText(link);
    if (!copied) field.select();
    said.textContent = words(copied ? "live.copied" : "live.select");
  };
  const dialog = dialogOf(
    "live-move",
    "live-dialog",
    element("h2", { id: "live-move-title" }, words("live.move")),
    element("p", {}, words("live.move_help")),
    element("div", { class: "row" }, field, button(words("live.copy"), copy, "strong")),
    said,
    button(words("live.close"), () => dialog.close()),
  );
}

/**
 * @param {number} n how many follow
 * @param {boolean} hasTalk
 * @param {(leavesTalk: boolean) => void} end leavesTalk: the audience gets the talk
 */
export function confirmEnd(n, hasTalk, end) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: "send-talk" }));
  const confirmed = () => {
    dialog.close();
    end(box.checked);
  };
  const keep = button(words("live.keep"), () => dialog.close());
  const dialog = dialogOf(
    "live-end",
    "live-dialog",
    element("h2", { id: "live-end-title" }, words("live.end")),
    element("p", {}, words("live.end_sure", { n })),
    ...(hasTalk ? [element("p", {}, element("label", {}, box, " ", words("live.send_talk")))] : []),
    element("div", { class: "row" }, keep, button(words("live.end"), confirmed, "strong")),
  );
  keep.focus();
}
