// What is on the page as a drawing (SVG) that stands alone: figures, formulas, tables and words, each where the browser
// has put it, without buttons and sliders. Every style is written out, since the page's style sheets do not go with it.

import { svg } from "../../lib/svg.js";
import { unit } from "../../lib/unit.js";

/** @typedef {{node: SVGElement, width: number, height: number}} Drawing width, height: in px of the design, however much the page is enlarged */
/** @typedef {{out: SVGElement[], zoom: number, dx: number, dy: number, box: Box, sight: Box}} Pen dx, dy: px by which an element's box is moved; sight: what hidden overflow leaves of the page */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

// Controls, and what belongs to the hand rather than to the picture.
const LEFT_OUT =
  "script, style, template, dialog, select, button:not(.scheme), summary, input[type=range], " +
  "input[type=checkbox], input[type=radio], .explained, .hidden-words, .playhead, .skeleton, .cut-layer, " +
  "a.quiet, .hint, .hoverlayer, [aria-hidden=true].cells, [role=switch], details:not([open]) > *";
const DEFINITIONS = "defs, clipPath, mask, pattern, marker, linearGradient, radialGradient, symbol";
const SHAPES = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];
const DROPPED = /^(class|style|role|tabindex|pointer-events|aria-.*|data-.*|on.*|xmlns.*|focusable)$/;
/** Styles of a shape, and what they are where nothing is said. */
const OF_SHAPES = {
  ...{ fill: "rgb(0, 0, 0)", "fill-opacity": "1", "fill-rule": "nonzero", stroke: "none" },
  ...{ "stroke-width": "1px", "stroke-opacity": "1", "stroke-dasharray": "none", "stroke-dashoffset": "0px" },
  ...{ "stroke-linecap": "butt", "stroke-linejoin": "miter", "paint-order": "normal" },
};
const OF_TEXTS = {
  ...{ "font-family": "", "font-size": "", "font-weight": "400", "font-style": "normal" },
  ...{ "text-anchor": "start", "dominant-baseline": "auto", "letter-spacing": "normal" },
};
const OF_ALL = { opacity: "1", "clip-path": "none", "mask": "none" };
const OF_STOPS = { "stop-color": "rgb(0, 0, 0)", "stop-opacity": "1" };
const STYLES = [OF_SHAPES, OF_TEXTS, OF_ALL, OF_STOPS].flatMap((styles) => Object.keys(styles));

/**
 * Elements of the page, together.
 * @param {Element[]} elements in the order in which they are painted
 * @returns {Drawing}
 */
export function drawingOf(elements) {
  const zoom = elements[0]?.currentCSSZoom ?? 1;
  /** @type {Pen} */
  const pen = { out: [], zoom, dx: 0, dy: 0, box: nothing(), sight: everything() };
  for (const element of elements) add(element, pen);
  const { left, top, right, bottom } = pen.box, isEmpty = left > right, u = unit();
  const [wide, high] = isEmpty ? [0, 0] : [right - left, bottom - top];
  const moved = svg(
    "g",
    { transform: `translate(${isEmpty ? 0 : -left} ${isEmpty ? 0 : -top})` },
    ...pen.out,
  );
  const [width, height] = [Math.ceil(wide / u), Math.ceil(high / u)];
  const node = plain(
    svg("svg", { width, height, viewBox: `0 0 ${u * width} ${u * height}`, overflow: "visible" }, moved),
  );
  return { node, width, height };
}

/** A drawing with the size that its attributes say: no style sheet goes with it. @param {SVGElement} drawing */
export function plain(drawing) {
  drawing.removeAttribute("style");
  drawing.removeAttribute("class");
  return drawing;
}

const nothing = () => ({ left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity });
const everything = () => ({ left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity });

/** @param {Element} element @param {Pen} pen */
function add(element, pen) {
  if (element.matches(LEFT_OUT)) return;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return;
  if (isOut(element.getBoundingClientRect(), pen.sight)) return;
  if (element instanceof SVGSVGElement) return addFigure(element, pen);
  if (element instanceof HTMLCanvasElement) return addImage(element, style, pen);
  if (element instanceof HTMLInputElement) return addField(element, style, pen);
  addSurface(element, style, pen);
  if (element.localName === "mfrac") addFractionBar(element, style, pen);
  if (element.localName === "msqrt" || element.localName === "mroot") addRadical(element, style, pen);
  const inner = {
    ...pen,
    dx: pen.dx + element.scrollLeft / pen.zoom,
    dy: pen.dy + element.scrollTop / pen.zoom,
    sight: sightThrough(element, style, pen.sight),
  };
  for (const child of element.childNodes) {
    if (child instanceof Text && element.localName === "mo") addOperator(child, element, style, inner);
    else if (child instanceof Text) addText(child, style, inner);
    else if (child instanceof Element) add(child, inner);
  }
}

/** Whether nothing of a box is in sight; what has no size of its own may hold something that has. @param {DOMRect} box @param {Box} sight */
const isOut = ({ left, top, right, bottom, width, height }, sight) =>
  width > 0 && height > 0 &&
  (left >= sight.right || right <= sight.left || top >= sight.bottom || bottom <= sight.top);

/** What an element whose overflow is hidden leaves in sight; what can be scrolled is drawn whole. @param {Element} element @param {CSSStyleDeclaration} style @param {Box} sight */
function sightThrough(element, { overflowX, overflowY }, { left, top, right, bottom }) {
  const box = element.getBoundingClientRect();
  const [isCutX, isCutY] = [overflowX, overflowY].map((overflow) => /hidden|clip/.test(overflow));
  return {
    left: isCutX ? Math.max(left, box.left) : left,
    right: isCutX ? Math.min(right, box.right) : right,
    top: isCutY ? Math.max(top, box.top) : top,
    bottom: isCutY ? Math.min(bottom, box.bottom) : bottom,
  };
}

/** A box of the page in the drawing. @param {DOMRect} rect @param {Pen} pen */
const placed = ({ left, top, width, height }, { zoom, dx, dy }) => ({
  ...{ x: left / zoom + dx, y: top / zoom + dy, width: width / zoom, height: height / zoom },
});

/** @param {SVGElement} node @param {{x: number, y: number, width: number, height: number}} place @param {Pen} pen */
function put(node, { x, y, width, height }, { out, box }) {
  out.push(node);
  box.left = Math.min(box.left, x);
  box.top = Math.min(box.top, y);
  box.right = Math.max(box.right, x + width);
  box.bottom = Math.max(box.bottom, y + height);
}

/** Background and borders. @param {Element} element @param {CSSStyleDeclaration} style @param {Pen} pen */
function addSurface(element, style, pen) {
  const sides = /** @type {const} */ (["top", "right", "bottom", "left"]).map((side) => ({
    width: style.getPropertyValue(`border-${side}-style`) === "none"
      ? 0
      : parseFloat(style.getPropertyValue(`border-${side}-width`)),
    color: colorOf(style.getPropertyValue(`border-${side}-color`)),
  }));
  const fill = colorOf(style.backgroundColor), place = placed(element.getBoundingClientRect(), pen);
  const drawn = sides.filter(({ width, color }) => width && !isClear(color));
  if (!place.width || !place.height || (isClear(fill) && !drawn.length)) return;
  const { x, y, width, height } = place, radius = parseFloat(style.borderTopLeftRadius) || 0;
  const [top] = sides,
    isFrame = drawn.length === 4 && sides.every((side) => JSON.stringify(side) === JSON.stringify(top));
  const inset = isFrame ? top.width / 2 : 0;
  if (!isClear(fill) || isFrame) {
    put(
      svg("rect", {
        ...{
          x: px(x + inset),
          y: px(y + inset),
          width: px(width - 2 * inset),
          height: px(height - 2 * inset),
        },
        ...{ fill: isClear(fill) ? "none" : fill, ...(radius ? { rx: Math.min(radius, height / 2) } : {}) },
        ...(isFrame ? { stroke: top.color, "stroke-width": top.width } : {}),
      }),
      place,
      pen,
    );
  }
  if (isFrame) return;
  const [right, bottom] = [x + width, y + height];
  [
    [x, y, width, sides[0].width],
    [right - sides[1].width, y, sides[1].width, height],
    [x, bottom - sides[2].width, width, sides[2].width],
    [x, y, sides[3].width, height],
  ].forEach(([left, up, wide, high], i) => {
    if (!drawn.includes(sides[i])) return;
    put(
      svg("rect", { x: px(left), y: px(up), width: px(wide), height: px(high), fill: sides[i].color }),
      place,
      pen,
    );
  });
}

/** @param {Text} text @param {CSSStyleDeclaration} style of its element @param {Pen} pen */
function addText(text, style, pen) {
  for (const { words, rect } of linesOf(text)) {
    if (isOut(rect, pen.sight)) continue;
    const place = placed(rect, pen);
    put(letters(words, place.x, place, style), place, pen);
  }
}

/** An operator of a formula (MathML), as high and wide as the browser has stretched it: its box is that of its ink. @param {Text} text @param {Element} operator @param {CSSStyleDeclaration} style @param {Pen} pen */
function addOperator(text, operator, style, pen) {
  const ink = inkOf(text.data.trim(), style), place = placed(operator.getBoundingClientRect(), pen);
  const [line] = linesOf(text), plain = line && placed(line.rect, pen);
  const isPlain = !plain ||
    (/** @type {const} */ (["y", "width", "height"])).every((it) => Math.abs(place[it] - plain[it]) < 0.5);
  if (isPlain || !ink || !place.height) return addText(text, style, pen);
  const node = letters(line.words, 0, { y: 0, height: 0 }, style);
  const [wider, higher] = [place.width / ink.width, place.height / (ink.up + ink.down)].map(stretch);
  node.setAttribute("y", "0");
  node.setAttribute(
    "transform",
    `translate(${px(place.x)} ${px(place.y + higher * ink.up)}) scale(${px(wider)} ${px(higher)})`,
  );
  put(node, place, pen);
}

/** How much an operator is stretched; 1 where measured sizes only seem to differ. @param {number} times */
const stretch = (times) => Math.abs(times - 1) < 0.1 ? 1 : times;

/** What is typed into a field is part of the picture. @param {HTMLInputElement} field @param {CSSStyleDeclaration} style @param {Pen} pen */
function addField(field, style, pen) {
  addSurface(field, style, pen);
  const place = placed(field.getBoundingClientRect(), pen), isCentered = style.textAlign === "center";
  const x = isCentered ? place.x + place.width / 2 : place.x + parseFloat(style.paddingLeft);
  put(letters(field.value, x, place, style, isCentered ? "middle" : "start"), place, pen);
}

/** @param {string} words @param {number} x @param {{y: number, height: number}} line @param {CSSStyleDeclaration} style @param {string} [anchor] */
function letters(words, x, { y, height }, style, anchor = "start") {
  const { up, down } = extentOf(style), isUnderlined = style.textDecorationLine.includes("underline");
  const node = svg(
    "text",
    { x: px(x), y: px(y + (height - up - down) / 2 + up), fill: colorOf(style.color) },
    words,
  );
  if (anchor !== "start") node.setAttribute("text-anchor", anchor);
  if (isUnderlined) node.setAttribute("text-decoration", "underline");
  write(node, style, { ...OF_TEXTS, "text-anchor": "", "dominant-baseline": "" }, [
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "letter-spacing",
  ]);
  if (Number(style.opacity) < 1) node.setAttribute("opacity", style.opacity);
  return node;
}

/** @type {Map<string, {up: number, down: number}>} by font */
const extents = new Map();
/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/** The height of a font above and below the baseline. @param {CSSStyleDeclaration} style */
function extentOf(style) {
  const font = fontOf(style), known = extents.get(font), size = parseFloat(style.fontSize);
  if (known) return known;
  const measured = measure("x", font);
  if (!measured) return { up: 0.8 * size, down: 0.2 * size };
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measured;
  extents.set(font, { up, down });
  return { up, down };
}

/** The ink of letters above and below the baseline, and how wide they are. @param {string} words @param {CSSStyleDeclaration} style */
function inkOf(words, style) {
  const measured = measure(words, fontOf(style));
  if (!measured?.width) return null;
  const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down, width } = measured;
  return up + down > 0 ? { up, down, width } : null;
}

/** @param {CSSStyleDeclaration} style */
const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }) =>
  `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

/** @param {string} words @param {string} font */
function measure(words, font) {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return null;
  ruler.font = font;
  return ruler.measureText(words);
}

/** The lines of a text and where they stand. @param {Text} text */
function linesOf(text) {
  const all = text.data, start = all.search(/\S/), range = document.createRange();
  if (start < 0) return [];
  const end = all.trimEnd().length;
  range.setStart(text, start);
  range.setEnd(text, end);
  const rects = [...range.getClientRects()].filter(({ width }) => width);
  if (!rects.length) return [];
  if (rects.every(({ top }) => Math.abs(top - rects[0].top) < 2)) {
    return [{ words: oneLine(all.slice(start, end)), rect: range.getBoundingClientRect() }];
  }
  return brokenLines(text, range, start, end);
}

/** @param {Text} text @param {Range} range @param {number} start @param {number} end */
function brokenLines(text, range, start, end) {
  /** @type {{from: number, to: number, top: number}[]} */
  const lines = [];
  for (let i = start; i < end; i += 1) {
    range.setStart(text, i);
    range.setEnd(text, i + 1);
    const { top, width } = range.getBoundingClientRect(), last = lines[lines.length - 1];
    if (!width || !text.data[i].trim()) continue;
    if (last && Math.abs(last.top - top) < 2) last.to = i + 1;
    else lines.push({ from: i, to: i + 1, top });
  }
  return lines.map(({ from, to }) => {
    range.setStart(text, from);
    range.setEnd(text, to);
    return { words: oneLine(text.data.slice(from, to)), rect: range.getBoundingClientRect() };
  });
}

const oneLine = (/** @type {string} */ words) => words.replace(/\s+/g, " ");

/** The line of a fraction (MathML), which is no text. @param {Element} fraction @param {CSSStyleDeclaration} style @param {Pen} pen */
function addFractionBar(fraction, style, pen) {
  const [above, below] = [...fraction.children].map((part) => placed(part.getBoundingClientRect(), pen));
  const place = placed(fraction.getBoundingClientRect(), pen), y = (above.y + above.height + below.y) / 2;
  put(
    svg("rect", {
      x: px(place.x),
      y: px(y - 0.5),
      width: px(place.width),
      height: 1,
      fill: colorOf(style.color),
    }),
    place,
    pen,
  );
}

/** The sign of a root (MathML), which is no text: a stroke down before what is under it, and a bar over it. @param {Element} root @param {CSSStyleDeclaration} style @param {Pen} pen */
function addRadical(root, style, pen) {
  const whole = placed(root.getBoundingClientRect(), pen);
  const [first, index] = [...root.children].map((part) => placed(part.getBoundingClientRect(), pen));
  if (!first) return;
  const isNth = root.localName === "mroot" && index, left = isNth ? index.x + index.width / 2 : whole.x;
  const [wide, bottom, top] = [first.x - left, whole.y + whole.height, whole.y + 0.5];
  const d = `M${px(left)},${px(whole.y + 0.6 * whole.height)}` +
    `l${px(0.25 * wide)},-2L${px(left + 0.5 * wide)},${px(bottom)}L${px(first.x)},${px(top)}` +
    `H${px(whole.x + whole.width)}`;
  put(svg("path", { d, fill: "none", stroke: colorOf(style.color), "stroke-width": 1 }), whole, pen);
}

/** @param {HTMLCanvasElement} canvas @param {CSSStyleDeclaration} style @param {Pen} pen */
function addImage(canvas, { imageRendering: rendering }, pen) {
  const place = placed(canvas.getBoundingClientRect(), pen);
  if (!place.width || !canvas.width) return;
  const look = { preserveAspectRatio: "none", "image-rendering": rendering };
  put(svg("image", { ...place, ...look, href: canvas.toDataURL() }), place, pen);
}

/** A drawing of the page; its own size where it is not scaled. @param {SVGSVGElement} figure @param {Pen} pen */
function addFigure(figure, pen) {
  const place = placed(figure.getBoundingClientRect(), pen), made = copied(figure);
  if (!made || !place.width || !place.height) return;
  for (const [name, value] of Object.entries(place)) made.setAttribute(name, String(px(value)));
  if (!figure.hasAttribute("viewBox")) {
    const [width, height] = [figure.width.baseVal.value, figure.height.baseVal.value];
    made.setAttribute("viewBox", `0 0 ${width || place.width} ${height || place.height}`);
  }
  made.setAttribute("overflow", getComputedStyle(figure).overflow === "visible" ? "visible" : "hidden");
  put(made, place, pen);
}

/** @param {SVGElement} node @returns {SVGElement | null} null: nothing of it is seen */
function copied(node) {
  const style = getComputedStyle(node), tag = node.localName, isDefined = node.closest(DEFINITIONS) !== null;
  if (!isDefined && (node.matches(LEFT_OUT) || style.display === "none" || style.opacity === "0")) {
    return null;
  }
  const isShape = SHAPES.includes(tag), isText = tag === "text" || tag === "tspan";
  if (!isDefined && (isShape || isText) && (style.visibility !== "visible" || isInvisible(style))) {
    return null;
  }
  const made = svg(tag);
  for (const { name, value } of node.attributes) {
    if (!DROPPED.test(name) && !STYLES.includes(name)) made.setAttribute(name, value);
  }
  if (node.parentElement && tag !== "svg") write(made, style, OF_ALL);
  if (isShape || isText) write(made, style, OF_SHAPES);
  if (isText) write(made, style, OF_TEXTS);
  if (tag === "stop") write(made, style, OF_STOPS);
  for (const child of node.childNodes) {
    if (child instanceof Text) made.append(child.data);
    const part = child instanceof SVGElement ? copied(child) : null;
    if (part) made.append(part);
  }
  return tag === "g" && !made.childNodes.length ? null : made;
}

/** Nothing of it is painted. @param {CSSStyleDeclaration} style */
function isInvisible(style) {
  const isFilled = !isClear(colorOf(style.fill)) && style.fillOpacity !== "0";
  return !isFilled &&
    (isClear(colorOf(style.stroke)) || style.strokeOpacity === "0" || style.strokeWidth === "0px");
}

/** Styles as attributes, where they are not as usual. @param {SVGElement} node @param {CSSStyleDeclaration} style @param {Record<string, string>} usual @param {string[]} [names] */
function write(node, style, usual, names = Object.keys(usual)) {
  for (const name of names) {
    const value = colorOf(style.getPropertyValue(name));
    if (value && value !== usual[name]) node.setAttribute(name, value.replace(/^([\d.]+)px$/, "$1"));
  }
}

/** color(srgb …), which few programs read, as rgb(…). @param {string} value */
function colorOf(value) {
  const mixed = value.match(/^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/);
  if (!mixed) return value;
  const channels = mixed.slice(1, 4).map((channel) => Math.round(255 * Number(channel)));
  return mixed[4] ? `rgba(${channels.join(", ")}, ${mixed[4]})` : `rgb(${channels.join(", ")})`;
}

const isClear = (/** @type {string} */ color) =>
  color === "none" || color === "transparent" || /, 0\)$/.test(color) && color.startsWith("rgba");

const px = (/** @type {number} */ value) => Math.round(100 * value) / 100;
