// Number format panel: rounding errors of float32, bfloat16 and float16 beside what windows and blocks of k steps leave out; or the
// gradient of the last loss on its way back, computed in one of them.

import { element, rich } from "../../lib/dom.js";
import { answersOf, pathTo, scaleOf } from "./formats/answers.js";
import { chart } from "./formats/chart.js";
import { facts, findingOf } from "./formats/facts.js";
import { table } from "./formats/table.js";
import { wayBack } from "./formats/way-back.js";

export const name = "formats";
export const closed = true;
export const whole = true;
export const follows = /** @type {(keyof View)[]} */ (["answers", "scale", "notation", "format"]);

const TABLE = 560, GAP = 24; // px beside the chart
const LEAST = 280, MOST = 720; // px of the chart

/** The loss scaling, as a power of two. @type {Panel["dial"]} */
export const dial = { key: "scale", least: 0, most: 24 };

/** The run as it is, and with the loss scaled. @param {Result} _ @param {View} view */
export const asks = (_, view) => [...new Set([0, scaleOf(view)])].map((scale) => pathTo(view.query, scale));

/** The window that is as exact as bfloat16. @param {Result} _ @param {View} view */
export function finding(_, view) {
  const { shown } = answersOf(view);
  return shown ? findingOf(shown, view.words) : { finding: "", note: "" };
}

/** @param {Result} result @param {View} view @returns {Node} */
export function render(result, view) {
  const { plain, shown } = answersOf(view);
  if (!shown) {
    return element("div", { class: "formats" }, element("p", {}, view.words("formats.waiting")));
  }
  if (shown.k.length < 2) {
    return element("div", { class: "formats" }, element("p", {}, view.words("formats.single")));
  }
  const room = view.width + view.gutter - (view.phone ? 24 : 32);
  const width = Math.max(LEAST, Math.min(MOST, view.phone ? room : room - TABLE - GAP));
  return element(
    "div",
    { class: "formats" },
    view.format ? wayBack(shown, view.format, width, view) : chart(shown, width, view),
    element(
      "div",
      {},
      computeIn(shown, view),
      table(shown, plain, view),
      element("p", { class: "small" }, ...rich(facts(result, view).join(" "))),
    ),
  );
}

/** Which number format the chart follows the run in; float64: none. @param {import("./formats/answers.js").Formats} shown @param {View} view */
function computeIn({ formats }, { format, words }) {
  const names = ["", ...formats.map(({ name }) => name)];
  return element(
    "div",
    { class: "compute-in" },
    element("span", {}, words("formats.compute_in")),
    element(
      "div",
      { class: "segments", role: "group", "aria-label": words("formats.compute_in") },
      ...names.map((name) =>
        element("button", {
          type: "button",
          "aria-pressed": String(name === (format ?? "")),
          "data-look": `format=${name}`,
        }, name || "float64")
      ),
    ),
  );
}
