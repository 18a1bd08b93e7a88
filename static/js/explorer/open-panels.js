// Which panels are open, as the address says: open= names them in the order in which they were opened. Links from before
// that key have panel=, the panels whose state differs from what sections once were.

/** @typedef {Pick<Seen, "open" | "panel"> & {look?: string | null}} Named */
/** @typedef {Pick<Panel, "name" | "closed" | "opens">} Known */

const SHUT = "-";
const NONE = "none";

/**
 * The panels that a link opens where each stands in the tray until it is opened, in the order in which they were opened.
 * @param {Named} seen @param {Record<string, unknown>} params @param {Known[]} panels @returns {string[]}
 */
export function openInTray({ open, panel, look }, params, panels) {
  const names = panels.map(({ name }) => name);
  if (open) return [...new Set(open.split(","))].filter((name) => names.includes(name));
  const toggled = panel?.split(",") ?? [];
  return panels.filter(({ name, closed, opens }) =>
    !toggled.includes(SHUT + name) &&
    ((closed && toggled.includes(name)) || opens?.(params) || name === look)
  ).map(({ name }) => name);
}

/**
 * What the address says of these open panels: nothing where it would open them without being told.
 * @param {string[]} names @param {Named} seen @param {Record<string, unknown>} params @param {Known[]} panels
 * @returns {Partial<Seen>}
 */
export function written(names, seen, params, panels) {
  const untold = openInTray({ ...seen, open: null, panel: null }, params, panels).join(",");
  const open = names.join(",");
  return { open: open === untold ? null : open || NONE, panel: null };
}

/**
 * The panels that are open after one was opened: what is kept stays, and the others make room for it unless it is added.
 * @param {string[]} names open so far @param {string} name @param {{kept: Set<string>, added?: boolean}} how
 */
export function opened(names, name, { kept, added = false }) {
  return [...names.filter((other) => other !== name && (added || kept.has(other))), name];
}

/**
 * Whether a section is open: as the parameters or a link say, else as it is by default.
 * @param {Known} panel @param {Named} seen @param {Record<string, unknown>} params
 * @returns {{shut: boolean, open: boolean}} shut: the link closes what the parameters open
 */
export function sectionOf({ name, closed = false, opens }, { open, panel, look }, params) {
  const toggled = panel?.split(",") ?? [], named = open?.split(",") ?? [];
  return {
    shut: toggled.includes(SHUT + name),
    open: closed === toggled.includes(name) || named.includes(name) || Boolean(opens?.(params)) ||
      name === look,
  };
}

/**
 * The sections that differ from their default; a minus sign marks one that is closed although the parameters open it.
 * @param {Known[]} panels @param {Record<string, unknown>} params @param {(name: string) => boolean} isOpen
 */
export function toggledSections(panels, params, isOpen) {
  return panels.flatMap(({ name, closed = false, opens }) => {
    if (opens?.(params)) return isOpen(name) ? [] : [SHUT + name];
    return isOpen(name) === closed ? [name] : [];
  });
}

/**
 * Whether a link opens a panel, as far as its names tell before the panels are loaded.
 * @param {Named} seen @param {Record<string, unknown>} params
 */
export function isLikelyOpen({ open, panel }, { updates }) {
  if (open) return open !== NONE;
  return Boolean(panel?.split(",").some((name) => !name.startsWith(SHUT))) || Number(updates) > 0;
}
