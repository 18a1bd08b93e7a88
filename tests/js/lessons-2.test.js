// The rules of lessons 7 to 12, on responses of the server and on small ones made by hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as lesson9 from "../../static/js/lessons/rules/blocks.js";
import * as lanes from "../../static/js/lessons/rules/lanes.js";
import * as product from "../../static/js/lessons/rules/product.js";
import * as remedies from "../../static/js/lessons/rules/remedies.js";
import * as schemes from "../../static/js/lessons/rules/schemes.js";
import * as truncated from "../../static/js/lessons/rules/truncated.js";

/** Answers of a lab, as far as a rule reads them. @param {any} parts @returns {LabAnswers} */
const of = (parts) => ({ params: {}, seen: {}, ...parts });

/** A run of so many steps whose gradient has these sizes. @param {number[]} sizes @param {any} more */
const sized = (sizes, more = {}) =>
  of({
    bptt: {
      tokens: sizes.map(() => "a"),
      full: { dh_norm: sizes },
      jacobian: { spectral_radius: 0.5, sigma_max_Wh: 1.2 },
      ...more,
    },
  });

/** A film whose blocks change Wh so. @param {number[][]} changes @param {any} [update] */
const filmed = (changes, update = {}) =>
  of({
    film: { frames: changes.map((dWh) => ({ update: { dWh: [dWh], norm: 1, clip_rate: null, ...update } })) },
  });

test("lesson 7: a power is one guess among compound interest, simple interest and a sum", () => {
  const actual = product.powerOfOneWeight(sized([4, 2, 1], { weights: { Wh: [[2]] } }), null);
  assert.deepEqual(actual.choices, ["× 3", "× 4"]); // 1 + 2·1, 2², and 2·2 again
  assert.deepEqual(actual.right, ["× 4"]);
});

test("lesson 7: of the steps offered the one with the smallest gradient is right, or all that share it", () => {
  assert.deepEqual(product.smallestGradient(sized([1, 3, 2, 5]), null).right, ["t = 0"]);
  assert.deepEqual(product.smallestGradient(sized([1, 1, 2, 5]), null).right, ["t = 0", "t = 1"]);
});

test("lesson 7: growing, staying and shrinking are told apart", () => {
  /** @param {number} first */
  const textOf = (first) => product.stretchedYetGone(sized([first, 1]), null).right;
  assert.deepEqual([textOf(3), textOf(1.01), textOf(0.1)], [["grows"], ["same"], ["shrinks"]]);
  assert.deepEqual(product.twoFates(sized([3, 1]), sized([0.2, 1])).right, ["linear"]);
  assert.deepEqual(product.twoFates(sized([0.3, 1]), sized([0.2, 1])).right, ["neither"]);
});

test("lesson 7: a product of matrices is held against the product of their sizes", () => {
  const pair = { factors: [{ sigma_max: 2 }, { sigma_max: 3 }], product: { sigma_max: 5 } };
  assert.deepEqual(product.productOfFactors(of({ pair }), null).values, { factors: 2, bound: 6, product: 5 });
});

test("lesson 8: only what differs from the uncut network has changed", () => {
  /** @param {number} wh */
  const run = (wh) =>
    of({
      bptt: {
        forward: { h: [[1, 2]], loss: [3] },
        truncated: { gradients: { Wy: [[4]], Wh: [[wh]] } },
        comparison: { Wh: { relative_error: 0.299 }, recurrent: { relative_error: 0.331 } },
      },
    });
  assert.deepEqual(truncated.changed(run(5), run(6)).right, ["dWh"]);
  assert.deepEqual(truncated.changed(run(5), run(5)).right, []);
  assert.deepEqual(truncated.changed(run(5), run(6)).values, { error: 30, together: 33 });
});

test("lesson 8: sources are counted at the step that is looked at", () => {
  const rows = { dh_output: [[1], [3, 4]], dh_future: [[2], [0, 0]] };
  const bptt = { truncated: rows, full: { dh_future: [[2], [6, 8]] } };
  const at = (/** @type {string} */ t) => truncated.sourcesOfLastState(of({ bptt, seen: { t } }), null);
  assert.deepEqual(at("0").right, ["2"]);
  assert.deepEqual(at("1").right, ["1"]);
  assert.deepEqual(at("1").values, { own: 5, thrown: 10 });
});

test("lesson 8: later text moves the first block of the network that is not cut", () => {
  /** @param {number} later @param {number} cut */
  const run = (later, cut) =>
    of({
      bptt: {
        blocks: [{ start: 0, stop: 1 }],
        truncated: { dh: [[cut], [7]] },
        full: { dh: [[later], [8]] },
      },
    });
  assert.deepEqual(truncated.movedByLaterText(run(1, 2), run(1.5, 2)), {
    choices: ["cut", "whole", "both", "neither"],
    right: ["whole"],
    values: { same: 0, moved: 0.5 },
  });
  assert.deepEqual(truncated.movedByLaterText(run(1, 2), run(1, 2)).right, ["neither"]);
});

test("lesson 8: a cut may lengthen, and a longer block may be farther away", () => {
  /** @param {number} cut */
  const first = (cut) =>
    truncated.shorterOrLonger(
      of({
        bptt: {
          blocks: [{ stop: 1 }],
          full: { dh_norm: [2], dh_future: [[1]] },
          truncated: { dh_norm: [cut] },
          comparison: { recurrent: { cosine: 0.9 } },
        },
      }),
      null,
    ).right;
  assert.deepEqual([first(1), first(2), first(3)], [["shorter"], ["same"], ["longer"]]);
  /** @param {number} cosine */
  const near = (cosine) => of({ bptt: { params: { k: 2 }, comparison: { recurrent: { cosine } } } });
  assert.deepEqual(truncated.longerIsCloser(near(0.9), near(0.8)).right, ["farther"]);
  assert.deepEqual(truncated.longerIsCloser(near(0.8), near(0.9)).right, ["closer"]);
});

test("lesson 8: blocks save memory, not steps", () => {
  const cost = { full: { backward_steps: 40 }, truncated: { backward_steps: 40, cached_steps: 10 } };
  const bptt = { cost, blocks: Array(4), tokens: Array(40) };
  const { choices, right } = truncated.stepsSaved(of({ bptt, params: { k: 10 } }), null);
  assert.deepEqual([choices, right], [["0", "10", "30", "36"], ["0"]]);
});

test("lesson 9: an update is written in digits that add up", () => {
  const largest = { before: 0.098692, gradient: 0.222433, after: -0.012524 };
  const answers = { ...of({ film: { frames: [{ update: { largest } }] } }), params: { lr: "0.5" } };
  const { values } = lesson9.oneUpdateOfW(answers, null);
  assert.deepEqual(values, { before: "0.0987", gradient: "0.2224", after: "−0.0125", lr: 0.5 });
});

test("lesson 9: steps that cannot drift, terms that are zero, blocks out of order", () => {
  const frames = [
    { start: 0, drift: [0, 0], h_in: [0, 0], block: 0, h: [[1]], loss: [1] },
    { start: 2, drift: [0.1, 0.2], h_in: [1, 0], block: 1, h: [[2]], loss: [3] },
  ];
  assert.deepEqual(lesson9.cannotDrift(of({ film: { frames } }), null).right, ["t = 0", "t = 1"]);
  const empty = frames.map((frame) => ({ ...frame, h_in: [0, 0] })), tokens = [..."hell"];
  const actual = lesson9.zeroTerms(of({ film: { frames, tokens } }), of({ film: { frames: empty, tokens } }));
  assert.deepEqual(actual, { choices: ["0", "1", "2", "4"], right: ["2"], values: { carried: 1, zeros: 2 } });
  const mixed = [{ ...frames[1], h: [[2.5]] }, frames[0]];
  const order = lesson9.outOfOrder(of({ film: { frames } }), of({ film: { frames: mixed } }));
  assert.deepEqual([order.right, order.values?.moved, order.values?.ordered], [["yes"], 0.5, 2]);
});

test("lesson 10: a block is across sentences where letters follow an end within it", () => {
  const blocks = [{ start: 0, stop: 2 }, { start: 2, stop: 4 }, { start: 4, stop: 7 }];
  const answers = of({ bptt: { tokens: [..."ab.cd. "], blocks }, params: { k: 2 } });
  const { right, values } = lanes.acrossSentences(answers, null);
  assert.deepEqual([right, values?.sentences], [["1"], 2]);
});

test("lesson 9: the mean over a block is as many times larger as there are blocks", () => {
  const film = { frames: [{ from_output: [10] }], tokens: [..."hell"], schedule: { k: 2 } };
  const whole = of({ bptt: { truncated: { dh_output: [[3, 4]] } } });
  assert.deepEqual(lesson9.otherScale(of({ film }), whole).right, ["2"]);
});

test("lesson 10: starts and iterations are those of the schedule", () => {
  const schedule = {
    L: 1000,
    lanes: 2,
    k: 10,
    length: 500,
    iterations: 50,
    starts: [0, 500],
    blocks: [[490, 500]],
  };
  assert.deepEqual(lanes.startOfLane(of({ film: { schedule } }), null).right, ["500"]);
  const epoch = lanes.iterationsAnEpoch(of({ film: { schedule } }), null);
  assert.deepEqual([epoch.right, epoch.values?.from, epoch.values?.from2], [["50"], 490, 990]);
});

test("lesson 10: two lanes are the mean of each alone", () => {
  /** @param {number[]} gradients */
  const film = (gradients) =>
    of({ film: { frames: gradients.map((gradient) => ({ update: { largest: { gradient } } })) } });
  assert.deepEqual(lanes.averageOfLanes(film([2]), film([1, 3])).right, ["mean"]);
  assert.deepEqual(lanes.averageOfLanes(film([4]), film([1, 3])).right, ["sum"]);
});

test("lesson 10: how long a lane lacks its past is told by powers of ten, or that it never ends", () => {
  /** @param {number | null} steps */
  const lab = (steps) =>
    of({
      lanes: {
        missed: { below: [steps, 20], norms: { h: [4], difference: [3] } },
        others: [{ lanes: 1, updates_an_epoch: 100 }],
        schedule: { passes: 10 },
      },
    });
  assert.deepEqual(lanes.stepsUntilForgotten(lab(32), null).right, ["30"]);
  assert.deepEqual(lanes.stepsUntilForgotten(lab(5), null).right, ["3"]);
  assert.deepEqual(lanes.stepsUntilForgotten(lab(null), null).right, ["never"]);
  assert.equal(lanes.stepsUntilForgotten(lab(32), null).values?.updates, 1000);
});

test("lesson 11: rows of k steps are counted in both tables", () => {
  /** @param {(number | null)[][]} kept */
  const run = (kept) => of({ params: { k: 2 }, bptt: { kept, cells_kept: 0, tokens: kept } });
  const inBlocks = run([[1, null, null], [1, 1, null], [0, 0, 1]]);
  const inWindow = run([[1, null, null], [1, 1, null], [0, 1, 1]]);
  const { right, values } = schemes.seeAllSteps(inBlocks, inWindow);
  assert.deepEqual([right, values?.full, values?.fullWindow], [["1"], 1, 2]);
});

test("lesson 11: only k1 = k2 reaches as far as blocks do", () => {
  const reach = [0, 0, 0, 0, 4, 4, 4, 4];
  const actual = schemes.equalToBlocks(
    of({ params: { k1: 2, k: 4 }, bptt: { schemes: { blocks: { reach } }, cells_kept: 1 } }),
    null,
  );
  assert.deepEqual([actual.choices, actual.right], [["1", "2", "4"], ["4"]]);
});

test("lesson 12: by norm the direction stays, number by number it turns", () => {
  const params = { clip_at: 1, lr: 0.5 };
  const byNorm = { ...filmed([[0.6, 0.8]], { clip_rate: 0.2, norm: 0.5 }), params };
  const actual = remedies.keepsDirection(byNorm, filmed([[1, 1]]));
  assert.deepEqual(actual.right, ["norm"]);
  assert.equal(actual.values?.length, 5);
  assert.ok(Math.abs(Number(actual.values?.cosine) - 1.4 / Math.SQRT2) < 1e-12);
});

test("lesson 12: what is left of an lstm's gradient is that of h and c together", () => {
  const rnn = of({ bptt: { tokens: [1, 2], credit: [[1, null], [2, 4]] } }); // a half
  const lstm = of({ bptt: { credit: [[1, null], [3, 0]], credit_c: [[1, null], [4, 20]] } }); // a quarter
  assert.deepEqual(remedies.keepsMore(rnn, lstm), {
    choices: ["rnn", "same", "lstm"],
    right: ["rnn"],
    values: { hops: 1, rnn: 0.5, lstm: 0.25 },
  });
});

test("lesson 12: who foretells every letter has told the two l's apart", () => {
  const vocabulary = [..."helo"], tokens = [..."hell"], targets = [..."ello"];
  /** @param {string} foretold */
  const film = (foretold) =>
    of({
      film: {
        vocabulary,
        tokens,
        targets,
        frames: [...foretold].map((symbol, start) => ({
          start,
          p: [vocabulary.map((one) => Number(one === symbol))],
          loss: [start],
          W: { number: 236 },
        })),
      },
    });
  const { right, values } = remedies.tellsApart(film("ello"), film("elol"));
  assert.deepEqual([right, values?.together, values?.updates], [["carried"], 5, 236]);
});

test("lesson 12: a seed has learnt from an accuracy of 0.95 on", () => {
  /** @param {string} entry @param {number[]} each */
  const contestant = (entry, each) => ({ entry, final: { each } });
  const race = {
    contestants: [contestant("1", [0.5, 1]), contestant("4", [0.95, 1]), contestant("full", [1, 1])],
  };
  const { choices, right, values } = remedies.howManyLearnt(of({ race, params: { seeds: 2 } }), null);
  assert.deepEqual([choices, right], [["0", "1", "2"], ["2"]]);
  assert.deepEqual([values?.one, values?.full], [1, 2]);
});
