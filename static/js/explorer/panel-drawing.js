// Drawing the folded view, the ledger and the panels below the graph, each redrawn only when something it shows changed.

import { byId, element, replaceKeepingFocus } from "../lib/dom.js";
import { setCovered } from "../page/cover.js";
import { onTap } from "../plot/plot.js";
import { describeTarget } from "./describe-target.js";
import { turn } from "./dial.js";
import * as ledger from "./ledger/ledger.js";
import * as overview from "./overview.js";
import { hideInapplicable, isInSight, isOpen } from "./panel-list.js";
import { isVeiled } from "./panel-veil.js";
import { PANELS } from "./panels.js";
import { drawFigure, isDrawn, isStale, takeAway } from "./render.js";
import * as tray from "./tray.js";
import { highlightText } from "./unrolled/highlight-text.js";

/** @typedef {import("./render.js").Changes} Changes */

export { folded } from "./folded/folded.js";
export { overview };

/** What tells of single marks in the line below the graph. */
export const marks = { describeTarget, highlightText };

/** @type {Set<string>} panels whose figure is older than the current result */
const behind = new Set();
/** @type {Set<string>} panels outside the viewport whose moment alone is outdated; they are drawn when they scroll into view */
const late = new Set();
let isFirst = true;

export { hideInapplicable };

/**
 * Draw the ledger and every open panel whose data changed.
 * @param {Result} result
 * @param {View} view
 * @param {Changes} changes since the last drawing of this result
 */
export async function drawPanels(result, view, changes) {
  const changed = isFirst ? "everything" : changes;
  isFirst = false;
  for (const panel of PANELS) {
    const { name } = panel, hasAppeared = !onlyMoment(changed) || isInSight(name);
    if (isStale(panel, changed)) (hasAppeared ? behind : late).add(name);
    if (hasAppeared && late.delete(name)) behind.add(name);
  }
  if (isStale(ledger, changed)) ledger.show(result, view);
  if (changed === "everything" || changed.has("veil")) overview.show(result, view);
  if (view.present) return; // hidden: drawn when the presenter view is left
  tray.show(result, view, isTrayStale(changed));
  await Promise.all(PANELS.map((panel) => drawPanel(panel, result, view)));
  tray.bringIntoSight();
}

/** Whether the cards of the tray show something else. @param {Changes} changed */
const isTrayStale = (changed) => changed === "everything" || changed.has("veil");

/** Whether only the moment changed. @param {Changes} changed */
function onlyMoment(changed) {
  return changed !== "everything" && [...changed].every((name) => name === "at" || name === "t");
}

/** @param {Panel} panel @param {Result} result @param {View} view */
async function drawPanel(panel, result, view) {
  const { name, caption, render, draw, applies, dial } = panel;
  if (!behind.has(name)) return;
  if (conceal(name, isVeiled(name, view))) return; // also when the panel is closed
  if (!isOpen(name) || applies?.(result) === false) return;
  behind.delete(name);
  if (caption) byId(`${name}-caption`).replaceChildren(...caption(result, view));
  byId(`${name}-finding`).replaceChildren(...findingOf(panel, result, view));
  if (dial) turn(name, dial, view);
  if (render) replaceKeepingFocus(byId(name), [render(result, view)]);
  if (draw) await drawFigure(panel, result, view);
}

/** The finding as its card has it, or the panel's own. @param {Panel} panel @param {Result} result @param {View} view */
function findingOf({ card, finding }, result, view) {
  const found = finding?.(result, view) ?? card?.(result, view);
  return found?.finding ? [element("strong", {}, found.finding), " ", found.note] : [];
}

/**
 * Cover a panel and remove its content from the page.
 * @param {string} name @param {boolean} veiled
 */
function conceal(name, veiled) {
  const panel = byId(`panel-${name}`);
  setCovered(panel, veiled);
  /** @type {HTMLElement} */ (panel.querySelector("summary")).inert = false;
  if (!veiled) return false;
  takeAway(name);
  for (const part of ["", "-gutter", "-below", "-finding", "-caption"]) {
    document.getElementById(`${name}${part}`)?.replaceChildren();
  }
  return true;
}

/**
 * The paths of further requests that the ledger and the open panels need.
 * @param {Result} result @param {View} view
 */
export function furtherRequests(result, view) {
  const panels = view.present ? [] : PANELS.filter(({ name }) => isOpen(name));
  return [ledger, ...panels].flatMap(({ asks }) => asks?.(result, view) ?? []);
}

/**
 * Listen to clicks on the panels' figures; call it after they are drawn.
 * @param {(seen: Partial<Seen>) => void} look @param {() => {result: Result, view: View} | null} picture on the screen
 */
export function listenToFigures(look, picture) {
  for (const { name, hit } of PANELS) {
    const target = /** @type {PlotlyElement} */ (byId(name));
    if (!isDrawn(name)) delete target.dataset.heard; // it has been covered since
    if (!hit || !isDrawn(name) || target.dataset.heard) continue;
    target.dataset.heard = "yes";
    onTap(target, (point) => {
      const now = picture(), seen = now && hit(point, now.result, now.view);
      if (seen) look(seen);
    });
  }
}
