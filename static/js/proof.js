// The badge that says whether the numbers on screen were proved right, and by what.

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
