// Export dialog: the run as a script, the graph as SVG or PNG, the numbers as CSV or JSON.

import { fetchText } from "../../server/api.js";
import { byId, element } from "../../lib/dom.js";
import { graphAsSvg } from "../render.js";
import * as graph from "../panels/graph.js";
import { copyText } from "../../page/share/share.js";
import { words } from "../../lib/words.js";
import { toCsv } from "../../lib/csv.js";
import { rasterized, standalone } from "./picture.js";
import { save } from "../../lib/save.js";
import { tablesOf } from "./tables.js";

const LIBRARIES = ["numpy", "torch", "layers"];

/** @typedef {{query: string, result: Result, view: View, link: string, what: string}} State */

/** @param {() => State | null} state */
export function listen(state) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("take-dialog"));
  document.addEventListener("click", ({ target }) => {
    if (!/** @type {Element} */ (target).closest("[data-take]")) return;
    const now = state();
    if (!now) return;
    document.querySelector("dialog[open]")?.dispatchEvent(new Event("cancel"));
    /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[open]"))?.close();
    fillTables(now);
    byId("code-layers").hidden = !hasLayers(now.result.params);
    dialog.showModal();
    showCode(now, LIBRARIES[0]);
  });
  for (const library of LIBRARIES) {
    byId(`code-${library}`).addEventListener("click", () => act((now) => showCode(now, library)));
  }
  byId("code-copy").addEventListener("click", async () => {
    byId("taken").textContent = words(
      await copyText(byId("code").textContent ?? "") ? "export.copied" : "export.not_copied",
    );
  });
  byId("code-save").addEventListener(
    "click",
    () => save(`bptt_${byId("code").dataset.library}.py`, byId("code").textContent ?? "", "text/x-python"),
  );
  byId("take-svg").addEventListener(
    "click",
    () => act(async (now) => save("bptt.svg", (await picture(now)).source, "image/svg+xml")),
  );
  byId("take-png").addEventListener(
    "click",
    () => act(async (now) => save("bptt.png", await rasterized(await picture(now)))),
  );
  byId("take-json").addEventListener(
    "click",
    () =>
      act((now) =>
        save("bptt.json", JSON.stringify({ link: now.link, ...now.result }, null, 1), "application/json")
      ),
  );

  /** @param {(now: State) => unknown} action */
  async function act(action) {
    const now = state();
    if (!now) return;
    try {
      await action(now);
    } catch {
      byId("taken").textContent = words("export.failed");
    }
  }
}

/** @param {State} now @param {string} library */
async function showCode({ query }, library) {
  const code = byId("code");
  code.dataset.library = library;
  for (const other of LIBRARIES) {
    byId(`code-${other}`).setAttribute("aria-pressed", String(other === library));
  }
  byId("code-names").hidden = library !== "layers";
  code.textContent = words("export.loading");
  const { lang } = document.documentElement;
  const comments = library === "layers" ? `&comments=${lang}` : "";
  const source = await fetchText(`/api/script${query}&library=${library}${comments}`);
  if (code.dataset.library === library) code.textContent = source ?? words("export.failed");
}

/** Whether the textbook layers can do the run: a plain RNN, whole or in blocks. @param {Result["params"]} params */
function hasLayers({ cell, truncation }) {
  return cell === "rnn" && ["blocks", "full"].includes(String(truncation));
}

/** A button for every table. @param {State} now */
function fillTables({ result, link, what }) {
  const comments = [words("site.name"), what, link, JSON.stringify(result.params)].map((line) =>
    line.replace(/\s+/g, " ")
  );
  byId("take-tables").replaceChildren(
    ...tablesOf(result).map((table) => {
      const button = element(
        "button",
        { type: "button", "data-table": table.name },
        words(`export.tables.${table.name}`),
      );
      button.addEventListener(
        "click",
        () => save(`bptt_${table.name}.csv`, toCsv(table, comments), "text/csv"),
      );
      return button;
    }),
  );
  byId("taken").textContent = result.window
    ? words("export.window", { from: result.window.start, to: result.window.stop - 1 })
    : "";
}

/** @param {State} now */
async function picture({ result, view, link, what }) {
  const legend = /** @type {SVGElement[]} */ ([...byId("legend").querySelectorAll(":scope > svg")]);
  return standalone(await graphAsSvg(), {
    title: what,
    link,
    gutter: graph.gutter(result, view),
    legend,
    view,
  });
}
