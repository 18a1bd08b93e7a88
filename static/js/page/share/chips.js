// What a class sees: the parts of a page as chips, each for one or more names of hide= and show=.

import { hideable } from "./hideable.js";
import { words } from "../../lib/words.js";

/** @typedef {{name: string, title: string, names: string[]}} Chip names: of hide= and show=, as docs/links.md has them */

const TRUNCATION = ["truncation", "k", "k1", "cut", "cut_seed", "cuts"];
const WHOLE = "more", SETTINGS = [WHOLE, "reset"];

/** The chips of this page: the controls of the bar, the settings, and the other parts. @param {Control[]} controls @returns {Chip[]} */
export function chipsOf(controls) {
  /** @type {Map<string, Chip>} */
  const chips = new Map();
  const names = hideable(controls),
    inBar = names.filter(({ name }) => groupOf(name) !== "more" && isControl(name, controls));
  for (const { name, title } of [...inBar, ...names]) {
    const group = groupOf(name), known = chips.get(group);
    if (known) known.names = [...new Set([...known.names, name])];
    else chips.set(group, { name: group, title: group === name ? title : titleOf(group), names: [name] });
  }
  return [...chips.values()].map((
    chip,
  ) => (chip.names.length > 1 ? { ...chip, title: titleOf(chip.name) } : chip));
}

/** @param {string} name @param {Control[]} controls */
const isControl = (name, controls) => controls.some((control) => control.name === name);

/** The chip that a name belongs to. @param {string} name */
function groupOf(name) {
  if (TRUNCATION.includes(name)) return "truncation";
  return SETTINGS.includes(name) || document.querySelector(`#rest #control-${name}`) ? "more" : name;
}

/** @param {string} group */
const titleOf = (group) => words(group === "truncation" ? "sharing.truncation_and_k" : `visibility.${group}`);

/** The names that hide a chip's part: without the button of the settings there is no way to them. @param {Chip} chip */
export const namesToHide = ({ name, names }) => (name === WHOLE ? [WHOLE] : names);

/** Which chips are chosen by these names: wholly, in part or not. @param {Chip} chip @param {string[]} chosen @param {boolean} [isHidden] whether they are hidden */
export function stateOf({ name, names }, chosen, isHidden = false) {
  if (isHidden && name === WHOLE && chosen.includes(WHOLE)) return "all";
  const n = names.filter((name) => chosen.includes(name)).length;
  return n === names.length ? "all" : n ? "some" : "none";
}

/** Whether a chip's part is still seen. @param {Chip} chip @param {{hide: string[], show: string[] | null}} parts */
export const stays = (chip, { hide, show }) =>
  show ? stateOf(chip, show) !== "none" : stateOf(chip, hide, true) !== "all";
