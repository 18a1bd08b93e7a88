// Timeline of the graph lab: f0 … fN forward, b0 … bN backward, u1 the update; null is after both passes.

const SHAPE = /^([fbu])(\d{1,3})$/;

/** @param {string | null | undefined} written @returns {GraphMoment | null} */
export function readMoment(written) {
  const [, phase, done] = SHAPE.exec(written ?? "") ?? [];
  return phase ? { phase: /** @type {GraphMoment["phase"]} */ (phase), done: Number(done) } : null;
}

/** @param {GraphMoment | null} moment */
export const writeMoment = (moment) => moment && `${moment.phase}${moment.done}`;

/** All moments in order. @param {Graph} graph @returns {GraphMoment[]} */
export function timeline({ forward, tape }) {
  const pass = (/** @type {"f" | "b"} */ phase, /** @type {number} */ n) =>
    Array.from({ length: n + 1 }, (_, done) => ({ phase, done }));
  return [...pass("f", forward.length), ...pass("b", tape.length), { phase: "u", done: 1 }];
}

/** The nearest existing moment. @param {Graph} graph @param {GraphMoment | null} moment @returns {GraphMoment | null} */
export function clampMoment({ forward, tape }, moment) {
  if (!moment) return null;
  const max = { f: forward.length, b: tape.length, u: 1 }[moment.phase];
  return { phase: moment.phase, done: moment.phase === "u" ? 1 : Math.min(moment.done, max) };
}

/** Where a moment stands in the timeline. @param {Graph} graph @param {GraphMoment | null} moment */
export function indexOf({ forward, tape }, moment) {
  const ofBackward = forward.length + 1, ofUpdate = ofBackward + tape.length + 1;
  if (!moment) return ofUpdate - 1;
  return { f: moment.done, b: ofBackward + moment.done, u: ofUpdate }[moment.phase];
}

/**
 * One node later or earlier. From the initial state, later starts the forward pass again.
 * @param {Graph} graph
 * @param {GraphMoment | null} moment
 * @param {number} by
 * @returns {GraphMoment | null} null: there is none
 */
export function momentAfter(graph, moment, by) {
  const all = timeline(graph);
  if (!moment && by > 0) return all[Math.min(1, graph.forward.length)];
  return all[indexOf(graph, moment) + by] ?? null;
}

/** Whether an input that a step would change has no gradient, because a value is not finite. @param {Graph} graph */
export const lacksGradient = ({ nodes, grad }) =>
  nodes.some(({ name, moves }) => moves && grad[name] === null);

/** Whether every gradient is known, so that a step can be made. @param {Graph} graph @param {GraphMoment | null} moment */
export function isComplete(graph, moment) {
  if (lacksGradient(graph)) return false;
  return !moment || moment.phase === "u" || (moment.phase === "b" && moment.done === graph.tape.length);
}
