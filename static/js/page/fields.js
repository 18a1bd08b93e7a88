// Input fields inside panels that set a parameter: sliders and lists of numbers.

import { maximumFor, wholeLength } from "./constraints.js";

/** @typedef {import("./query.js").Params} Params */

/**
 * Listen to every such field, also to those drawn later.
 * @param {(params: Record<string, string>, settled: boolean) => void} changed settled: let go, not dragging
 */
export function listen(changed) {
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      const { param, list } = target.dataset, settled = kind === "change";
      if (param) changed({ [param]: target.value }, settled);
      if (!list || !settled) return;
      const { badInput, rangeOverflow, rangeUnderflow } = target.validity;
      if (badInput || rangeOverflow || rangeUnderflow || target.value === "") {
        target.value = target.defaultValue;
      } else changed({ updates: "0", [list]: listWith(target, list) }, true); // descent begins at what was typed
    });
  }
}

/** All numbers of a list in order, at full precision, with the one that was typed. @param {HTMLInputElement} typed @param {string} list */
function listWith(typed, list) {
  const all =
    /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`[data-list="${list}"]`));
  const inOrder = [...all].toSorted((a, b) => Number(a.dataset.place) - Number(b.dataset.place));
  return inOrder.map((field) => (field === typed ? field.value : field.dataset.exact)).join();
}

/**
 * Show the parameters in the sliders of the panels.
 * @param {Control[]} controls @param {Params} params
 */
export function fill(controls, params) {
  const steps = Number(params.steps ?? wholeLength(params));
  for (
    const slider of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-param]"))
  ) {
    const control = controls.find(({ name }) => name === slider.dataset.param);
    if (!control) continue;
    slider.min = String(control.minimum);
    slider.max = String(Math.min(Number(control.maximum), maximumFor(control, steps)));
    slider.value = String(params[control.name]);
  }
}
