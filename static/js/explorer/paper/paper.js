// The explorer on paper: one page of A4 with the picture, the credit matrix in its columns, and the numbers, drawn for paper
// while the browser prints (visible on paper alone: static/css/paper.css).

import { byId, element } from "../../lib/dom.js";
import { grow } from "../../lib/tree.js";
import { placeholder } from "../../page/cover.js";
import { namesPart } from "../../page/name-list.js";
import { applyTheme, colors } from "../../page/theme.js";
import * as early from "../../plot/early.js";
import { carriesTwo } from "../../plot/gated-rows.js";
import { legend } from "../legend.js";
import { isOpen, offered } from "../panel-list.js";
import { isVeiled } from "../panel-veil.js";
import * as graph from "../panels/graph.js";
import { penOf } from "../unrolled/pen.js";
import { marksIn } from "../unrolled/selectors.js";
import * as code from "./code.js";
import { check, facts, settings, title } from "./heading.js";
import { matrix } from "./matrix.js";
import { numbers } from "./numbers.js";

/** @typedef {{result: Result, view: View, link: string, path: string}} Picture */

const WIDTH = 700, GUTTER = 104, ROOM = WIDTH - GUTTER; // px: A4 within its margins, the names, the columns
const HEIGHT = 385, TWO_STATES = 430, MATRIX = 300; // px of the picture, of one with gates between two states, and at most
const TIGHTEST = 19.2, MOST = 48; // px of a column, and columns that are not too small on paper

/** @param {() => Picture | null} picture what is on the screen */
export function listen(picture) {
  loadSheet();
  code.listen(picture);
  addEventListener("beforeprint", () => {
    remove();
    const now = picture();
    if (!now || !isForPaper(now)) return;
    byId("main").before(paper(now));
    document.body.classList.add("on-paper");
    document.body.classList.toggle("with-panels", offered().some(({ name }) => isOpen(name)));
  });
  addEventListener("afterprint", remove);
}

/** The style sheet of the page, which lies beside all words. */
function loadSheet() {
  const { all_words: path } = JSON.parse(byId("data").textContent ?? "");
  const href = path?.replace(/words\/.*/, "css/paper.css");
  if (href) document.head.append(element("link", { rel: "stylesheet", href }));
}

function remove() {
  document.body.classList.remove("on-paper", "with-panels");
  document.querySelector(".print-page")?.remove();
}

/** Whether there is a page for it; a moment, the folded view, a frame, the wall and long sequences are printed as they are shown. @param {Picture} picture */
const isForPaper = ({ result, view }) =>
  !(view.at || view.fold || view.present || result.window || document.body.classList.contains("embedded"));

/** @param {Picture} picture */
function paper({ result, view: shown, link, path }) {
  const view = onPaper(result, shown), { words, veil } = view, parts = offered().map(({ name }) => name);
  const qr = code.codeOf({ link, path });
  const has = (/** @type {string} */ name) => parts.includes(name) && !isVeiled(name, view);
  const isAsked = marksIn(veil).length > 0; // the matrix would tell what is covered in the picture
  return element(
    "article",
    { class: "print-page drawing" },
    element(
      "header",
      {},
      element(
        "div",
        {},
        element("p", { class: "site-name" }, words("site.name")),
        element("h1", {}, title(result.params, words)),
        element("p", { class: "settings" }, `${settings(result, view)} · `, ...facts(result, view)),
      ),
      ...(qr ? [qr] : []),
    ),
    picture(result, view),
    element(
      "div",
      { class: "legend" },
      ...(namesPart(veil, "legend") ? [placeholder()] : ownColors(legend(result, view))),
    ),
    ...(has("credit") && !isAsked ? [credit(result, view)] : []),
    ...(has("numbers")
      ? [element("section", {}, element("h2", {}, words("paper.numbers")), ...numbers(result, view))]
      : []),
    element(
      "footer",
      {},
      element("span", {}, readable(link)),
      element("span", {}, check(result, view)),
    ),
  );
}

/** The view as paper has it: light, as wide as the page, and of many steps those that are in sight. @param {Result} result @param {View} view @returns {View} */
function onPaper({ params, tokens: { length: T } }, view) {
  const high = carriesTwo(String(params.cell)) ? TWO_STATES : HEIGHT;
  const shown = Math.min(T, MOST), start = Math.min(view.columns?.start ?? 0, T - shown);
  return {
    ...view,
    width: Math.max(ROOM, wide(T)),
    ...{
      height: Math.round(high * Math.max(1, wide(shown) / ROOM)),
      gutter: GUTTER,
      phone: false,
      unit: 1,
      dark: false,
      colors: lightColors(),
    },
    ...{ story: null, present: false, room: undefined, below: undefined },
    columns: { start, stop: start + shown },
  };
}

/** The name of a row beside the picture. @param {Tick} row */
function rowName({ word, y, symbol, subscript = "", lane, shift = 0 }) {
  const name = symbol ? [element("b", {}, symbol, element("sub", {}, subscript)), word] : [word];
  const node = element("div", lane ? { class: `lane ${lane}` } : {}, ...name);
  node.style.top = `${y}px`;
  node.style.setProperty("--shift", `${shift}px`);
  return node;
}

/** The colors of the light theme, whichever is on the screen. */
function lightColors() {
  const { theme = null } = document.documentElement.dataset;
  applyTheme("light");
  const light = colors();
  applyTheme(theme);
  return light;
}

/** The least width of so many columns. @param {number} steps */
const wide = (steps) => Math.ceil(TIGHTEST * steps) + 5;

/** @param {Result} result @param {View} view */
function picture(result, view) {
  const figure = graph.draw(result, view),
    { width, height } = /** @type {{width: number, height: number}} */ (figure.layout);
  const drawn = /** @type {SVGElement} */ (early.drawn(figure)), scale = Math.min(1, ROOM / width);
  drawn.setAttribute("viewBox", drawn.getAttribute("viewBox") ?? `0 0 ${width} ${height}`);
  Object.assign(drawn.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  const names = element("div", { class: "gutter" }, ...graph.gutter(result, view).map(rowName));
  names.style.zoom = String(scale);
  names.style.width = `${GUTTER / scale}px`;
  return element("div", { class: "axis" }, names, drawn);
}

/** Drawings with a scale of their own: the page's, of the same name, is not painted on paper. @param {SVGElement[]} drawings */
function ownColors(drawings) {
  for (const drawing of drawings) {
    for (const scale of drawing.querySelectorAll("linearGradient")) {
      const name = `paper-${scale.id}`;
      for (const used of drawing.querySelectorAll(`[fill="url(#${scale.id})"]`)) {
        used.setAttribute("fill", `url(#${name})`);
      }
      scale.id = name;
    }
  }
  return drawings;
}

/** @param {Result} result @param {View} view */
function credit(result, view) {
  const { left, c, W } = penOf(result, view), T = result.tokens.length, isWhole = T <= MOST;
  const scale = Math.min(1, ROOM / W);
  const columns = isWhole ? { left: GUTTER + scale * left, c: scale * c } : { left: GUTTER, c: ROOM / T };
  const drawn = grow(
    matrix(result, view, { gutter: GUTTER, width: WIDTH, most: MATRIX, ...columns }),
  );
  const { words } = view;
  return element(
    "section",
    {},
    element(
      "h2",
      {},
      words("paper.matrix"),
      " ",
      element(
        "small",
        {},
        words(result.cells_kept < result.cells_total ? "paper.credit_cut" : "paper.credit"),
      ),
    ),
    drawn,
  );
}

/** An address with the letters that stand for its codes. @param {string} link */
function readable(link) {
  try {
    return decodeURI(link);
  } catch {
    return link;
  }
}
