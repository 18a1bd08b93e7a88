// Export dialog: the picture or a panel as PNG or SVG, with a preview of the very file; the page on paper. What else a lab
// exports (numbers, program) stands in the same dialog.

import { byId, element } from "../../lib/dom.js";
import { grouped } from "../../lib/format.js";
import { save } from "../../lib/save.js";
import { words } from "../../lib/words.js";
import { LETTERS } from "../../plot/figure.js";
import { copyImage } from "../share/share.js";
import { code } from "../share/qr.js";
import { colors, isDark } from "../theme.js";
import { dataUrl, pngOf, svgSource } from "./files.js";
import { dialogOf } from "./markup.js";
import { elementsOf, isOnScreen, offered, wordsOf } from "./parts.js";
import { sheetOf } from "./sheet.js";
import { drawingOf } from "./snapshot.js";

/**
 * @typedef {object} Exported what a page exports now
 * @property {import("./parts.js").Part[]} parts
 * @property {() => {what: string, link: string, path: string}} told what the page shows, in words; its link; the path of it, for the QR code
 * @property {(seen: Partial<Seen>) => void} look
 * @property {Partial<Seen>} before what the address says until the dialog has the page drawn otherwise
 */
/** @typedef {{format: string, size: string, theme: string, legend: boolean, caption: boolean, code: boolean}} Choice */
/** @typedef {{blob: Blob, name: string}} File */

const REST = 160; // ms without a change of the page, after which the preview is drawn again
const SLIDE = 1920; // pixels across a slide
const LONGEST = 40; // characters of a file's name

/** @type {Exported | null} what the open dialog is about */
let now = null;
/** Of the parts that are offered, those that the page showed when the dialog was opened. @type {Set<import("./parts.js").Part>} */
let wasOnScreen = new Set();
/** @type {File | null} */
let file = null;
let turn = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
const watch = new MutationObserver(() => {
  clearTimeout(soon);
  soon = setTimeout(refresh, REST);
});

const dialogElement = () => /** @type {HTMLDialogElement} */ (byId("take-dialog"));

/**
 * Put the dialog into the page, if it is not there yet.
 * @param {() => import("./markup.js").Kind[]} others what a lab exports beside pictures
 * @returns {boolean} whether it is new
 */
export function build(others) {
  if (document.getElementById("take-dialog")) return false;
  byId("main").after(dialogOf(others()));
  listen();
  return true;
}

/**
 * Open the dialog.
 * @param {Exported} exported @param {string} [part] that is chosen, by default the first
 */
export function open(exported, part) {
  now = exported;
  build(() => []);
  for (
    const other of /** @type {NodeListOf<HTMLDialogElement>} */ (document.querySelectorAll("dialog[open]"))
  ) other.close();
  const parts = offered(exported.parts), select = partField();
  select.replaceChildren(...parts.map(({ name, title }) => element("option", { value: name }, title)));
  select.value = parts.some(({ name }) => name === part) ? String(part) : parts[0]?.name ?? "";
  wasOnScreen = new Set(parts.filter(isOnScreen));
  check("take-theme", isDark() ? "dark" : "light");
  byId("taken").textContent = "";
  showKind("picture");
  dialogElement().showModal();
  watch.observe(byId("main"), { subtree: true, childList: true, attributes: true, characterData: true });
  bringOn();
  refresh();
}

/** Have the page show the chosen part where it did not, and again what it showed before where it did. */
function bringOn() {
  const part = chosenPart();
  if (!now || !part) return;
  const { theme: _, ...before } = now.before;
  now.look(part.seen && !wasOnScreen.has(part) ? part.seen : before);
}

function listen() {
  const dialog = dialogElement();
  dialog.addEventListener("change", ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === "take-theme") now?.look({ theme: value }); // the page is drawn anew, and the preview after it
    if (name === "take-part") bringOn();
    refresh();
  });
  dialog.addEventListener("close", () => {
    watch.disconnect();
    now?.look(now.before);
    now = null;
  });
  dialog.addEventListener("click", ({ target }) => {
    const kind = /** @type {Element} */ (target).closest("[data-kind]");
    if (kind instanceof HTMLElement) showKind(kind.dataset.kind ?? "");
  });
  byId("take-save").addEventListener("click", () => file && save(file.name, file.blob));
  byId("take-copy").addEventListener("click", copy);
  byId("take-print").addEventListener("click", () => {
    dialog.close();
    print();
  });
}

/** Whoever has asked for another kind sees that alone. @param {string} name */
function showKind(name) {
  for (
    const kind of /** @type {NodeListOf<HTMLElement>} */ (dialogElement().querySelectorAll("[data-kind]"))
  ) {
    const isIt = kind.dataset.kind === name;
    kind.setAttribute("aria-pressed", String(isIt));
    byId(`take-${kind.dataset.kind}`).hidden = !isIt;
  }
}

/** Draw the file that the choices ask for, and show it. */
async function refresh() {
  if (!now) return;
  turn += 1;
  const mine = turn, choice = choices(), part = chosenPart();
  if (!part) return;
  /** @type {HTMLElement} */ (dialogElement().querySelector("label:has([value=legend])")).hidden = !part
    .legend;
  if (!isOnScreen(part)) return forget(); // the page is about to draw it, and is watched
  try {
    const made = await fileOf(now, part, choice);
    if (mine !== turn) return;
    file = made.file;
    if (byId("taken").textContent === words("export.failed")) byId("taken").textContent = "";
    byId("take-preview").replaceChildren(
      element("img", { src: await dataUrl(made.preview), alt: made.title }),
    );
    const pixels = made.pixels.map((side) => grouped(Math.round(side))).join(" × ");
    byId("take-size").textContent = choice.format === "png" ? `${pixels} px` : words("export.vector");
    byId("take-file").textContent = words("export.file", {
      name: file.name,
      kilobytes: grouped(Math.ceil(file.blob.size / 1000)),
    });
  } catch {
    byId("taken").textContent = words("export.failed");
  }
}

/** Nothing can be saved until it is drawn. */
function forget() {
  file = null;
  byId("take-preview").replaceChildren();
  for (const id of ["take-size", "take-file"]) byId(id).textContent = "";
}

/** @param {Exported} exported @param {import("./parts.js").Part} part @param {Choice} choice */
async function fileOf(exported, part, choice) {
  const { what, link, path } = exported.told(), isFirst = part === exported.parts[0];
  const title = isFirst ? what : `${part.title} · ${what}`, isSlide = choice.size === "slide";
  const entries = elementsOf(part.legend ? [part.legend] : []).map((entry) => drawingOf([entry]));
  const sheet = sheetOf(drawingOf(elementsOf(part.shows)), {
    ...{
      title,
      caption: wordsOf(part.caption),
      link,
      check: checkNow(),
      version: versionOf(),
      legend: entries,
    },
    code: choice.code ? await code(path) : null,
    with: { legend: choice.legend, caption: choice.caption, slide: isSlide },
    colors: colors(),
    font: LETTERS,
  });
  const source = await svgSource(sheet), drawn = new Blob([source], { type: "image/svg+xml" });
  const scale = isSlide ? SLIDE / sheet.width : Number(choice.size);
  const isPng = choice.format === "png",
    png = isPng ? await pngOf(source, sheet, scale, `${title}\n${link}\n${versionOf()}`) : null;
  const name = `bptt-${nameOf(isFirst ? what : `${part.name} ${what}`)}`;
  return {
    title,
    preview: png ?? drawn,
    pixels: [scale * sheet.width, scale * sheet.height],
    file: png
      ? { blob: png, name: `${name}${isSlide ? "-slide" : scale === 1 ? "" : `@${scale}x`}.png` }
      : { blob: drawn, name: `${name}.svg` },
  };
}

/** @param {string} what */
function nameOf(what) {
  const name = what.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  return name.slice(0, LONGEST).replace(/^-|-$/g, "");
}

/** How the numbers on the screen were checked, as their badge says; nothing where they could not be. */
function checkNow() {
  const badge = document.getElementById("proof");
  return badge?.dataset.state === "passed" ? badge.textContent ?? "" : "";
}

/** The program with its version, as the page says it. */
export const versionOf = () => document.querySelector("meta[name=generator]")?.getAttribute("content") ?? "";

async function copy() {
  if (!file) return;
  byId("taken").textContent = words(await copyImage(file.blob) ? "export.copied" : "export.not_copied");
}

const chosenPart = () => now?.parts.find(({ name }) => name === partField().value);

const partField = () => /** @type {HTMLSelectElement} */ (byId("take-part"));

/** @returns {Choice} */
function choices() {
  const chosen = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement} */ (dialogElement().querySelector(`[name=${name}]:checked`)).value;
  const has = (/** @type {string} */ value) =>
    /** @type {HTMLInputElement} */ (dialogElement().querySelector(`[name=take-with][value=${value}]`))
      .checked;
  return {
    ...{ format: chosen("take-format"), size: chosen("take-size"), theme: chosen("take-theme") },
    ...{ legend: has("legend"), caption: has("caption"), code: has("code") },
  };
}

/** @param {string} name @param {string} value */
function check(name, value) {
  /** @type {HTMLInputElement} */ (dialogElement().querySelector(`[name=${name}][value=${value}]`)).checked =
    true;
}
