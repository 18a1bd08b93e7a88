// Table of the film strip's numbers, one row for each step.

import { element } from "../../lib/dom.js";
import { percent, visible } from "../../lib/format.js";
import { sizeOf, stepAt } from "./step-layout.js";

/** @param {Film} film @param {Frame[]} frames @param {Words} words */
export function table(film, frames, words) {
  const heads = [
    words("training.film.table_block"),
    ...["t", "input", "target", "probability", "loss"].map((name) => words(`table.${name}`)),
    words("training.film.table_own"),
    words("training.film.table_future"),
    words("training.film.table_drift"),
    words("training.film.table_start"),
  ];
  const rows = frames.flatMap((frame) =>
    frame.loss.map((loss, i) => {
      const t = stepAt(film, frame, i), target = film.vocabulary.indexOf(film.targets[t]);
      return [
        ...[String(frame.block + 1), String(t), visible(film.tokens[t]), visible(film.targets[t])],
        ...[
          percent(frame.p[i][target]),
          sizeOf(loss),
          sizeOf(frame.from_output[i]),
          sizeOf(frame.from_future[i]),
        ],
        ...[sizeOf(frame.drift[i]), i === 0 ? words(`training.film.start_${frame.state}`) : ""],
      ];
    })
  );
  const cell = (/** @type {string} */ tag) => (/** @type {string} */ text) =>
    element(tag, tag === "th" ? { scope: "col" } : {}, text);
  return element(
    "table",
    {},
    element("caption", { class: "hidden-words" }, words("training.film.table")),
    element("thead", {}, element("tr", {}, ...heads.map(cell("th")))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell("td"))))),
  );
}
