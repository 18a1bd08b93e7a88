// Share dialog: link, QR code, embed code, and what is hidden from students.

import { byId, element } from "../../lib/dom.js";
import { hideable } from "../visibility.js";
import { frameOf, isLoopback, LONG, LONGEST, pathOf } from "./link.js";
import * as qr from "./qr.js";
import { words } from "../../lib/words.js";

/** @typedef {import("./link.js").Shown & {state: string, place?: string}} Shared state: the run in a few words; place: where in it, where that is no time step */
/** @typedef {{base: string, language: string, controls: Control[], shared: () => Shared}} Page */

/** @param {Page} page base: public address of this site, such as https://bptt.example */
export function listen(page) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("share-dialog"));
  /** @type {Shared | null} what the sheet is about */
  let now = null;
  byId("share").addEventListener("click", () => {
    now = page.shared();
    fill(page, now);
    show();
    dialog.showModal();
  });
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close()); // outside the dialog
  dialog.addEventListener("change", ({ target }) => {
    const isMode = target instanceof HTMLInputElement && target.name === "share-parts";
    if (isMode) { for (const box of boxes()) box.checked = false; // what is hidden is not what is shown
     }
    show();
  });
  for (const field of dialog.querySelectorAll("[readonly]")) {
    field.addEventListener("focus", () => /** @type {HTMLInputElement} */ (field).select());
  }
  byId("copy").addEventListener("click", () => copy("share-link", "copied"));
  document.getElementById("frame-copy")?.addEventListener("click", () => copy("frame-code", "frame-copied"));
  byId("send").hidden = !navigator.share;
  byId("send").addEventListener("click", () => {
    if (now) send(byId("share-what").dataset.told ?? "", linkField().value);
  });
  byId("share-qr").addEventListener("click", () => now && showQr(page, now, wishes()));
  qr.listen();

  function show() {
    if (now) write(page, now, wishes());
  }
}

/** Show the QR code of what is on the screen, including the step. @param {Page} page */
export function openQr(page) {
  const now = page.shared();
  showQr(page, now, { language: page.language, step: true, ...partsOf(now.seen) });
}

/** The link to what is on the screen, and what it shows in words. @param {Page} page */
export function told(page) {
  const now = page.shared();
  const path = pathOf(now, { language: page.language, step: true, ...partsOf(now.seen) });
  return { link: page.base + path, what: stateOf(now, true) };
}

/**
 * Copy a text to the clipboard; false if the browser refuses.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

const linkField = () => /** @type {HTMLInputElement} */ (byId("share-link"));

/** What the address hides, or alone shows. @param {Seen} seen */
const partsOf = ({ hide, show }) => ({ hide: hide?.split(",") ?? [], show: show?.split(",") ?? null });

/** @returns {HTMLInputElement[]} */
const boxes = () => [...byId("share-hideable").querySelectorAll("input")];

/** The choices in the dialog. @returns {import("./link.js").Wishes} */
function wishes() {
  /** @param {string} name */
  const checked = (
    name,
  ) => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(`[name=${name}]:checked`)]);
  const named = checked("share-hide").map(({ value }) => value);
  return {
    language: checked("share-language")[0].value,
    step: checked("share-step").length > 0,
    ...(checked("share-parts")[0].value === "show" ? { hide: [], show: named } : { hide: named, show: null }),
  };
}

/** Fill the dialog for the current page. @param {Page} page @param {Shared} now */
function fill({ language, controls }, now) {
  byId("share-place").textContent = now.place
    ? words("sharing.this_moment", { place: now.place })
    : words("sharing.this_step", { t: now.seen.t ?? 0 });
  /** @type {HTMLElement} */ (byId("share-place").parentElement).hidden = !placeOf(now);
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
  check("share-parts", show ? "show" : "hide", true);
  byId("share-hideable").replaceChildren(
    ...hideable(controls).map(({ name, title }) => {
      const box = element("input", { type: "checkbox", name: "share-hide", value: name });
      /** @type {HTMLInputElement} */ (box).checked = (show ?? hide).includes(name);
      return element("label", {}, box, title);
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
  /** @type {HTMLButtonElement} */ (byId("share-qr")).disabled = length > LONGEST;
  const { hide, show } = wishes, n = (show ?? hide).length;
  byId("share-hidden").textContent = show
    ? words("sharing.shown", { n })
    : n
    ? words("sharing.hidden", { n })
    : words("sharing.everything");
  byId("share-hide-help").textContent = words(show ? "sharing.show_help" : "sharing.hide_help");
  byId("share-hide-name").textContent = show ? `show=${n ? show : "none"}` : n ? `hide=${hide}` : "";
  byId("copied").textContent = "";
  const code = document.getElementById("frame-code"); // the comparison page cannot be embedded
  if (!(code instanceof HTMLTextAreaElement)) return;
  code.value = frameOf(base + pathOf(now, wishes, true), `${state} · ${words("site.name")}`);
  byId("frame-copied").textContent = "";
}

/** @param {Shared} now @param {boolean} step */
function stateOf(now, step) {
  const place = step && placeOf(now);
  return place ? `${now.state}, ${place}` : now.state;
}

/** The position in the computation, in words; none where no step is selected. @param {Shared} now */
function placeOf({ seen, place }) {
  return place || (seen.t === null ? "" : words("sharing.at_step", { t: seen.t }));
}

/** @param {Page} page @param {Shared} now @param {import("./link.js").Wishes} wishes */
function showQr({ base }, now, wishes) {
  const remark = isLoopback(base) ? words("sharing.loopback") : "";
  qr.show(base, pathOf(now, wishes), stateOf(now, wishes.step), remark);
}

/** @param {string} title @param {string} url */
async function send(title, url) {
  try {
    await navigator.share({ title, url });
  } catch { // the user canceled
  }
}

/** @param {string} from a field @param {string} status */
async function copy(from, status) {
  const field = /** @type {HTMLInputElement} */ (byId(from));
  const copied = await copyText(field.value);
  if (!copied) field.focus();
  byId(status).textContent = copied ? `✓ ${words("share.copied")}` : words("sharing.select");
}
