// Drawing of the computation graph: values above the edges, gradients below, nodes by how far they are
// computed.

import { node } from "../lib/tree.js";
import { arrows } from "./arrows.js";
import { labelsOf } from "./captions.js";
import { routes } from "./routes.js";
import { litNode } from "./progress.js";
import { FIELD, RING, spaceOf } from "./space.js";

const MANY = 4; // uses of an input whose edges all stand out in a crowd

/**
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @param {GraphView} view
 * @returns {{tree: Tree, space: import("./space.js").Space, labels: Map<string, import("./labels.js").Label>}}
 */
export function picture(graph, progress, view) {
  const space = spaceOf(graph, view), ways = routes(graph, space);
  const { width, height, level } = space;
  const quiet = quietOf(graph, progress, level.name === "dense" ? MANY : Infinity, view.near);
  const labels = labelsOf(graph, progress, space, ways, view, quiet);
  const tree = node(
    "svg",
    {
      ...{
        viewBox: `0 0 ${width.toFixed(0)} ${height.toFixed(0)}`,
        width: width.toFixed(0),
        height: height.toFixed(0),
      },
      ...{
        class: `level-${level.name}${progress.only ? " only-highlighted" : ""}`,
        role: "presentation",
      },
    },
    ...(progress.present ? [spotlight(space, progress.present)] : []),
    ...arrows(graph, progress, ways, level.name, quiet),
    ...graph.nodes.map((one) => nodeShape(one, progress, space)),
    node(
      "text",
      { ...place({ x: space.end.x + 14, y: space.end.y }), class: "output-name" },
      labelOf(graph, graph.output),
    ),
    ...[...labels].map(([key, label]) => text(key, label)),
  );
  return { tree, space, labels };
}

/**
 * In a dense graph, edges of an input with many uses are dimmed, except those of the current node and the one under
 * the cursor.
 * @param {Graph} graph
 * @param {GraphProgress} shown
 * @param {number} max uses of an input whose edges all stand out
 * @param {string | null} near
 * @returns {(edge: GraphEdge) => boolean}
 */
function quietOf({ edges }, { present, only }, max, near) {
  const uses = (/** @type {string} */ name) => edges.filter(({ from }) => from === name).length;
  return ({ from, to }) =>
    uses(from) > max && !only && ![from, to].some((name) => name === near || name === present);
}

/** @param {Graph} graph @param {string} name */
export const labelOf = ({ nodes }, name) => nodes.find((one) => one.name === name)?.label ?? name;

/** @param {import("./space.js").Space} space @param {string} present */
function spotlight({ at, level }, present) {
  const { x, y } = at[present];
  return node("circle", {
    class: "spotlight",
    cx: x.toFixed(1),
    cy: y.toFixed(1),
    r: (level.r + RING).toFixed(1),
  });
}

/** @param {GraphNode} one @param {GraphProgress} progress @param {import("./space.js").Space} space */
function nodeShape({ name, kind, sign, label }, progress, { at, level: { r, box }, fields }) {
  const { x, y } = at[name],
    lit = litNode(progress, name),
    named = fields[name] ? x - (box.width - FIELD.name) / 2 + 2 : x;
  const state = [
    kind,
    progress.value[name],
    ...(progress.present === name ? ["now"] : []),
    ...(lit ? [] : ["dim"]),
  ];
  const shape = kind === "op"
    ? node("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r })
    : node("rect", { ...corner({ x, y }, box), ...box, rx: 10 });
  const content = kind === "op" ? sign || label : label;
  const long = [...content.normalize("NFD").replace(/\p{M}/gu, "")].length > 2;
  const small = kind === "number" || long;
  return node(
    "g",
    { class: `node ${state.join(" ")}`, "data-node": name },
    shape,
    node("text", {
      ...place({ x: named, y }),
      class: `${kind === "input" || !sign ? "name" : "sign"}${small ? " small" : ""}`,
    }, content),
  );
}

/** @param {XY} middle @param {{width: number, height: number}} box */
const corner = ({ x, y }, { width, height }) => ({
  x: (x - width / 2).toFixed(1),
  y: (y - height / 2).toFixed(1),
});

/** @param {XY} point */
const place = ({ x, y }) => ({ x: x.toFixed(1), y: y.toFixed(1) });

/** @param {string} key @param {import("./labels.js").Label & {tone?: string}} label */
function text(key, { x, y, angle, text, font, tone }) {
  const turn = angle ? `rotate(${angle.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})` : undefined;
  return node("text", {
    ...place({ x, y }),
    class: `label ${tone}`,
    "font-size": font,
    transform: turn,
    "data-label": key,
  }, text);
}
