// Progress of both passes at a moment, for each node and edge.

import { veilOf } from "./veil.js";

/**
 * @param {Graph} graph
 * @param {GraphMoment | null} moment
 * @param {{only?: string | null, veil?: string | null}} [seen]
 * @returns {GraphProgress}
 */
export function progressAt(graph, moment, { only = null, veil = null } = {}) {
  const { forward, tape, output, edges, nodes } = graph;
  const ahead = moment?.phase === "f" ? moment.done : forward.length;
  const back = !moment || moment.phase === "u" ? tape.length : moment.phase === "b" ? moment.done : -1;
  const walking = moment && moment.phase !== "u";
  const present = !walking || moment.done === 0
    ? null
    : (moment.phase === "f" ? forward : tape)[moment.done - 1];
  /** @type {Record<string, When>} */
  const value = Object.fromEntries(
    nodes.map(({ name, kind }) => [name, kind === "op" ? when("f", forward.indexOf(name), ahead) : "past"]),
  );
  /** @type {Record<string, Num>} */
  const grad = back >= 0 ? { [output]: graph.grad[output] } : {};
  const backward = edges.map(({ from, to }) =>
    back < 0 || !(from in graph.grad) ? null : when("b", tape.indexOf(to), back)
  );
  const arrived = new Map(Object.keys(graph.grad).map((name) => [name, /** @type {Num[]} */ ([])]));
  const waiting = new Set();
  edges.forEach(({ from, gradient }, i) => {
    if (backward[i] === "future") waiting.add(from);
    else if (backward[i]) arrived.get(from)?.push(gradient);
  });
  for (const [name, terms] of arrived) {
    if (name === output || back < 0) continue;
    const whole = !waiting.has(name);
    if (whole) grad[name] = graph.grad[name];
    else if (terms.length) {
      grad[name] = terms.some((term) => term === null)
        ? null
        : terms.reduce((sum, term) => Number(sum) + Number(term), 0);
    }
  }
  const whole = new Set(
    back < 0 ? [] : Object.keys(graph.grad).filter((name) => name === output || !waiting.has(name)),
  );
  return {
    ...{ moment, present, value, backward, grad, whole, veil: veilOf(veil) },
    forward: edges.map(({ to }) => when("f", forward.indexOf(to), ahead)),
    output: {
      forward: value[output],
      backward: back < 0 ? null : moment?.phase === "b" && moment.done === 0 ? "present" : "past",
    },
    only: only === null ? null : new Set(only.split(",")),
  };

  /** @param {"f" | "b"} phase @param {number} index @param {number} done @returns {When} */
  function when(phase, index, done) {
    if (index >= done) return "future";
    return moment?.phase === phase && index === done - 1 ? "present" : "past";
  }
}

/** Whether an edge is lit. @param {GraphProgress} shown @param {GraphEdge} edge */
export const litEdge = ({ only }, { from, to }) =>
  !only || only.has(from) || only.has(to) || only.has(`${from}..${to}`);

/** Whether a node is lit. @param {GraphProgress} shown @param {string} name */
export const litNode = ({ only }, name) =>
  !only || only.has(name) || [...only].some((mark) => mark.split("..").includes(name) && mark.includes(".."));
