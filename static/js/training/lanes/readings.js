// Table of both ways to form minibatch lanes: which positions each lane reads at which iteration.

import { element } from "../../lib/dom.js";
import { plan, positions, positionsText, rowsOf } from "./positions.js";

/** @typedef {import("./geometry.js").Lab} Lab */

/**
 * The cells of the table: for each row the first and the last lane of both readings.
 * @param {Lab} lab @param {import("./cursor.js").Cursor} now
 */
export function rows(lab, now) {
  const lanes = lab.lanes > 1 ? [0, lab.lanes - 1] : [0];
  return rowsOf(lab, now).map(({ epoch, iteration, now }) => {
    const cells = /** @type {const} */ (["formula", "book"]).map((reading) =>
      lanes.map((lane) => positionsText(positions(reading, lab, epoch, iteration, lane)) || "—")
    );
    const [formula, book] = cells;
    return {
      name: `${epoch + 1} · ${iteration}`,
      now,
      cells: [
        ...formula.map((text) => ({ text, other: false })),
        ...book.map((text, i) => ({ text, other: text !== formula[i] && text !== "—" })),
      ],
    };
  });
}

/**
 * @param {Lab} lab @param {import("./cursor.js").Cursor} now
 * @param {import("./picture.js").Keeps} keeps @param {Words} words
 */
export function table(lab, now, keeps, words) {
  const lanes = lab.lanes > 1 ? [1, lab.lanes] : [1], span = String(lanes.length);
  const head = (/** @type {string} */ text, attributes = {}) =>
    element("th", { scope: "col", ...attributes }, text);
  /** @param {"formula" | "book"} reading */
  const reading = (reading) => words(`training.lanes.${reading}`, { length: plan(reading, lab).length });
  const state = keeps.carried ? keeps.resets ? "state_zero" : "state_carried" : "state_blocks";
  const own = keeps.carried && !(lab.reading === "book" && keeps.resets); // as the book's code itself has it
  return element(
    "table",
    { class: "readings" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        head(words("training.lanes.iteration"), { rowspan: "2" }),
        element("th", { scope: "colgroup", colspan: span }, reading("formula")),
        element("th", { scope: "colgroup", colspan: span }, reading("book")),
      ),
      element("tr", {}, ...[...lanes, ...lanes].map((n) => head(words("training.lanes.lane", { n })))),
    ),
    element(
      "tbody",
      {},
      ...rows(lab, now).map(({ name, now, cells }) =>
        element(
          "tr",
          now ? { class: "now" } : {},
          element("th", { scope: "row" }, name),
          ...cells.map(({ text, other }) =>
            element("td", other ? { class: "other" } : {}, ...unbroken(text))
          ),
        )
      ),
      element(
        "tr",
        { class: "words" },
        element("th", { scope: "row" }, words("training.lanes.state_row")),
        element("td", { colspan: span }, words(`training.lanes.${state}`)),
        element("td", { colspan: span }, words(`training.lanes.${own ? "state_book" : state}`)),
      ),
    ),
  );
}

/** Each range on one line. @param {string} text */
function unbroken(text) {
  const pieces = text.split(" ");
  return pieces.flatMap((piece, i) => [...(i ? [" "] : []), element("span", {}, piece)]);
}
