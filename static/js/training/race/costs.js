// Cost table of the race: what each contestant stores, computes and reaches.

import { svg } from "../../lib/svg.js";
import { element } from "../../lib/dom.js";
import { formatNumber, grouped } from "../../lib/format.js";
import { fullNames, unbroken } from "./names.js";
import { uncertainty } from "./facts.js";
import { lineStyles, markerPath } from "./line-styles.js";
import { inUnit } from "./loss-units.js";

/** @typedef {{name: string, cached: string, backward: string, updates: string, of: string, time: string, result: string, range: string, accuracy: string}} CostRow */

/**
 * @param {Race} race
 * @param {Num[] | null} seconds of computing, by contestant
 * @param {Words} words
 * @param {import("./loss-units.js").Unit} [unit] of a loss
 * @returns {CostRow[]}
 */
export function rows({ contestants, measure }, seconds, words, unit = "nats") {
  const names = fullNames(contestants, words);
  return contestants.map((contestant, i) => {
    const end = reached(contestant), took = seconds?.[i];
    return {
      name: names[i],
      cached: grouped(contestant.cached_steps),
      backward: contestant.final ? grouped(contestant.backward_steps) : "–", // counted at the end
      ...updatesMade(contestant, words),
      time: took === null || took === undefined
        ? "–"
        : words("training.race.seconds", { n: took < 9.95 ? took.toFixed(1) : Math.round(took) }),
      result: approximate(contestant, measure, unit) + formatResult(end?.mean, measure, unit),
      range: end && end.min !== end.max
        ? `[${formatResult(end.min, measure, unit)}–${formatResult(end.max, measure, unit)}]`
        : "",
      accuracy: contestant.accuracy
        ? approximate(contestant, measure) + formatResult(contestant.accuracy.mean, "accuracy")
        : "",
    };
  });
}

/** The updates made so far, and the total while the run continues. @param {Contestant} contestant @param {Words} words */
function updatesMade(contestant, words) {
  const { final, updates, points: { u } } = contestant;
  const all = grouped(updates);
  if (final) return { updates: all, of: updatesRange(contestant.updates_by_seed) };
  return {
    updates: grouped(u[u.length - 1] ?? 0),
    of: words("training.race.updates_of", { n: all }),
  };
}

/** Where every seed has its own cuts, the updates of the seeds. @param {Num[] | null} updates */
function updatesRange(updates) {
  const each = (updates ?? []).map(Number), low = Math.min(...each), high = Math.max(...each);
  return low < high ? `[${grouped(low)}–${grouped(high)}]` : "";
}

/** The final value, or the newest one until then. @param {Contestant} contestant */
function reached({ final, points }) {
  if (final) return final;
  const last = points.mean.length - 1;
  return last < 0 ? null : { mean: points.mean[last], min: points.min[last], max: points.max[last] };
}

/** A sign before a result whose digits another kind of processor may change. @param {Contestant} contestant @param {Race["measure"]} measure @param {import("./loss-units.js").Unit} [unit] */
function approximate(contestant, measure, unit) {
  const mean = contestant.final?.mean ?? null, unsure = uncertainty(contestant);
  if (mean === null || !unsure) return "";
  const [low, high] = [mean - unsure, mean + unsure].map((end) => formatResult(end, measure, unit));
  return low === high ? "" : "≈ ";
}

/** @param {Num | undefined} loss or another measure @param {Race["measure"]} measure @param {import("./loss-units.js").Unit} [unit] */
function formatResult(loss, measure, unit = "nats") {
  if (loss === null || loss === undefined) return "–";
  const value = inUnit(loss, unit);
  if (value >= 1e5) return formatNumber(value, 2);
  return measure === "error" || (measure === "loss" && value < 0.095) ? value.toFixed(3) : value.toFixed(2);
}

/**
 * @param {Race} race
 * @param {{seconds: Num[] | null, of: number, isChosen?: boolean, sampled: boolean, unit?: import("./loss-units.js").Unit, view: {words: Words, colors: Record<string, string>}}} shown
 *   `of`: the contestant whose samples are shown, where rows can be chosen; `isChosen`: it is one that the reader has chosen
 */
export function table(
  race,
  { seconds, of, isChosen = true, sampled, unit = "nats", view: { words, colors } },
) {
  const looks = lineStyles(race.contestants, colors);
  const accuracy = race.contestants.some((contestant) => contestant.accuracy);
  const heads = [
    "contestant",
    "cached",
    "backward",
    "updates",
    "time",
    unit === "nats" ? race.measure : unit,
  ];
  if (accuracy) heads.push("accuracy_short");
  const head = element(
    "tr",
    {},
    ...heads.map((name) => element("th", { scope: "col", class: name }, words(`training.race.${name}`))),
  );
  const body = rows(race, seconds, words, unit).map((row, i) =>
    element(
      "tr",
      sampled && isChosen && i === of ? { class: "sampled" } : {},
      element(
        "th",
        { scope: "row" },
        sample(looks[i], colors),
        sampled ? chooser(unbroken(row.name), i, i === of) : unbroken(row.name),
      ),
      element("td", { class: "cached" }, row.cached),
      element("td", { class: "backward" }, row.backward),
      element("td", {}, row.updates, ...(row.of ? [" ", element("span", { class: "range" }, row.of)] : [])),
      element("td", { class: "time" }, row.time),
      element("td", {}, element("b", {}, row.result), " ", element("span", { class: "range" }, row.range)),
      ...(accuracy ? [element("td", { class: "accuracy_short" }, row.accuracy)] : []),
    )
  );
  return element("table", { class: "costs" }, element("thead", {}, head), element("tbody", {}, ...body));
}

/** @param {string} name @param {number} i @param {boolean} chosen */
function chooser(name, i, chosen) {
  const attributes = { type: "button", id: `of-${i}`, "data-of": String(i), "aria-pressed": String(chosen) };
  return element("button", attributes, name);
}

/** A piece of the contestant's line with its marker. @param {import("./line-styles.js").LineStyle} stroke @param {Record<string, string>} colors */
function sample(stroke, { background }) {
  const { color, dash, width, hollow } = stroke;
  const line = {
    x1: 1,
    x2: 31,
    y1: 6,
    y2: 6,
    stroke: color,
    "stroke-width": width,
    "stroke-dasharray": dash.join(" "),
  };
  return svg(
    "svg",
    { width: 32, height: 12, class: "stroke", "aria-hidden": "true" },
    svg("line", line),
    svg("path", {
      d: markerPath(stroke, 16, 6),
      fill: hollow ? background : color,
      stroke: color,
      "stroke-width": 2,
    }),
  );
}
