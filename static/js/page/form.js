// Form controls: user input changes the query, and the query fills the controls.

import { byId } from "../lib/dom.js";
import { applies, boundsOf, problemOf, problemOfSteps, stepsOf, wholeLength } from "./constraints.js";
import { showSettings } from "./settings-drawer.js";
import { hasWords, words } from "../lib/words.js";
import * as typing from "./typing.js";

/** @typedef {import("./query.js").Params} Params */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

const SLIDER_AT_LEAST = 8; // steps: the slider's right end for very short texts
const OWN = "own"; // the choice of a list of one's own
const DRAWS = 1000; // of which a new one is drawn: their numbers are short

/**
 * @param {Control[]} controls
 * @param {(name: string, value: string, settled: boolean) => void} changed settled: let go, not dragging
 * @param {(name: string, problem: import("./constraints.js").Problem | null) => void} refused what is wrong as typed
 * @param {() => Params} params the present ones
 */
export function listen(controls, changed, refused, params) {
  const buttons = buttonsOfControls();
  for (const control of controls.filter(({ group }) => group)) {
    for (const input of [field(control.name), exactField(control.name), ownField(control.name)]) {
      if (input) typing.listen(input, (settled) => change(input, settled));
    }
    for (const button of buttons.get(control.name) ?? []) {
      button.addEventListener("click", () => {
        const input = exactField(control.name);
        if (!input) return;
        if (button.dataset.by) input.stepUp(Number(button.dataset.by));
        else input.value = String(Math.floor(Math.random() * DRAWS));
        change(input, true);
      });
    }

    /** @param {Field} input @param {boolean} settled */
    const change = (input, settled) => {
      const value = input.value.normalize("NFC");
      if (control.kind === "text") {
        const problem = problemOf(control, value, params(), controls);
        input.setAttribute("aria-invalid", String(Boolean(problem)));
        refused(control.name, problem);
        if (problem) return;
      }
      if (control.own && input instanceof HTMLInputElement) {
        const problem = problemOfSteps(control, value, params());
        input.setAttribute("aria-invalid", String(Boolean(problem)));
        refused(control.name, problem);
        if (problem) return;
      } else if (value === OWN) {
        ownField(control.name)?.focus();
        return changed(control.name, everyOther(stepsOf(params())), settled);
      }
      if (!settled && input.type === "number" && !input.checkValidity()) return; // half typed
      changed(control.name, value, settled);
    };
  }
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("more").addEventListener("click", () => openRest(byId("rest").hidden === true));
  byId("controls").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || byId("rest").hidden) return;
    event.stopPropagation();
    closeRest();
  });
  document.getElementById("rest-close")?.addEventListener("click", closeRest);
  document.getElementById("rest-all")?.addEventListener("click", ({ currentTarget }) => {
    const all = byId("rest").classList.toggle("all");
    /** @type {Element} */ (currentTarget).setAttribute("aria-pressed", String(all));
  });
}

function closeRest() {
  openRest(false);
  byId("more").focus();
}

/** @param {boolean} open */
function openRest(open) {
  showSettings(open);
  byId("more").setAttribute("aria-expanded", String(open));
}

/**
 * Show the parameters in the controls, except in the field that the reader is using.
 * @param {Control[]} controls
 * @param {Params} params
 * @param {boolean} [everywhere] also the field that has the focus
 * @param {number} [end] the right end of the slider of k
 */
export function fill(controls, params, everywhere = false, end = kEnd(params, wholeLength(params))) {
  const whole = wholeLength(params), buttons = buttonsOfControls();
  document.getElementById("k")?.setAttribute("aria-label", kLabel(params));
  for (const label of document.querySelectorAll("label[for=k]")) label.textContent = kShort(params);
  for (const control of controls.filter(({ group }) => group)) {
    const idle = !applies(control, params), { low, high } = boundsOf(control, params, controls);
    const given = String(idle && control.idle_value || (params[control.name] ?? whole));
    const value = control.own ? fillOwn(control, given, everywhere) : given;
    const range = field(control.name), exact = exactField(control.name);
    if (control.name === "steps") {
      const useful = Math.max(SLIDER_AT_LEAST, 2 * whole, Number(value));
      /** @type {HTMLInputElement} */ (range).max = String(Math.min(useful, Number(exact?.max)));
    }
    if (control.name === "k") {
      /** @type {HTMLInputElement} */ (range).max = String(end);
    }
    for (const input of [range, exact]) {
      if (!(input instanceof HTMLInputElement)) continue;
      if (control.at_least) input.min = String(low.name ? low.value : control.minimum);
      if (control.at_most) input.max = String(high.name ? high.value : control.maximum);
    }
    for (const input of [range, exact]) {
      if (
        !input || input.value === value || (!everywhere && input === document.activeElement && typed(input))
      ) continue;
      input.value = value;
      input.removeAttribute("aria-invalid");
    }
    byId(`control-${control.name}`).classList.toggle("idle", idle);
    for (const input of [range, exact]) {
      if (!input) continue;
      input.disabled = idle;
      input.title = idle ? words("control.idle") : "";
    }
    for (const button of buttons.get(control.name) ?? []) {
      const by = Number(button.dataset.by ?? 0);
      const most = control.name === "k" ? /** @type {HTMLInputElement} */ (range).max : exact?.max;
      const end = by < 0 ? exact?.min : most;
      button.disabled = idle || (by !== 0 && Number(value) === Number(end));
    }
  }
  document.getElementById("controls")?.removeAttribute("data-unread"); // from now on the values are the link's
}

/** The value of the choice; a list of one's own stands in the field beside it. @param {Control} control @param {string} value @param {boolean} everywhere */
function fillOwn({ name, choices }, value, everywhere) {
  const input = ownField(name), isOwn = !choices?.includes(value);
  if (!input) return value;
  input.hidden = !isOwn;
  if (isOwn && input.value !== value && (everywhere || input !== document.activeElement)) {
    input.value = value;
    input.removeAttribute("aria-invalid");
  }
  return isOwn ? OWN : value;
}

/** The list to begin with: every other step, the last one included. @param {number} T */
function everyOther(T) {
  return Array.from({ length: Math.ceil(T / 2) }, (_, i) => 2 * i + (T + 1) % 2).join(",");
}

/**
 * The smallest k at which nothing is cut: the right end of its slider.
 * @param {Params} params
 * @param {number} whole
 */
export function kEnd(params, whole) {
  const T = Number(params.steps ?? whole), k1 = Number(params.k1);
  return params.truncation === "tbptt" ? k1 * Math.ceil(T / k1) : T;
}

/**
 * The result of the truncation in words, beside the slider of k.
 * @param {Result} result
 */
export function showBlocks(result) {
  const { truncation, k } = result.params, n = result.blocks.length;
  const full = result.cells_kept === result.cells_total && truncation !== "randomized";
  const text = full
    ? words("k_out.full")
    : truncation === "window"
    ? words("k_out.window", { n: k })
    : truncation === "tbptt"
    ? words("k_out.tbptt")
    : truncation === "randomized"
    ? words("k_out.segments", { n })
    : n > 1
    ? words("k_out.blocks", { n })
    : "";
  byId("note-k").textContent = text;
  byId("k").setAttribute("aria-valuetext", `${k} ${text}`);
}

/** @param {Params} params */
function kLabel(params) {
  const special = `k_label.${params.truncation}`;
  return hasWords(special) ? words(special) : words("params.k.title");
}

/** The label in the toolbar, where the scheme and k are a sentence; in the training lab the full one. @param {Params} params */
function kShort(params) {
  if (params.truncation === undefined) return kLabel(params);
  return words(params.truncation === "tbptt" ? "toolbar.k_tbptt" : "toolbar.k");
}

/** Steppers and the buttons that draw anew, by the name of their control. The page is searched once: it is large. */
function buttonsOfControls() {
  /** @type {Map<string, HTMLButtonElement[]>} */
  const found = new Map();
  /** @type {NodeListOf<HTMLButtonElement>} */
  const all = document.querySelectorAll("[data-of], [data-draw]");
  for (const button of all) {
    const name = button.dataset.of ?? String(button.dataset.draw);
    found.set(name, [...found.get(name) ?? [], button]);
  }
  return found;
}

/** @param {Field} input */
function typed(input) {
  return input.type === "text" || input.type === "number";
}

/**
 * @param {string} name
 * @returns {Field | null}
 */
function field(name) {
  return /** @type {Field | null} */ (document.getElementById(name));
}

/**
 * @param {string} name
 * @returns {HTMLInputElement | null}
 */
function exactField(name) {
  return document.querySelector(`[data-exact="${name}"]`);
}

/** The field for a list of one's own. @param {string} name @returns {HTMLInputElement | null} */
function ownField(name) {
  return document.querySelector(`[data-own="${name}"]`);
}
