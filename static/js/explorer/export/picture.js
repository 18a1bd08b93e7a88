// Standalone picture of the graph (SVG or PNG), with title, row names, legend and link.

import { svg } from "../../lib/svg.js";

const HEAD = 48, FOOT = 84, MARGIN = 16;
const SHARPNESS = 2;

/**
 * @param {SVGSVGElement} graph what Plotly drew
 * @param {{title: string, link: string, gutter: Tick[], legend: SVGElement[], view: View}} around
 * @returns {{source: string, width: number, height: number}}
 */
export function standalone(graph, { title, link, gutter, legend, view }) {
  const inner = { width: Number(graph.getAttribute("width")), height: Number(graph.getAttribute("height")) };
  const side = Math.max(104, view.gutter), { colors, font } = view;
  const keys = legend.map((node) => ({ node, width: Number(node.getAttribute("width")) }));
  const width = Math.max(
    side + inner.width + MARGIN,
    keys.reduce((sum, key) => sum + key.width + 20, 2 * MARGIN),
    640,
  );
  const height = HEAD + inner.height + FOOT,
    root = svg("svg", {
      ...{ xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
      "font-family": font,
    });
  root.removeAttribute("style");
  graph.setAttribute("x", String(side));
  graph.setAttribute("y", String(HEAD));
  root.append(
    svg("title", {}, title),
    svg("rect", { width, height, fill: colors.background }),
    svg("text", { x: MARGIN, y: 31, fill: colors.ink, "font-size": 19, "font-weight": 700 }, title),
    ...gutter.flatMap((tick) => rowName(tick, side, colors)),
    graph,
  );
  let x = MARGIN;
  for (const key of keys) {
    const copy = /** @type {SVGElement} */ (key.node.cloneNode(true));
    copy.removeAttribute("style"); // of the page
    copy.setAttribute("x", String(x));
    copy.setAttribute("y", String(HEAD + inner.height + 6));
    root.append(copy);
    x += key.width + 20;
  }
  root.append(svg("text", { x: MARGIN, y: height - 14, fill: colors.muted, "font-size": 13 }, link));
  return { source: new XMLSerializer().serializeToString(root), width, height };
}

/** @param {Tick} tick @param {number} side @param {Record<string, string>} colors */
function rowName({ word, y, symbol, subscript = "", lane }, side, colors) {
  const fill = lane === "forward" ? colors.forward : lane ? colors.backward : colors.muted;
  const name = { x: side - 14, fill, "font-size": 15, "text-anchor": "end" };
  if (!symbol) return [svg("text", { ...name, y: HEAD + y + 5 }, word)];
  const sub = svg("tspan", { "font-size": 13, dy: 5 }, subscript);
  const letter = { x: side - 14, fill: lane ? fill : colors.ink, "font-size": 21, "text-anchor": "end" };
  return [
    svg(
      "text",
      {
        ...letter,
        y: HEAD + y + (word ? -1 : 6),
        "font-family": "Georgia, serif",
        "font-style": "italic",
        "font-weight": 600,
      },
      symbol,
      sub,
    ),
    svg("text", { ...name, y: HEAD + y + 19 }, word),
  ];
}

/**
 * The picture as a PNG, twice as sharp.
 * @param {{source: string, width: number, height: number}} picture
 * @returns {Promise<Blob>}
 */
export async function rasterized({ source, width, height }) {
  const image = new Image();
  const ready = new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await ready;
  const canvas = document.createElement("canvas");
  canvas.width = SHARPNESS * width;
  canvas.height = SHARPNESS * height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture")), "image/png")
  );
}
