// Text alternative for only=: the highlighted marks and their values, for the status line.

import { sci, subscript } from "../../lib/format.js";
import { describeTarget } from "../describe-target.js";
import { length } from "../../plot/scale.js";
import { row } from "../../plot/windowed.js";
import { litBy, marksIn, veiledBy } from "./selectors.js";

const MAX_DESCRIBED = 3; // marks told of one by one; of more their names

/**
 * @param {Result} result @param {View} view @param {Words} words
 * @returns {Part[] | null} null where no mark is named
 */
export function highlightText(result, view, words) {
  const marks = marksIn(view.only);
  if (!litBy(view.only, result.blocks)) return null;
  const meeting = meetingAt(marks), veiled = veiledBy(view.veil, result.blocks);
  if (meeting !== null && !veiled("out", meeting) && !veiled("back", meeting + 1)) {
    return meetingText(result, meeting, words);
  }
  if (marks.length > MAX_DESCRIBED) {
    return [{
      text: words("highlight.lit", { marks: marks.map((mark) => nameOf(mark, result, words)).join(", ") }),
    }];
  }
  return marks.flatMap((
    mark,
    i,
  ) => [...(i ? [{ text: " · " }] : []), ...markText(mark, result, veiled, words)]);
}

/** @param {[string, string][]} marks the step whose two gradients are lit and nothing else */
function meetingAt(marks) {
  const [[one, t], [other, s] = ["", ""]] = marks;
  return marks.length === 2 && t === s && t !== "*" && [one, other].sort().join() === "fut,out"
    ? Number(t)
    : null;
}

/** @param {Result} result @param {number} t @param {Words} words @returns {Part[]} */
function meetingText({ truncated, window }, t, words) {
  const [out, future, sum] = [truncated.dh_output, truncated.dh_future, truncated.dh]
    .map((table) => sci(length(row(/** @type {Result} */ ({ window }), table, t))));
  return [{
    text: words("highlight.meeting", { t: subscript(t), out, future, sum }),
    strong: true,
    tone: "gradient",
  }];
}

/**
 * @param {[string, string]} mark @param {Result} result @param {import("./selectors.js").Matches} veiled @param {Words} words
 * @returns {Part[]}
 */
function markText([kind, at], result, veiled, words) {
  const t = Number(at), T = result.tokens.length, name = { text: nameOf([kind, at], result, words) };
  const edge = kind === "fut" ? t + 1 : t, drawn = kind === "fut" || kind === "back" ? "back" : kind;
  if (at === "*" || kind === "h" || kind === "block") return [name];
  if (!(t < T) || drawn === "back" && !(edge < T)) return [name];
  if (veiled(/** @type {import("./selectors.js").MarkKind} */ (drawn), edge)) {
    return [name, { text: `: ${words("veil.covered")}` }];
  }
  if (kind === "out") {
    const size = sci(length(row(result, result.truncated.dh_output, t)));
    return [{ text: words("highlight.out", { t: subscript(t), size }), tone: "gradient" }];
  }
  const targets = { back: "backward", fwd: "forward", x: "x", y: "y", L: "L" };
  const target = /** @type {Target["kind"]} */ (targets[/** @type {keyof typeof targets} */ (drawn)]);
  return edge || kind === "x" || kind === "y" || kind === "L"
    ? describeTarget(result, { kind: target, t: edge }, words)
    : [name];
}

/** @param {[string, string]} mark @param {Result} result @param {Words} words */
function nameOf([kind, at], { blocks }, words) {
  if (at === "*") return words(`highlight.all_${kind}`);
  const t = subscript(Number(at)), before = subscript(Number(at) - 1), next = subscript(Number(at) + 1);
  if (kind === "block") {
    const { start, stop } = blocks[Number(at)] ?? { start: 0, stop: 1 };
    return words("highlight.block", {
      n: Number(at) + 1,
      steps: stop - start > 1 ? `${start}–${stop - 1}` : start,
    });
  }
  /** @type {Record<string, string>} */
  const names = {
    ...{ x: `x${t}`, h: `h${t}`, y: `ŷ${t}`, L: `L${t}`, out: `ŷ${t} → h${t}` },
    ...{ fwd: `h${before} → h${t}`, back: `h${t} → h${before}`, fut: `h${next} → h${t}` },
  };
  return names[kind];
}
