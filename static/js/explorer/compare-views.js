// The views of two compared results: of equal size, on one time axis and one gradient scale.

import { byId, widthOf } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { NOTATIONS } from "../page/hash.js";
import { colors, isDark } from "../page/theme.js";
import { gradientRange } from "../plot/scale.js";
import { holds } from "../plot/windowed.js";
import { decadesOf } from "./panels/norms.js";
import { columnsOf } from "./scrolling.js";
import { leadOf } from "./unrolled/moment.js";
import { unit } from "../lib/unit.js";

const LOWEST = { wall: 236, wide: 236, narrow: 280, phone: 340 }, HIGHEST = 460; // px of one graph
const WIDE = 1024; // px of a window, as in the style sheet
const AROUND = { wall: 154, wide: 224, narrow: 300, phone: 300 }; // px of the page that is neither graph: where it is wide the numbers stand beside the names

/**
 * @param {string[]} queries @param {Result[]} results @param {Seen} seen
 * @param {View["columns"]} [before] the columns drawn so far
 * @returns {View[]}
 */
export function viewsOf(queries, results, seen, before) {
  const u = unit(), phone = matchMedia("(max-width: 640px)").matches;
  const T = Math.max(...results.map(({ tokens }) => tokens.length)),
    t = Math.min(seen.t ?? Math.min(1, T - 1), T - 1);
  const wide = seen.view === "present" ? "wall" : "wide";
  const room = phone ? "phone" : innerWidth >= WIDE ? wide : "narrow";
  const height = Math.max(LOWEST[room], Math.min(HIGHEST, Math.floor((innerHeight / u - AROUND[room]) / 2)));
  /** @type {Omit<View, "query">} */
  const shared = {
    ...{
      width: widthOf(byId("scroll")),
      height,
      gutter: byId("graph-a-gutter").offsetWidth / u,
      phone,
      unit: u,
    },
    ...{ dark: isDark(), colors: colors(), font: getComputedStyle(document.body).fontFamily, words },
    ...{
      t,
      from: seen.from,
      s: null,
      pair: null,
      of: "Wh",
      at: null,
      isSelected: seen.t !== null,
      story: null,
      boxes: room === wide,
      lead: Math.max(...results.map((result) => leadOf(result, phone))),
      hasWords: results.some(({ params }) => params.unit === "word"),
      lit: null,
      over: false,
      shapes: false,
      gate: null,
      notation: seen.notation ?? NOTATIONS[0],
      veil: seen.veil,
    },
    ...{ answers: {}, axis: T, range: gradientRange(results[0]), decades: decadesOf(results) },
  };
  const columns = columnsOf(T, { ...shared, query: "" }, before);
  return queries.map((query, i) => ({ ...shared, query, columns, held: holds(results[i], columns) }));
}
