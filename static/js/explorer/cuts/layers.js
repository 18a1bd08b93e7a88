// Cutting by hand in the graph and in the credit matrix, as far as the address does not hide what that changes.

import { byId } from "../../lib/dom.js";
import { hidden } from "../../page/visibility.js";
import { isDrawn } from "../render.js";
import { pointAt } from "../show.js";
import { layerOver } from "./layer.js";
import { inGraph, inMatrix } from "./places.js";

/** @typedef {ReturnType<typeof layerOver>} Layer */

/** Where each figure can be taken hold of. @type {Record<string, (result: Result, view: View) => import("./places.js").Places | null>} */
const FIGURES = { graph: inGraph, credit: inMatrix };

/** The status line tells the numbers of the arrow that is pointed at: of h, or of c below it. @param {number | null} t @param {number} [row] */
const pointed = (t, row) => pointAt(t === null ? null : { kind: "backward", t, ...(row ? { of: "c" } : {}) });

/** @type {Map<string, Layer>} */
const layers = new Map();

/**
 * @param {import("../../page/query.js").Params} params of the address, which a drag changes before there is a result
 * @param {Seen} seen
 * @param {{result: Result, view: View} | null} picture on the screen
 * @param {(values: Record<string, string>, settled: boolean) => void} change
 */
export function showLayers(params, seen, picture, change) {
  const locked = hidden(seen), isLocked = (/** @type {string} */ name) => locked.includes(name);
  const own = params.truncation === "cuts";
  const mayCut = !isLocked("cuts") && (own || !isLocked("truncation")),
    mayMove = !isLocked(own ? "cuts" : "k");
  for (const [name, placesOf] of Object.entries(FIGURES)) {
    const isTold = picture?.view.story && picture.view.story.beat < 3; // the scissors of the story come last
    const places = picture && isDrawn(name) && !picture.view.fold && !isTold
      ? placesOf(picture.result, picture.view)
      : null;
    if (!layers.has(name) && places) layers.set(name, layerOver(byId(name), change, pointed));
    layers.get(name)?.show(picture && places && { params, result: picture.result, places, mayCut, mayMove });
  }
}
