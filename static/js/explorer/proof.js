// Gradient check badges: how the gradients on the screen were checked, and what the truncation left
// unchanged.

import { byId, element, rich } from "../lib/dom.js";
import { sci } from "../lib/format.js";
import { placeholder } from "../page/cover.js";
import { words } from "../lib/words.js";
import { withoutTruncation } from "./truncation.js";

const CHECKS = /** @type {const} */ (["forward_mode", "finite_difference", "truncation"]);

/**
 * @param {Result} result
 * @param {boolean} phone
 * @param {boolean} [veiled] whether it is covered
 */
export function showProof({ checks }, phone, veiled = false) {
  byId("proof").inert = veiled;
  if (veiled) {
    byId("proof").dataset.state = "none";
    byId("proof-list").replaceChildren();
    return byId("proof").replaceChildren(placeholder());
  }
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

/** @type {{key: string, result: Result} | null} the result that later ones are compared with */
let reference = null;

/**
 * While only the truncation changes, show by how much the hidden states and dW_y changed: not at all.
 * @param {Result} result
 */
export function showIdentical(result) {
  const key = JSON.stringify([withoutTruncation(result.params), result.window]);
  if (reference?.key !== key) reference = { key, result };
  const before = reference.result;
  const pairs = /** @type {[string, string, Table, Table][]} */ ([
    ["identical", "proof.identical", result.forward.h, before.forward.h],
    ["unchanged", "proof.unchanged", readout(result), readout(before)],
  ]);
  for (const [id, text, now, then] of pairs) {
    const badge = byId(id), moved = largestDifference(now, then);
    badge.hidden = before === result; // there is nothing to compare with yet
    badge.replaceChildren(
      ...rich(moved === 0 ? `✓ ${words(text)}` : `✗ ${words(`${text}_not`, { moved: sci(moved) })}`),
    );
    badge.title = words(`${text}_help`, { moved: sci(moved) });
  }
}

/** dW_y with db_y as its last row. @param {Result} result @returns {Table} */
function readout({ truncated: { gradients: { Wy, by } } }) {
  return /** @type {Table} */ ([...Wy, by]);
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
