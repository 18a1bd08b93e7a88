// Card of the truncation schemes: each gradient as an arrow at its angle, and the scheme that comes closest.

import { svg } from "../../lib/svg.js";
import { arrow } from "../../plot/paths.js";
import { closestSchemes } from "../closest-scheme.js";
import { figureOf, SIZE } from "./figure.js";
import { errorText } from "./finding.js";

const LENGTH = 56, LONGEST = 1.05;

/** @param {Result} result @param {View} view @returns {Card} */
export function card(result, view) {
  return { figure: figure(result, view), ...finding(result, view.words) };
}

/**
 * The closest scheme, the chosen one first; the note says whether it is exact and which others are as close.
 * @param {Pick<Result, "schemes" | "params">} result @param {Words} words
 */
export function finding({ schemes, params }, words) {
  const { names, error } = closestSchemes(schemes),
    [first, ...others] = chosenFirst(names, params.truncation);
  if (!first) return { finding: "", note: words("tray.schemes_none") };
  const key = `tray.schemes_${error ? "closest" : "exact"}${
    others.length > 1 ? "_all" : others.length ? "_tie" : ""
  }`;
  const other = others.length ? words(`schemes.names.${others[0]}`) : "";
  return {
    finding: words(`schemes.names.${first}`),
    note: words(key, { error: errorText(error), other, n: others.length }),
  };
}

/** @param {string[]} names @param {unknown} chosen */
function chosenFirst(names, chosen) {
  return [...names].sort((a, b) => Number(b === chosen) - Number(a === chosen));
}

/** @param {Result} result @param {View} view */
function figure({ schemes, params }, { colors }) {
  const [closest] = chosenFirst(closestSchemes(schemes).names, params.truncation), y = SIZE - 8, x = 3;
  const arrows = Object.entries(schemes).flatMap(([name, { cosine, norm_ratio: ratio }]) => {
    if (name === "full" || cosine === null || ratio === null || name === closest) return [];
    return [turned(cosine, ratio, 2.4, { fill: colors.backward, opacity: 0.35 })];
  });
  const best = closest && schemes[closest], own = best && best.cosine !== null && best.norm_ratio !== null;
  return figureOf(
    svg("path", { d: arrow(x, y, x + LENGTH, y, 2.4), fill: colors.ink, opacity: 0.55 }),
    ...arrows,
    ...(own ? [turned(Number(best.cosine), Number(best.norm_ratio), 4, { fill: colors.backward })] : []),
  );

  /** @param {number} cosine @param {number} ratio @param {number} width @param {Record<string, string | number>} look */
  function turned(cosine, ratio, width, look) {
    const angle = Math.acos(Math.min(1, Math.max(-1, cosine))), long = Math.min(LONGEST, ratio) * LENGTH;
    if (long < 1) return svg("path", { d: "M0,0" });
    const from = cosine < 0 ? SIZE / 2 : x;
    return svg("path", {
      d: arrow(from, y, from + long * Math.cos(angle), y - long * Math.sin(angle), width),
      ...look,
    });
  }
}
