// Names that hide= and show= can have on a page, with their titles, for the Share dialog.

import { words } from "../../lib/words.js";
import { PARTS, selectorOf } from "../visibility.js";

/**
 * Every name that this page can hide, with its title.
 * @param {Control[]} controls
 */
export function hideable(controls) {
  const names = [...controls.filter(({ group }) => group).map(({ name }) => name), ...Object.keys(PARTS)];
  return [...new Set(names)].filter((name) => document.querySelector(selectorOf(name))).map((name) => ({
    name,
    title: Object.hasOwn(PARTS, name) ? words(`visibility.${name}`) : words(`params.${name}.title`),
  }));
}
