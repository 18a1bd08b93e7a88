// Bars of a vote: by choice the share of each round, in a row with its name.

import { element } from "../../lib/dom.js";
import { words } from "../../lib/words.js";

/** @typedef {{value: string, shares: (number | null)[]}} Row shares: of each round, from 0 to 1; null: nobody has answered */

/**
 * The rows of a vote that is closed.
 * @param {Pick<Api.Asked, "choices" | "count" | "tally" | "first">} asked
 * @returns {Row[]}
 */
export function rowsOf({ choices, count, tally, first }) {
  const rounds = [...(first ? [first] : []), { count, tally }];
  return choices.map((value) => ({
    value,
    shares: rounds.map((round) =>
      round.tally && round.count ? (round.tally[value] ?? 0) / round.count : null
    ),
  }));
}

/** @param {number | null} share */
export const percent = (share) => (share === null ? "–" : `${Math.round(100 * share)}%`);

/**
 * @param {Row} row
 * @param {{label: (Node | string)[], isRight: boolean, note?: Node | null}} how
 */
export function barsOf({ shares }, { label, isRight, note = null }) {
  const bars = shares.map((share, i) =>
    element(
      "span",
      { class: `bar-line${i < shares.length - 1 ? " earlier" : ""}` },
      element(
        "span",
        { "class": "bar-track", "aria-hidden": "true" },
        element("span", { class: "bar-fill", style: `width: ${100 * (share ?? 0)}%` }),
      ),
      element("b", {}, percent(share)),
    )
  );
  return element(
    "li",
    { class: isRight ? "tally right" : "tally" },
    element(
      "span",
      { class: "tally-name" },
      ...(isRight ? [element("span", { class: "tick", "aria-label": words("poll.right") }, "✓"), " "] : []),
      ...label,
      ...(note ? [" ", note] : []),
    ),
    element("span", { class: "tally-bars" }, ...bars),
  );
}

/** What the colors of two rounds mean. @param {Pick<Api.Asked, "count" | "first">} asked */
export function roundsOf({ count, first }) {
  if (!first) return [];
  const names = [["first", first.count, "earlier"], ["second", count, ""]];
  return [
    element(
      "p",
      { class: "rounds" },
      ...names.map(([name, n, kind]) =>
        element(
          "span",
          { class: `round ${kind}`.trim() },
          element("i", { "aria-hidden": "true" }),
          ` ${words(`poll.${name}`)} · ${n}`,
        )
      ),
    ),
  ];
}
