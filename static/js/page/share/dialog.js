// Share dialog: link, QR code, embed code, and what a class sees.

import { byId, element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { hideable } from "./hideable.js";
import { chipsOf, namesToHide, stateOf as stateOfChip, stays } from "./chips.js";
import { frameOf, isLoopback, LONG, LONGEST, pathOf } from "./link.js";
import { code } from "./qr.js";
import { copy, partsOf, placeOf, send, showQr, stateOf, titleOf } from "./share.js";

/** @typedef {import("./share.js").Shared} Shared */
/** @typedef {import("./share.js").Page} Page */

/** @type {Shared | null} what the dialog is about */
let now = null;
let isListening = false;

/** @param {Page} page @param {Shared} shared what is on the screen */
export function open(page, shared) {
  now = shared;
  listen(page);
  fill(page, now);
  write(page, now, wishes());
  /** @type {HTMLDialogElement} */ (byId("share-dialog")).showModal();
}

/** @param {Page} page */
function listen(page) {
  if (isListening) return;
  isListening = true;
  const dialog = /** @type {HTMLDialogElement} */ (byId("share-dialog"));
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // outside the dialog
  dialog.addEventListener("change", ({ target }) => {
    const { name, value, checked } = /** @type {HTMLInputElement} */ (target);
    if (name === "share-parts") choose([], false); // what is hidden is not what is shown
    const chip = name === "share-chip" && chips.find((chip) => chip.name === value);
    if (chip) choose(checked && isHiding() ? namesToHide(chip) : chip.names, checked);
    if (now) write(page, now, wishes());
  });
  for (const field of dialog.querySelectorAll("[readonly]")) {
    field.addEventListener("focus", () => /** @type {HTMLInputElement} */ (field).select());
  }
  byId("copy").addEventListener("click", () => copy("share-link", "copied"));
  document.getElementById("frame-copy")?.addEventListener("click", () => copy("frame-code", "frame-copied"));
  byId("send").hidden = !navigator.share;
  byId("send").addEventListener(
    "click",
    () => send(byId("share-what").dataset.told ?? "", linkField().value),
  );
  byId("share-qr").addEventListener("click", () => now && showQr(page, now, wishes()));
}

const isHiding = () => document.querySelector("[name=share-parts][value=hide]:checked") !== null;

const linkField = () => /** @type {HTMLInputElement} */ (byId("share-link"));

/** What the dialog can hide on this page. @type {import("./chips.js").Chip[]} */
let chips = [];

/** @returns {HTMLInputElement[]} */
const boxes = () => [...byId("share-hideable").querySelectorAll("input")];

/** Check the boxes of these names, or uncheck them; without names all are unchecked. @param {string[]} names @param {boolean} isChosen */
function choose(names, isChosen) {
  for (const box of boxes()) if (!names.length || names.includes(box.value)) box.checked = isChosen;
}

/** The choices in the dialog. @returns {import("./link.js").Wishes} */
function wishes() {
  /** @param {string} name */
  const checked = (
    name,
  ) => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(`[name=${name}]:checked`)]);
  const named = checked("share-hide").map(({ value }) => value), mode = checked("share-parts")[0].value;
  return {
    language: checked("share-language")[0].value,
    step: checked("share-step")[0].value === "on",
    ...(mode === "show" ? { hide: [], show: named } : { hide: mode === "hide" ? named : [], show: null }),
  };
}

/** Fill the dialog for the current page. @param {Page} page @param {Shared} now */
function fill({ language, controls }, now) {
  const step = /** @type {Element} */ (document.querySelector("[name=share-step][value=on] + span"));
  step.textContent = placeOf(now);
  byId("share-place").hidden = !placeOf(now);
  check("share-step", "on", true);
  for (
    const label of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-language]"))
  ) {
    const code = label.dataset.language ?? "";
    label.lang = code;
    label.textContent = new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
    check("share-language", code, code === language);
  }
  const { hide, show } = partsOf(now.seen);
  check("share-parts", show ? "show" : hide.length ? "hide" : "all", true);
  byId("share-hideable").replaceChildren(
    ...hideable(controls).map(({ name, title }) => {
      const box = element("input", { type: "checkbox", name: "share-hide", value: name });
      /** @type {HTMLInputElement} */ (box).checked = (show ?? hide).includes(name);
      return element("label", {}, box, element("span", {}, title));
    }),
  );
  chips = chipsOf(controls);
  byId("share-chips").replaceChildren(
    ...chips.map(({ name, title }) => {
      const box = element("input", { type: "checkbox", name: "share-chip", value: name });
      return element("label", {}, box, element("span", {}, title));
    }),
  );
}

/** @param {string} name @param {string} value @param {boolean} checked */
function check(name, value, checked) {
  const input = /** @type {HTMLInputElement} */ (document.querySelector(`[name=${name}][value=${value}]`));
  input.checked = checked;
}

/** Show the link in every form. @param {Page} page @param {Shared} now @param {import("./link.js").Wishes} wishes */
function write({ base }, now, wishes) {
  const link = base + pathOf(now, wishes), state = stateOf(now, wishes.step), { length } = link;
  linkField().value = link;
  byId("share-what").textContent = words("sharing.what", { state });
  byId("share-what").dataset.told = state;
  byId("share-loopback").textContent = isLoopback(base) ? words("sharing.loopback") : "";
  byId("share-long").textContent = length > LONGEST
    ? words("sharing.too_long", { n: length })
    : length > LONG
    ? words("sharing.long", { n: length })
    : "";
  offerFile(length > LONGEST);
  writeParts(wishes);
  /** @type {HTMLAnchorElement} */ (byId("share-open")).href = pathOf(now, wishes);
  showCode(length > LONGEST ? null : pathOf(now, wishes));
  byId("copied").textContent = "";
  const code = document.getElementById("frame-code"); // the comparison page cannot be embedded
  if (!(code instanceof HTMLTextAreaElement)) return;
  code.value = frameOf(base + pathOf(now, wishes, true), titleOf(state));
  byId("frame-copied").textContent = "";
}

/** Where a link is too long for the QR code, the button that exports the network stands in its place. @param {boolean} isInPlace */
function offerFile(isInPlace) {
  const file = byId("share-file"), exporting = document.querySelector("#share-dialog [data-take]");
  byId("share-scan").hidden = isInPlace;
  file.hidden = !isInPlace || !exporting;
  if (exporting) (isInPlace ? file : byId("share-links")).append(exporting);
}

/** What a class sees, as chips, in words and in small. @param {import("./link.js").Wishes} wishes */
function writeParts({ hide, show = null }) {
  const mode = /** @type {HTMLInputElement} */ (document.querySelector("[name=share-parts]:checked")).value;
  const names = show ?? hide, n = names.length, isAll = mode === "all";
  byId("share-dialog").dataset.parts = mode;
  byId("share-chips").hidden = byId("share-single").hidden = isAll;
  for (const box of byId("share-chips").querySelectorAll("input")) {
    const chip = chips.find(({ name }) => name === box.value),
      state = chip ? stateOfChip(chip, names, !show) : "none";
    [box.checked, box.indeterminate] = [state === "all", state === "some"];
  }
  byId("share-hide-help").textContent = words(`sharing.${mode}_help`);
  byId("share-hide-name").textContent = show ? `show=${n ? show : "none"}` : n ? `hide=${hide}` : "";
  const kept = chips.filter((chip) => stays(chip, { hide, show })).length;
  byId("share-hidden").textContent = words("sharing.stay", { n: kept, of: chips.length });
  showPreview({ hide, show });
}

/** @param {{hide: string[], show: string[] | null}} parts */
async function showPreview(parts) {
  const drawn = await import("./preview.js").catch(() => null);
  if (drawn) byId("share-preview").replaceChildren(drawn.previewOf(chips, parts));
}

/** The code of the link in small. @param {string | null} path null: it is too long */
async function showCode(path) {
  const place = byId("share-code");
  if (place.dataset.path === path) return;
  place.dataset.path = path ?? "";
  const drawing = path && await code(path);
  if (place.dataset.path === (path ?? "")) place.replaceChildren(...(drawing ? [drawing] : []));
}
