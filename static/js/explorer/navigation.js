// Navigation in time: moves of the player, and clicks on nodes and figures, write the position into the address.

import * as address from "../page/address.js";
import { readHash } from "../page/hash.js";
import * as player from "./player.js";
import { onGraph } from "./render.js";
import * as explorer from "./show.js";
import { atStep, clampMoment, indexOf, readMoment, schedule, stepsOn, writeMoment } from "./timeline.js";

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

  /** The next or the last moment while one is played. @param {number} by @returns {boolean} whether there is one */
  function step(by) {
    const picture = explorer.currentPicture(), at = picture?.view.at;
    if (!picture || !at) return false;
    const plan = schedule(picture.result), place = indexOf(plan, at) + by;
    if (place < 0 || place >= plan.length) return false;
    player.pause();
    moveTime((plan, now) => stepsOn(plan, now, by));
    return true;
  }

  return { moveTime, step, listenToGraph, chosen };
}
