// The training loop as a program: which run, in which framework, and where a framework does otherwise than the page.

import { byId, element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { listenToProgram, programSection, showScript } from "../../page/export/program.js";
import { fullNames } from "../race/names.js";
import { notesOf } from "./notes.js";

/** @typedef {Pick<LabState, "query" | "params" | "race"> & {link: string}} State */

const LIBRARIES = ["torch", "numpy", "keras", "jax"];

/** @returns {import("../../page/export/markup.js").Kind[]} */
export const kinds = () => [{
  name: "loop",
  section: programSection("loop", LIBRARIES, {
    help: "export.loop.help",
    before: [
      element(
        "div",
        { class: "export-row", id: "code-run-row" },
        element("label", { for: "code-run" }, words("export.loop.run")),
        element("select", { id: "code-run" }),
      ),
    ],
    after: [element("ul", { id: "code-notes", class: "code-notes" })],
  }),
}];

/** @param {() => State} state */
export function listen(state) {
  listenToProgram(LIBRARIES, "bptt_training", (library) => show(state(), library));
  byId("code-run").addEventListener("change", () => show(state(), byId("code").dataset.library));
}

/** Fill the section for the run on screen, as the dialog opens. @param {State} state */
export function open(state) {
  const contestants = state.race?.contestants ?? [], names = fullNames(contestants, words);
  const hasFilm = state.params.task === "text"; // which shows a run of the lab's own
  byId("code-run").replaceChildren(
    ...(hasFilm ? [element("option", { value: "" }, words("export.loop.own"))] : []),
    ...contestants.map(({ entry }, i) =>
      element("option", { value: entry }, words("export.loop.contestant", { name: names[i] }))
    ),
  );
  show(state, LIBRARIES[0]);
}

/** @param {State} state @param {string} [library] */
function show({ query, params, race, link }, library = LIBRARIES[0]) {
  const entry = /** @type {HTMLSelectElement} */ (byId("code-run")).value;
  const one = race?.contestants.find((other) => other.entry === entry);
  const run = one ? { ...params, cell: one.cell, reset_gate: one.reset_gate ?? null } : params;
  byId("code-notes").replaceChildren(
    ...notesOf(library, run).map((note) => element("li", {}, words(`export.loop.notes.${note}`))),
  );
  const chosen = entry ? `&entry=${encodeURIComponent(entry)}` : "";
  return showScript(LIBRARIES, library, `/api/training/loop${query}&library=${library}${chosen}`, link);
}
