// Sweeps of the graph lab: every recorded graph, at a moment, in a room and with something looked at by lot.

import { timeline } from "../../../static/js/graph/timeline.js";
import { cardsAt, GRAPHS, pictureOf, pictureOfGraph, recursion } from "../drawings/graph.js";

/** @typedef {import("./lot.js").Lot} Lot */

const WIDTHS = [320, 366, 480, 700, 862, 1000, 1240, 1600], HEIGHTS = [300, 410, 460, 560, 640];
const COVERED = ["value", "grad", "after"];

/** @param {Lot} lot @param {Graph} graph */
function seen(lot, graph) {
  const names = graph.nodes.map(({ name }) => name), edge = lot.of(graph.edges);
  const only = [
    lot.of(names),
    `${lot.of(names)},${lot.of(names)}`,
    ...(edge ? [`${edge.from}..${edge.to}`] : []),
  ];
  const veil = [lot.of(["after", "after.*", "inplace", "grad.*", `${lot.of(COVERED)}.${lot.of(names)}`])];
  return {
    only: lot.rarely(0.3, only, null),
    veil: lot.rarely(0.25, [...veil, `${veil[0]},value.${lot.of(names)}`], null),
    near: lot.rarely(0.3, names, null),
  };
}

/** @param {Lot} lot */
function scene(lot) {
  const name = lot.of(Object.keys(GRAPHS)), graph = GRAPHS[name], moment = lot.of([null, ...timeline(graph)]);
  const room = { width: lot.of(WIDTHS), height: lot.of(HEIGHTS), phone: lot.chance(0.3) };
  return {
    name,
    at: moment && `${moment.phase}${moment.done}`,
    room,
    seen: seen(lot, graph),
    ko: lot.chance(0.3),
  };
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const GRAPH_LAB = {
  "graph lab": {
    states: 40,
    scene,
    draw: ({ name, at, room, seen }) => pictureOf(name, at, room, seen),
  },
  "local derivatives in letters": {
    states: 12,
    scene: (lot) => ({
      name: lot.of(["product", "layers", "chain-5"]),
      letters: 7 + lot.turn % 4,
      at: lot.of([null, "b1"]),
    }),
    draw: ({ name, letters, at }) => {
      const graph = GRAPHS[name], edges = graph.edges.map((edge) => ({ ...edge, says: "x".repeat(letters) }));
      return pictureOfGraph({ ...graph, edges }, at, { width: 1240, height: 560, phone: false }, {});
    },
  },
  "graph cards": {
    states: 120,
    scene,
    draw: ({ name, at, seen, ko }) => cardsAt(name, at, seen, ko ? "ko" : "en"),
  },
  "graph recursion": {
    states: 4,
    scene: (lot) => ({ n: lot.of([2, 5, 8, 12]) }),
    draw: ({ n }) => recursion(`recursion-${n}`, n - 1),
  },
};
