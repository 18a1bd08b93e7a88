// Labels of nodes and edges: their texts, and which of them get a place.

import { APART } from "./arrows.js";
import { beside, placeLabels, widthOf } from "./labels.js";
import { formatNumber } from "../lib/format.js";
import { formatShort } from "./numbers.js";
import { litEdge, litNode } from "./progress.js";
import { RING } from "./space.js";

/** @typedef {import("./labels.js").LabelRequest & {tone: string, near: string[], spare?: import("./labels.js").LabelRequest["spots"]}} LabelRequest near: the nodes it belongs to; spare: spots of last resort */
/** @typedef {import("./labels.js").Label & {tone: string}} Caption */
/** @typedef {import("./space.js").Space} Space */
/** @typedef {import("./routes.js").Route} Route */

const LONGEST_SLOPE = 9; // letters of a local derivative that are written out beside an edge
const FEW = 12; // edges that all say their numbers, if need be across each other
const CAPTION = 0.82; // the size of a node's own line against that of the numbers

/**
 * All labels that fit, each with its longest text if all can have it. If there is no room for all, those of the
 * current node and of the one under the cursor come first and may cross an edge; the others show only the number,
 * and are left out if they would cross one, unless the graph is small.
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @param {Space} space
 * @param {{ways: Route[], out: Route}} ways
 * @param {Pick<GraphView, "near">} view
 * @param {(edge: GraphEdge) => boolean} [quiet] edges without labels
 * @returns {Map<string, Caption>}
 */
export function labelsOf(graph, progress, space, ways, { near }, quiet = () => false) {
  const ofQuiet = new Set(graph.edges.flatMap((edge, i) => quiet(edge) ? [`value.${i}`, `grad.${i}`] : []));
  const requests = [...ofEdges(graph, progress, space, ways), ...ofNodes(graph, progress, space)]
    .filter(({ key }) => !ofQuiet.has(key));
  const occupied = obstacles(graph, space), crossed = [...occupied, ...linesOf([...ways.ways, ways.out])];
  const longest = requests.map((request) => ({ ...request, texts: request.texts.slice(0, 1) }));
  const all = placeLabels(longest, crossed, space);
  if (all.size === requests.length) return toned(all, requests);
  const urgent = requests.filter((request) =>
    request.near.some((name) => name === near || name === progress.present)
  );
  const others = requests.filter((request) => !urgent.includes(request))
    .map((request) => ({
      ...request,
      texts: request.texts.length > 1 ? request.texts.slice(1) : request.texts,
    }));
  const labels = placeLabels([...urgent, ...others], crossed, space);
  const small = graph.edges.length <= FEW;
  const left = [...urgent, ...(small ? others : [])]
    .filter(({ key, tone }) => !labels.has(key) && !tone.startsWith("caption"))
    .map((request) => ({
      ...request,
      spots: request.spare ? either(request.spots, request.spare) : request.spots,
    }));
  return toned(
    new Map([...labels, ...placeLabels(left, [...occupied, ...labels.values()], space)]),
    requests,
  );
}

/** @param {LabelRequest["spots"]} first @param {LabelRequest["spots"]} then @returns {LabelRequest["spots"]} */
const either = (first, then) => (width, height) => [...first(width, height), ...then(width, height)];

/** @param {Map<string, import("./labels.js").Label>} labels @param {LabelRequest[]} requests @returns {Map<string, Caption>} */
function toned(labels, requests) {
  const tones = new Map(requests.map(({ key, tone }) => [key, tone]));
  return new Map([...labels].map(([key, label]) => [key, { ...label, tone: tones.get(key) ?? "" }]));
}

/** @param {Graph} graph @param {GraphProgress} progress @param {Space} space @param {{ways: Route[], out: Route}} ways @returns {LabelRequest[]} */
function ofEdges(graph, progress, { level: { font, figures } }, { ways, out }) {
  const number = (/** @type {Num | undefined} */ value) => formatNumber(value, figures);
  const { value, grad, edges, output } = graph, { veil } = progress;
  const up = APART.forward + 5, down = -APART.backward + 8;
  const values = edges.map(({ from, to }, i) => ({
    ...{ key: `value.${i}`, font, near: [from, to], spots: beside(ways[i], true, up) },
    tone: toneOf("blue", progress.forward[i], litEdge(progress, edges[i])),
    texts: [progress.forward[i] === "future" || veil.value(from) ? "?" : number(value[from])],
  }));
  const gradients = edges.flatMap((edge, i) => {
    const when = progress.backward[i], { from, to } = edge;
    if (!when) return [];
    const hidden = when === "future" || veil.grad(from) || veil.grad(to), says = slopeOf(edge);
    const alone = number(edge.gradient); // of what is no number nothing more can be said
    return [{
      ...{ key: `grad.${i}`, font, near: [from, to], spots: beside(ways[i], false, down) },
      spare: beside(ways[i], true, up + 1.6 * font), // over the value
      tone: toneOf("orange", when, litEdge(progress, edge)),
      texts: hidden
        ? ["?"]
        : edge.gradient === null
        ? [alone]
        : [`${number(grad[to])}·${says} = ${alone}`, alone, formatShort(edge.gradient)],
    }];
  });
  const lit = litNode(progress, output), near = [output];
  return [
    ...values,
    {
      ...{
        key: "value.out",
        font,
        near,
        spots: beside(out, true, up),
        tone: toneOf("blue", progress.output.forward, lit),
      },
      texts: [progress.output.forward === "future" || veil.value(output) ? "?" : number(value[output])],
    },
    ...gradients,
    ...(progress.output.backward
      ? [{
        key: "grad.out",
        font,
        near,
        spots: beside(out, false, down),
        tone: toneOf("orange", progress.output.backward, lit),
        texts: [number(grad[output])],
      }]
      : []),
  ];
}

/** The local derivative, in letters where they are few. @param {GraphEdge} edge */
function slopeOf({ says, local }) {
  const text = [...says].length > LONGEST_SLOPE ? formatNumber(local) : says;
  return text.startsWith("−") ? `(${text})` : text;
}

/** @param {string} colour @param {When} when @param {boolean} lit */
const toneOf = (colour, when, lit) => `${colour} ${when}${lit ? "" : " dim"}`;

/** Under inputs used more than once, or not at all, their gradient; above operations what they are. @param {Graph} graph @param {GraphProgress} progress @param {Space} space @returns {LabelRequest[]} */
function ofNodes(graph, progress, { at, level }) {
  const { font, figures } = level, small = CAPTION * font;
  return graph.nodes.flatMap(({ name, kind, says }) => {
    const uses = graph.edges.filter(({ from }) => from === name).length, lit = litNode(progress, name);
    const high = (kind === "op" ? level.r : level.box.height / 2) + 6;
    const beyond = name === progress.present ? high + RING : high;
    const around = (/** @type {number} */ width, /** @type {number} */ height) => {
      const { x, y } = at[name], side = level.box.width / 2 + 8 + width / 2;
      return [
        { x, y: y - beyond - height / 2, angle: 0 },
        { x, y: y + beyond + height / 2, angle: 0 },
        ...[1, -1].map((by) => ({ x: x + by * width / 3, y: y - beyond - height / 2, angle: 0 })),
        ...[1, -1].flatMap((by) => [
          { x: x + by * side, y, angle: 0 },
          { x: x + by * (side - 12), y: y - high - height / 2, angle: 0 },
          { x: x + by * (side - 12), y: y + high + height / 2, angle: 0 },
        ]),
      ];
    };
    const near = [name], key = `node.${name}`;
    if (kind === "op") {
      return [{ key, near, font: small, spots: around, texts: [says], tone: `caption${lit ? "" : " dim"}` }];
    }
    if (kind !== "input" || uses === 1 || !(name in progress.grad)) return [];
    const number = progress.veil.grad(name) ? "?" : formatNumber(progress.grad[name], figures);
    const texts = [progress.whole.has(name) ? `Σ = ${number}` : `Σ ${number} …`, number];
    return [{
      key,
      near,
      font,
      spots: around,
      texts: uses ? texts : [number],
      tone: toneOf("orange", "past", lit),
    }];
  });
}

/** @param {Graph} graph @param {Space} space @returns {import("./labels.js").Box[]} */
export function obstacles({ nodes, output }, { at, level, fields, field, end }) {
  const ofName = nodes.find(({ name }) => name === output)?.label ?? "";
  const width = widthOf(ofName, 24);
  return [
    ...nodes.map(({ name, kind }) => ({
      ...at[name],
      ...(kind === "op" ? { width: 2 * level.r, height: 2 * level.r } : level.box),
      angle: 0,
    })),
    ...Object.values(fields).map((place) => ({ ...place, ...field, angle: 0 })),
    { x: end.x + 14 + width / 2, y: end.y, width, height: 30, angle: 0 },
  ];
}

/** Edges as rows of small boxes, which labels had better not cover. @param {Route[]} ways */
function linesOf(ways) {
  return ways.flatMap((route) =>
    route.filter((_, i) => i % 3 === 0).map(({ x, y, dx, dy }) => ({
      ...{ x, y, width: 14, height: 14 },
      angle: Math.atan2(dy, dx) * 180 / Math.PI,
    }))
  );
}
