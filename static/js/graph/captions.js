// What is written beside nodes and edges, and where there is room for it.

import { APART } from "./arrows.js";
import { beside, placed, widthOf } from "./labels.js";
import { tight, written } from "./numbers.js";
import { litEdge, litNode } from "./shown.js";

/** @typedef {import("./labels.js").Wish & {tone: string, near: string[], spare?: import("./labels.js").Wish["spots"]}} Wish near: the nodes it belongs to; spare: spots of last resort */
/** @typedef {import("./labels.js").Label & {tone: string}} Caption */
/** @typedef {import("./space.js").Space} Space */
/** @typedef {import("./routes.js").Way} Way */

const LONGEST_SLOPE = 9; // letters of a local derivative that are written out beside an edge
const FEW = 12; // edges that all say their numbers, if need be across each other
const CAPTION = 0.82; // the size of a node's own line against that of the numbers

/**
 * All labels that fit, each on its longest text if all can have it. Where there is no room for all, those of the
 * node at work and under the cursor come first, and may lie across an edge; the others say the number alone,
 * and are left out where they would, unless the graph is small.
 * @param {Graph} graph
 * @param {GraphShown} shown
 * @param {Space} space
 * @param {{ways: Way[], out: Way}} ways
 * @param {Pick<GraphView, "near">} view
 * @param {(edge: GraphEdge) => boolean} [quiet] edges that say nothing
 * @returns {Map<string, Caption>}
 */
export function labelsOf(graph, shown, space, ways, { near }, quiet = () => false) {
  const ofQuiet = new Set(graph.edges.flatMap((edge, i) => quiet(edge) ? [`value.${i}`, `grad.${i}`] : []));
  const wishes = [...ofEdges(graph, shown, space, ways), ...ofNodes(graph, shown, space)]
    .filter(({ key }) => !ofQuiet.has(key));
  const taken = obstacles(graph, space), crossed = [...taken, ...linesOf([...ways.ways, ways.out])];
  const wanted = wishes.map((wish) => ({ ...wish, texts: wish.texts.slice(0, 1) }));
  const all = placed(wanted, crossed, space);
  if (all.size === wishes.length) return toned(all, wishes);
  const urgent = wishes.filter((wish) => wish.near.some((name) => name === near || name === shown.present));
  const others = wishes.filter((wish) => !urgent.includes(wish))
    .map((wish) => ({ ...wish, texts: wish.texts.length > 1 ? wish.texts.slice(1) : wish.texts }));
  const found = placed([...urgent, ...others], crossed, space);
  const small = graph.edges.length <= FEW;
  const left = [...urgent, ...(small ? others : [])]
    .filter(({ key, tone }) => !found.has(key) && !tone.startsWith("caption"))
    .map((wish) => ({ ...wish, spots: wish.spare ? either(wish.spots, wish.spare) : wish.spots }));
  return toned(new Map([...found, ...placed(left, [...taken, ...found.values()], space)]), wishes);
}

/** @param {Wish["spots"]} first @param {Wish["spots"]} then @returns {Wish["spots"]} */
const either = (first, then) => (width, height) => [...first(width, height), ...then(width, height)];

/** @param {Map<string, import("./labels.js").Label>} found @param {Wish[]} wishes @returns {Map<string, Caption>} */
function toned(found, wishes) {
  const tones = new Map(wishes.map(({ key, tone }) => [key, tone]));
  return new Map([...found].map(([key, label]) => [key, { ...label, tone: tones.get(key) ?? "" }]));
}

/** @param {Graph} graph @param {GraphShown} shown @param {Space} space @param {{ways: Way[], out: Way}} ways @returns {Wish[]} */
function ofEdges(graph, shown, { level: { font, figures } }, { ways, out }) {
  const number = (/** @type {Num | undefined} */ value) => written(value, figures);
  const { value, grad, edges, output } = graph, { veil } = shown;
  const up = APART.forward + 5, down = -APART.backward + 8;
  const values = edges.map(({ from, to }, i) => ({
    ...{ key: `value.${i}`, font, near: [from, to], spots: beside(ways[i], true, up) },
    tone: toneOf("blue", shown.forward[i], litEdge(shown, edges[i])),
    texts: [shown.forward[i] === "future" || veil.value(from) ? "?" : number(value[from])],
  }));
  const gradients = edges.flatMap((edge, i) => {
    const when = shown.backward[i], { from, to } = edge;
    if (!when) return [];
    const hidden = when === "future" || veil.grad(from) || veil.grad(to), says = slopeOf(edge);
    const alone = number(edge.gradient); // of what is no number nothing more can be said
    return [{
      ...{ key: `grad.${i}`, font, near: [from, to], spots: beside(ways[i], false, down) },
      spare: beside(ways[i], true, up + 1.6 * font), // over the value
      tone: toneOf("orange", when, litEdge(shown, edge)),
      texts: hidden
        ? ["?"]
        : edge.gradient === null
        ? [alone]
        : [`${number(grad[to])}·${says} = ${alone}`, alone, tight(edge.gradient)],
    }];
  });
  const lit = litNode(shown, output), near = [output];
  return [
    ...values,
    {
      ...{
        key: "value.out",
        font,
        near,
        spots: beside(out, true, up),
        tone: toneOf("blue", shown.output.forward, lit),
      },
      texts: [shown.output.forward === "future" || veil.value(output) ? "?" : number(value[output])],
    },
    ...gradients,
    ...(shown.output.backward
      ? [{
        key: "grad.out",
        font,
        near,
        spots: beside(out, false, down),
        tone: toneOf("orange", shown.output.backward, lit),
        texts: [number(grad[output])],
      }]
      : []),
  ];
}

/** The local derivative, in letters where they are few. @param {GraphEdge} edge */
function slopeOf({ says, local }) {
  const text = [...says].length > LONGEST_SLOPE ? written(local) : says;
  return text.startsWith("−") ? `(${text})` : text;
}

/** @param {string} colour @param {When} when @param {boolean} lit */
const toneOf = (colour, when, lit) => `${colour} ${when}${lit ? "" : " dim"}`;

/** Under inputs used more than once, or not at all, their gradient; above operations what they are. @param {Graph} graph @param {GraphShown} shown @param {Space} space @returns {Wish[]} */
function ofNodes(graph, shown, { at, level, fields, field }) {
  const { font, figures } = level, small = CAPTION * font;
  return graph.nodes.flatMap(({ name, kind, says }) => {
    const uses = graph.edges.filter(({ from }) => from === name).length, lit = litNode(shown, name);
    const high = (kind === "op" ? level.r : level.box.height / 2) + 6;
    const far = fields[name] ? Math.abs(fields[name].y - at[name].y) + field.height / 2 + 5 : high;
    const below = fields[name] && fields[name].y > at[name].y ? far : high;
    const above = fields[name] && fields[name].y < at[name].y ? far : high;
    const around = (/** @type {number} */ width, /** @type {number} */ height) => {
      const { x, y } = at[name], side = level.box.width / 2 + 8 + width / 2;
      return [
        { x, y: y - above - height / 2, angle: 0 },
        { x, y: y + below + height / 2, angle: 0 },
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
    if (kind !== "input" || uses === 1 || !(name in shown.grad)) return [];
    const number = shown.veil.grad(name) ? "?" : written(shown.grad[name], figures);
    const texts = [shown.whole.has(name) ? `Σ = ${number}` : `Σ ${number} …`, number];
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

/** Edges as rows of small boxes, which labels had better not cover. @param {Way[]} ways */
function linesOf(ways) {
  return ways.flatMap((way) =>
    way.filter((_, i) => i % 3 === 0).map(({ x, y, dx, dy }) => ({
      ...{ x, y, width: 14, height: 14 },
      angle: Math.atan2(dy, dx) * 180 / Math.PI,
    }))
  );
}
