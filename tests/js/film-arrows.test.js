// Places of what the film strip draws between blocks, and of the gradient arrows within one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { backwardArrows } from "../../static/js/training/film/backward.js";
import { blockBoundary } from "../../static/js/training/film/block-boundary.js";
import { contextOf } from "../../static/js/training/film/context.js";
import { places } from "../../static/js/training/film/places.js";
import { planOf } from "../../static/js/training/film/timeline.js";
import { recorded, viewWith } from "./recorded.js";

/** Two blocks of two steps. @param {number} width */
function context(width) {
  const film = /** @type {Film} */ (recorded("film")), lengths = film.frames.map(({ h }) => h.length);
  const at = places(lengths, { width, height: 500, phone: false });
  return contextOf(
    film,
    film.frames,
    planOf(film.schedule, film.order, false),
    at,
    /** @type {LabView} */ (viewWith({}, "en")),
  );
}

/** Lines, arrows by the boxes around them, strips and texts, without the cells. @param {Tree[]} trees @returns {string[]} */
function drawn(trees) {
  return trees.flatMap(({ tag, attributes: { class: name = "", x, y, d, width, ...rest }, children }) => {
    const inside = /** @type {Tree[]} */ (children.filter((child) => typeof child !== "string"));
    if (tag === "g") return [...("data-from" in rest ? [`from ${rest["data-from"]}`] : []), ...drawn(inside)];
    if (!name) return [];
    if (tag === "text") {
      return [
        `${name} ${x} ${y} ${
          children.map((child) => typeof child === "string" ? child : child.children.join("")).join("")
        }`,
      ];
    }
    if (tag === "rect") return String(name).startsWith("strip") ? [`${name} ${x} ${y} ${width}`] : [];
    if (!/^(forward|backward)$/.test(String(name))) return [`${name} ${d}`];
    const points = [...String(d).matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((
      [, x, y],
    ) => [Number(x), Number(y)]);
    const [xs, ys] = [0, 1].map((i) => points.map((point) => point[i]));
    return [`${name} ${Math.min(...xs)}–${Math.max(...xs)} ${Math.min(...ys)}–${Math.max(...ys)}`];
  });
}

test("between two blocks the state is carried on and the gradient ends", () => {
  const wide = context(1176);
  assert.deepEqual(drawn(blockBoundary(wide, 0)), [
    ...[
      "cut M460,10V388",
      "from 2",
      "nothing M401,273.2H462",
      "zero 466.0 278.2 0",
      "note 466.0 296.2 from future",
    ],
    ...[
      "from 4",
      "forward 401–545.6 225.3–234.7",
      "strip carried 545.64 190 26",
      "forward 571.6–661 225.3–234.7",
    ],
    ...["symbol middle 558.6 165 h1 unchanged", "note middle 558.6 181.0 difference 0"],
  ]);
  assert.deepEqual(drawn(blockBoundary(context(760), 0)), [
    ...["cut M310,10V388", "from 2", "nothing M260,275.68H312", "zero 316.0 280.7 0"],
    ...[
      "from 4",
      "forward 260–363.4 217.7–227.1",
      "strip carried 363.36 174 24",
      "forward 387.4–455 217.7–227.1",
    ],
    ...["symbol middle 375.4 149 h1 unchanged", "note middle 375.4 165.0 difference 0"],
  ]);
});

test("the first block begins with zeros", () => {
  assert.deepEqual(drawn(blockBoundary(context(1176), -1)), [
    ...[
      "strip zeros 29 190 26",
      "forward 55–131 225.5–234.5",
      "zero-state 42.0 182.0 0",
      "note middle 42.0 334.0 zeros",
    ],
  ]);
});

test("a gradient runs down through output and state to the input, and back to the state before", () => {
  const arrows = (/** @type {number} */ width, /** @type {number} */ i) => {
    const seen = context(width), [frame] = seen.frames;
    return drawn(backwardArrows(seen, { frame, place: seen.at.frames[0], column: i, i }));
  };
  assert.deepEqual(arrows(1176, 0), [
    ...["backward 177.2–188.8 103–116", "backward 172.2–193.8 166–190", "backward 171.3–194.7 318–344"],
    "number 203.0 182.3 4",
  ]);
  assert.deepEqual(arrows(1176, 1), [
    ...["backward 345.1–356.9 103–116", "backward 340.2–361.8 166–190", "backward 339.3–362.7 318–344"],
    ...["backward 232–299 260.4–286", "gradient 265.5 295.2 0.30", "number 371.0 182.3 3"],
  ]);
  assert.deepEqual(arrows(760, 1), [
    ...["backward 232.2–243.8 102–115", "backward 229.3–246.7 145–174", "backward 229.4–246.6 330–349"],
    "backward 159–215 265.4–286",
  ]);
});
