// Progress bar of a training run, with the remaining time and the buttons to cancel or run again.

import { byId } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** @param {Pick<LabState, "running" | "ended">} state @param {number} done of a run that was canceled */
export function show({ running, ended }, done) {
  byId("run").hidden = !running && !ended;
  byId("run").dataset.state = running ? "running" : ended ?? "";
  byId("run-words").textContent = statusText({ running, ended }, done);
  byId("run-cancel").hidden = !running;
  byId("run-again").hidden = Boolean(running) || ended === "done"; // the same again would show the same
  const bar = /** @type {HTMLProgressElement} */ (byId("run-done"));
  bar.value = running ? running.done : ended === "done" ? 1 : done;
  const text = running ? "" : statusText({ running, ended }, done); // only its end is worth being spoken
  if (byId("run-said").textContent !== text) byId("run-said").textContent = text;
}

/** @param {Pick<LabState, "running" | "ended">} state @param {number} done */
function statusText({ running, ended }, done) {
  const percent = Math.round(100 * (running?.done ?? done));
  if (!running) return ended ? words(`training.run.${ended}`, { percent }) : "";
  if (!running.done) return words("training.run.starting");
  if (running.left === null) return words("training.run.progress", { percent });
  return words("training.run.left", { percent, seconds: Math.max(1, Math.round(running.left)) });
}
