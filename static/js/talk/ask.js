// Dialog of a question of one's own: marks what is covered on this page, the text, and up to five choices.

import { element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { choicesOf, writeChoices } from "../page/live/own-question.js";
import { load } from "./data.js";

/** What a page can cover, by its marks and parts (veil=), if the page has it. @type {Record<string, {has: string, parts: string}>} */
const COVERS = {
  predictions: { has: "#graph, #graph-a", parts: "y.*" },
  losses: { has: "#graph, #graph-a", parts: "L.*" },
  states: { has: "#graph, #graph-a", parts: "h.*" },
  gradients: { has: "#graph, #graph-a", parts: "back.*,fut.*" },
  from_output: { has: "#graph, #graph-a", parts: "out.*" },
  readout: { has: "#readout, #readout-a", parts: "readout" },
  curve: { has: "#tray", parts: "kcurve" },
  numbers: { has: "#ledger", parts: "ledger" },
  film: { has: "#film", parts: "film" },
  later: { has: "#film", parts: "later" },
  lanes: { has: "#lanes-panel", parts: "lanes" },
  race: { has: "#race", parts: "race" },
  values: { has: "#node-svg", parts: "value.*" },
  graph_gradients: { has: "#node-svg", parts: "grad.*" },
  table: { has: "#table", parts: "table" },
  norms: { has: "#norms-a", parts: "norms" },
};

/** What can be covered here: names with their words; panels and their cards all together. @returns {[string, string][]} */
function covers() {
  const panels = [...document.querySelectorAll("#panels > .panel")].map(({ id }) => id.replace("panel-", ""));
  return [
    ...Object.entries(COVERS).filter(([, { has }]) => document.querySelector(has)).map((
      [name, { parts }],
    ) => /** @type {[string, string]} */ ([parts, words(`talk.cover.${name}`)])),
    ...(panels.length ? [/** @type {[string, string]} */ ([panels.join(), words("talk.cover.panels")])] : []),
  ];
}

/** The names of veil= with some of them turned on and the others off; what the dialog does not know stays. @param {string | null} veil @param {Record<string, boolean>} chosen by their names in the dialog */
export function veilWith(veil, chosen) {
  const known = Object.keys(chosen).flatMap((parts) => parts.split(","));
  const others = (veil?.split(",") ?? []).filter((name) => !known.includes(name));
  const on = Object.keys(chosen).filter((parts) => chosen[parts]);
  return [...others, ...on].join() || null;
}

/**
 * Ask about what is on the screen.
 * @param {Seen} seen
 * @param {import("./question.js").Page} page
 * @param {import("../page/live.js").ToClass} [toClass] the class is asked too, and needs choices
 */
export async function openDialog({ ask, choices, veil }, page, toClass) {
  if (!await load(page.language)) return;
  document.getElementById("ask-dialog")?.remove();
  const covered = veil?.split(",") ?? [];
  const text = field("ask-text", ask ?? "", 2), list = field("ask-choices", choicesOf(choices).join("\n"), 3);
  text.required = true;
  text.maxLength = 300;
  const chips = covers().map(([parts, name]) => {
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", value: parts }));
    box.checked = parts.split(",").every((part) => covered.includes(part));
    return { box, chip: element("label", {}, box, " ", name) };
  });
  const remove = element("button", { type: "button" }, words("talk.ask_remove")),
    close = element("button", { type: "button" }, words("share.close"));
  const problem = element("p", { class: "problem", role: "alert" });
  const form = element(
    "form",
    {},
    element("label", { for: "ask-text" }, words("talk.question")),
    text,
    element("label", { for: "ask-choices" }, words(toClass ? "talk.choices_class" : "talk.choices")),
    list,
    element(
      "fieldset",
      {},
      element("legend", {}, words("talk.covers")),
      element("div", { class: "ask-covers" }, ...chips.map(({ chip }) => chip)),
    ),
    problem,
    element(
      "p",
      { class: "actions" },
      element("button", { class: "strong" }, words("talk.ask_show")),
      " ",
      ...(ask ? [remove, " "] : []),
      close,
    ),
  );
  const dialog = /** @type {HTMLDialogElement} */ (element(
    "dialog",
    { "id": "ask-dialog", "class": "ask-dialog", "aria-labelledby": "ask-title" },
    element("h2", { id: "ask-title" }, words("talk.ask")),
    form,
  ));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const written = writeChoices(list.value);
    if (toClass && choicesOf(written).length < 2) {
      problem.textContent = toClass.bad;
      list.focus();
      return;
    }
    const chosen = Object.fromEntries(chips.map(({ box }) => [box.value, box.checked]));
    page.look({
      ask: text.value.trim() || null,
      choices: written,
      veil: veilWith(veil, chosen),
    });
    dialog.close();
    toClass?.asked();
  });
  remove.addEventListener("click", () => {
    page.look({ ask: null, choices: null, veil: null });
    dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  text.focus();
}

/** @param {string} id @param {string} value @param {number} rows */
function field(id, value, rows) {
  const made = /** @type {HTMLTextAreaElement} */ (element("textarea", { id, rows: String(rows) }));
  made.value = value;
  return made;
}
