// The views of two compared results: of equal size, on one time axis and one gradient scale.

import { byId, widthOf } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { NOTATIONS } from "../page/hash.js";
import { colors, isDark } from "../page/theme.js";
import { gradientRange } from "../plot/scale.js";
import { holds } from "../plot/windowed.js";
import { decadesOf } from "./panels/norms.js";
import { columnsOf } from "./scrolling.js";
import { unit } from "../lib/unit.js";

const LOWEST = 280, HIGHEST = 460, LOWEST_ON_PHONES = 340; // px of one graph
const AROUND = 300; // px of the page that is neither graph

/**
 * @param {string[]} queries @param {Result[]} results @param {Seen} seen
 * @param {View["columns"]} [before] the columns drawn so far
 * @returns {View[]}
 */
export function viewsOf(queries, results, seen, before) {
  const u = unit(), phone = matchMedia("(max-width: 640px)").matches;
  const T = Math.max(...results.map(({ tokens }) => tokens.length)),
    t = Math.min(seen.t ?? Math.min(1, T - 1), T - 1);
  const height = Math.max(
    phone ? LOWEST_ON_PHONES : LOWEST,
    Math.min(HIGHEST, (innerHeight / u - AROUND) / 2),
  );
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
      hasWords: results.some(({ params }) => params.unit === "word"),
      lit: null,
      over: false,
      shapes: false,
      gate: null,
      notation: seen.notation ?? NOTATIONS[0],
    },
    ...{ answers: {}, axis: T, range: gradientRange(results[0]), decades: decadesOf(results) },
  };
  const columns = columnsOf(T, { ...shared, query: "" }, before);
  return queries.map((query, i) => ({ ...shared, query, columns, held: holds(results[i], columns) }));
}
