// Callout beside the loss that the story of the start page follows: what the network says, and what it should say.

import { label, path, textWidth } from "../../plot/figure.js";
import { roundBox } from "../../plot/paths.js";
import { visible } from "../../lib/format.js";
import { predictedSymbol } from "../predictions.js";

const SIZE = 15, LINE = 22, GAP = 12; // px

/**
 * @param {Result} result @param {View} view @param {Geometry} g
 * @returns {object[]} shapes; the words only where there is room for them
 */
export function calloutShapes(result, { story, colors, words, font }, g) {
  if (!story || g.level === "compact") return [];
  const { s, wrong, beat } = story, isWrong = wrong.includes(s), { output, rows } = g;
  const ring = path(isWrong ? roundBox(g.cx(s), rows.output, output.width, output.height, 7) : "", {
    ...{ stroke: colors.loss, width: 2, layer: "above" },
  });
  const left = g.cx(s) + output.width / 2 + GAP, room = s === result.tokens.length - 1 ? g.W - left : 0;
  /** @param {string} said @param {number} y @param {string} color */
  const line = (said, y, color) => {
    return textWidth(said, SIZE) > room
      ? []
      : [label(left, y, said, { size: SIZE, color, family: font, weight: 700 }, "left")];
  };
  if (!isWrong) return [ring];
  const guess = visible(predictedSymbol(result, s)), target = visible(result.targets[s]);
  return [
    ring,
    ...line(words("opening.says", { guess }), rows.output - LINE / 2, colors.loss),
    ...line(words("opening.should", { target }), rows.output + LINE / 2, colors.forward),
    ...(beat > 1
      ? [
        ...line(words("opening.gradient"), rows.hidden + g.aside.y - LINE / 2, colors.backward),
        ...line(words("opening.starts_here"), rows.hidden + g.aside.y + LINE / 2, colors.backward),
      ]
      : []),
  ];
}
