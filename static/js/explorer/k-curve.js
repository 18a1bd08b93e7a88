// Cosine curve behind the slider of k: how much of the exact gradient's direction each k keeps.

import { byId } from "../lib/dom.js";
import { round } from "../lib/format.js";
import { svg } from "../lib/svg.js";
import { words } from "../lib/words.js";

const WIDTH = 100, HEIGHT = 36, TOP = 3, FLOOR = 28; // the floor is the slider's track

/**
 * The point of each k's cosine, for a slider from 1 to `last`.
 * @param {{k: number[], cosine: Row}} byK
 * @param {number} last
 * @returns {{x: number, y: number}[]}
 */
export function curvePoints({ k, cosine }, last) {
  return k.flatMap((value, i) => {
    const size = cosine[i];
    if (value > last || size === null) return [];
    return [{
      x: WIDTH * (last > 1 ? (value - 1) / (last - 1) : 0.5),
      y: FLOOR - (FLOOR - TOP) * Math.min(1, Math.max(0, size)),
    }];
  });
}

/**
 * @param {Result} result
 * @param {boolean} [veiled] whether it is covered
 */
export function showCurve({ by_k: byK, params }, veiled = false) {
  const slider = /** @type {HTMLInputElement} */ (byId("k")), place = wrapped(slider);
  place.querySelector("svg")?.remove();
  place.title = "";
  place.classList.remove("drawn");
  if (!byK || slider.disabled || veiled || Number(slider.max) < 2) return;
  const points = curvePoints(byK, Number(slider.max)), first = points[0], last = points[points.length - 1];
  if (!first) return;
  const chain = points.map(({ x, y }) => `${x},${y}`).join("L");
  const here = byK.k.indexOf(Math.min(Number(params.k), byK.k[byK.k.length - 1])), cosine = byK.cosine[here];
  const drawn = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { class: "area", d: `M${first.x},${FLOOR}L${chain}L${last.x},${FLOOR}Z` }),
    svg("path", { class: "line", d: `M${chain}`, "vector-effect": "non-scaling-stroke" }),
  );
  place.prepend(drawn);
  place.classList.add("drawn");
  if (cosine === null || cosine === undefined) return;
  const [at] = curvePoints({ k: [byK.k[here]], cosine: [cosine] }, Number(slider.max));
  if (!at) return; // the slider still has the range of a shorter text
  const { x, y } = at;
  drawn.append(
    svg("path", { class: "here", d: `M${x},${FLOOR}V${y}h0.01`, "vector-effect": "non-scaling-stroke" }),
  );
  place.title = words("k_curve.cosine", { cosine: round(cosine, 2) });
  slider.setAttribute("aria-valuetext", `${slider.getAttribute("aria-valuetext") ?? ""} · ${place.title}`);
}

/** Wrap the slider in a box that can hold a drawing behind it. @param {HTMLElement} slider */
function wrapped(slider) {
  const parent = /** @type {HTMLElement} */ (slider.parentElement);
  if (parent.classList.contains("k-curve")) return parent;
  const node = document.createElement("span");
  node.className = "k-curve";
  slider.replaceWith(node);
  node.append(slider);
  return node;
}
