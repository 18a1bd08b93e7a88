// Elements of the export dialog, which is put into the page when it is first opened.

import { element } from "../../lib/dom.js";
import { svg } from "../../lib/svg.js";
import { words } from "../../lib/words.js";

/** @typedef {{name: string, section: HTMLElement}} Kind what a lab exports beside pictures */

/** @param {string} id @param {string} text @param {boolean} [isStrong] */
export const button = (id, text, isStrong = false) =>
  element("button", { type: "button", id, ...(isStrong ? { class: "strong" } : {}) }, text);

/** @param {string} name of a kind @param {...(Node | string)} contents */
export const section = (name, ...contents) =>
  element(
    "section",
    { id: `take-${name}`, class: "export-kind", "aria-label": words(`export.${name}.title`) },
    ...contents,
  );

/** @param {...Node} contents */
export const foot = (...contents) => element("div", { class: "export-foot" }, ...contents);

/** The whole dialog. @param {Kind[]} others */
export function dialogOf(others) {
  const kinds = [{ name: "picture", section: picture() }, { name: "page", section: page() }, ...others];
  const head = element(
    "div",
    { class: "dialog-head" },
    element("h2", { id: "take-title" }, words("export.title")),
    element("form", { method: "dialog", class: "dialog-close" }, closing()),
  );
  const choice = element(
    "div",
    { class: "export-kinds", role: "group", "aria-label": words("export.kinds") },
    ...kinds.map(({ name }) =>
      element(
        "button",
        { type: "button", "data-kind": name },
        element("b", {}, words(`export.${name}.title`)),
        " ",
        element("span", {}, words(`export.${name}.formats`)),
      )
    ),
    element("p", { class: "small" }, words("export.carries")),
  );
  return element(
    "dialog",
    { id: "take-dialog", class: "export-dialog", "aria-labelledby": "take-title" },
    ...[head, choice, ...kinds.map((kind) => kind.section)],
    element("p", { id: "taken", class: "confirmation", role: "status" }),
  );
}

function closing() {
  const cross = svg("path", {
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 2,
    d: "M4 4l12 12M16 4L4 16",
  });
  return element(
    "button",
    { class: "quiet", "aria-label": words("share.close") },
    svg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, cross),
  );
}

function picture() {
  return section(
    "picture",
    element("div", { id: "take-preview", class: "export-preview" }),
    element(
      "div",
      { class: "export-row" },
      element("label", { for: "take-part" }, words("export.part")),
      element("select", { id: "take-part", name: "take-part" }),
    ),
    oneOf(
      "format",
      [["png", "PNG"], ["svg", "SVG"]],
      "png",
      element("span", { id: "take-size", class: "export-note" }),
    ),
    oneOf("size", [["1", "1×"], ["2", "2×"], ["3", "3×"], ["slide", words("export.slide")]], "2"),
    oneOf("theme", [["light", words("export.light")], ["dark", words("export.dark")]], "light"),
    row("with", element("span", { class: "chips" }, ...["legend", "caption", "code"].map(chip))),
    foot(
      element("span", { id: "take-file", class: "export-note" }),
      button("take-copy", words("export.copy")),
      button("take-save", words("export.save"), true),
    ),
  );
}

function page() {
  const help = element("p", {}, words("export.page.help"));
  return section("page", help, foot(button("take-print", words("export.page.print"), true)));
}

/** @param {string} name @param {...Node} contents */
function row(name, ...contents) {
  const id = `take-${name}-title`;
  return element(
    "div",
    { class: "export-row", role: "group", "aria-labelledby": id },
    element("span", { id }, words(`export.${name}`)),
    ...contents,
  );
}

/** @param {string} name @param {string[][]} choices value and word of each @param {string} chosen @param {...Node} after */
export function oneOf(name, choices, chosen, ...after) {
  const labels = choices.map(([value, word]) =>
    labeled("radio", `take-${name}`, value, word, value === chosen)
  );
  return row(name, element("span", { class: "options" }, ...labels), ...after);
}

/** @param {string} value */
const chip = (value) =>
  labeled("checkbox", "take-with", value, words(`export.with_${value}`), value !== "code");

/** @param {string} type @param {string} name @param {string} value @param {string} word @param {boolean} isChecked */
function labeled(type, name, value, word, isChecked) {
  const input = element("input", { type, name, value, ...(isChecked ? { checked: "" } : {}) });
  return element("label", {}, input, element("span", {}, word));
}
