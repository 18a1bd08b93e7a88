// The edges and cut lines of a figure as buttons and sliders over it: an edge is cut or healed, a line is dragged.

import { element } from "../../lib/dom.js";
import { subscript } from "../../lib/format.js";
import { svg } from "../../lib/svg.js";
import { words } from "../../lib/words.js";
import { cutsOf, moved, nextFree, toggled } from "./edits.js";
import { inUnits, unit } from "../../lib/unit.js";

/** @typedef {import("../../page/query.js").Params} Params */
/** @typedef {import("./places.js").Places} Places */
/** @typedef {{params: Params, result: Result, places: Places, mayCut: boolean, mayMove: boolean}} Shown what the address and the picture say; mayCut, mayMove: whether what that changes is not hidden from the reader */
/** @typedef {HTMLElement & {at: number, row?: number}} At an element that stands before this step, on the arrows of a vector */

const NARROWEST = 18, FINGER = 44; // px: the least width of a button
const MOVED = 4; // px: less is a click
const CHIP = 76; // px: half of the widest text beside the pointer
const ROOM_FOR_GRIP = 30; // px between two lines: closer grips show under the pointer alone
const ROOM_FOR_ARROWS = 96; // px between two lines: closer grips have no arrows beside their scissors
const GRASPED = 12; // px: the least width of a line
const ROOM_BESIDE = 62; // px of a column: in less, the losses stand where such a grip would be
const GRIP = 14; // px from the top to the middle of a grip
const KEYS = /** @type {Record<string, 1 | -1>} */ ({
  ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 },
});

/**
 * @param {HTMLElement} figure in its stage
 * @param {(values: Record<string, string>, settled: boolean) => void} change
 * @param {(t: number | null, row?: number) => void} pointed the edge before step t is pointed at, or none
 */
export function layerOver(figure, change, pointed) {
  const edges = element("div", { class: "edges", role: "group", "aria-label": words("cut_layer.edges") });
  const lines = element("div", { class: "cut-lines", role: "group", "aria-label": words("cut_layer.lines") });
  const chip = element("div", { class: "cut-chip", "aria-hidden": "true" });
  const layer = element("div", { class: "cut-layer" }, lines, edges, chip);
  figure.before(layer);
  chip.hidden = true;
  /** @type {Shown | null} */
  let shown = null;
  /** @type {number[]} the present cuts */
  let cuts = [];
  /** @type {At[]} */
  let buttons = [];
  /** @type {At[]} those on the arrows of a second vector: for the pointer alone, since both are cut at once */
  let others = [];
  /** @type {At[]} in the order of their steps */
  let sliders = [];
  /** @type {{line: At, from: number, x: number, isMoved: boolean, params: Params, cuts: number[]} | null} */
  let drag = null;
  let layout = "";
  let isDone = false; // whether the press on a line was a drag or was given up, so that its click does nothing
  /** @type {At | null} the button whose text is beside it */
  let told = null;

  const isOwn = () => shown?.params.truncation === "cuts";

  /** @param {Shown | null} now null: nothing can be taken hold of */
  function show(now) {
    shown = now;
    layer.hidden = !now;
    if (!now) return;
    const { places: { T, steps, c, y, width, x, repeats }, params, result, mayCut } = now;
    cuts = cutsOf(params, result);
    edges.hidden = !mayCut || T < 2 || (repeats && c < FINGER && isUnderFinger());
    layer.classList.toggle("lines-above", now.places.linesAbove);
    const wanted = JSON.stringify([
      T,
      steps[0],
      steps.length,
      c,
      y,
      width,
      x(1),
      document.documentElement.lang,
    ]);
    if (wanted !== layout) layEdges(now.places);
    layout = wanted;
    const cut = new Set(cuts);
    for (const button of [...buttons, ...others]) sayEdge(button, cut.has(button.at));
    showLines(now);
  }

  /** @param {Places} places */
  function layEdges({ steps, x, y, high, gap, c }) {
    const focused = buttons.find((button) => button === document.activeElement)?.at;
    const width = Math.min(c, Math.max(gap, isUnderFinger() ? FINGER : NARROWEST));
    const row = (/** @type {number} */ i, hidden = {}) =>
      steps.filter((t) => t > 0).map((t) => {
        const button = /** @type {At} */ (
          element("button", { type: "button", class: "edge", tabindex: "-1", ...hidden })
        );
        button.append(icon("icon", SCISSORS));
        Object.assign(button, { at: t, row: i });
        button.dataset.y = String(y[i]);
        Object.assign(button.style, {
          ...{ left: inUnits(x(t)), top: inUnits(y[i]) },
          ...{ width: inUnits(width), height: inUnits(high) },
        });
        return button;
      });
    buttons = row(0);
    others = y.slice(1).flatMap((_, i) => row(i + 1, { "aria-hidden": "true" }));
    edges.replaceChildren(...buttons, ...others);
    const first = buttons.find(({ at }) => at === focused) ?? buttons[0];
    if (first) first.tabIndex = 0;
    if (focused !== undefined) first?.focus({ preventScroll: true });
  }

  /** @param {At} button @param {boolean} isCut */
  function sayEdge(button, isCut) {
    if (button.classList.contains("is-cut") === isCut && button.hasAttribute("aria-label")) return;
    const name = words(isCut ? "cut_layer.heal" : "cut_layer.cut", arrowBefore(button.at));
    button.setAttribute("aria-label", name);
    button.classList.toggle("is-cut", isCut);
    if (button === told) tell(name, button.at, Number(button.dataset.y));
  }

  /** @param {Shown} now */
  function showLines({ places, params, mayMove }) {
    const can = mayMove && ["blocks", "cuts"].includes(String(params.truncation)) && places.hasLines(cuts);
    const still = drag && isOwn() ? without(cuts, drag.line.at) : cuts;
    const [first, last] = [places.steps[0], places.steps[places.steps.length - 1]];
    const at = can ? still.filter((t) => t >= first && t <= last) : [];
    const nearest = Math.min(...at.slice(1).map((t, i) => places.x(t) - places.x(at[i])));
    const finger = Math.min(FINGER, places.gap, places.c / 2);
    lines.style.setProperty("--grasped", inUnits(isUnderFinger() ? Math.max(GRASPED, finger) : GRASPED));
    lines.classList.toggle("is-dense", nearest < ROOM_FOR_GRIP);
    lines.classList.toggle("is-roomy", nearest > ROOM_FOR_ARROWS && places.c > ROOM_BESIDE);
    const free = drag && isOwn() ? sliders.filter((line) => line !== drag?.line) : sliders;
    while (free.length < at.length) free.push(newLine());
    at.forEach((t, i) => place(free[i], t, places, params));
    for (const line of free.slice(at.length)) {
      const hadFocus = line === document.activeElement && line !== drag?.line; // which hiding it takes away
      line.hidden = true;
      if (hadFocus) buttonAt(line.at)?.focus({ preventScroll: true });
    }
    sliders = drag && isOwn() ? [...free, drag.line] : free;
    sliders.forEach((line, i) => {
      line.tabIndex = isOwn() || i === 0 ? 0 : -1; // lines of blocks all move k
    });
    if (!drag) return;
    drag.line.hidden = false;
    if (isOwn()) place(drag.line, drag.line.at, places, params);
    else if (free.indexOf(drag.line) >= at.length) place(drag.line, last + 1, places, params); // k cuts nothing here
    tell(drag.line.getAttribute("aria-valuetext") ?? "", drag.line.at, GRIP);
  }

  /** @param {At} line @param {number} t @param {Places} places @param {Params} params */
  function place(line, t, { T, x, bottom }, params) {
    const at = JSON.stringify([t, x(t), bottom(t), T, params.truncation, params.k]);
    if (line.dataset.at === at && !line.hidden) return;
    line.dataset.at = at;
    const own = params.truncation === "cuts", k = Number(params.k);
    line.at = t;
    line.hidden = false;
    line.style.transform = `translateX(${inUnits(x(t))})`;
    line.style.height = inUnits(bottom(t));
    line.setAttribute("aria-label", words(own ? "cut_layer.line" : "cut_layer.line_k"));
    line.setAttribute("aria-valuemin", "1");
    line.setAttribute("aria-valuemax", String(own ? T - 1 : T));
    line.setAttribute("aria-valuenow", String(own ? t : k));
    line.setAttribute(
      "aria-valuetext",
      own
        ? words("cut_layer.at", { t, ...arrowBefore(t) })
        : words("cut_layer.k", { k, n: Math.ceil(T / k) }),
    );
  }

  function newLine() {
    const line = /** @type {At} */ (element("div", { class: "cut-line", role: "slider", tabindex: "-1" }));
    const pill = element(
      "span",
      { class: "icon", "aria-hidden": "true" },
      icon("", [CHEVRONS[0]]),
      icon("", SCISSORS),
      icon("", [CHEVRONS[1]]),
    );
    line.append(element("span", { class: "grip" }, pill));
    line.addEventListener("pointerdown", (event) => grasp(line, event));
    line.addEventListener("pointermove", pull);
    line.addEventListener("pointerup", () => letGo(true));
    line.addEventListener("pointercancel", () => letGo(false));
    line.addEventListener("click", () => isDone || !shown?.mayCut || change(toggled(cuts, line.at), true));
    line.addEventListener("keydown", moveByKey);
    line.addEventListener("pointerenter", () => drag || tellLine(line));
    line.addEventListener("focus", () => line.matches(":focus-visible") && tellLine(line));
    for (const event of ["pointerleave", "blur"]) line.addEventListener(event, () => drag || hush());
    lines.append(line);
    return line;
  }

  /** @param {At} line */
  const tellLine = (line) => tell(line.getAttribute("aria-valuetext") ?? "", line.at, GRIP);

  /** @param {At} line @param {PointerEvent} event */
  function grasp(line, event) {
    if (event.button || !shown) return;
    event.preventDefault(); // no text is selected
    line.setPointerCapture(event.pointerId);
    line.focus({ preventScroll: true });
    line.classList.add("is-dragged");
    drag = { line, from: line.at, x: event.clientX, isMoved: false, params: shown.params, cuts };
    isDone = false;
    document.addEventListener("keydown", giveUp, { capture: true });
  }

  /** Escape: the line goes back to where it was taken hold of. @param {KeyboardEvent} event */
  function giveUp(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation(); // nothing else is left by it
    letGo(false);
  }

  /** @param {PointerEvent} event */
  function pull(event) {
    if (!drag || !shown) return;
    const { places: { T, x, c } } = shown, dx = (event.clientX - drag.x) / unit();
    drag.isMoved ||= Math.abs(dx) > MOVED;
    if (!drag.isMoved) return;
    const to = Math.round((x(drag.from) + dx - x(0)) / c);
    moveTo(Math.max(1, Math.min(isOwn() ? T - 1 : T, to)), false);
  }

  /** @param {number} to @param {boolean} settled */
  function moveTo(to, settled) {
    if (!drag || !shown) return;
    const values = moved(drag.params, drag.cuts, drag.from, to);
    if (isOwn()) drag.line.at = to;
    const isNew = Object.entries(values).some(([name, value]) => String(shown?.params[name]) !== value);
    if (isNew || settled) change(values, settled);
  }

  /** @param {boolean} done false: it is given up, or the browser took the pointer away */
  function letGo(done) {
    document.removeEventListener("keydown", giveUp, { capture: true });
    if (!drag || !shown) return;
    const { line, from, isMoved } = drag, to = isOwn() ? line.at : null;
    const now = to === null ? { k: String(shown.params.k) } : moved(drag.params, drag.cuts, from, to);
    const before = drag.params;
    line.classList.remove("is-dragged");
    drag = null;
    isDone = isMoved || !done;
    hush();
    sliders.sort((a, b) => a.at - b.at); // each keeps its cut
    if (isMoved) change(done ? now : { k: String(before.k), cuts: String(before.cuts) }, true);
  }

  /** @param {KeyboardEvent} event */
  function moveByKey(event) {
    const line = /** @type {At} */ (event.currentTarget), by = KEYS[event.key];
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const { params, places: { T }, mayCut } = shown, own = isOwn(), k = Number(params.k);
    if (["Delete", "Backspace", "Enter", " "].includes(event.key)) {
      event.preventDefault();
      if (mayCut) change(toggled(cuts, line.at), true);
      return;
    }
    const end = { Home: 1, End: own ? T - 1 : T }[event.key];
    if (!by && !end) return;
    event.preventDefault();
    if (!own) return change({ k: String(end ?? Math.max(1, Math.min(T, k + by))) }, true);
    const to = end === undefined ? nextFree(cuts, line.at, by, T - 1) : cuts.includes(end) ? line.at : end;
    if (to === line.at) return;
    const from = line.at;
    line.at = to;
    sliders.sort((a, b) => a.at - b.at); // the line with the focus stays the one that moves
    change(moved(params, cuts, from, to), true);
    tellLine(line);
  }

  /** @param {number} t */
  const buttonAt = (t) => buttons.find(({ at }) => at === t) ?? buttons[0];

  /** @param {Event} event @returns {At | null} */
  const edgeOf = ({ target }) => /** @type {Element} */ (target).closest?.(".edge") ?? null;

  edges.addEventListener("click", (event) => {
    const button = edgeOf(event);
    if (button && shown) change(toggled(cuts, button.at), true);
  });
  edges.addEventListener("pointerdown", (event) => { // the scissors are a place of their line, too
    const t = edgeOf(event)?.at, line = sliders.find((it) => it.at === t && !it.hidden);
    if (line) grasp(line, event);
  });
  edges.addEventListener("keydown", (event) => {
    const button = edgeOf(event), by = KEYS[event.key];
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = by
      ? buttons[buttons.indexOf(button) + by]
      : { Home: buttons[0], End: buttons[buttons.length - 1] }[event.key];
    if (by || next) event.preventDefault();
    if (!next) return;
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  for (const event of ["pointerover", "focusin"]) {
    edges.addEventListener(event, (it) => {
      const button = edgeOf(it);
      if (!button || (event === "focusin" && !button.matches(":focus-visible"))) return;
      told = button;
      tell(button.getAttribute("aria-label") ?? "", button.at, Number(button.dataset.y));
      pointed(button.at, button.row);
    });
  }
  for (const event of ["pointerout", "focusout"]) {
    edges.addEventListener(event, () => {
      hush();
      pointed(null);
    });
  }

  /** Write beside a mark what it does. @param {string} text @param {number} t @param {number} y */
  function tell(text, t, y) {
    if (!shown) return;
    const { x, width, beside } = shown.places;
    chip.textContent = text;
    chip.hidden = false;
    const isLeft = beside && x(t) > width / 2, half = beside ? 0 : CHIP;
    chip.style.left = inUnits(Math.max(half, Math.min(width - half, x(t))));
    chip.style.top = inUnits(y);
    chip.classList.toggle("is-below", y < 60 && !beside);
    chip.classList.toggle("is-right", beside && !isLeft);
    chip.classList.toggle("is-left", isLeft);
  }

  function hush() {
    told = null;
    chip.hidden = true;
  }

  return { show };
}

const isUnderFinger = () => matchMedia("(pointer: coarse)").matches;

/** @param {number[]} cuts @param {number} t */
const without = (cuts, t) => cuts.filter((cut) => cut !== t);

/** @param {number} t */
const arrowBefore = (t) => ({ from: `h${subscript(t)}`, to: `h${subscript(t - 1)}` });

const CHEVRONS = ["M11 5.5L6.5 10L11 14.5", "M7 5.5L11.5 10L7 14.5"];
const SCISSORS = [
  "M4.2 4.2a2 2 0 1 0 .1 0zM4.2 11.8a2 2 0 1 0 .1 0z",
  "M6 7.2L15.5 13M6 12.8L15.5 7",
];

/** @param {string} name @param {string[]} strokes */
function icon(name, strokes) {
  return svg(
    "svg",
    { ...(name && { class: name }), viewBox: "1.5 3 15.5 14", "aria-hidden": "true" },
    ...strokes.map((d) => svg("path", { d })),
  );
}
