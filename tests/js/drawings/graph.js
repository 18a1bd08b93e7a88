// Drawings of the graph lab: the picture, its cards, the table and the recursion's product.

import { cards, cardText } from "../../../static/js/graph/cards.js";
import { marksBetween, product, sumOf } from "../../../static/js/graph/closed-form.js";
import { show as showLedger } from "../../../static/js/graph/ledger.js";
import { show as showPlayer } from "../../../static/js/graph/player.js";
import { picture } from "../../../static/js/graph/picture.js";
import { progressAt } from "../../../static/js/graph/progress.js";
import { rows } from "../../../static/js/graph/table.js";
import { momentAfter, readMoment, timeline, writeMoment } from "../../../static/js/graph/timeline.js";
import { words } from "../../../static/js/lib/words.js";
import { elementById } from "../document.js";
import { recorded, viewWith } from "../recorded.js";

/** @type {Record<string, Graph>} */
export const GRAPHS = recorded("graphs");
const WIDE = { width: 862, height: 560, phone: false, near: null };
const PHONE = { width: 366, height: 410, phone: true, near: null };

/** @type {Record<string, [string, string | null, object, object]>} a graph, a moment, the room, and what is looked at */
const PICTURES = {
  "product": ["product", null, WIDE, {}],
  "product, first product": ["product", "f1", WIDE, {}],
  "product, backward": ["product", "b2", PHONE, {}],
  "product, update": ["product", "u1", WIDE, {}],
  "product, lit": ["product", "b1", WIDE, { only: "x" }],
  "chain": ["chain-5", "b3", WIDE, {}],
  "recursion": ["recursion-5", "b2", WIDE, {}],
  "dense": ["recursion-8", null, WIDE, { near: "h_3" }],
  "latent": ["latent-2", "f2", WIDE, {}],
  "ar": ["ar-2", "b4", WIDE, {}],
  "tied": ["tied", "b2", WIDE, {}],
  "layers": ["layers", "b4", PHONE, {}],
  "constant": ["-3", null, WIDE, {}],
  "square": ["x*x", "b1", WIDE, {}],
  "functions": ["(sigmoid(w*x + b) - y)**2", "b5", WIDE, {}],
  "wide names": ["가중치*입력값 + 치우침", "f1", PHONE, {}],
  "veiled": ["product", null, WIDE, { veil: "grad.*,after.*" }],
};

/** @param {string} name @param {string | null} at @param {any} room @param {any} seen */
export const pictureOf = (name, at, room, seen) => pictureOfGraph(GRAPHS[name], at, room, seen);

/** @param {Graph} graph @param {string | null} at @param {any} room @param {any} seen */
export function pictureOfGraph(graph, at, room, seen) {
  const progress = progressAt(graph, readMoment(at), seen);
  const view = { ...room, near: seen.near ?? null, words: viewWith().words };
  const { tree, space, labels } = picture(graph, progress, view);
  return {
    tree: thinned(tree),
    fields: space.fields,
    field: space.field,
    end: space.end,
    labels: [...labels.keys()],
  };
}

/** Of the many points of an edge every sixth, and the last. @param {Tree} tree @returns {Tree} */
function thinned({ tag, attributes, children }) {
  const points = String(attributes.d ?? "").split("L"), last = points.length - 1;
  const d = points.filter((_, i) => i % 6 === 0 || i === last).join("L");
  return {
    tag,
    attributes: { ...attributes, ...(last > 12 ? { d } : {}) },
    children: children.map((child) => typeof child === "string" ? child : thinned(child)),
  };
}

/** Cards, table and player at a moment. @param {string} name @param {string | null} at @param {object} seen @param {string} [language] */
export function cardsAt(name, at, seen, language) {
  const graph = GRAPHS[name], moment = readMoment(at);
  viewWith({}, language);
  const progress = progressAt(graph, moment, seen), all = cards(graph, progress, words);
  showPlayer(graph, moment);
  showLedger(graph, progress);
  return {
    cards: JSON.parse(JSON.stringify(elementById("ledger-cards").children)),
    said: all.map(cardText),
    rows: rows(graph, progress).map(({ node, ...row }) => [node.name, row]),
    track: JSON.parse(JSON.stringify(elementById("node-track").children)),
    able: ["start", "back", "forth", "end", "descend", "undo"].filter((move) =>
      !(/** @type {any} */ (elementById(`node-${move}`)).disabled)
    ),
    moves: [-1, 1, 2].map((by) => momentAfter(graph, moment, by)),
  };
}

/** The same at every moment. @param {string} name @param {object} [seen] */
const ledger = (name, seen = {}) =>
  [null, ...timeline(GRAPHS[name])].map((moment) => cardsAt(name, writeMoment(moment), seen));

/** @param {string} name @param {number} n */
export function recursion(name, n) {
  const graph = GRAPHS[name], progress = progressAt(graph, null);
  const pairs = Array.from({ length: n }, (_, t) => Array.from({ length: t + 1 }, (_, i) => ({ i, t })))
    .flat();
  return pairs.map((
    pair,
  ) => [pair, product(graph, pair, progress), sumOf(pair.t), marksBetween(pair)]);
}

/** @type {Record<string, () => unknown>} */
export const GRAPH_LAB = {
  ...Object.fromEntries(
    Object.entries(PICTURES).map(([title, [name, at, room, seen]]) => [
      `graph lab: ${title}`,
      () => pictureOf(name, at, room, seen),
    ]),
  ),
  "graph lab: cards of product": () => ledger("product"),
  "graph lab: cards of tied": () => ledger("tied"),
  "graph lab: veiled cards": () => ledger("x*x", { veil: "grad.*,after.*,value.x" }),
  "graph lab: recursion": () => recursion("recursion-5", 4),
};
