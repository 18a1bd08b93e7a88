// The badges that say what was proved of the numbers on screen, and how.

import { byId, element } from "./dom.js";
import { sci } from "./format.js";
import { words } from "./words.js";

const CHECKS = /** @type {const} */ (["forward_mode", "finite_difference", "truncation"]);

/**
 * @param {Result} result
 * @param {boolean} phone
 */
export function showProof({ checks }, phone) {
  const state = checks.passed === null ? "none" : checks.passed ? "passed" : "failed";
  const worst = Math.max(...CHECKS.map((name) => checks[name] ?? 0));
  const passed = phone ? words("proof.short_passed") : words("proof.passed", { error: sci(worst) });
  const text = {
    passed: `✓ ${passed}`,
    failed: `✗ ${words("proof.failed")}`,
    none: `? ${words("proof.none")}`,
  };
  const badge = byId("proof");
  badge.dataset.state = state;
  badge.textContent = text[state];
  byId("proof-list").replaceChildren(...CHECKS.map((name) => {
    const error = checks[name];
    const value = error === null ? words("proof.unmeasurable") : error === 0 ? "0" : sci(error);
    return element(
      "div",
      {},
      element("dt", {}, words(`proof.${name}`)),
      element(
        "dd",
        {},
        element("b", {}, value),
        element("small", {}, words(`proof.${name}_help`)),
      ),
    );
  }));
}

/** @type {{key: string, h: Table} | null} the forward pass that the next one is held against */
let reference = null;

/**
 * While only the truncation moves, tell by how much the hidden states moved with it: not at all.
 * @param {Result} result
 */
export function showIdentical({ params, forward: { h } }) {
  const { truncation: _a, k: _b, k1: _c, cut: _d, cut_seed: _e, ...rest } = params;
  const key = JSON.stringify(rest), badge = byId("identical");
  if (reference?.key !== key) reference = { key, h };
  const moved = largestDifference(h, reference.h);
  badge.hidden = reference.h === h; // nothing to compare with yet
  badge.textContent = moved === 0
    ? `✓ ${words("proof.identical")}`
    : `✗ ${words("proof.moved", { moved: sci(moved) })}`;
  badge.title = words("proof.identical_help", { moved: sci(moved) });
}

/**
 * @param {Table} a
 * @param {Table} b
 */
function largestDifference(a, b) {
  let largest = 0;
  a.forEach((row, t) =>
    row.forEach((value, unit) => {
      largest = Math.max(largest, Math.abs((value ?? 0) - (b[t][unit] ?? 0)));
    })
  );
  return largest;
}
