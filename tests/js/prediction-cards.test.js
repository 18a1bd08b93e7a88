// Predictions in the unrolled graph: the room of words, bars and numbers in a card, and of a guess in a narrower column.

import assert from "node:assert/strict";
import { test } from "node:test";
import { textWidth } from "../../static/js/plot/figure.js";
import { geometry } from "../../static/js/plot/geometry.js";
import { cardMarks, cardTexts } from "../../static/js/explorer/unrolled/cards.js";
import { answer, viewWith } from "./recorded.js";

/** @typedef {{x: number[], y: number[], text: string[], textfont: {size: number[], color: string[]}}} Written */

/**
 * Predictions of these words, and of each step the index of the guess and the target.
 * @param {string[]} vocabulary @param {[number, string][]} steps @returns {Result}
 */
function predicting(vocabulary, steps) {
  const result = structuredClone(answer("bptt"));
  const o = steps.map(([guess]) => vocabulary.map((_, i) => i === guess ? 1 : -i));
  const p = steps.map(([guess]) => vocabulary.map((_, i) => i === guess ? 0.7 : 0.1));
  Object.assign(result, { vocabulary, targets: steps.map(([, target]) => target) });
  Object.assign(result.forward, { o, p });
  return result;
}

/** @param {Result} result @param {number} width px @returns {{g: Geometry, view: View, texts: Written[]}} */
function written(result, width) {
  const view = viewWith({ width }), g = geometry(4, { ...view, outputs: result.vocabulary.length });
  return { g, view, texts: /** @type {any} */ (cardTexts(result, view, g)) };
}

/** The left and right ends of the boxes of a path. @param {string} path */
const boxes = (path) =>
  path.split("Z").filter(Boolean).map((box) => {
    const x = [...box.matchAll(/(-?[\d.]+),/g)].map(([, number]) => Number(number));
    return [Math.min(...x), Math.max(...x)];
  });

test("a guess is as large as its room allows: alone, before its check, and beside its target", () => {
  const { g, view: { colors }, texts: [{ x, text, textfont: { size, color } }] } = written(
    predicting(["goodbye", "home", "hom", "moh"], [[0, "·"], [1, "home"], [2, "moh"], [3, "moh"]]),
    300,
  );
  assert.equal(g.level, "middle");
  const wide = text.map((word, i) => Math.round(textWidth(word, size[i])));
  const room = g.output.width / 2;
  assert.deepEqual(text, ["goodbye", "home", "hom", "≠", "moh", "moh"]);
  assert.deepEqual(
    wide.toSpliced(3, 1),
    [2 * room - 4, room - 2, room - 8, room - 8, room - 2],
    "all shrink to their room",
  );
  const aside = room / 2, at = [0, 1, 2, 2, 2, 3].map((t) => g.cx(t));
  assert.deepEqual(x.map((x, i) => x - at[i]), [0, -9, -aside, 0, aside, -9]);
  const { ink, forward, loss, muted } = colors;
  assert.deepEqual(color, [ink, forward, loss, muted, forward, forward]);
});

test("a card's words, bars and numbers share its width: bars are shorter beside words than beside letters", () => {
  for (
    const [vocabulary, track] of /** @type {[string[], number][]} */ ([
      [["a", "é", "c", "👩‍🚀"], 44],
      [["a", "b", "c", "de"], 20],
      [["goodbye", "b", "c", "d"], 20],
    ])
  ) {
    const result = predicting(vocabulary, vocabulary.map((name, i) => [(i + 1) % 4, name]));
    const { g, texts: [letters, numbers] } = written(result, 1164);
    assert.ok(g.hasCards);
    const edge = (/** @type {number} */ i) => g.cx(Math.floor(i / 4)) + g.output.width / 2;
    const tracks = boxes(cardMarks(result, g).tracks);
    assert.equal(tracks.length, 16);
    for (const [i, [left, right]] of tracks.entries()) {
      assert.ok(Math.abs(right - left - track) < 0.2, `${right - left} px beside ${vocabulary}`);
      assert.ok(Math.abs(edge(i) - 59 - right) < 0.2, "with room for the number");
      const start = edge(i) - g.output.width, wide = textWidth(letters.text[i], letters.textfont.size[i]);
      assert.ok(Math.abs(letters.x[i] - (start + left) / 2 - 2) < 0.2, "in the middle between edge and bar");
      assert.ok(track === 44 || wide < left - start, letters.text[i]); // a letter is never smaller
      assert.ok(numbers.x[i] > right && numbers.x[i] < edge(i));
    }
  }
});

test("a bar is as long as its probability, in its track; the target's has a color of its own", () => {
  const result = predicting(["a", "b", "c", "d"], [[0, "a"], [1, "a"], [2, "·"], [3, "d"]]);
  const { g } = written(result, 1164), { tracks, bars, targetBars } = cardMarks(result, g);
  const long = (/** @type {string} */ path) => boxes(path).map(([left, right]) => Math.round(right - left));
  assert.deepEqual([long(targetBars), long(tracks).length], [[31, 4, 31], 16], "0.7 and 0.1 of 44 px");
  assert.deepEqual(long(bars), [4, 4, 4, 31, 4, 4, 4, 4, 31, 4, 4, 4, 4]);
  result.forward.p = [[1, 0, 0, null], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 1]];
  assert.deepEqual(long(cardMarks(result, g).targetBars), [44, 1, 44], "also of nothing there is a pixel");
  assert.equal(long(cardMarks(result, g).bars).length, 12, "of what is no number there is none");
});
