// Selectors of marks in only= and veil=: a parser, and predicates that say which marks match.
//
// x.t h.t y.t L.t are the nodes of step t, out.t its gradient from above, fut.t the one that comes back from
// t + 1, fwd.t and back.t the arrows between h_t and h_{t-1}, block.j everything in block j, row.s a row of
// the credit matrix. t may be *. The arrow fut.t is the arrow back.(t+1).

const KINDS = ["x", "h", "y", "L", "out", "fut", "fwd", "back", "block"];

/** @typedef {"x" | "h" | "y" | "L" | "out" | "fwd" | "back" | "err" | "share" | "up-x" | "up-y" | "up-L"} MarkKind
 *    what is drawn; err is the arrow from the loss, share the arrow from the state to the weights, up-* the forward arrows */
/** @typedef {(kind: MarkKind, t: number) => boolean} Matches */

/** @param {string | null | undefined} written @returns {[string, string][]} kinds and places */
const split = (written) =>
  (written ?? "").split(",").map((name) => /** @type {[string, string]} */ (name.split(".")));

/** The names that select marks of the unrolled graph. @param {string | null | undefined} written */
export const marksIn = (written) =>
  split(written).filter(([kind, at]) => KINDS.includes(kind) && at !== undefined);

/**
 * The named rows of the credit matrix; null if none is named.
 * @param {string | null | undefined} written @returns {((s: number) => boolean) | null}
 */
export function rowsIn(written) {
  const rows = split(written).filter(([kind]) => kind === "row").map(([, at]) => at);
  return rows.length ? (s) => rows.some((at) => at === "*" || Number(at) === s) : null;
}

/**
 * A predicate for exactly the named marks.
 * @param {string | null | undefined} written @param {{start: number, stop: number}[]} blocks
 * @returns {Matches}
 */
function matcher(written, blocks) {
  const names = marksIn(written);
  const named = (/** @type {string} */ kind, /** @type {number} */ t) =>
    names.some(([name, at]) => name === kind && (at === "*" || Number(at) === t));
  const inBlock = (/** @type {number} */ t, first = 0) =>
    blocks.some(({ start, stop }, j) => start + first <= t && t < stop && named("block", j));
  /** @type {Matches} */
  const matches = (kind, t) => {
    if (kind === "err") return matches("out", t) || named("L", t);
    if (kind === "share") return inBlock(t);
    if (kind === "fwd") return named("fwd", t) || inBlock(t, 1);
    if (kind === "back") return named("back", t) || named("fut", t - 1) || inBlock(t, 1);
    if (!kind.startsWith("up-")) return named(kind, t) || inBlock(t);
    return names.some(([name, at]) => name === "fwd" && at === "*") || named(kind.slice(3), t) || inBlock(t);
  };
  return matches;
}

/**
 * A predicate for highlighted marks: the named ones, and the nodes that a named arrow joins.
 * @param {string | null | undefined} only @param {{start: number, stop: number}[]} blocks
 * @returns {Matches | null} null if nothing is dimmed
 */
export function litBy(only, blocks) {
  const names = marksIn(only);
  if (!names.length) return null;
  const matches = matcher(only, blocks),
    matchesSingle = matcher(names.filter(([, at]) => at !== "*").map((it) => it.join(".")).join(), blocks);
  return (kind, t) => {
    if (matches(kind, t)) return true;
    if (kind === "y" || kind === "L") return matches("out", t);
    if (kind !== "h") return false;
    return matches("out", t) ||
      [t, t + 1].some((edge) => matches("back", edge) || matchesSingle("fwd", edge));
  };
}

/**
 * A predicate for covered marks. A gradient that leaves a state would reveal what arrived there, so it is covered too.
 * @param {string | null | undefined} veil @param {{start: number, stop: number}[]} blocks
 * @returns {Matches}
 */
export function veiledBy(veil, blocks) {
  if (!marksIn(veil).length) return () => false;
  const matches = matcher(veil, blocks);
  return (kind, t) =>
    matches(kind, t) || kind === "share" && (matches("out", t) || matches("h", t) || matches("back", t + 1));
}

/** Whether anything of a step, or of the edges beside it, is covered. @param {Matches} veiled @param {number} t */
export function touches(veiled, t) {
  const nodes = /** @type {const} */ (["x", "h", "y", "L", "out", "back", "fwd"]);
  return nodes.some((kind) => veiled(kind, t)) || veiled("back", t + 1) || veiled("fwd", t + 1);
}
