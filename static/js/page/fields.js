// Input fields inside panels that set a parameter: sliders.

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
      const { param } = target.dataset;
      if (param) changed({ [param]: target.value }, kind === "change");
    });
  }
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
