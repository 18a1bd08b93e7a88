// Elements of the export dialog that the explorer has beside pictures: numbers, programs and weights.

import { element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";
import { button, foot, section } from "../../page/export/markup.js";
import { programSection } from "../../page/export/program.js";
import { weights } from "./weights.js";

export const LIBRARIES = ["numpy", "torch", "layers", "torch_layer", "keras_layer"];
const NAMES = ["dh_next", "dt", "dh_prev", "self.dh", "dhs", "cache", "set_state"]; // of the textbook

/** @returns {import("../../page/export/markup.js").Kind[]} */
export const kinds = () => [
  { name: "numbers", section: numbers() },
  {
    name: "program",
    section: programSection("program", LIBRARIES, { help: "export.program.help", after: [names()] }),
  },
  { name: "weights", section: weights() },
];

function numbers() {
  return section(
    "numbers",
    element("p", {}, words("export.numbers.help")),
    element("div", { class: "export-tables", id: "take-tables" }),
    element("p", { id: "take-window", class: "small" }),
    foot(
      element("span", { class: "export-note" }, words("export.numbers.json_help")),
      button("take-json", words("export.json"), true),
    ),
  );
}

/** What the textbook's code and this page call the same thing. */
function names() {
  const rows = NAMES.map((name, i) =>
    element(
      "tr",
      {},
      element("td", {}, element("code", {}, name)),
      element("td", {}, words(`export.names.rows.${i}`)),
    )
  );
  const head = ["code", "page"].map((side) => element("th", { scope: "col" }, words(`export.names.${side}`)));
  return element(
    "details",
    { id: "code-names", class: "code-names", hidden: "" },
    element("summary", {}, words("export.names.title")),
    element("table", {}, element("tr", {}, ...head), ...rows),
  );
}
