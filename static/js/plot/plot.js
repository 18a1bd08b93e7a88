// Plotly on the page: the only module that calls Plotly.

import { byId, element } from "../lib/dom.js";
import { waitForFonts } from "../lib/fonts.js";
import { unit } from "../lib/unit.js";
import { enlarged, enlargedShapes } from "./enlarge.js";

const PLOTLY_AGAIN = 3000; // ms
const SWIPED = 4; // px
/** @type {Promise<void> | undefined} */
let plotly;
let isReady = false;

/** Whether plotly.js is here, and the fonts: it keeps the sizes of texts that it has measured. */
export const isHere = () => isReady;

/** Load plotly.js and wait for it and for the fonts. */
export function load() {
  return plotly ??= loadScript().then(waitForFonts).then(() => {
    isReady = true;
  });
}

/** The page has plotly.js and its style sheets in a template; when loading fails it is loaded again. @returns {Promise<void>} */
function loadScript() {
  return new Promise((came) => {
    /** @param {HTMLScriptElement} script */
    const wait = (script) => {
      script.addEventListener("load", () => came());
      script.addEventListener("error", () =>
        setTimeout(() => {
          const again = newScript(); // one that has been tried never runs
          wait(again);
          script.replaceWith(again);
        }, PLOTLY_AGAIN));
    };
    insertFiles(wait);
  });
}

/**
 * Put the files of plotly.js into the page: the script runs after its style sheets, into which it writes.
 * @param {(script: HTMLScriptElement) => void} wait
 */
async function insertFiles(wait) {
  const files = filesOf(), sheets = [...files.querySelectorAll("link")], script = newScript();
  const early = element("link", { rel: "preload", as: "script", href: script.src });
  const loaded = sheets.map((sheet) =>
    new Promise((done) => ["load", "error"].forEach((event) => sheet.addEventListener(event, done)))
  );
  document.head.append(...sheets, early);
  await Promise.all(loaded);
  wait(script);
  document.head.append(script);
}

/** A new copy of the files in the template: the parser has set their addresses, as Trusted Types want it. */
const filesOf = () =>
  document.importNode(/** @type {HTMLTemplateElement} */ (byId("plotly-files")).content, true);

const newScript = () => /** @type {HTMLScriptElement} */ (filesOf().querySelector("script"));

/** @param {HTMLElement} target @param {Figure} figure */
export async function react(target, figure) {
  if (!isHere()) await load();
  await Plotly.react(target, enlarged(withRoom(figure), unit()));
}

/**
 * At least a pixel between the margins. A page that is being laid out may have less, and Plotly would then write
 * rectangles of negative size. @param {Figure} figure @returns {Figure}
 */
export function withRoom(figure) {
  const { l = 0, r = 0, t = 0, b = 0 } = /** @type {Record<string, number>} */ (figure.layout.margin ?? {});
  const { width, height } = figure.layout, least = { width: l + r + 1, height: t + b + 1 };
  if (Number(width) >= least.width && Number(height) >= least.height) return figure;
  const size = {
    width: Math.max(least.width, Number(width) || 0),
    height: Math.max(least.height, Number(height) || 0),
  };
  return { ...figure, layout: { ...figure.layout, ...size } };
}

/** @param {HTMLElement} target @param {{shapes?: object[]}} changes */
export async function relayout(target, { shapes }) {
  await Plotly.relayout(target, { shapes: enlargedShapes(shapes, unit()) });
}

/** Take a figure away. @param {HTMLElement} target */
export function purge(target) {
  Plotly.purge(target);
}

/**
 * Calls back with the point of a figure that is clicked or tapped.
 * @param {PlotlyElement} target @param {(point: Point) => void} chosen
 */
export function onTap(target, chosen) {
  const swiped = swipes(target);
  target.on("plotly_click", ({ points }) => {
    if (!swiped()) chosen(points[0]);
  });
}

/** Listen to the pointer on a figure. @param {PlotlyElement} target @param {import("./early.js").Listeners} listeners */
export function listen(target, { over, away, tapped }) {
  let isTouch = false; // a finger never leaves: what it has tapped stays, whatever moves under it
  for (const event of ["pointerdown", "pointermove"]) {
    target.addEventListener(event, (it) => {
      isTouch = /** @type {PointerEvent} */ (it).pointerType === "touch";
    }, { capture: true });
  }
  target.on("plotly_hover", ({ points }) => over(points[0]));
  target.on("plotly_unhover", () => isTouch || away());
  onTap(target, tapped);
}

/**
 * Whether the last touch scrolled the figure: Plotly reports such a swipe as a click.
 * @param {HTMLElement} target
 */
function swipes(target) {
  /** @type {DOMRect | null} where the figure was when a finger came */
  let touched = null;
  target.addEventListener("pointerdown", ({ pointerType }) => {
    touched = pointerType === "touch" ? target.getBoundingClientRect() : null;
  }, { capture: true });
  return () => {
    const { left, top } = target.getBoundingClientRect();
    return touched !== null && Math.hypot(left - touched.left, top - touched.top) > SWIPED;
  };
}
