// The sheet around an exported drawing: legend, caption, check and link, as one SVG that stands alone.

import { textWidth } from "../../plot/figure.js";
import { svg } from "../../lib/svg.js";
import { plain } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Drawing} Drawing */
/**
 * @typedef {object} Around
 * @property {string} title what the drawing shows, in words
 * @property {string} caption the finding of a panel, or nothing
 * @property {string} link
 * @property {string} check how the numbers were checked, or nothing
 * @property {string} version of the program
 * @property {Drawing[]} legend
 * @property {SVGElement | null} code the QR code of the link
 * @property {{caption: boolean, legend: boolean, slide: boolean}} with slide: as wide as a slide of 16:9
 * @property {Record<string, string>} colors of the theme
 * @property {string} font
 */

const MARGIN = 20, GAP = 18; // px
const TYPE = 14, SMALL = 12; // px
const LEAST = 480; // px: a narrower drawing leaves no room for its caption
const CODE = 84; // px of a QR code
const CHARACTER = 0.56; // of its size, on average: where a caption breaks

/** @param {Drawing} drawing @param {Around} around @returns {Drawing} */
export function sheetOf(drawing, around) {
  const { colors, font, legend, code } = around, has = around.with;
  const inner = Math.max(LEAST, drawing.width), room = inner - (code ? CODE + GAP : 0);
  const rows = has.legend ? rowsOf(legend, inner) : [];
  const lines = has.caption ? captionLines(around, room) : [];
  const top = MARGIN, legendTop = top + drawing.height + (rows.length ? GAP : 0);
  const textTop = legendTop + rows.reduce((sum, row) => sum + row.height, 0);
  const textHeight = lines.reduce((sum, { size }) => sum + 1.45 * size, 0);
  const foot = Math.max(lines.length ? textHeight + GAP : 0, code ? CODE + GAP : 0);
  const least = { width: inner + 2 * MARGIN, height: textTop + foot + MARGIN };
  const { width, height } = has.slide
    ? slideOf(least)
    : { width: least.width, height: Math.ceil(least.height) };
  const left = Math.round((width - inner) / 2), down = Math.round((height - least.height) / 2);
  const content = [placed(drawing, (inner - drawing.width) / 2, top)];
  let y = legendTop;
  for (const row of rows) {
    let x = 0;
    for (const key of row.keys) {
      content.push(placed(key, x, y + (row.height - key.height) / 2));
      x += key.width + GAP;
    }
    y += row.height;
  }
  let baseline = textTop + GAP;
  for (const { words, end, size, weight, color } of lines) {
    baseline += 1.45 * size;
    const style = { y: baseline - 0.4 * size, fill: color, "font-size": size, "font-weight": weight };
    content.push(svg("text", { x: 0, ...style }, words));
    if (end) content.push(svg("text", { x: room, ...style, "text-anchor": "end" }, end));
  }
  if (code) content.push(coded(code, inner - CODE, textTop + GAP));
  const root = svg(
    "svg",
    {
      ...{ xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
      "font-family": font,
    },
    svg("title", {}, around.title),
    svg("desc", {}, [around.caption, around.check, around.link, around.version].filter(Boolean).join("\n")),
    svg("rect", { width, height, fill: colors.background }),
    svg("g", { transform: `translate(${left} ${down})` }, ...content),
  );
  return { node: plain(root), width, height };
}

/** The least sheet of 16:9 that holds another one. @param {{width: number, height: number}} least */
function slideOf({ width, height }) {
  const units = Math.ceil(Math.max(width / 16, height / 9));
  return { width: 16 * units, height: 9 * units };
}

/** @param {Drawing} drawing @param {number} x @param {number} y */
function placed({ node }, x, y) {
  node.setAttribute("x", String(Math.round(x)));
  node.setAttribute("y", String(Math.round(y)));
  return node;
}

/** @param {SVGElement} code @param {number} x @param {number} y */
function coded(code, x, y) {
  for (const [name, value] of Object.entries({ x, y, width: CODE, height: CODE })) {
    code.setAttribute(name, String(value));
  }
  return code;
}

/** Entries of a legend beside each other, in as many rows as they need. @param {Drawing[]} keys @param {number} room */
export function rowsOf(keys, room) {
  /** @type {{keys: Drawing[], width: number, height: number}[]} */
  const rows = [];
  for (const key of keys) {
    const last = rows[rows.length - 1];
    if (last && last.width + GAP + key.width <= room) {
      last.keys.push(key);
      last.width += GAP + key.width;
      last.height = Math.max(last.height, key.height);
    } else rows.push({ keys: [key], width: key.width, height: key.height });
  }
  return rows;
}

/**
 * Title and check, the finding, and the link, which is cut where it is too long: the description has all of it.
 * @param {Around} around @param {number} room
 */
function captionLines({ title, caption, check, link, colors }, room) {
  const heading = { size: TYPE, weight: 700, color: colors.ink },
    note = { size: TYPE, weight: 400, color: colors.muted };
  const small = { size: SMALL, weight: 400, color: colors.muted };
  const free = room - (check ? textWidth(check, TYPE) + GAP : 0);
  const titles = broken(title, free, TYPE);
  return [
    ...titles.map((words, i) => ({ words, end: i ? "" : check, ...heading })),
    ...broken(caption, room, TYPE).map((words) => ({ words, end: "", ...note })),
    { words: shortened(link, room), end: "", ...small },
  ];
}

/** A text in lines of at most so many px. @param {string} text @param {number} room @param {number} size */
export function broken(text, room, size) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= room) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** @param {string} link @param {number} room */
export function shortened(link, room) {
  const most = Math.floor(room / (SMALL * CHARACTER));
  return link.length <= most ? link : `${link.slice(0, most - 1)}…`;
}
