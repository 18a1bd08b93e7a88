// Ledger of the graph lab: cards with the numbers plugged in, the recursion's product, and the table.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { cards, cardText } from "./cards.js";
import { product, sumOf } from "./closed-form.js";
import { edited } from "./fields.js";
import { labelOf } from "./picture.js";
import { rows } from "./table.js";

/** @typedef {import("./cards.js").Piece} Piece */

/** @param {Graph} graph @param {GraphProgress} progress */
export function show(graph, progress) {
  const box = byId("ledger-cards"), veiled = progress.veil.part("ledger");
  const ledgerCards = cards(graph, progress, words);
  box.replaceChildren(...(veiled ? [covered()] : ledgerCards.map(cardNode)));
  byId("node-said").textContent = veiled ? words("veil.covered") : cardText(ledgerCards[0]);
}

/** @returns {HTMLElement} */
function covered() {
  return element(
    "div",
    { class: "graph-card graph-covered", role: "img", "aria-label": words("veil.covered") },
    "?",
  );
}

/** @param {import("./cards.js").Card} card */
function cardNode({ name, tone, title, finding, lines, text, hint }) {
  return element(
    "section",
    { class: `graph-card ${tone}${lines.length > 3 ? " long" : ""}`, ...(name ? { id: name } : {}) }, // for look=
    element("h3", {}, title),
    ...(finding ? [element("p", { class: "graph-finding" }, finding)] : []),
    ...lines.map((line) => element("p", { class: "graph-line" }, ...pieces(line))),
    ...text.map((sentence) => element("p", {}, sentence)),
    ...(hint ? [element("p", { class: "graph-hint" }, hint)] : []),
  );
}

/** @param {Piece[]} line */
const pieces = (line) =>
  line.map(({ text, tone }) =>
    tone ? element(tone === "say" ? "span" : "b", { class: `graph-${tone}` }, text) : text
  );

/**
 * The recursion's product for the pair that is looked at.
 * @param {Graph} graph
 * @param {import("./closed-form.js").Pair | null} pair
 * @param {GraphProgress} progress
 */
export function showClosed(graph, pair, progress) {
  const { closed } = graph;
  byId("closed").hidden = !closed;
  if (!closed) return;
  const last = closed.sums.length - 1, { i, t } = pair ?? { i: 0, t: last };
  for (const [name, value, max] of /** @type {const} */ ([["pair-i", i, t], ["pair-t", t, last]])) {
    const select = /** @type {HTMLSelectElement} */ (byId(name));
    if (select.options.length !== max + 1) {
      select.replaceChildren(
        ...Array.from(
          { length: max + 1 },
          (_, step) => element("option", { value: String(step) }, String(step)),
        ),
      );
    }
    select.value = String(value);
  }
  const { left, letters, numbers, factors } = product(graph, { i, t }, progress);
  byId("closed-lines").replaceChildren(
    ...(t <= 4 ? [element("p", { class: "graph-line" }, sumOf(t))] : []),
    element("p", { class: "graph-line" }, left, letters),
    element("p", { class: "graph-line" }, "= ", element("b", { class: "graph-orange" }, numbers)),
    element("p", {}, words("graphlab.closed.factors", { n: factors })),
  );
}

/**
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @param {(one: GraphNode) => HTMLElement | null} fieldOf a field for a value that is set here
 */
export function showTable(graph, progress, fieldOf) {
  const box = byId("table"), used = document.activeElement?.id, focused = edited(graph);
  if (progress.veil.part("table")) return box.replaceChildren(covered());
  if (box.contains(focused)) return; // a table that leaves the page loses what is being typed
  const head = ["node", "value", "gradient", "after"].map((name) =>
    element("th", { scope: "col" }, words(`graphlab.table.${name}`))
  );
  const body = rows(graph, progress).map(({ node, value, gradient, after, truth, promise }) => {
    const input = node.kind === "input" ? fieldOf(node) : null;
    const cell = (/** @type {string} */ text, tone = "") => {
      const td = element("td", tone && text !== "?" ? { class: `graph-${tone}` } : {}, text);
      if (text === "?") {
        td.setAttribute("aria-label", words(progress.veil.any ? "veil.covered" : "graphlab.not_yet"));
      }
      return td;
    };
    const valued = input ? element("td", {}, input) : cell(value, "blue");
    const name = element("th", { scope: "row", class: "graph-name" }, labelOf(graph, node.name));
    const after_ = truth === undefined
      ? cell(after)
      : element("td", {}, `${truth} `, element("small", {}, words("graphlab.table.promised", { promise })));
    return element(
      "tr",
      progress.present === node.name ? { class: "present" } : {},
      name,
      valued,
      cell(gradient, "orange"),
      after_,
    );
  });
  box.replaceChildren(
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)),
  );
  if (used && box.querySelector(`#${CSS.escape(used)}`)) byId(used).focus({ preventScroll: true });
}
