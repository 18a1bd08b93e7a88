// Cards of the graph lab's ledger: the rule, the numbers plugged in, and the next step. It does not touch the
// page.

import { agrees, equation, evaluate, parenthesized } from "../lib/arithmetic.js";
import { formatNumber } from "../lib/format.js";
import { derivative, withNumbers } from "./numbers.js";
import { lacksGradient } from "./timeline.js";
import { labelOf } from "./picture.js";

/** @typedef {{text: string, tone?: "blue" | "orange" | "say"}} Piece */
/** @typedef {{name?: string, tone: "" | "forward" | "backward" | "update", title: string, finding?: string, lines: Piece[][], text: string[], hint?: string}} Card finding: the rule of this step in words; hint: what the player would do */

const FIGURES = 5;
const LOST = 0.01; // relative difference above which a rounded formula no longer shows its value
const num = (/** @type {Num | undefined} */ value) => formatNumber(value, FIGURES);
const piece = (/** @type {string} */ text, /** @type {Piece["tone"]} */ tone = undefined) => ({
  text,
  ...(tone ? { tone } : {}),
});

/**
 * @param {Graph} graph
 * @param {GraphProgress} progress
 * @param {Words} words
 * @returns {Card[]}
 */
export function cards(graph, progress, words) {
  const { moment, veil } = progress;
  const main = !moment ? whole(graph, progress, words) : BY_PHASE[moment.phase](graph, progress, words);
  const complete = !moment || moment.phase === "u" || progress.whole.size === Object.keys(graph.grad).length;
  return [
    main,
    ...(complete && moment?.phase !== "u" ? sums(graph, progress, words) : []),
    ...(moment?.phase === "u" && graph.inplace && !veil.part("inplace")
      ? [inPlace(graph, progress, words)]
      : []),
  ];
}

/** The card as one line of text, for those who cannot see it. @param {Card} card */
export const cardText = ({ title, finding, lines, text }) =>
  [
    title,
    ...(finding ? [finding] : []),
    ...lines.map((line) => line.map((part) => part.text).join("")),
    ...text,
  ]
    .map((sentence) => sentence.replace(/\.?$/, ".")).join(" ");

/** @typedef {(graph: Graph, progress: GraphProgress, words: Words) => Card} CardWriter */

/** @type {Record<GraphMoment["phase"], CardWriter>} */
const BY_PHASE = { f: forward, b: backward, u: update };

/** @type {CardWriter} */
function whole(graph, progress, words) {
  const f = labelOf(graph, graph.output);
  const inputs = graph.nodes.filter(({ kind }) => kind === "input");
  return {
    ...{ tone: "", title: words("graphlab.card.whole", { f }), finding: words("graphlab.rule.whole") },
    lines: inputs.length > 6 ? [] : inputs.map(({ name, label }) => [
      piece(`${derivative(f, label)} = `),
      piece(progress.veil.grad(name) ? "?" : num(graph.grad[name]), "orange"),
    ]),
    text: [words("graphlab.card.whole_text", { f })],
    hint: words("graphlab.card.whole_walk"),
  };
}

/** @type {CardWriter} */
function forward(graph, progress, words) {
  const { done } = /** @type {GraphMoment} */ (progress.moment),
    { forward, value } = graph,
    n = forward.length;
  const next = nextWords(graph, forward[done], words);
  if (done === 0) {
    return {
      tone: "forward",
      title: words("graphlab.card.forward", { done, n }),
      finding: words("graphlab.card.inputs"),
      lines: [],
      text: [next],
    };
  }
  const one = nodeOf(graph, forward[done - 1]), { veil } = progress, hidden = veil.value(one.name);
  const args = one.args.map((name) => veil.value(name) ? null : value[name]);
  const numbers = one.args.some(veil.value) ? "?" : withNumbers(one.form, args);
  const shown = hidden ? "?" : num(value[one.name]), sign = agrees(numbers, shown) === false ? "≈" : "=";
  const result = [piece(` ${sign} ${shown}`, "blue")];
  return {
    tone: "forward",
    title: words("graphlab.card.forward_node", { done, n, node: one.label }),
    finding: words("graphlab.rule.forward", { node: one.label }),
    lines: [
      [
        piece(one.says),
        ...(numbers === num(value[one.name]) || hidden ? [] : [piece(` = ${numbers}`, "blue")]),
        ...result,
      ],
    ],
    text: [done < n ? next : words("graphlab.card.forward_end")],
  };
}

/** @type {CardWriter} */
function backward(graph, progress, words) {
  const { done } = /** @type {GraphMoment} */ (progress.moment), { tape, output, grad, edges, value } = graph;
  const n = tape.length,
    f = labelOf(graph, output),
    next = nextWords(graph, tape[done], words),
    { veil } = progress;
  if (done === 0) {
    return {
      ...{ tone: "backward", title: words("graphlab.card.backward", { done, n }) },
      finding: words(`graphlab.rule.${grad[output] === null ? "no_seed" : "seed"}`),
      lines: [[piece(`${derivative(f, f)} = `), piece(num(grad[output]), "orange")]],
      text: [words(`graphlab.card.${grad[output] === null ? "no_seed" : "seed"}`, { f }), n ? next : ""]
        .filter(Boolean),
    };
  }
  const one = nodeOf(graph, tape[done - 1]), upstream = grad[one.name];
  const lines = edges.filter(({ from, to }) => to === one.name && from in grad).map((edge) => {
    const from = labelOf(graph, edge.from), hidden = veil.grad(edge.from) || veil.grad(one.name);
    const args = one.args.map((name) => value[name]), constant = !/\{/.test(edge.form);
    const local = constant ? edge.says : localText(edge, args, value[one.name]);
    const known = one.args.some(veil.value) || veil.value(one.name);
    const plain = edge.gradient === null ? num(null) : `${num(upstream)} · ${parenthesized(local)}`;
    const numbers = hidden || known ? "?" : plain;
    const used = edges.filter((other) => other.from === edge.from).length > 1;
    const says = one.name === output
      ? `1 · ${parenthesized(edge.says)}`
      : `${derivative(f, one.label)} · ${parenthesized(edge.says)}`;
    return [
      piece(
        `${
          used ? words("graphlab.card.share", { d: derivative(f, from) }) : derivative(f, from)
        } = ${says} = `,
      ),
      piece(
        numbers === "?" || edge.gradient === null ? numbers : equation(numbers, num(edge.gradient)),
        "orange",
      ),
    ];
  });
  const shared = [...new Set(edges.filter(({ to }) => to === one.name).map(({ from }) => from))]
    .filter((name) =>
      name in grad && edges.filter(({ from }) => from === name).length > 1 && !veil.grad(name)
    );
  return {
    ...{ tone: "backward", lines },
    title: words("graphlab.card.backward_node", { done, n, node: one.label }),
    finding: words(`graphlab.rule.${one.op}`),
    text: [
      words("graphlab.card.times", { upstream: veil.grad(one.name) ? "?" : num(upstream) }),
      ...shared.map((name) =>
        words("graphlab.card.added", { name: labelOf(graph, name), sum: num(progress.grad[name]) })
      ),
      done < n ? next : words(`graphlab.card.${lacksGradient(graph) ? "backward_away" : "backward_end"}`),
    ],
  };
}

/** @type {CardWriter} */
function update(graph, progress, words) {
  const { params, value, grad, update: { after, promise, truth }, output } = graph, { veil } = progress;
  const f = labelOf(graph, output), lr = num(Number(params.lr)), hidden = veil.after("*");
  const moving = graph.nodes.filter(({ moves }) => moves);
  const squares = moving.reduce((sum, { name }) => sum + Number(grad[name]) ** 2, 0);
  const lines = moving.length > 4 ? [] : moving.map(({ name, label }) => {
    const from = `${veil.value(name) ? "?" : num(value[name])} − ${lr} · `;
    const by = veil.grad(name) || veil.after(name) ? "?" : parenthesized(num(grad[name]));
    const to = veil.after(name) ? "?" : num(after[name]);
    const sign = agrees(from + by, to) === false ? "≈" : "=";
    return [piece(`${label} ← ${from}`), piece(by, "orange"), piece(` ${sign} ${to}`)];
  });
  return {
    tone: "update",
    title: words("graphlab.card.update", { n: Number(params.steps) + 1, lr }),
    finding: words("graphlab.rule.update"),
    lines: [
      ...lines,
      [
        piece(`${words("graphlab.card.promise")} `, "say"),
        piece(
          promise === null ? num(null) : equation(
            `${veil.value(output) ? "?" : num(value[output])} − ${lr} · ${hidden ? "?" : num(squares)}`,
            hidden ? "?" : num(promise),
          ),
          "orange",
        ),
      ],
      [
        piece(`${words("graphlab.card.truth")} `, "say"),
        piece(hidden || veil.value(output) ? "?" : `${f} = ${num(truth)}`, "blue"),
      ],
    ],
    text: [words("graphlab.card.update_text")],
  };
}

/** Of every input used more than once: its terms, and their sum. @param {Graph} graph @param {GraphProgress} shown @param {Words} words @returns {Card[]} */
function sums(graph, { veil }, words) {
  const f = labelOf(graph, graph.output);
  return Object.entries(graph.terms).filter(([name]) => !veil.grad(name)).map(([name, terms]) => {
    const label = labelOf(graph, name),
      sum = terms.map((term, i) => i ? parenthesized(num(term)) : num(term)).join(" + ");
    return {
      ...{
        tone: /** @type {const} */ ("backward"),
        title: words("graphlab.card.sum", { name: label, n: terms.length }),
      },
      lines: [[piece(`${derivative(f, label)} = `), piece(equation(sum, num(graph.grad[name])), "orange")]],
      text: [],
    };
  });
}

/** @type {CardWriter} */
function inPlace(graph, progress, words) {
  const { inplace, update: { after }, value, params } = graph, veiled = progress.veil.after("*");
  const lr = num(Number(params.lr));
  const rows = Object.entries(graph.terms).map(([name, terms]) => {
    const label = labelOf(graph, name);
    const sum = equation(
      `${num(value[name])} − ${lr} · ${parenthesized(num(graph.grad[name]))}`,
      num(after[name]),
    );
    return [
      [
        piece(`${words("graphlab.card.once", { n: terms.length })} `, "say"),
        piece(`${label} ← `),
        piece(veiled ? "?" : sum, "orange"),
      ],
      [
        piece(`${words("graphlab.card.walking")} `, "say"),
        piece(`${label} ← `),
        piece(veiled ? "?" : num(inplace?.after[name])),
      ],
    ];
  });
  return {
    name: "inplace",
    tone: "",
    title: words("graphlab.card.in_place"),
    lines: rows.flat(),
    text: [words("graphlab.card.in_place_text")],
  };
}

/**
 * The local derivative with its numbers; its value where they do not give it, as 1 − 1² where tanh is nearly 1.
 * @param {GraphEdge} edge @param {Num[]} args @param {Num} y
 */
function localText({ form, local }, args, y) {
  const text = withNumbers(form, args, y), read = evaluate(text);
  if (local === null || local === undefined) return text;
  const isLost = read === null || Math.abs(read - local) > LOST * Math.abs(local);
  return isLost ? num(local) : text;
}

/** @param {Graph} graph @param {string} name */
const nodeOf = ({ nodes }, name) => /** @type {GraphNode} */ (nodes.find((one) => one.name === name));

/** @param {Graph} graph @param {string | undefined} name @param {Words} words */
const nextWords = (graph, name, words) =>
  name ? words("graphlab.card.next", { node: labelOf(graph, name) }) : words("graphlab.card.forward_end");
