// Theme (light or dark), and the colors of the style sheet for the figures.

import { byId } from "../lib/dom.js";

const NAMES = [
  ...["background", "panel", "ink", "muted", "edge", "line", "forward", "backward", "loss", "ghost", "ok"],
  ...["select", "on-select", "node", "zebra", "veil"],
  ...["activation0", "activation1", "activation2", "activation3", "activation4"],
  ...["gradient0", "gradient1", "gradient2", "gradient3", "gradient4"],
  ...["credit0", "credit1", "credit2", "credit3", "slope0", "slope1"],
  ...["place0", "place1", "place2", "place3", "place4"],
];
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** @param {string | null} theme null follows the system */
export function applyTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

export function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
}

/**
 * The theme button; the theme of the system is not written into the address.
 * @param {(changed: {theme: string | null}) => void} look
 */
export function listenToTheme(look) {
  byId("theme").addEventListener("click", () => {
    const other = isDark() ? "light" : "dark";
    applyTheme(null);
    look({ theme: isDark() === (other === "dark") ? null : other });
  });
}

/** @param {() => void} listener */
export function onSystemTheme(listener) {
  system.addEventListener("change", listener);
}

/** The colors of the style sheet by name, as hexadecimal strings. */
export function colors() {
  const style = getComputedStyle(root), pick = isDark() ? 1 : 0;
  return Object.fromEntries(NAMES.map((name) => {
    const pair = style.getPropertyValue(`--${name}`).match(/#[0-9a-f]+/gi) ?? ["#888888"];
    return [name, pair[pick] ?? pair[0]];
  }));
}
