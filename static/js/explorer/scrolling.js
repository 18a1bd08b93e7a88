// Scrolling of the graph: the playhead band, and one shared time axis for all figures.

import { broughtInSight, columnsFor, inSight } from "../plot/columns.js";
import { byId } from "../lib/dom.js";
import { geometry } from "../plot/geometry.js";
import { atRest, sightInAddress } from "../page/sight.js";
import { inUnits, unit } from "../lib/unit.js";

/** The step and layout that the graph was last scrolled for. */
let followed = "";

const sight = sightInAddress();

/** The last reported scroll position; reading it from the element would force a layout. */
let left = 0;

/** @param {number} T @param {View} view */
const followedBy = (T, { t, width, phone }) => JSON.stringify([t, T, width, phone]);

/**
 * The scroll position, now or after the view's step has been scrolled into view.
 * @param {number} T @param {View} view
 */
function scrolled(T, view) {
  const stage = { left, width: view.width }, from = view.from ?? null;
  if (sight.isAsked(from)) {
    return { ...stage, left: from === null ? usual(T, view) : leftOf(from, T, view) };
  }
  return followedBy(T, view) === followed ? stage : {
    ...stage,
    left: broughtInSight(view.t, whole(T, view), stage),
  };
}

/** @param {number} T @param {View} view */
const whole = (T, view) => geometry(T, { ...view, columns: undefined });

/** Where a picture is scrolled to that nobody has scrolled. @param {number} T @param {View} view */
const usual = (T, view) => broughtInSight(view.t, whole(T, view), { left: 0, width: view.width });

/** Where a step is the first in sight. @param {number} from @param {number} T @param {View} view */
function leftOf(from, T, view) {
  const { c, W } = whole(T, view), before = from ? (view.lead ?? 0) + c * from : 0;
  return Math.round(Math.max(0, Math.min(W - view.width, before)));
}

/**
 * The first step in sight, null where it is the usual one; the address is to name it.
 * @param {number} T @param {View} view
 */
export function firstInSight(T, view) {
  const { c, W } = whole(T, view), unscrolled = Math.min(usual(T, view), Math.max(0, W - view.width));
  const step = (/** @type {number} */ x) => Math.max(0, Math.round((x - (view.lead ?? 0)) / c));
  const first = step(left), from = first === step(unscrolled) ? null : first;
  sight.writes(from, view.from ?? null);
  return from;
}

/**
 * Which columns are drawn.
 * @param {number} T @param {View} view @param {View["columns"]} [before] the columns drawn so far
 */
export function columnsOf(T, view, before) {
  const sight = inSight(T, geometry(T, { ...view, columns: undefined }), scrolled(T, view));
  return columnsFor(T, sight, before);
}

/**
 * Move the band to the view's step, or where none is selected to the loss that is followed, and scroll the step into view.
 * @param {Result} result @param {View} view
 */
export function showPlayhead(result, view) {
  const { at, isSelected, present, s, story, t } = view, isFollowed = s !== null && !story;
  placePlayhead(byId("playhead"), result.tokens.length, { ...view, t: isSelected ? t : s ?? t });
  byId("playhead").hidden = !(isSelected || isFollowed) || at?.phase === "update" || Boolean(present && at); // the update belongs to no step; on the wall what plays is lit
  follow(result.tokens.length, view);
}

/**
 * Move a band to the view's step.
 * @param {HTMLElement} bar @param {number} T @param {View} view
 */
export function placePlayhead(bar, T, view) {
  const { c, cx, H } = geometry(T, view), width = c - (c >= 120 ? 10 : 2);
  bar.style.width = inUnits(width);
  bar.style.height = inUnits(H - 4);
  bar.style.transform = `translateX(${inUnits(cx(view.t) - width / 2)})`;
}

/**
 * Scroll the view's step into view once; afterwards the reader may scroll away.
 * @param {number} T @param {View} view
 */
export function follow(T, view) {
  const target = scrolled(T, view).left;
  if (target !== left) {
    byId("scroll").scrollLeft = target * unit();
    left = byId("scroll").scrollLeft / unit();
  }
  followed = followedBy(T, view);
  sight.isShown(view.from ?? null);
}

/**
 * Scrolling one picture scrolls all.
 * @param {() => void} moved
 * @param {() => void} rested called once scrolling rests
 * @returns {() => void} adds the pictures that are on the page by now
 */
export function scrollTogether(moved, rested) {
  const moves = atRest(rested);
  /** @type {Set<Element>} */
  const boxes = new Set();
  /** @type {Map<Element, number>} positions set by another box, whose scroll events are ignored */
  const put = new Map();
  const listen = (/** @type {Element} */ box) =>
    box.addEventListener("scroll", () => {
      if (box.id === "scroll") {
        left = box.scrollLeft / unit();
        moved();
        moves();
      }
      const echo = put.get(box) === box.scrollLeft;
      put.delete(box);
      if (echo) return;
      for (const other of boxes) {
        if (other.scrollLeft === box.scrollLeft) continue;
        other.scrollLeft = box.scrollLeft;
        put.set(other, other.scrollLeft);
      }
    });
  const join = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      if (boxes.has(box)) continue;
      boxes.add(box);
      listen(box);
    }
  };
  join();
  return join;
}
