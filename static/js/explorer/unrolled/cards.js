// Prediction of a step in the unrolled graph: a card with the most probable symbols in a wide column, guess and target in
// a narrower one, the guess alone in the narrowest. A wrong guess has the color of losses, the target that of the forward pass.

import { text } from "../../plot/figure.js";
import { visible, wholePercent } from "../../lib/format.js";
import { graphemes } from "../../lib/symbols.js";
import { check, line, rect, times } from "../../plot/paths.js";
import { row } from "../../plot/windowed.js";
import { outputNames, predictedOutput, readableNumber, targetOutput } from "../predictions.js";
import { fit } from "./fit.js";

const LINE = 18, EDGE = 9; // px of a line of a card, and above the first and below the last together
const TRACK = 44, LEAST_TRACK = 20; // px of the longest bar
const NUMBER = 59; // px of the longest number and the mark beside it
const SIZE = 14; // px of letters in a card

/** @typedef {{name: string, value: number | null, isGuess: boolean, isTarget: boolean}} Line */
/** @typedef {ReturnType<typeof cardMarks>} CardMarks */

/**
 * The lines of a card: all symbols in their order if they fit, else the most probable ones, and always the target. A network
 * of numbers has two, what it says and what it should say.
 * @param {Result} result @param {number} t @param {number} most @returns {Line[]}
 */
export function linesOf(result, t, most) {
  const { forward, vocabulary, targets } = result, target = targetOutput(result, t);
  const scores = row(result, forward.p ?? forward.o, t) ?? [], guess = predictedOutput(result, t);
  if (!vocabulary.length) {
    const aim = Number(targets[t]), says = { name: "ŷ", value: scores[0] ?? null };
    return [
      { ...says, isGuess: true, isTarget: false },
      ...(Number.isNaN(aim) ? [] : [{ name: "y", value: aim, isGuess: false, isTarget: true }]), // a hole
    ];
  }
  const names = outputNames(result), all = names.map((_, i) => i);
  const best = (/** @type {number} */ i) => scores[i] ?? -Infinity;
  const ranked = all.toSorted((i, j) => best(j) - best(i) || Number(j === guess) - Number(i === guess));
  const shown = all.length <= most
    ? all
    : target < 0 || ranked.slice(0, most).includes(target)
    ? ranked.slice(0, most)
    : [...ranked.slice(0, most - 1), target];
  return shown.map((i) => ({
    name: names[i],
    value: scores[i] ?? null,
    isGuess: i === guess && target >= 0, // neither right nor wrong without a target
    isTarget: i === target,
  }));
}

/** How many lines a card has room for. @param {Geometry} g */
const linesIn = ({ output }) => Math.floor((output.height - EDGE) / LINE);

/**
 * What every line of the cards needs to be drawn: its place and its bar.
 * @param {Result} result @param {Geometry} g
 */
function linesAt(result, g) {
  const { output, rows } = g, most = linesIn(g), { low, high } = outputRange(result);
  const names = outputNames(result), isLong = names.some((name) => graphemes(name).length > 1);
  const track = isLong ? LEAST_TRACK : TRACK, first = output.width - NUMBER - track; // px to the bars
  const place = (/** @type {number} */ value) =>
    track * Math.min(1, Math.max(0, (value / 2 - low / 2) / (high / 2 - low / 2))); // halves: the whole may be no number
  return g.steps.filter((t) => g.has("y", t) && !g.veiled("y", t)).flatMap((t) => {
    const lines = linesOf(result, t, most), left = g.cx(t) - output.width / 2;
    const top = rows.output - LINE * (lines.length - 1) / 2;
    return lines.map((it, i) => ({
      ...it,
      y: top + LINE * i,
      letter: { x: left + 6 + (first - 8) / 2, room: first - 8 },
      bar: { left: left + first, track, zero: place(0), end: place(it.value ?? 0) },
      number: left + output.width - 20,
      mark: left + output.width - 11,
    }));
  });
}

/**
 * The range of the bars: probabilities up to 1; signed outputs under squared error together with their targets.
 * @param {Result} result
 */
function outputRange({ forward: { p, o }, vocabulary, targets }) {
  if (p) return { low: 0, high: 1 };
  const aims = vocabulary.length ? [1] : targets.map(Number).filter(Number.isFinite);
  let min = Math.min(0, ...aims), max = Math.max(0, ...aims);
  for (const row of o) {
    for (const value of row) {
      min = Math.min(min, value ?? 0);
      max = Math.max(max, value ?? 0);
    }
  }
  return { low: min, high: max > min ? max : min + 1 };
}

/**
 * Bars, checks and crosses as paths.
 * @param {Result} result @param {Geometry} g
 */
export function cardMarks(result, g) {
  const paths = { tracks: "", bars: "", targetBars: "", checks: "", crosses: "" };
  if (g.hasCards) {
    for (const { y, bar, mark, isGuess, isTarget, value } of linesAt(result, g)) {
      const from = bar.left + Math.min(bar.zero, bar.end), length = Math.abs(bar.end - bar.zero);
      paths.tracks += rect(bar.left, y - 4, bar.track, 8);
      const drawn = value === null ? "" : rect(from, y - 4, Math.max(1, length), 8);
      if (isTarget) paths.targetBars += drawn;
      else paths.bars += drawn;
      if (isTarget && result.vocabulary.length) paths.checks += check(mark, y, g.type.mark);
      else if (isGuess && result.vocabulary.length) paths.crosses += times(mark, y, g.type.mark);
    }
  } else {
    for (const { t, isRight, room } of guessesAt(result, g)) {
      if (!isRight) continue;
      if (g.level !== "compact") paths.checks += check(g.cx(t) + room / 2 + 4, g.rows.output, g.type.mark);
      else {
        const y = g.rows.output + g.font / 2 + 2, half = 0.3 * g.c;
        paths.checks += line(g.cx(t) - half, y, g.cx(t) + half, y);
      }
    }
  }
  return paths;
}

/** The guesses of the narrower columns. @param {Result} result @param {Geometry} g */
function guessesAt(result, g) {
  const { vocabulary, targets } = result, names = outputNames(result);
  return g.steps.filter((t) => g.has("y", t) && !g.veiled("y", t)).map((t) => {
    const i = predictedOutput(result, t), target = targetOutput(result, t);
    const guess = i < 0
      ? ""
      : vocabulary.length
      ? names[i]
      : readableNumber(row(result, result.forward.o, t)?.[0] ?? 0);
    const isRight = vocabulary.length > 0 && i === target;
    const isWrong = vocabulary.length > 0 && i >= 0 && target >= 0 && !isRight;
    return {
      t,
      guess,
      target: isWrong ? visible(targets[t]) : "",
      isRight,
      isWrong,
      room: g.output.width / 2 - 8,
    };
  });
}

/**
 * The letters and numbers of all predictions.
 * @param {Result} result @param {View} view @param {Geometry} g @returns {object[]}
 */
export function cardTexts(result, { colors, font }, g) {
  const covered = g.steps.filter((t) => g.has("y", t) && g.veiled("y", t));
  const unknown = covered.length
    ? [text(covered.map(g.cx), covered.map(() => g.rows.output), covered.map(() => "?"), {
      size: g.font,
      color: colors.muted,
    })]
    : [];
  return [
    ...unknown,
    ...(g.hasCards ? cardLines(result, colors, font, g) : guesses(result, colors, g)),
  ];
}

/** @param {Result} result @param {View["colors"]} colors @param {string} font @param {Geometry} g */
function cardLines(result, colors, font, g) {
  const lines = linesAt(result, g), letters = lines.map(({ name, letter }) => fit(name, letter.room, SIZE));
  const isWrong = (/** @type {Line} */ { isGuess, isTarget }) =>
    isGuess && !isTarget && result.vocabulary.length > 0;
  const color = lines.map((it) => it.isTarget ? colors.forward : isWrong(it) ? colors.loss : colors.muted);
  const says = (/** @type {number | null} */ value) =>
    value === null ? "–" : result.forward.p ? wholePercent(value) : readableNumber(value);
  return [
    text(
      lines.map(({ letter }) => letter.x),
      lines.map(({ y }) => y),
      letters.map(({ text }) => text),
      { size: letters.map(({ size }) => size), color },
    ),
    text(
      lines.map(({ number }) => number),
      lines.map(({ y }) => y),
      lines.map(({ value }) => says(value)),
      {
        size: SIZE - 1,
        color: lines.map((it) => it.isTarget ? colors.forward : colors.ink),
        family: font,
        weight: 600,
      },
      "middle left",
    ),
  ];
}

/** @param {Result} result @param {View["colors"]} colors @param {Geometry} g */
function guesses(result, colors, g) {
  const y = g.rows.output, all = guessesAt(result, g);
  if (g.level === "compact") {
    return [written(
      all.map(({ t, guess, isRight }) => ({
        ...fit(guess, g.c - 2, g.font),
        x: g.cx(t),
        y,
        color: isRight ? colors.forward : colors.loss,
      })),
    )];
  }
  const size = g.type.guess;
  const items = all.flatMap(({ t, guess, target, isRight, isWrong, room }) => {
    if (!isWrong) {
      const color = isRight ? colors.forward : colors.ink, x = g.cx(t) - (isRight ? g.type.mark - 2 : 0);
      return [{ ...fit(guess, isRight ? room + 6 : g.output.width - 4, size), x, y, color }];
    }
    const aside = 4 + room / 2;
    return [
      { ...fit(guess, room, size), x: g.cx(t) - aside, y, color: colors.loss },
      { text: "≠", size: g.type.unequal, x: g.cx(t), y, color: colors.muted },
      { ...fit(target, room, size), x: g.cx(t) + aside, y, color: colors.forward },
    ];
  });
  return [written(items)];
}

/** @param {{text: string, size: number, x: number, y: number, color: string}[]} items */
function written(items) {
  return text(items.map(({ x }) => x), items.map(({ y }) => y), items.map((it) => it.text), {
    size: items.map(({ size }) => size),
    color: items.map(({ color }) => color),
  });
}
