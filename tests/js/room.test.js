// However little room a drawing has, and whatever overflowed: no size is negative or no number.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PANELS } from "../../static/js/explorer/panels.js";
import { picture } from "../../static/js/graph/picture.js";
import { progressAt } from "../../static/js/graph/progress.js";
import { heightOf, LEAST_WIDTH, widthOf } from "../../static/js/lib/dom.js";
import { folded } from "../../static/js/explorer/folded/folded.js";
import { enlarge, makeDocument } from "./document.js";
import { withRoom } from "../../static/js/plot/plot.js";
import { contextOf } from "../../static/js/training/film/context.js";
import { overview } from "../../static/js/training/film/overview.js";
import { places } from "../../static/js/training/film/places.js";
import { strip } from "../../static/js/training/film/strip.js";
import * as timeline from "../../static/js/training/film/timeline.js";
import { placesOf } from "../../static/js/training/lanes/geometry.js";
import { picture as lanesPicture } from "../../static/js/training/lanes/picture.js";
import { picture as stateDifference } from "../../static/js/training/lanes/state-difference.js";
import * as curves from "../../static/js/training/race/curves.js";
import * as gradients from "../../static/js/training/race/gradients.js";
import { contestant, labView, race } from "./race.js";
import { answer, ANSWERS, recorded, viewWith } from "./recorded.js";

const WIDTHS = [0, 1, 20, 60, 120, 200, 276, 344, 450, 700, 1176];
const SIZES = ["width", "height", "r", "rx", "ry"];

/** Fails where a size of a drawing is negative or no number. @param {any} tree @param {string} what */
function sizesAreSizes(tree, what) {
  if (tree === null || typeof tree !== "object") return;
  const attributes = tree.attributes ?? {};
  for (const name of SIZES) {
    if (!(name in attributes)) continue;
    const size = attributes[name];
    assert.ok(String(size).endsWith("%") || Number(size) >= 0, `${what}: ${tree.tag} ${name}=${size}`);
  }
  for (const [name, value] of Object.entries(attributes)) {
    assert.ok(!/NaN|Infinity|undefined/.test(String(value)), `${what}: ${tree.tag} ${name}=${value}`);
  }
  for (const child of tree.children ?? []) sizesAreSizes(child, what);
}

/** Every number of an answer lost, as where all of a run overflowed. @param {any} value @param {string[]} names @returns {any} */
function lost(value, names) {
  if (Array.isArray(value)) return value.map((one) => lost(one, names));
  if (value === null || typeof value !== "object") return value;
  /** @type {(one: any) => any} */
  const wiped = (one) => Array.isArray(one) ? one.map(wiped) : null;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, names.includes(name) ? wiped(one) : lost(one, names)]),
  );
}

test("the film has sizes in every width, also of a run that diverges", () => {
  for (const name of ["film", "film-video", "film-still", "film-shuffled", "film-long", "film-book"]) {
    /** @type {Film} */
    const whole = recorded(name);
    const diverged = lost(whole, [
      "loss",
      "h",
      "ghost",
      "p",
      "drift",
      "from_output",
      "from_future",
      "dh",
      "norm",
    ]);
    for (const shot of /** @type {Film[]} */ ([whole, diverged])) {
      for (const width of [0, 120, 344, 700, 1176]) {
        for (const phone of [false, true]) {
          const at = places(shot.frames.map(({ h }) => h.length), { width, height: 430, phone });
          const plan = timeline.planOf(shot.schedule, shot.order, at.level === "compact");
          const view = /** @type {LabView} */ (/** @type {unknown} */ ({
            ...viewWith({}),
            ...labView({ width, phone }),
          }));
          const what = `${name}${shot === whole ? "" : ", diverged"}, ${width} px${phone ? ", phone" : ""}`;
          sizesAreSizes(strip(contextOf(shot, shot.frames, plan, at, view)), what);
          sizesAreSizes(overview(shot.losses, { from: 0, to: 1 }, width), what);
          sizesAreSizes(overview(shot.losses.map(() => null), { from: 0, to: 1 }, width), what);
        }
      }
    }
  }
});

const LAB = { L: 1000, lanes: 2, k: 10, reading: /** @type {const} */ ("formula"), passes: 30 };
const LABS = [LAB, { ...LAB, lanes: 12, k: 7 }, { ...LAB, L: 2, lanes: 1, k: 1 }, {
  ...LAB,
  lanes: 500,
  k: 1,
}];
const STEPS = Array.from({ length: 40 }, (_, t) => t);
/** @type {any} */
const MISSED = {
  ...{
    sensitive: false,
    at: 500,
    weights_lanes: 1,
    seeds: [0],
    below: [33],
    norms: { h: [4.2], difference: [3.6] },
  },
  ...{ zeros: STEPS.map((t) => [Math.sin(t), 1]), one: STEPS.map((t) => [Math.sin(t), 0]) },
  distance: [STEPS.map((t) => 3 * 0.6 ** t)],
};

test("the lanes have sizes in every width, however many there are", () => {
  for (const width of WIDTHS) {
    for (const phone of [false, true]) {
      const view = labView({ width, phone }), what = `${width} px${phone ? ", phone" : ""}`;
      for (const lab of LABS) {
        for (const reading of /** @type {const} */ (["formula", "book"])) {
          const one = { ...lab, reading }, at = placesOf(one, view);
          const picture = lanesPicture(one, at, { carried: true, resets: true }, view);
          sizesAreSizes(picture, `${lab.lanes} lanes, ${what}`);
        }
      }
      for (const missed of [MISSED, lost(MISSED, ["zeros", "one", "distance"])]) {
        sizesAreSizes(stateDifference(missed, view), `state difference, ${what}`);
      }
    }
  }
});

test("in a low window lanes move together, so that the charts below them are in sight", () => {
  for (const reading of /** @type {const} */ (["formula", "book"])) {
    const heights = (/** @type {number} */ height) =>
      [1, 2, 3, 4, 5, 8, 10, 16].map((lanes) => {
        const lab = { ...LABS[0], L: 1000, lanes, reading };
        return placesOf(lab, labView({ width: 1248, height }));
      });
    for (const at of heights(720)) {
      assert.ok(at.height <= 720 - 423 + 1e-9, `${at.starts.length} lanes are ${at.height} px high`);
      assert.ok(at.cell >= 5 && at.cell < at.pitch);
    }
    assert.deepEqual(heights(720).map(({ few }) => few), [
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    assert.deepEqual(heights(1200).map(({ pitch }) => pitch), [80, 80, 62, 62, 46, 46, 16, 16]);
  }
});

/** Fails where a figure leaves nothing between its margins. @param {Figure} figure @param {string} what */
function hasRoom(figure, what) {
  const { width, height, margin } = /** @type {any} */ (withRoom(figure).layout);
  assert.ok(width > margin.l + margin.r && height > margin.t + margin.b, `${what}: ${width} × ${height}`);
}

test("the curves of a race have room, also where all of it diverges", () => {
  const none = contestant("5"), gone = lost(none.points, ["mean", "min", "max", "accuracy", "grad"]);
  for (
    const shot of [
      race(),
      race({ contestants: [{ ...none, points: gone, final: null }] }),
      race({ contestants: [] }),
    ]
  ) {
    for (const width of WIDTHS) {
      const view = labView({ width });
      hasRoom(curves.draw(shot, view), `curves, ${width} px`);
      hasRoom(gradients.draw(shot, view), `gradients, ${width} px`);
    }
  }
});

test("a figure keeps a pixel between its margins in both directions, and is left alone where it has more", () => {
  const figure =
    /** @type {any} */ ({ layout: { width: 0, height: 30, margin: { l: 52, r: 90, t: 10, b: 44 } } });
  assert.deepEqual(withRoom(figure).layout, { ...figure.layout, width: 143, height: 55 });
  const wide = /** @type {any} */ ({ layout: { ...figure.layout, width: 700, height: 300 } });
  assert.equal(withRoom(wide), wide);
});

test("an element without a width counts as one that can be drawn in", () => {
  makeDocument();
  const element = (/** @type {number} */ clientWidth) => /** @type {Element} */ ({ clientWidth });
  assert.deepEqual([widthOf(element(0)), widthOf(element(0), 700), widthOf(element(344), 700)], [
    LEAST_WIDTH,
    700,
    344,
  ]);
});

test("an enlarged page has fewer pixels of a design: 1770 are 1416 at 1.25", () => {
  makeDocument();
  enlarge(1.25);
  const element = (/** @type {number} */ clientWidth) => /** @type {Element} */ ({ clientWidth });
  assert.deepEqual([widthOf(element(1770)), widthOf(element(0), 700)], [1416, 700]);
  enlarge(1);
});

for (const name of [...ANSWERS, "gru-cut", "numbers"]) {
  test(`${name}: the explorer's drawings have sizes from the least width on`, () => {
    makeDocument();
    const result = answer(name);
    for (const width of WIDTHS.filter((width) => width >= LEAST_WIDTH)) {
      for (const phone of [false, true]) {
        const view = viewWith({ width, phone, gutter: phone ? 46 : 104 }),
          what = `${width} px${phone ? ", phone" : ""}`;
        sizesAreSizes(folded(result, view), `folded, ${what}`);
        for (const panel of PANELS.filter(({ applies }) => applies?.(result) ?? true)) {
          const drawn = panel.draw?.(result, view), rendered = panel.render?.(result, view);
          if (drawn) hasRoom(drawn, `${panel.name}, ${what}`);
          for (const node of [rendered, panel.margin?.(result, view)].flat()) {
            sizesAreSizes(node, `${panel.name}, ${what}`);
          }
        }
      }
    }
  });
}

test("the graph lab has sizes from the least width on", () => {
  /** @type {Record<string, Graph>} */
  const graphs = recorded("graphs");
  for (const name of ["product", "chain-5", "latent-2", "-3"]) {
    const graph = graphs[name], progress = progressAt(graph, null, /** @type {any} */ ({}));
    for (const width of [LEAST_WIDTH, 366, 862]) {
      for (const height of [0, 240, 560]) {
        const view = { width, height, phone: width < 600, near: null, words: viewWith().words };
        sizesAreSizes(picture(graph, progress, view).tree, `${name}, ${width} × ${height} px`);
      }
    }
  }
});

test("parts of a page are as high together as each of them, and none is no height", () => {
  const parts = [{ offsetHeight: 48 }, { offsetHeight: 12 }], { document } = globalThis;
  try {
    /** @type {any} */ (globalThis).document = {
      querySelectorAll: (/** @type {string} */ selector) => (selector === ".part" ? parts : []),
    };
    assert.deepEqual([heightOf(".part"), heightOf(".none")], [60, 0]);
  } finally {
    globalThis.document = document;
  }
});
