// The film strip: timeline, layout, drawing and captions.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOn, pooled } from "../../static/js/training/film/cells.js";
import { barScaleOf, rangeText as writtenHeights, shareOf } from "../../static/js/training/film/bar-scale.js";
import * as timeline from "../../static/js/training/film/timeline.js";
import { overview } from "../../static/js/training/film/overview.js";
import { contextOf } from "../../static/js/training/film/context.js";
import { columnsOf, gateOf, places, shownOf } from "../../static/js/training/film/places.js";
import { likeliest, LINES, loss, prediction } from "../../static/js/training/film/prediction.js";
import { carriedDifference, finding, shortFinding } from "../../static/js/training/film/finding.js";
import { firstInSight, leftOf, usualLeft } from "../../static/js/training/film/sight.js";
import { sightInAddress } from "../../static/js/page/sight.js";
import { workedExample } from "../../static/js/training/film/weights-row.js";
import { placeSaid, stepCaption } from "../../static/js/training/film/caption.js";
import {
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

const HUGE = { width: 2600, height: 640, phone: false };

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
    const { frames, width, level, gate, tail } = places(lengths, ROOMS[0]);
    frames.forEach(({ left, width }, i) => {
      assert.ok(left >= (i ? frames[i - 1].left + frames[i - 1].width + gate - 1e-9 : 0));
      assert.ok(width > 0);
    });
    const last = frames[frames.length - 1];
    assert.ok(Math.abs(width - (last.left + last.width + tail)) < 1e-9);
    return level;
  });
  assert.deepEqual(levels, ["wide", "middle", "compact", "compact"]);
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
      assert.equal(lit.size, shown - drawn.frames.length, "every beat but the updates, which no state plays");
      for (const [i, { h }] of drawn.frames.entries()) {
        for (let beat = 0; beat <= 2 * h.length; beat++) {
          assert.ok(Number.isFinite(middleOf(drawn, { pass: 1, frame: drawn.frames[i].frame, beat })));
        }
      }
    });
  }
}

test("what crosses the line is the same, and what is cut there is written beside it", () => {
  const shot = film("film"), texts = written(strip(context("film")));
  assert.equal(texts.filter((text) => text === "0").length, 1, "the state that all begins with");
  assert.ok(texts.includes("0 from"));
  assert.ok(texts.includes("drift 0"));
  assert.ok(texts.includes("same 8 numbers, difference 0"));
  assert.ok(texts.includes("h1 is carried over"));
  assert.ok(texts.includes(sizeOf(shot.frames[1].handed_out)), "what is thrown away");
  assert.ok(
    !texts.includes(sizeOf(shot.frames[0].handed_out)),
    "before the first block there is nothing to cut",
  );
});

test("with learning rate 0 the frozen weights give the very same states", () => {
  const texts = written(strip(context("film-still")));
  assert.deepEqual(new Set(texts.filter((text) => text.startsWith("drift"))), new Set(["drift 0"]));
  assert.equal(texts.filter((text) => text === "starts from zeros").length, 1);
});

test("a block of one step has room for its name", () => {
  for (const room of ROOMS) {
    const { frames, level } = places([3, 3, 3, 1], room), { left, width, x } = frames[3];
    assert.ok(width >= 64, `${level}: ${width}`);
    assert.equal(x(0), left + width / 2);
  }
});

test("a state that arrives is named after the step that it comes from", () => {
  const drawn = context("film-shuffled", HUGE), [, second] = drawn.frames;
  drawn.frames.forEach((frame) => Object.assign(frame, { state: "zeros" }));
  Object.assign(second, { state: "carried", came_from: 2, carried_difference: 0 });
  const named = written(strip(drawn)).filter((text) => text.endsWith("is carried over"));
  assert.deepEqual(named, ["h8 is carried over"], "the end of block 3 of “hello world”");
});

test("shuffled blocks show which text they are, and that their state comes from another place", () => {
  const texts = written(strip(context("film-shuffled", HUGE)));
  const { order } = film("film-shuffled");
  assert.notDeepEqual(order, [...order].sort());
  for (const block of order) assert.ok(texts.some((text) => text.startsWith(`block ${block + 1}`)));
  assert.ok(texts.some((text) => /^h\d+ comes from another place$/.test(text)));
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
  assert.ok(texts.includes("drift –"));
  assert.ok(!texts.some((text) => /0\.00|0%|drift 0/.test(text)));
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

test("of up to four symbols all are listed in their order, of more the likeliest, and always the target", () => {
  for (const target of [1, 2]) assert.deepEqual(likeliest([0.1, 0.3, 0.4, 0.2], target), [0, 1, 2, 3]);
  const p = [0.3, 0.01, 0.2, 0.14, 0.1, 0.13, 0.11];
  assert.equal(LINES, 4);
  assert.deepEqual(likeliest(p, 0), [0, 2, 3, 5]);
  assert.deepEqual(likeliest(p, 1), [0, 2, 3, 1], "the least likely, which is the target");
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

test("one weight is worked out where its line has room, its gradient alone in the color of gradients", () => {
  const lines = (/** @type {typeof ROOMS[number]} */ room) => {
    /** @type {string[][]} */
    const found = [];
    walk(strip(context("film", room)), ({ tag, attributes, children }) => {
      if (tag !== "text" || !/worked/.test(String(attributes.class))) return;
      found.push(
        children.map((part) =>
          typeof part === "string" ? part : `${part.attributes.class ?? ""}:${part.children.join("")}`
        ),
      );
    });
    return found;
  };
  const [first, second] = lines(ROOMS[0]), [{ update: { largest } }] = film("film").frames;
  assert.equal(first[0], `:Wh[${largest.row},${largest.column}]: 0.099 − 0.3·`);
  assert.deepEqual(first.slice(1), ["gradient:0.222", ": = 0.032"]);
  assert.equal(second[1], "gradient:0.309");
  assert.deepEqual(lines(ROOMS[1]), [], "not on a phone");
});

test("under each disc stands the size of its update, and its number counts through the epochs", () => {
  const texts = written(strip(context("film")));
  assert.ok(texts.includes("step 0.36"));
  assert.ok(texts.includes("step 0.50"));
  assert.ok(texts.includes("0.3 · gradient"));
  const phone = written(strip(context("film", { width: 356, height: 500, phone: true })));
  assert.ok(phone.includes("0.36") && phone.includes("0.50"));
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
  const room = { width: 1176, height: 486, phone: false };
  const wide = places([2, 2], room), [first, second] = wide.frames;
  assert.equal(wide.level, "wide");
  assert.ok(wide.width <= room.width && wide.width > room.width - 2, "the room is used");
  assert.ok(wide.c >= 150 && wide.gate >= 190);
  assert.equal(second.left - (first.left + first.width), wide.gate);
  assert.ok(Math.abs(first.x(1) - first.x(0) - wide.c) < 1e-9);
  assert.deepEqual([wide.cell, wide.ghost, wide.card], [84, 14, 128]);
  const huge = places([2, 2], { ...room, width: 3000 });
  assert.deepEqual([huge.c, huge.gate], [236, 300], "not wider than can be read");
  const middle = places([4, 4], { ...room, width: 900 });
  assert.equal(middle.level, "middle");
  assert.equal(places([20], { ...room, width: 400 }).c, 29, "narrower is not readable: it is scrolled");
});

test("the line of a cut is between two blocks, the state that crosses it behind the line", () => {
  for (const room of ROOMS) {
    const at = places([2, 2], room), { left, width } = at.frames[0], { line, strip } = gateOf(at, 0);
    assert.ok(left + width < line && line < at.frames[1].left);
    assert.ok(strip >= line && strip < at.frames[1].left);
    const end = gateOf(at, 1);
    assert.ok(at.frames[1].left + at.frames[1].width < end.line && end.line < at.width);
  }
});

test("on phones two blocks of two fit side by side, more are scrolled", () => {
  const phone = { width: 356, height: 500, phone: true }, { level, width, ghost, c } = places([2, 2], phone);
  assert.deepEqual([level, ghost], ["middle", 0]);
  assert.ok(width <= 356 && c >= 50);
  const five = places([2, 2, 2, 2, 2], phone);
  assert.equal(five.level, "middle");
  assert.ok(five.width > 356 && five.frames[1].width + five.gate <= 356, "a gate and a block are in sight");
  assert.equal(places([10, 10], phone).level, "compact");
});

test("the rows of a block follow each other without touching", () => {
  for (
    const [lengths, width]
      of /** @type {[number[], number][]} */ ([[[2, 2], 1176], [[4, 4], 900], [[20], 760]])
  ) {
    for (const height of [420, 486, 720]) {
      const { loss, output, state, input, frame, rail } = places(lengths, { width, height, phone: false });
      const rows = [
        loss,
        output.top,
        output.top + output.height,
        state.top,
        state.bottom,
        input.y - input.height / 2,
      ];
      rows.push(input.y + input.height / 2, frame.bottom, rail.y, rail.below, rail.note, height);
      assert.deepEqual(rows.toSorted((a, b) => a - b), rows, `${width} ${height}`);
      assert.ok(state.bottom - state.top >= 70);
    }
  }
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
    at: { state: { top: 200, bottom: 300 }, ghost: 15, ghostGap: 6, shift: 0, ...at },
  });
  const wide = context({ level: "wide", c: 108, cell: 74 });
  assert.deepEqual(tracksOf(wide), {
    ...{ between: true, above: 195, below: 305, forward: 225, backward: 270, number: 294, widest: 15 },
  });
  const aside = { between: false, above: 178, below: 322, forward: 187, backward: 313 };
  assert.deepEqual(tracksOf(context({ level: "wide", c: 107, cell: 74 })), {
    ...aside,
    number: 294,
    widest: 15,
  });
  const compact = context({ level: "compact", c: 108, cell: 74 });
  assert.deepEqual(tracksOf(compact), { ...aside, number: 320, widest: 9 });
  const place = /** @type {any} */ ({ x: (/** @type {number} */ column) => 100 * column });
  assert.equal(stateCenter(context({ level: "middle", shift: 6 }), place, 2), 194);
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

/** The texts and the kinds of marks of some trees. @param {Tree[]} trees */
const textsOf = (trees) =>
  trees.filter(({ tag }) => tag === "text").map(({ attributes, children }) =>
    `${children.join("")} ${attributes.class}`
  );

/** @param {Tree[]} trees @param {string} name */
const marked = (trees, name) =>
  trees.filter(({ attributes }) => String(attributes.class).includes(name)).length;

test("a wide step has a card: the target is checked, a wrong guess crossed", () => {
  const wide = { level: "wide", c: 154, card: 128 },
    [seen, spot] = stepAtHundred(wide),
    right = prediction(seen, spot, 100);
  assert.deepEqual(textsOf(right), [
    ...[
      "h card-line middle other",
      "25% card-line share other",
      "e card-line middle right",
      "50% card-line share right",
    ],
    ...["l card-line middle other", "25% card-line share other"],
  ]);
  assert.deepEqual([marked(right, "mark right"), marked(right, "mark wrong-guess")], [1, 0]);
  const [other, mistaken] = stepAtHundred(wide, { p: [[0.6, 0.3, 0.1]] }),
    wrong = prediction(other, mistaken, 100);
  assert.deepEqual([marked(wrong, "mark right"), marked(wrong, "mark wrong-guess")], [1, 1]);
  assert.equal(textsOf(wrong)[0], "h card-line middle wrong-guess");
  const [circle, number] = loss(seen, spot, 100), area = Number(circle.attributes.r) ** 2;
  assert.ok(Math.abs(area / 100 - 0.75 / seen.losses.high) < 0.02, "its area is the loss");
  assert.equal(number.children.join(""), "0.75");
});

test("a narrow step has guess and target, its loss beside the disc or above it; the narrowest a bar", () => {
  const [seen, spot] = stepAtHundred({ level: "middle", c: 80, card: 58 });
  assert.deepEqual(textsOf(prediction(seen, spot, 100)), ["e letter guess right"]);
  const [other, mistaken] = stepAtHundred({ level: "middle", c: 50, card: 58 }, { p: [[0.6, 0.3, 0.1]] });
  assert.deepEqual(textsOf(prediction(other, mistaken, 100)), [
    ...["h letter guess", "≠ note middle", "e letter guess right"],
  ]);
  const [, beside] = loss(seen, spot, 100), [, above] = loss(other, mistaken, 100);
  assert.ok(Number(beside.attributes.x) < 100 && Number(beside.attributes.y) > 84);
  assert.ok(Number(above.attributes.x) === 100 && Number(above.attributes.y) < 84);
  const [bars, narrow] = stepAtHundred({ level: "compact", c: 30, card: 25 }, { loss: [4] });
  const [bar] = loss({ ...bars, losses: { low: 0, high: 8 } }, narrow, 100);
  assert.deepEqual([bar.attributes.height, Number(bar.attributes.y) + Number(bar.attributes.height)], [
    16,
    90,
  ]);
  const [none, spoilt] = stepAtHundred({ level: "compact", c: 30, card: 25 }, { loss: [null] });
  assert.deepEqual(textsOf(loss(none, spoilt, 100)), ["– loss-number middle"]);
});

test("the finding names what passes and what is cut, of the link that is open", () => {
  const { view: { words } } = context("film"), shot = film("film");
  assert.equal(shortFinding(shot, 1, 12, words), `h₁ passes, ${sizeOf(shot.frames[1].handed_out)} is cut`);
  assert.match(shortFinding(film("film-shuffled"), 0, 12, words), /^a wrong h[₀-₉]+ passes, /);
  assert.equal(
    shortFinding(film("film-long"), 4, 12, words),
    `block 5 of ${film("film-long").schedule.blocks.length}`,
  );
  const one = /** @type {Film} */ ({
    ...shot,
    schedule: { ...shot.schedule, blocks: [[0, 4]] },
    frames: shot.frames.slice(0, 1),
  });
  assert.equal(shortFinding(one, 0, 12, words), "one block, nothing is cut");
  assert.match(finding(one, words), /nothing is cut/);
  assert.equal(carriedDifference(shot), 0);
  assert.equal(carriedDifference(one), null, "nothing is carried");
  assert.match(finding(film("film-still"), words), /no update moves W/);
  shot.frames[0].loss[0] = null;
  assert.match(finding(shot, words), /diverged/);
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

test("a shared moment is named by its place in the film, not by what happens there", () => {
  const said = (/** @type {string} */ text) => placeSaid([{ text: "18/18 ", strong: true }, { text }]);
  assert.equal(
    said("Block 4 update: W₄ = W₃ − 0.3·dW. Wh[3,6]: 0.245 − 0.3 = 0.169."),
    "18/18 Block 4 update",
  );
  assert.equal(said("블록 4 갱신: W₄ = W₃ − 0.3·dW."), "18/18 블록 4 갱신");
});
