// Export of the explorer: its picture and open panels, the run as a program, the numbers as CSV or JSON, the weights.

import { byId, element } from "../../lib/dom.js";
import { save } from "../../lib/save.js";
import { toCsv } from "../../lib/csv.js";
import { words } from "../../lib/words.js";
import * as address from "../../page/address.js";
import { build, open, versionOf } from "../../page/export/dialog.js";
import { listenToProgram, showScript } from "../../page/export/program.js";
import { readHash } from "../../page/hash.js";
import * as list from "../panel-list.js";
import { isVeiled } from "../panel-veil.js";
import { isDrawn } from "../render.js";
import { codeOf } from "../paper/code.js";
import * as paper from "../paper/paper.js";
import { kinds, LIBRARIES } from "./markup.js";
import { tablesOf } from "./tables.js";
import { listenToWeights } from "./weights.js";

/** @typedef {{query: string, result: Result, view: View, link: string, path: string, what: string, exported: (parts: import("../../page/export/parts.js").Part[]) => import("../../page/export/dialog.js").Exported}} State exported: for the dialog */

/** @param {() => State | null} state */
export function listen(state) {
  paper.listen(state);
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-take]"), now = button && state();
    if (!(button instanceof HTMLElement) || !now) return;
    if (build(kinds)) listenToKinds(state);
    codeOf(now); // the dialog offers to print
    const { open: opened, panel } = readHash(address.here().hash), exported = now.exported(parts(now));
    open(
      { ...exported, before: { ...exported.before, open: opened, panel } },
      button.dataset.take,
    );
    fillTables(now);
    byId("code-layers").hidden = !hasLayers(now.result.params);
    showCode(now, LIBRARIES[0]);
  });
}

/** @param {() => State | null} state */
function listenToKinds(state) {
  listenToWeights(state);
  listenToProgram(LIBRARIES, "bptt", (library) => act((now) => showCode(now, library)));
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

/** The picture, the ledger and every panel; one that is closed is opened for as long as it is exported. @param {State} now @returns {import("../../page/export/parts.js").Part[]} */
function parts({ view }) {
  const opened = view.present ? [] : list.offered().filter(({ name }) => !isVeiled(name, view));
  return [
    {
      name: "picture",
      title: words("export.whole"),
      shows: [".shown"],
      caption: "#readout",
      legend: "#legend > svg",
    },
    { name: "ledger", title: words("ledger.label"), shows: ["#ledger"] },
    ...opened.map(({ name, draw }) => ({
      name,
      title: words(`panels.${name}`),
      shows: [draw ? `#panel-${name} .axis` : `#${name}`, `#${name}-below`],
      caption: `#${name}-caption`,
      seen: { open: name },
      isDrawn: () => !draw || isDrawn(name),
    })),
  ];
}

/** @param {State} now @param {string} library */
function showCode({ query, link }, library) {
  byId("code-names").hidden = library !== "layers";
  const comments = library === "layers" ? `&comments=${document.documentElement.lang}` : "";
  return showScript(LIBRARIES, library, `/api/script${query}&library=${library}${comments}`, link);
}

/** Whether the textbook layers can do the run: a plain RNN, whole or in blocks. @param {Result["params"]} params */
function hasLayers({ cell, truncation }) {
  return cell === "rnn" && ["blocks", "full"].includes(String(truncation));
}

/** A button for every table. @param {State} now */
function fillTables({ result, link, what }) {
  const comments = [versionOf(), what, link, JSON.stringify(result.params)].map((line) =>
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
  byId("take-window").textContent = result.window
    ? words("export.window", { from: result.window.start, to: result.window.stop - 1 })
    : "";
}
