// Sweeps of addresses: queries of values at, within and beyond their bounds, read with remarks and written again.

import {
  accompanied,
  applies,
  boundsOf,
  problemOf,
  weightsNeeded,
} from "../../../static/js/page/constraints.js";
import { readQuery, writeQuery } from "../../../static/js/page/query.js";
import { controls, recorded } from "../recorded.js";

/** @typedef {import("./lot.js").Lot} Lot */

/** @type {Record<string, Control[]>} by page */
const PAGES = {
  explorer: controls(),
  training: recorded("training-controls"),
  graph: recorded("graph-controls"),
};
const TEXTS = [
  ...[
    "hello",
    "ab",
    "a",
    "",
    "1 2 3",
    "1,2;3",
    "you say goodbye and I say hello .",
    "안녕하세요",
    "x".repeat(1301),
  ],
  ...["ab ".repeat(400), "0.5, -1e3 1001", "a b c d"],
];
const NUMBERS = [
  "x",
  "",
  "1e3",
  "-1",
  "0",
  "1",
  "2",
  "2.5",
  "3",
  "7",
  "40",
  "1000",
  "99999999999",
  "5_0",
  ".5",
];

/** A value for a control. @param {Lot} lot @param {Control} control */
function valueOf(lot, { kind, choices, minimum, maximum, name }) {
  if (kind === "choice") return lot.of([...choices ?? [], "nonsense"]);
  if (name === "weights") return Array(lot.of([1, 2, 5, 9])).fill(lot.of([".5", "-101", "x"])).join(",");
  if (kind === "text") return lot.of(TEXTS);
  const low = Number(minimum ?? 0), high = Number(maximum ?? 9);
  return lot.of([...NUMBERS, String(low), String(low - 1), String(high), String(high + 1)]);
}

/** @param {Lot} lot @param {Control[]} all */
function search(lot, all) {
  const query = new URLSearchParams();
  for (const control of all) if (lot.chance(0.25)) query.append(control.name, valueOf(lot, control));
  if (lot.chance(0.2)) query.append(all[0].name, "again");
  if (lot.chance(0.2)) query.append("v", lot.of(["0", "1"]));
  return `?${query}`;
}

/** @type {Record<string, import("../sweeps.js").Sweep>} */
export const ADDRESSES = {
  addresses: {
    states: 250,
    scene: (lot) => {
      const page = lot.of([...Object.keys(PAGES), "explorer", "explorer"]), all = PAGES[page];
      return { page, before: search(lot, all), after: search(lot, all), text: lot.of(TEXTS) };
    },
    draw: ({ page, before, after, text }) => {
      const all = PAGES[page],
        { params, remarks } = readQuery(after, all),
        texts = all.filter(({ kind }) => kind === "text");
      return [
        ...[
          params,
          remarks,
          writeQuery(params, all),
          accompanied(readQuery(before, all).params, params, all),
        ],
        ...[
          all.map((control) => applies(control, params)),
          all.map((control) => boundsOf(control, params, all)),
        ],
        texts.map((control) => problemOf(control, text, params, all)),
        page === "explorer" && weightsNeeded(params, all),
      ];
    },
  },
};
