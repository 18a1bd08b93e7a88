// Player of the graph lab: one node forward or back, autoplay, a track with the nodes of both passes, and descent steps.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { clock } from "../page/clock.js";
import { labelOf } from "./picture.js";
import { indexOf, isComplete, momentAfter, timeline, writeMoment } from "./timeline.js";

const NODE_MS = 900; // ms a node while it plays
const NAMED = 12; // nodes of one pass whose names have room on the track
/** @type {{graph: Graph, moment: GraphMoment | null} | null} */
let current = null;

/** @typedef {{look: (at: string | null) => void, makeSteps: (steps: number) => void}} Page */

/** @type {Page} */
let page;

/** @param {Page} given */
export function listen(given) {
  page = given;
  for (const [name, move] of Object.entries(MOVES)) byId(`node-${name}`).addEventListener("click", move);
  playing.listen();
}

const { pause, ...playing } = clock({
  ...{ button: "node-play", beat: NODE_MS },
  begin: () => current && isComplete(current.graph, current.moment) && page.look("f0"),
  step: () => step(1),
});

/** @param {() => void} move */
const byHand = (move) => () => {
  pause();
  move();
};

/** What buttons and keys do. */
export const MOVES = {
  start: byHand(() => page.look("f0")),
  back: byHand(() => step(-1)),
  forth: byHand(() => step(1)),
  end: byHand(() => page.look(null)),
  descend: byHand(descend),
  undo: byHand(undo),
};

/** The next node of a pass that is played, or the one before. @param {number} by @returns {boolean} whether there is one */
export function beat(by) {
  return current?.moment ? step(by) : false;
}

/** @param {number} by @returns {boolean} whether there was a node to go to */
function step(by) {
  const then = current && momentAfter(current.graph, current.moment, by);
  if (then) page.look(writeMoment(then));
  return Boolean(then);
}

/** The next step downhill is shown; where one is shown already, it is made. */
function descend() {
  if (!current || !isComplete(current.graph, current.moment)) return;
  if (current.moment?.phase !== "u") page.look("u1");
  else page.makeSteps(Number(current.graph.params.steps) + 1);
}

function undo() {
  if (!current) return;
  const steps = Number(current.graph.params.steps);
  if (current.moment?.phase === "u" && steps === 0) page.look(null);
  else if (steps > 0) page.makeSteps(steps - 1);
}

/** @param {Graph} graph @param {GraphMoment | null} moment */
export function show(graph, moment) {
  current = { graph, moment };
  const { forward, tape, params } = graph, at = indexOf(graph, moment), last = timeline(graph).length - 1;
  enable("start", at > 0);
  enable("back", at > 0);
  enable("forth", at < last);
  enable("end", moment !== null);
  enable("descend", isComplete(graph, moment) && Number(params.steps) < 100);
  enable("undo", Number(params.steps) > 0 || moment?.phase === "u");
  const ahead = moment?.phase === "f" ? moment.done : forward.length;
  const behind = moment?.phase === "f" ? 0 : moment?.phase === "b" ? moment.done : tape.length;
  const now = moment ? moment.done - 1 : -1;
  byId("node-track").replaceChildren(
    passOf(graph, "forward", forward, ahead, moment?.phase === "f" ? now : -1),
    passOf(graph, "backward", tape, behind, moment?.phase === "b" ? now : -1),
    element(
      "span",
      { class: `beats-of update${moment?.phase === "u" ? " now" : ""}` },
      words("graphlab.pass.update"),
    ),
  );
}

/**
 * One pass of the track: its nodes by name, or how many of them are done where they are many.
 * @param {Graph} graph @param {"forward" | "backward"} name @param {string[]} nodes @param {number} done @param {number} now the node of this moment; −1: none
 */
function passOf(graph, name, nodes, done, now) {
  const isNamed = nodes.length <= NAMED, pass = element("span", { class: `beats-of ${name}` });
  pass.style.flexGrow = String(Math.max(1, nodes.length));
  pass.title = words(`graphlab.pass.${name}`);
  if (!nodes.length) pass.append(element("i", {}, words(`graphlab.pass.${name}`)));
  pass.append(...nodes.map((node, i) => {
    const state = `${i >= done ? "later" : ""}${i === now ? " now" : ""}`.trim();
    return element("i", state ? { class: state } : {}, isNamed ? labelOf(graph, node) : "");
  }));
  if (!isNamed) pass.append(element("b", {}, `${done}/${nodes.length}`));
  return pass;
}

/** @param {string} name @param {boolean} able */
function enable(name, able) {
  const button = /** @type {HTMLButtonElement} */ (byId(`node-${name}`));
  const focused = button === document.activeElement;
  button.disabled = !able;
  if (focused && !able) {
    byId(name === "undo" ? "node-descend" : name === "forth" ? "node-back" : "node-forth").focus();
  }
}
