// The tail of a loss can be clicked as its disc can: the loss is followed.

import { byId } from "../lib/dom.js";
import * as explorer from "./show.js";
import { penOf } from "./unrolled/pen.js";
import { tailAt } from "./unrolled/tails.js";
import { unit } from "../lib/unit.js";

/** @param {(target: Target) => void} chosen a mark was clicked */
export function listenToTails(chosen) {
  const stage = byId("scroll");
  let isOver = false;
  /** @param {Target | null} target the loss whose tail the pointer is over */
  const over = (target) => {
    stage.classList.toggle("over-tail", target !== null);
    if (isOver && !target) explorer.noteReader({ pointed: null });
    if (target || isOver) explorer.pointAt(target);
    isOver = target !== null;
  };
  stage.addEventListener("pointermove", (event) => {
    over(event.pointerType === "touch" ? null : lossAt(event));
  });
  stage.addEventListener("pointerleave", () => over(null));
  stage.addEventListener("click", (event) => {
    const target = lossAt(event);
    if (!target) return;
    event.stopPropagation();
    chosen(target);
    isOver = true; // also where plotly.js has covered the page since the pointer was over the tail
  }, { capture: true });
}

/** The loss whose tail is under the pointer. @param {MouseEvent} event @returns {Target | null} */
function lossAt({ clientX, clientY, target }) {
  const graph = byId("graph"), picture = explorer.currentPicture();
  if (!picture || !(target instanceof Node) || !graph.contains(target)) return null;
  const { left, top } = graph.getBoundingClientRect(), u = unit();
  const { result, view } = picture, x = (graph.offsetLeft + clientX - left) / u;
  const s = tailAt(result, view, penOf(result, view), x, (clientY - top) / u);
  return s === null ? null : { kind: "L", t: s };
}
