// The film strip: timeline, layout, drawing and captions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOn, pooled } from "../../static/js/training/film/cells.js";
import { barScaleOf, rangeText as writtenHeights, shareOf } from "../../static/js/training/film/bar-scale.js";
import * as timeline from "../../static/js/training/film/timeline.js";
import { overview } from "../../static/js/training/film/overview.js";
import { contextOf } from "../../static/js/training/film/context.js";
import { columnsOf, places, shownOf } from "../../static/js/training/film/places.js";
import { likeliest, loss, prediction } from "../../static/js/training/film/prediction.js";
import { firstInSight, leftOf, usualLeft } from "../../static/js/training/film/sight.js";
import { sightInAddress } from "../../static/js/page/sight.js";
import { weightsRow, workedExample } from "../../static/js/training/film/weights-row.js";
import { stepCaption } from "../../static/js/training/film/caption.js";
import {
  asideOf,
  hasPast,
  sizeOf,
  stateCenter,
  stepAt,
  stepsOf,
  tracksOf,
} from "../../static/js/training/film/step-layout.js";
import { middleOf, strip } from "../../static/js/training/film/strip.js";
import { textWidth } from "../../static/js/plot/figure.js";
import { recorded, viewWith } from "./recorded.js";

const FILMS = ["film", "film-video", "film-still", "film-shuffled", "film-long", "film-book"];
const ROOMS = [
  { width: 1176, height: 500, phone: false },
  { width: 344, height: 500, phone: true },
  { width: 276, height: 500, phone: true },
  { width: 1816, height: 640, phone: false },
];

/** @param {string} name @returns {Film} */
const film = (name) => recorded(name);

/** @param {string} name @param {typeof ROOMS[number]} [room] @param {string} [language] */
function context(name, room = ROOMS[0], language = "en") {
  const shot = film(name), at = places(shot.frames.map(({ h }) => h.length), room);
  const plan = timeline.planOf(shot.schedule, shot.order, at.level === "compact");
  return contextOf(shot, shot.frames, plan, at, /** @type {LabView} */ (viewWith({}, language)));
}

/** @param {Tree} tree @param {(tree: Tree) => void} visit */
function walk(tree, visit) {
  visit(tree);
  for (const child of tree.children) if (typeof child !== "string") walk(child, visit);
}

/** Everything that is written in a drawing. @param {Tree} tree */
function written(tree) {
  /** @type {string[]} */
  const actual = [];
  walk(tree, ({ tag, children }) => {
    if (tag === "text") {
      actual.push(children.map((part) => typeof part === "string" ? part : part.children.join("")).join(""));
    }
  });
  return actual;
}

test("a block of two is played forward, backward and updated before the next one", () => {
  const plan = timeline.planOf({ blocks: [[0, 2], [2, 4]] }, [0, 1], false);
  assert.equal(plan.total, 10);
  /** @type {timeline.Place | null} */
  let at = { pass: 1, frame: 0, beat: 0 };
  const played = [];
  while (at) {
    const { phase, step } = timeline.doneAt(2, at.beat);
    played.push(`${timeline.numberOf(plan, at)} ${phase} ${at.frame}:${step}`);
    at = timeline.placeAfter(plan, at, 1);
  }
  assert.deepEqual(played, [
    ...["1 forward 0:0", "2 forward 0:1", "3 backward 0:1", "4 backward 0:0", "5 update 0:-1"],
    ...["6 forward 1:0", "7 forward 1:1", "8 backward 1:1", "9 backward 1:0", "10 update 1:-1"],
  ]);
});

test("where beats are played in groups a block has three, however long, and a link's beat stays what it is", () => {
  const plan = timeline.planOf({ blocks: [[0, 4], [4, 7]] }, [1, 0], true);
  assert.equal(timeline.countOf(plan), 6);
  const there = [0, 1, 2, 3, 4].reduce(
    (at) => timeline.placeAfter(plan, /** @type {timeline.Place} */ (at), 1),
    /** @type {timeline.Place | null} */ ({ pass: 2, frame: 0, beat: 2 }),
  );
  assert.deepEqual(there, { pass: 2, frame: 1, beat: 8 });
  assert.equal(timeline.numberOf(plan, { pass: 2, frame: 1, beat: 5 }), 5);
  assert.deepEqual(timeline.placeAfter(plan, { pass: 2, frame: 1, beat: 3 }, -1), {
    pass: 2,
    frame: 0,
    beat: 6,
  });
  assert.equal(timeline.placeAfter(plan, { pass: 2, frame: 1, beat: 8 }, 1), null);
  assert.equal(timeline.placeAfter(plan, { pass: 2, frame: 0, beat: 2 }, -1), null);
});

test("every beat has its place, and a place its beat", () => {
  const plan = timeline.planOf({ blocks: [[0, 3], [3, 6], [6, 7]] }, [2, 0, 1], false);
  for (let index = 0; index < plan.total; index++) {
    const place = timeline.placeAt(plan, index, 1);
    assert.equal(timeline.indexOf(plan, place), index);
    assert.deepEqual(timeline.readPlace(timeline.writePlace(place)), place);
    const on = timeline.placeAfter(plan, place, 1);
    assert.deepEqual(on && timeline.placeAfter(plan, on, -1), on && place);
  }
  assert.deepEqual(timeline.placeAt(plan, 99, 1), { pass: 1, frame: 2, beat: 6 });
});

test("a block further it is the same kind of beat, and a place beyond the end is moved to it", () => {
  const plan = timeline.planOf({ blocks: [[0, 4], [4, 5]] }, [0, 1], false);
  assert.deepEqual(timeline.blockAfter(plan, { pass: 1, frame: 0, beat: 3 }, 1), {
    pass: 1,
    frame: 1,
    beat: 0,
  });
  assert.deepEqual(timeline.blockAfter(plan, { pass: 1, frame: 0, beat: 8 }, 1), {
    pass: 1,
    frame: 1,
    beat: 2,
  });
  assert.equal(timeline.blockAfter(plan, { pass: 1, frame: 1, beat: 0 }, 1), null);
  assert.deepEqual(timeline.clampPlace(plan, { pass: 1, frame: 7, beat: 0 }), { pass: 1, frame: 1, beat: 2 });
  assert.deepEqual(timeline.clampPlace(plan, { pass: 1, frame: 0, beat: 99 }), {
    pass: 1,
    frame: 0,
    beat: 8,
  });
  assert.equal(timeline.readPlace("0.0.0"), null);
  assert.equal(timeline.readPlace("f2.3"), null);
});

test("a long epoch shows a few blocks around the current one", () => {
  assert.deepEqual(shownOf(12, 11), { from: 0, to: 12 });
  assert.deepEqual(shownOf(100, 0), { from: 0, to: 5 });
  assert.deepEqual(shownOf(100, 40), { from: 38, to: 43 });
  assert.deepEqual(shownOf(100, 99), { from: 95, to: 100 });
});

test("there are three levels of detail, and blocks never overlap", () => {
  const levels = [[2, 2], [3, 3, 3], [4, 4, 4, 4, 4], [10, 10, 10, 10, 10]].map((lengths) => {
    const { frames, width, level, gate } = places(lengths, ROOMS[0]);
    frames.forEach(({ left, width }, i) => {
      assert.ok(left >= (i ? frames[i - 1].left + frames[i - 1].width + gate - 1e-9 : 0));
      assert.ok(width > 0);
    });
    const last = frames[frames.length - 1];
    assert.ok(Math.abs(width - (last.left + last.width + gate)) < 1e-9);
    return level;
  });
  assert.deepEqual(levels, ["wide", "middle", "compact", "compact"]);
  const phone = places([2, 2], ROOMS[1]);
  assert.equal(phone.level, "wide");
  assert.ok(phone.frames[1].width + phone.gate <= ROOMS[1].width + 1, "a gate and its block fill the screen");
  assert.equal(columnsOf(500).length, 47);
  assert.deepEqual(columnsOf(500).slice(-1), [499]);
});

for (const name of FILMS) {
  for (const room of ROOMS) {
    test(`the strip of ${name} at ${room.width} is drawn with numbers and every beat is in it`, () => {
      const drawn = context(name, room), tree = strip(drawn), beats = new Set(), lit = new Set();
      walk(tree, ({ attributes }) => {
        for (const [key, value] of Object.entries(attributes)) {
          assert.ok(!/NaN|undefined|Infinity/.test(String(value)), `${key}: ${value}`);
        }
        if ("data-from" in attributes) beats.add(Number(attributes["data-from"]));
        if ("data-on" in attributes) {
          String(attributes["data-on"]).split(" ").forEach((beat) => lit.add(Number(beat)));
        }
      });
      assert.ok(!written(tree).some((text) => /NaN|undefined/.test(text)));
      const shown = drawn.frames.reduce((sum, { h }) => sum + 2 * h.length + 1, 0);
      assert.equal(beats.size, shown);
      assert.equal(lit.size, shown);
      for (const [i, { h }] of drawn.frames.entries()) {
        for (let beat = 0; beat <= 2 * h.length; beat++) {
          assert.ok(Number.isFinite(middleOf(drawn, { pass: 1, frame: drawn.frames[i].frame, beat })));
        }
      }
    });
  }
}

test("at the end of a block the gradient from the future is drawn as exactly 0", () => {
  const texts = written(strip(context("film")));
  assert.equal(texts.filter((text) => text === "0").length, 3); // the two ends, and the state that all begins with
  assert.ok(texts.includes("Δh 0"));
  assert.ok(texts.includes("difference 0"));
  assert.ok(texts.some((text) => text.startsWith("h1 unchanged")));
});

test("with learning rate 0 the frozen weights give the very same states", () => {
  const texts = written(strip(context("film-still")));
  assert.deepEqual(new Set(texts.filter((text) => text.startsWith("Δh"))), new Set(["Δh 0"]));
  assert.equal(texts.filter((text) => text === "zeros").length, 2);
});

test("a block of one step has room for its name and its two pills", () => {
  for (const room of ROOMS) {
    const { frames, level } = places([3, 3, 3, 1], room), { left, width, x } = frames[3];
    assert.ok(width >= 100, `${level}: ${width}`);
    assert.equal(x(0), left + width / 2);
  }
});

test("a state that arrives is named after the step that it comes from", () => {
  const drawn = context("film-shuffled"), [first] = drawn.frames;
  Object.assign(first, { state: "carried", came_from: 2, carried_difference: 0 });
  drawn.frames.slice(1).forEach((frame) => Object.assign(frame, { state: "zeros" }));
  const named = written(strip(drawn)).filter((text) => text.endsWith("unchanged"));
  assert.deepEqual(named, ["h8 unchanged"], "the end of block 3 of “hello world”");
});

test("shuffled blocks show which text they are, and that their state comes from another place", () => {
  const texts = written(strip(context("film-shuffled", ROOMS[3], "en")));
  const { order } = film("film-shuffled");
  assert.notDeepEqual(order, [...order].sort());
  for (const block of order) assert.ok(texts.some((text) => text.startsWith(`block ${block + 1}`)));
  assert.ok(texts.includes("another place"));
});

test("the book's code reads on from the beginning, and every step is a symbol of the text", () => {
  const shot = film("film-book");
  assert.ok(shot.frames.some((frame) => frame.start > 10));
  for (const frame of shot.frames) assert.match(stepsOf(shot, frame), /^\d+–\d+$/);
});

test("every beat is said in both languages, by steps and by blocks", () => {
  for (const language of ["en", "ko"]) {
    for (const name of FILMS) {
      for (const room of [ROOMS[0], ROOMS[1]]) {
        const { film: shot, plan, view } = context(name, room, language);
        for (let index = 0; index < plan.total; index++) {
          const place = timeline.placeAt(plan, index, 1), frame = shot.frames[place.frame];
          if (!frame) break;
          const sentence = stepCaption(shot, frame, plan, place, view).map(({ text }) => text).join("");
          assert.ok(!/\{|undefined|NaN/.test(sentence), sentence);
        }
      }
    }
  }
});

test("the gradient is cut at a block's start, and nothing comes from the future at its end", () => {
  const { film: shot, plan, view } = context("film");
  const say = (/** @type {number} */ frame, /** @type {number} */ beat) =>
    stepCaption(shot, shot.frames[frame], plan, { pass: 1, frame, beat }, view).map(({ text }) => text).join(
      "",
    );
  assert.match(say(1, 2), /^8\/10 Block 2 backward, t = 3: own loss .* \+ future 0 \(the end/);
  assert.match(say(1, 3), /^9\/10 .*Nothing leaves the block/);
  assert.doesNotMatch(say(0, 3), /Nothing leaves/); // before the first block there is nothing
  assert.match(say(1, 4), /^10\/10 Block 2 update: W₂ = W₁ − 0.3·dW/);
});

test("the update of one weight is worked out so that it can be checked by hand", () => {
  for (const name of ["film", "film-video"]) {
    const { film: shot, frames, view } = context(name);
    for (const frame of frames) {
      const [, before, sign, rate, by, after] = workedExample(frame, view, shot).replaceAll("−", "-")
        .match(/: (\S+) ([-+]) (\S+) × (\S+) [=≈] (\S+)/)?.map((part) => part) ?? [];
      const sum = Number(before) + (sign === "-" ? -1 : 1) * Number(rate) * Number(by);
      assert.ok(Math.abs(sum - Number(after)) < 0.002, `${before} ${sign} ${rate} × ${by} = ${after}`);
    }
  }
});

test("numbers that overflow are never drawn or written as 0", () => {
  const { plan, view, at } = context("film"), shot = film("film");
  for (const frame of shot.frames) {
    for (const name of /** @type {const} */ (["loss", "drift", "from_output", "dh"])) {
      frame[name] = frame[name].map(() => null);
    }
    for (const name of /** @type {const} */ (["h", "ghost", "p"])) {
      frame[name] = frame[name].map((row) => row.map(() => null));
    }
  }
  const drawn = contextOf(shot, shot.frames, plan, at, view), texts = written(strip(drawn));
  assert.ok(texts.includes("Δh –"));
  assert.ok(!texts.some((text) => /0\.00|0%|Δh 0/.test(text)));
  const sentence = stepCaption(shot, shot.frames[0], plan, { pass: 1, frame: 0, beat: 0 }, view);
  assert.match(sentence.map(({ text }) => text).join(""), /\(–\), loss –/);
});

test("sizes are 0 only where they are, and matrices too wide to be seen are pooled by the largest", () => {
  assert.equal(sizeOf(0), "0");
  assert.equal(sizeOf(1e-9), "1.0\u00a0×\u00a010⁻⁹");
  assert.equal(sizeOf(0.126), "0.13");
  assert.equal(sizeOf(null), "–");
  const wide = Array.from(
    { length: 64 },
    (_, i) => Array.from({ length: 64 }, (_, j) => (i === 63 && j === 63 ? -9 : 0.1)),
  );
  assert.equal(pooled(wide).length, 32);
  assert.deepEqual(pooled(Array.from({ length: 40 }, (_, i) => [i, -1])).at(-1), [39, -1], "two rows in one");
  assert.deepEqual(pooled(Array(40).fill([1, -1])).length, 20);
  assert.deepEqual(pooled([[null, 1]]), [[null, 1]], "what is small stays as it is");
  assert.equal(pooled(Array(40).fill([1])).length, 40, "and so does a column");
  assert.equal(pooled(wide)[31][31], -9);
  assert.deepEqual(pooled(wide).map((row) => row.length), Array(32).fill(32));
  assert.equal(pooled([Array(33).fill(1)])[0].length, 17);
});

test("of up to six symbols all have a bar, of more the likeliest and the target", () => {
  const p = [0.1, 0.3, 0.05, 0.2, 0.15, 0.2];
  for (const target of [1, 2]) assert.deepEqual(likeliest(p, target), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(likeliest([...p, 0.01], 6), [0, 1, 3, 4, 5, 6]);
});

test("the numbers of one weight's update have as many digits as its size needs, up to seven", () => {
  const { film: shot, frames: [frame], view } = context("film");
  const worked = (/** @type {number} */ change) => {
    const largest = { row: 0, column: 1, before: 0.5, after: 0.5 + change, change, gradient: -change / 0.3 };
    return workedExample({ ...frame, update: { ...frame.update, largest } }, view, shot);
  };
  assert.match(worked(0.25), /: 0\.500 \+ 0\.3 × 0\.833 = 0\.750$/);
  assert.match(worked(0.005), /: 0\.5000 \+ 0\.3 × 0\.0167 = 0\.5050$/);
  assert.match(worked(0.00005), /: 0\.500000 \+ 0\.3 × 0\.000167 = 0\.500050$/);
  assert.match(worked(1e-9), /: 0\.5000000 \+ 0\.3 × \(3\.3\u00a0×\u00a010⁻⁹\) = 0\.5000000$/);
});

test("beside the weights stands what has room, from one pixel more than its width on", () => {
  const base = context("film"), { frames: [frame] } = base, { size } = base.at.rail;
  /** How many texts stand there. @param {number} room @param {number} [gate] */
  const texts = (room, gate = base.at.gate) => {
    const [place] = base.at.frames,
      at = { ...base.at, gate, frames: [{ ...place, width: room + size + 12 }] };
    return weightsRow({ ...base, frames: [frame], at }).flatMap(written).length;
  };
  const bare = texts(34), line = Math.ceil(7.25 * (workedExample(frame, base.view, base.film).length - 2));
  assert.deepEqual([34, 35, 130, 131, line - 1, line].map((room) => texts(room) - bare), [0, 1, 1, 2, 2, 3]);
  const atGate = (/** @type {number} */ gate) => texts(34, gate) - texts(34, 20);
  assert.deepEqual([size + 37, size + 38, 159, 160].map(atGate), [0, 1, 1, 3]);
});

test("numbers are black or white by what is under them", () => {
  const colors = {
    activation0: "#6a2c86",
    activation1: "#b48cc7",
    activation2: "#f4f4f6",
    activation3: "#86c48c",
    activation4: "#17733a",
  };
  assert.equal(inkOn(0, 1, colors), "#000000");
  assert.equal(inkOn(-1, 1, colors), "#ffffff");
  assert.equal(inkOn(1, 1, colors), "#ffffff");
});

test("of many symbols the most probable are drawn, and always the target", () => {
  assert.deepEqual(likeliest([0.1, 0.9], 0), [0, 1]);
  const p = [0.3, 0.01, 0.2, 0.1, 0.1, 0.1, 0.1, 0.09];
  assert.deepEqual(likeliest(p, 1), [0, 1, 2, 3, 4, 5], "the least likely, which is the target");
  assert.deepEqual(likeliest(p, 0), [0, 2, 3, 4, 5, 6], "six also where the target is among the likeliest");
});

test("the overview has a bar for every block and frames what is shown", () => {
  const tree = overview([1, 2, null, 4], { from: 1, to: 3 }, 400),
    [bars, sight] = /** @type {Tree[]} */ (tree.children);
  assert.equal(String(bars.attributes.d).split("M").length - 1, 4);
  assert.equal(sight.attributes.x, 100);
  assert.equal(sight.attributes.width, 200);
});

test("bars of loss begin at 0, or at the least where they would all look alike, and their scale is written", () => {
  assert.deepEqual(barScaleOf([0.5, null, 4]), { low: 0, high: 4 });
  assert.deepEqual(barScaleOf([3, 3.5, 4]), { low: 3, high: 4 });
  assert.deepEqual(barScaleOf([2, 2]), { low: 0, high: 2 });
  assert.deepEqual(barScaleOf([null, 0]), { low: 0, high: 1 });
  assert.deepEqual([3, 3.5, null].map((loss) => shareOf(loss, { low: 3, high: 4 })), [0, 0.5, 0]);
  assert.equal(writtenHeights({ low: 0, high: 4.25 }), "0–4.25");
});

test("where no weight of the state moves, the reason is said", () => {
  const { film: shot, frames: [frame], view } = context("film");
  frame.update.largest.change = 0;
  assert.match(workedExample(frame, view, shot), /^ΔWh is exactly 0, dWh\[\d,\d\] = −?0\.\d+$/); // as lr is 0
  frame.update.largest.gradient = 0;
  assert.equal(workedExample(frame, view, shot), "ΔWh is exactly 0");
  frame.h.length = 1;
  assert.match(workedExample(frame, view, shot), /since h is 0 before the only step/);
});

test("a pass is looked at when all of it has happened, a long one at the end of its first window", () => {
  const plan = /** @type {timeline.Plan} */ ({ lengths: [3, 3, 2], total: 19, grouped: false });
  assert.deepEqual(timeline.defaultPlace(plan, 4, 12), { pass: 4, frame: 2, beat: 4 });
  assert.deepEqual(timeline.defaultPlace(plan, 1, 2), { pass: 1, frame: 1, beat: 6 });
});

test("blocks stand side by side, as wide as there is room, with room between them", () => {
  const { frames, ...wide } = places([2, 2], { width: 1176, height: 500, phone: false });
  assert.deepEqual([wide.level, wide.c, wide.gate, wide.first, wide.width], ["wide", 168, 176, 92, 1152]);
  assert.deepEqual(frames.map(({ left, width, x }) => [left, width, x(0), x(1)]), [
    ...[[92, 354, 185, 353], [622, 354, 715, 883]],
  ]);
  assert.deepEqual([wide.cell, wide.ghost, wide.ghostGap, wide.box], [74, 15, 6, 40]);
  const spread = places([2, 2], { width: 1000, height: 500, phone: false });
  assert.deepEqual([spread.c, spread.gate], [152, 132], "first the columns, then what is between");
  const narrow = places([20], { width: 760, height: 500, phone: false });
  assert.deepEqual([narrow.level, narrow.c, narrow.gate, narrow.frames[0].width], ["compact", 30.1, 80, 616]);
  assert.equal(places([20], { width: 700, height: 500, phone: false }).c, 29, "wider than the room");
  const middle = places([4, 4], { width: 1000, height: 500, phone: false });
  assert.deepEqual([middle.level, middle.c, middle.gate], ["middle", 83, 112]);
  assert.equal(places([1], { width: 1176, height: 500, phone: false }).frames[0].width, 186);
});

test("on phones a block fits beside the gate that follows", () => {
  const { level, c, gate, first, cell, frames } = places([2, 2], { width: 344, height: 500, phone: true });
  assert.deepEqual([level, c, gate, first, cell, frames[0].width], ["wide", 111, 104, 76, 60, 240]);
  const small = places([3], { width: 344, height: 500, phone: true });
  assert.deepEqual([small.level, small.c], ["middle", 74.66666666666667]);
});

test("the rows of a block have their heights", () => {
  /** @param {number[]} lengths @param {number} width */
  const rows = (lengths, width) => {
    const { frame, title, pill, loss, output, state, input, rail } = places(lengths, {
      width,
      height: 500,
      phone: false,
    });
    return { frame, title, pill, loss, output, state, input, rail };
  };
  assert.deepEqual(rows([2, 2], 1176), {
    ...{ frame: { top: 4, bottom: 392 }, title: 22, pill: { y: 46, height: 24 }, loss: 84 },
    ...{ output: { top: 118, height: 46 }, state: { top: 194, bottom: 314 }, input: { y: 365, height: 38 } },
    rail: { y: 410, thumb: 424, size: 64 },
  });
  assert.deepEqual(rows([4, 4], 1000).state, { top: 178, bottom: 326 });
  assert.deepEqual(rows([20], 760), {
    ...{ frame: { top: 4, bottom: 408 }, title: 22, pill: { y: 46, height: 24 }, loss: 86 },
    ...{ output: { top: 117, height: 26 }, state: { top: 196, bottom: 318 }, input: { y: 381, height: 28 } },
    rail: { y: 426, thumb: 440, size: 54 },
  });
});

test("of a long block both ends are drawn, and of many blocks five around the current one", () => {
  assert.deepEqual(columnsOf(48).length, 48);
  const long = columnsOf(60);
  assert.deepEqual([long.length, long[22], long[23], long[24], long[46]], [47, 22, null, 37, 59]);
  assert.deepEqual([shownOf(12, 9), shownOf(13, 6), shownOf(13, 0), shownOf(13, 12)], [
    ...[{ from: 0, to: 12 }, { from: 4, to: 9 }, { from: 0, to: 5 }, { from: 8, to: 13 }],
  ]);
});

test("groups of beats are played as one: forward, backward, update", () => {
  const plan = timeline.planOf({ blocks: [[0, 3], [3, 5]] }, [0, 1], true);
  assert.deepEqual([plan.lengths, plan.offsets, plan.total], [[3, 2], [0, 7, 12], 12]);
  /** @type {timeline.Place | null} */
  let at = { pass: 1, frame: 0, beat: 0 };
  const forward = [], back = [], numbers = [];
  for (; at; at = timeline.placeAfter(plan, at, 1)) {
    forward.push(timeline.writePlace(at));
    numbers.push(timeline.numberOf(plan, at));
  }
  assert.deepEqual(forward, ["1.0.0", "1.0.2", "1.0.5", "1.0.6", "1.1.1", "1.1.3", "1.1.4"]);
  assert.deepEqual(numbers, [1, 1, 2, 3, 4, 5, 6]);
  assert.equal(timeline.countOf(plan), 6);
  at = { pass: 1, frame: 1, beat: 4 };
  for (; at; at = timeline.placeAfter(plan, at, -1)) back.push(timeline.writePlace(at));
  assert.deepEqual(back, ["1.1.4", "1.1.3", "1.1.1", "1.0.6", "1.0.5", "1.0.2"]);
});

test("places are counted, clamped and carried to the next block", () => {
  const plan = timeline.planOf({ blocks: [[0, 3], [3, 5]] }, [0, 1], false);
  const at = (/** @type {number} */ frame, /** @type {number} */ beat) => ({ pass: 2, frame, beat });
  assert.deepEqual([timeline.indexOf(plan, at(1, 2)), timeline.numberOf(plan, at(1, 2))], [9, 10]);
  assert.deepEqual([0, 6, 7, 11, 12, -1].map((index) => timeline.placeAt(plan, index, 2)), [
    ...[at(0, 0), at(0, 6), at(1, 0), at(1, 4), at(1, 4), at(0, 0)],
  ]);
  assert.deepEqual([at(0, 9), at(1, 9), at(5, 1)].map((place) => timeline.clampPlace(plan, place)), [
    ...[at(0, 6), at(1, 4), at(1, 4)],
  ]);
  const after = [0, 2, 3, 5, 6].map((beat) => timeline.blockAfter(plan, at(0, beat), 1)?.beat);
  assert.deepEqual(after, [0, 1, 2, 3, 4], "the same phase and step, or the last one");
  assert.deepEqual([timeline.blockAfter(plan, at(1, 0), 1), timeline.blockAfter(plan, at(0, 0), -1)], [
    null,
    null,
  ]);
  assert.deepEqual([timeline.readPlace("2.1.4"), timeline.readPlace("0.1.4"), timeline.readPlace("2.1")], [
    ...[at(1, 4), null, null],
  ]);
  assert.deepEqual(timeline.defaultPlace(plan, 2, 5), at(1, 4));
  assert.deepEqual(timeline.defaultPlace(plan, 2, 1), at(0, 6));
  assert.deepEqual([0, 2, 3, 5, 6].map((beat) => timeline.doneAt(3, beat)), [
    { phase: "forward", step: 0 },
    { phase: "forward", step: 2 },
    { phase: "backward", step: 2 },
    { phase: "backward", step: 0 },
    { phase: "update", step: -1 },
  ]);
});

test("arrows between states run between the boxes where there is room, else above and below them", () => {
  /** @param {object} at */
  const context = (at) => /** @type {any} */ ({
    at: { state: { top: 200, bottom: 300 }, ghost: 15, ghostGap: 6, ...at },
  });
  const wide = context({ level: "wide", c: 108, cell: 74 });
  assert.deepEqual(tracksOf(wide), {
    ...{ between: true, above: 196, below: 304, forward: 230, backward: 266, widest: 12 },
  });
  const aside = { between: false, above: 178, below: 322, forward: 187, backward: 313 };
  assert.deepEqual(tracksOf(context({ level: "wide", c: 107, cell: 74 })), { ...aside, widest: 12 });
  const compact = context({ level: "compact", c: 108, cell: 74 });
  assert.deepEqual(tracksOf(compact), { ...aside, widest: 9 });
  const place = /** @type {any} */ ({ x: (/** @type {number} */ column) => 100 * column });
  const middle = context({ level: "middle" });
  assert.deepEqual([wide, middle, compact].map((it) => stateCenter(it, place, 2)), [187, 194, 196]);
  assert.deepEqual([wide, middle, compact].map(asideOf), [11, 6, 4.5]);
});

test("the book's code reads on from the beginning, and a block has a past unless it starts from zeros", () => {
  const at = (/** @type {"formula" | "book"} */ reading) =>
    [0, 1, 2].map((i) => stepAt(/** @type {any} */ ({ schedule: { reading, L: 8 } }), { start: 5 }, i));
  assert.deepEqual([at("formula"), at("book")], [[5, 6, 7], [5, 6, 0]]);
  const past = (/** @type {number} */ start, /** @type {string} */ state) =>
    hasPast(/** @type {any} */ ({ start, state }));
  assert.deepEqual([past(0, "zeros"), past(1, "zeros"), past(0, "carried")], [false, true, true]);
});

test("an update that overflowed has dashes for its numbers", () => {
  const { view } = context("film"), shot = film("film"), frame = shot.frames[0];
  shot.params.optimizer = "sgd";
  Object.assign(frame.update.largest, { before: 0.5, change: null, gradient: null, after: null });
  assert.match(workedExample(frame, view, shot), /0\.500 − [\d.]+ × – = –/);
});

/** One step at x = 100, whose output is e with 0.5. @param {object} at @param {object} [frame] */
function stepAtHundred(at, frame) {
  const { film, losses } = context("film"), rows = { output: { top: 118, height: 46 }, loss: 84 };
  const shot = {
    ...film,
    vocabulary: ["h", "e", "l"],
    targets: ["e"],
    schedule: { ...film.schedule, reading: "formula" },
  };
  const spot = { frame: { start: 0, p: [[0.25, 0.5, 0.25]], loss: [0.75], ...frame }, i: 0 };
  return /** @type {[any, any]} */ ([{ film: shot, losses, at: { ...rows, ...at } }, spot]);
}

/** @param {Tree[]} trees */
const drawnOf = (trees) =>
  trees.map(({ tag, attributes: { x, y, cx, cy, r, width, height, ...rest }, children }) => {
    if (tag === "text") return `${children.join("")} ${x} ${y} ${rest.class}`;
    return tag === "circle" ? `${cx} ${cy} ${r}` : `${x} ${y} ${width} ${height} ${rest.class}`;
  });

test("a wide step has a bar for every symbol, and the share of the target beside its box", () => {
  const [seen, spot] = stepAtHundred({ level: "wide", c: 154 });
  assert.deepEqual(drawnOf(prediction(seen, spot, 100)), [
    "54 118 92 46 box",
    ...["59 141 26 6 bar ", "h 72.0 159.0 small ", "87 135 26 12 bar right", "e 100.0 159.0 small right"],
    ...["115 141 26 6 bar ", "l 128.0 159.0 small ", "50% 151.0 137.0 aside percent"],
  ]);
  assert.deepEqual(drawnOf(loss(seen, spot, 100)), ["100 84 13", "0.75 124.0 89.0 aside strong"]);
});

test("a narrow step has the likeliest symbol, and its loss as a bar", () => {
  const [seen, spot] = stepAtHundred({ level: "middle", c: 60, box: 30 });
  assert.deepEqual(drawnOf(prediction(seen, spot, 100)), [
    ...["85 118 30 46 box", "e 100.0 149.3 letter guess right"],
  ]);
  const [bars, other] = stepAtHundred({ level: "compact", c: 30, box: 25 }, {
    p: [[0.5, 0.25, 0.25]],
    loss: [4],
  });
  assert.deepEqual(drawnOf(prediction(bars, other, 100)), ["88 118 24 46 box", "h 100.0 149.3 letter guess"]);
  const scaled = { ...bars, losses: { low: 0, high: 8 } };
  assert.deepEqual(drawnOf(loss(scaled, other, 100)), ["95 81 10 17 loss"]);
  const [none, spoilt] = stepAtHundred({ level: "compact", c: 30 }, { loss: [null] });
  assert.deepEqual(drawnOf(loss(none, spoilt, 100)), ["– 100.0 89.0 aside strong"]);
});

test("no words begin left of the film's edge, in either language", () => {
  for (const name of FILMS) {
    for (const room of ROOMS) {
      for (const language of ["en", "ko"]) {
        const words = strip(context(name, room, language));
        walk(words, ({ tag, attributes: { x, class: kind }, children }) => {
          if (tag !== "text" || !/\bmiddle\b/.test(String(kind))) return;
          const said = children.map((part) => typeof part === "string" ? part : part.children.join("")).join(
            "",
          );
          const left = Number(x) - textWidth(said, 14) / 2;
          assert.ok(left >= 0, `${name} ${room.width} ${language}: “${said}” begins at ${left}`);
        });
      }
    }
  }
});

test("every drawn step of a wide film can be the first in sight, and the usual place is not named", () => {
  for (
    const [name, phone]
      of /** @type {[string, boolean][]} */ ([["film", true], ["film-video", false], ["film-long", true]])
  ) {
    const drawn = context(name, { height: 500, width: phone ? 390 : 500, phone }), room = phone ? 300 : 400;
    const now = { pass: 1, frame: drawn.frames[0].frame, beat: 0 }, usual = usualLeft(drawn, room, now);
    const far = Math.ceil(drawn.at.width) - room;
    assert.ok(far > 0 && usual >= 0 && usual <= far, name);
    assert.equal(firstInSight(drawn, room, now, usual), null, name);
    const lefts = Array.from({ length: 20 }, (_, i) => Math.round(far * i / 19));
    for (const left of lefts) {
      const from = firstInSight(drawn, room, now, left);
      if (from === null) continue;
      const again = leftOf(drawn, room, from);
      assert.equal(firstInSight(drawn, room, now, again), from, `${name}: ${left} is ${from}, at ${again}`);
      assert.ok(
        Math.abs(again - left) <= (drawn.at.gate + drawn.at.c) / 2 + drawn.at.pad,
        `${name}: ${left}, ${again}`,
      );
    }
    assert.ok(new Set(lefts.map((left) => firstInSight(drawn, room, now, left))).size > 2, name);
  }
});

test("a picture is scrolled for what a link asks, not for what the page wrote itself", () => {
  const sight = sightInAddress();
  assert.deepEqual([sight.isAsked(null), sight.isAsked(7)], [false, true], "a link that is opened");
  sight.isShown(7);
  assert.equal(sight.isAsked(7), false, "it has been scrolled");
  sight.writes(9, 7);
  assert.equal(sight.isAsked(9), false, "the reader has scrolled there");
  sight.isShown(9);
  assert.deepEqual([sight.isAsked(7), sight.isAsked(null)], [true, true], "back in the history");
});
