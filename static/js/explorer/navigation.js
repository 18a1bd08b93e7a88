// Navigation in time: moves of the player, and clicks on nodes and figures, write the position into the address.

import { byId } from "../lib/dom.js";
import * as address from "../page/address.js";
import { readHash } from "../page/hash.js";
import * as player from "./player.js";
import { graphPoint, onGraph } from "./render.js";
import * as explorer from "./show.js";
import { penOf } from "./unrolled/pen.js";
import { tailAt } from "./unrolled/tails.js";
import { atStep, clampMoment, readMoment, schedule, writeMoment } from "./timeline.js";

/** @param {(seen: Partial<Seen>) => void} look changes what is looked at */
export function navigation(look) {
  let listening = false;

  /** Listen to the pointer on the graph once it is drawn. */
  function listenToGraph() {
    if (listening) return;
    listening = onGraph({
      over: explorer.pointAt,
      away: () => {
        explorer.noteReader({ pointed: null });
        explorer.pointAt(null);
      },
      chosen,
    });
    if (listening) listenToTails();
  }

  /** The tail of a loss is a way to follow it. */
  function listenToTails() {
    const stage = byId("scroll");
    /** @param {MouseEvent} event @returns {Target | null} */
    const lossAt = (event) => {
      const picture = explorer.currentPicture(), at = graphPoint(event);
      if (!picture || !at) return null;
      const { result, view } = picture, s = tailAt(result, view, penOf(result, view), at.x, at.y);
      return s === null ? null : { kind: "L", t: s };
    };
    let isOver = false;
    stage.addEventListener("pointermove", (event) => {
      const target = event.pointerType === "touch" ? null : lossAt(event);
      stage.classList.toggle("over-tail", target !== null);
      if (target || isOver) explorer.pointAt(target);
      isOver = target !== null;
    });
    stage.addEventListener("click", (event) => {
      const target = lossAt(event);
      if (!target) return;
      event.stopPropagation();
      chosen(target);
    }, { capture: true });
  }

  /** A node was clicked: the player goes there while a pass is played; otherwise a loss is followed, or only the playhead moves. @param {Target} target */
  function chosen(target) {
    player.pause();
    explorer.noteReader({ pointed: target, moved: true });
    const { t } = target, picture = explorer.currentPicture();
    if (!picture?.view.at || picture.view.at.phase === "update") {
      const isFollowed = picture?.view.s === t;
      if (target.kind === "L") return look(isFollowed ? { s: null, t: null } : { s: t, t });
      return look({ t });
    }
    const plan = schedule(picture.result);
    look({ at: writeMoment(clampMoment(plan, atStep(plan, picture.view.at, t)), plan.separate) });
  }

  /** @type {import("./player.js").Go} */
  function moveTime(move) {
    const picture = explorer.currentPicture();
    if (!picture) return null;
    explorer.noteReader({ pointed: null, moved: true });
    const plan = schedule(picture.result), at = readMoment(readHash(address.here().hash).at);
    const then = move(plan, at && clampMoment(plan, at));
    look(then ? { at: writeMoment(then, plan.separate), t: null } : { at: null });
    return then;
  }

  return { moveTime, listenToGraph };
}
