// Ledger below the graph: the current moment in numbers, one card for each line of the step.

import { byId, element, rich } from "../../lib/dom.js";
import { subscript, visible } from "../../lib/format.js";
import { math } from "../../lib/mathml.js";
import { schedule, writeMoment } from "../timeline.js";
import { notationSwitch } from "../notation.js";
import { namesPart } from "../../page/name-list.js";
import { touches, veiledBy } from "../unrolled/selectors.js";
import { activationLimit } from "../unrolled/traces.js";
import { placeholder } from "../../page/cover.js";
import { columnNode, stackNode } from "./arrays.js";
import { backward } from "./backward.js";
import { barsNode, chancesNode, figureNode } from "./charts.js";
import * as gru from "./cells/gru.js";
import * as gruResetAfter from "./cells/gru-reset-after.js";
import * as lstm from "./cells/lstm.js";
import * as rnn from "./cells/rnn.js";
import { contextOf, inputOf, rowAt, walkPath } from "./context.js";
import { forward } from "./forward.js";
import { exponentOf, formatCell, largest, numbers } from "./numbers.js";
import { painter } from "./paint.js";
import { sharing } from "./pieces.js";
import { sizesOf } from "./sizes.js";
import { update } from "./update.js";

export const name = "ledger";

/** @type {(keyof View)[]} */
export const follows = ["at", "lit", "notation", "shapes", "gate", "answers", "veil"];

const DISCS = "①②③④";

/** @type {Record<string, import("./backward.js").Cell>} */
const CELLS = { rnn, lstm, gru };

/** What the ledger knows of the cell. @param {Result} result */
const cellOf = ({ params: { cell, reset_gate } }) =>
  cell === "gru" && reset_gate === "after" ? gruResetAfter : CELLS[String(cell)];

/** The passes to request for a moment. @param {Result} result @param {View} view */
export function asks(result, view) {
  if (view.at?.phase !== "backward" || result.blocks.length) return [];
  return [walkPath(view, contextOf(result, view, view.at).moment)];
}

/** Whose GRU it is: where its reset gate acts; nothing of other cells. @param {Result} result @param {Words} words */
export const conventionOf = ({ params: { cell, reset_gate } }, words) =>
  cell === "gru" ? words(`ledger.convention_${reset_gate}`) : "";

/** The ledger of a moment as plain data. @param {Result} result @param {View} view @param {Moment} at @returns {Ledger} */
export function ledgerOf(result, view, at) {
  const context = contextOf(result, view, at), { moment, t, pass, unit, words } = context;
  const cell = cellOf(result);
  const cards = { forward, backward, update }[moment.phase](context, cell);
  const losses = pass && pass.stop - pass.newest_from > 1
    ? `L${subscript(pass.newest_from)}–L${subscript(pass.stop - 1)}`
    : `L${subscript((pass?.stop ?? 1) - 1)}`;
  const title = moment.phase === "backward" && pass?.separate
    ? words("ledger.pass", { t, losses })
    : words(`ledger.${moment.phase}`, { t });
  const there = moment.phase === "forward" ? rowAt(result, result.forward.o, t) : pass?.of("dh", t) ?? [];
  const waiting = moment.phase !== "update" && !there.length;
  return {
    title,
    token: moment.phase === "update" ? "" : String(result.tokens[t]),
    cards,
    moment,
    unit,
    waiting,
  };
}

/** Show the moment's cards, or hide the ledger if there is no moment. @param {Result} result @param {View} view */
export function show(result, view) {
  const place = byId("ledger"), cell = cellOf(result);
  place.hidden = !view.at || !cell;
  byId("main").classList.toggle("with-ledger", !place.hidden && !place.matches(".is-hidden"));
  if (!view.at || !cell) return;
  if (isVeiled(result, view, view.at)) return place.replaceChildren(placeholder());
  const buttons = () => [...place.querySelectorAll("button")],
    focused = buttons().findIndex((it) => it.matches(":focus"));
  place.replaceChildren(...render(result, view, view.at));
  buttons()[focused]?.focus({ preventScroll: true }); // whoever steps by keyboard stays where they were
  if (document.body.classList.contains("embedded")) centre(place); // a narrow place has no room for all cards
}

/** The ledger is covered if any mark of its step is covered. @param {Result} result @param {View} view @param {Moment} at */
function isVeiled({ blocks }, { veil }, at) {
  return namesPart(veil, "ledger") || at.phase !== "update" && touches(veiledBy(veil, blocks), at.t);
}

/** Bring the card of the present line to where it can be seen. @param {HTMLElement} place */
function centre(place) {
  const box = place.querySelector(".cards-box"), now = place.querySelector(".card.now");
  if (!(box && now instanceof HTMLElement)) return;
  const { left, width } = now.getBoundingClientRect(), from = box.getBoundingClientRect().left;
  box.scrollLeft += left - from - Math.max(0, (box.clientWidth - width) / 2);
}

/** @param {Result} result @param {View} view @param {Moment} at */
function render(result, view, at) {
  const ledger = ledgerOf(result, view, at), { cards, moment } = ledger, H = result.forward.h[0].length;
  const powers = {
    vectors: exponentOf(largest(sharing(cards, "vectors"))),
    matrices: exponentOf(largest(sharing(cards, "matrices"))),
  };
  const dims = dimensions(result);
  const look = {
    sizes: sizesOf(H, view, result.params.cell !== "rnn"),
    paint: painter(view.colors),
    max: limits(result),
    powers,
    scaled: Object.values(powers).some(Boolean),
    unit: ledger.unit,
    shape: (/** @type {string} */ shape) =>
      `(${shape}) = (${shape.split(",").map((letter) => dims[letter]).join(",")})`,
  };
  const row = element("div", {
    class: `cards ${moment.phase}${result.params.cell === "rnn" ? "" : " gated"}`,
  });
  cards.forEach((card, i) => row.append(cardNode(card, i + 1, ledger, look, view)));
  const classes = ["cards-box", ...(view.shapes ? ["shaped"] : [])].join(" ");
  return [headNode(ledger, result, view), element("div", { class: classes }, row)];
}

/** The letters of shapes. @param {Result} result @returns {Record<string, number>} */
function dimensions(result) {
  return {
    N: 1, // the explorer reads one sequence
    H: result.forward.h[0].length,
    D: inputOf(result, 0).length,
    V: result.forward.o[0]?.length ?? 0,
    T: result.tokens.length,
  };
}

/** The ends of the color scales, of the untruncated run, so that what vanishes is seen to. @param {Result} result @returns {Record<LedgerScale, number>} */
function limits({ full, forward, params }) {
  const { Wx, Wh } = full.gradients;
  const flat = (/** @type {Row | Table} */ table) => numbers(/** @type {Row} */ (table.flat()));
  const gradient = largest(flat(full.dh));
  return {
    gradient,
    thrown: gradient,
    weights: largest([...flat(Wx), ...flat(Wh)]),
    activation: activationLimit({ forward, params }),
    before: 2.5,
    slope: 1,
  };
}

/** @param {Ledger} ledger @param {Result} result @param {View} view */
function headNode({ title, token, cards, moment, waiting }, result, view) {
  const { words, phone } = view,
    line = moment.phase === "update" ? 0 : moment.line - 1,
    caption = waiting ? words("ledger.waiting") : cards[line].caption,
    convention = conventionOf(result, words);
  const said = element(
    "p",
    { class: "status-line" },
    ...(token ? [`‘\u2068${visible(token)}\u2069’ — `] : []),
    ...rich(caption),
    ...(convention ? [` · ${convention}`] : []),
  );
  const shapes = element("button", {
    type: "button",
    class: "shapes",
    "aria-pressed": String(Boolean(view.shapes)),
    "data-look": `shapes=${view.shapes ? "" : "1"}`,
    title: words("ledger.shapes"),
    "aria-label": words("ledger.shapes"),
  }, "(D,H)");
  const lines = moment.phase === "update" ? [] : [lineButtons(cards.length, moment, result, view)];
  return element(
    "div",
    { class: phone ? "head phone" : "head" },
    element("h2", {}, title),
    said,
    notationSwitch(view),
    shapes,
    ...lines,
  );
}

/** ① … ④: each line of the step is one link. @param {number} count @param {Moment} moment @param {Result} result @param {View} view */
function lineButtons(count, moment, result, { words }) {
  const separate = schedule(result).separate;
  const buttons = Array.from({ length: count }, (_, i) =>
    element("button", {
      type: "button",
      "data-look": `at=${writeMoment({ ...moment, line: i + 1 }, separate)}`,
      "aria-label": words("ledger.line", { n: i + 1 }),
      ...(moment.line === i + 1 ? { "aria-current": "step" } : {}),
    }, DISCS[i]));
  return element("div", {
    class: `lines ${moment.phase}`,
    role: "group",
    "aria-label": words("ledger.lines"),
  }, ...buttons);
}

/** @param {LedgerCard} card @param {number} line @param {Ledger} ledger @param {import("./arrays.js").Look} look @param {View} view */
function cardNode(
  { formula, also = [], pieces, plug, gates = [] },
  line,
  { moment, unit, waiting },
  look,
  view,
) {
  const H = look.sizes.units;
  const state = waiting
    ? "pending"
    : moment.phase === "update"
    ? line === 1 ? "now" : "done"
    : line === moment.line
    ? "now"
    : line < moment.line
    ? "done"
    : "pending";
  const nodes = pieces.map((piece) => {
    if (piece.kind === "column") return columnNode(piece, look);
    if (piece.kind === "stack") return stackNode(piece, look);
    if (piece.kind === "sign") return element("div", { class: "sign", "aria-hidden": "true" }, piece.text);
    if (piece.kind === "chances") return chancesNode(piece);
    return piece.kind === "figure" ? figureNode(piece) : barsNode(piece, view);
  });
  const say = (/** @type {number} */ value) => formatCell(value, look.powers.vectors, 2);
  const plugged = plug && !waiting
    ? [
      element(
        "div",
        { class: "substitution" },
        ...(line === 1 || view.phone ? [followed(unit, H, view)] : []),
        plug(say),
      ),
    ]
    : [];
  return element(
    "section",
    { class: `card ${state}`, ...(state === "now" ? { "aria-current": "step" } : {}) },
    element(
      "h3",
      {},
      element("span", { class: "disc" }, String(line)),
      math(formula),
      element("span", { class: "also" }, ...also.map((more) => element("span", {}, math(more)))),
      ...gateSwitch(gates, view),
    ),
    element("div", { class: "body" }, element("div", { class: "pieces" }, ...nodes), ...plugged),
  );
}

/** Which gate's block of the weights is shown. @param {string[]} gates @param {View} view */
function gateSwitch(gates, { gate, words }) {
  if (gates.length < 2) return [];
  const chosen = Math.max(0, gates.indexOf(gate ?? ""));
  const buttons = gates.map((name, i) =>
    element("button", {
      type: "button",
      "aria-pressed": String(i === chosen),
      "data-look": `gate=${i ? name : ""}`,
    }, name)
  );
  return [
    element("div", { class: "segments", role: "group", "aria-label": words("ledger.gate") }, ...buttons),
  ];
}

/** The followed unit; pressing it follows the next. @param {number} unit @param {number} H @param {View} view */
function followed(unit, H, { words }) {
  return element("button", {
    type: "button",
    class: "unit",
    "data-look": `lit=${(unit + 1) % H}`,
    title: words("ledger.next_unit"),
  }, words("ledger.unit", { unit }));
}
