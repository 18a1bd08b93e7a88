// Step bar of the presenter view: a bar for each moment of the computation, the present one framed, and its number.

import { byId, element } from "../../lib/dom.js";
import { indexOf, schedule } from "../timeline.js";

const MOST = 90; // bars; of a longer run each stands for several moments

/** @param {Result} result @param {View} view */
export function show(result, { at, present }) {
  if (!present) return;
  const plan = schedule(result), now = at ? indexOf(plan, at) : plan.length - 1;
  byId("present-step").textContent = `${now + 1} / ${plan.length}`;
  byId("present-bars").replaceChildren(...bars(plan, now).map((name) => element("i", { class: name })));
}

/**
 * What each bar is: its pass, and whether it has happened.
 * @param {Pick<import("../timeline.js").Schedule, "T" | "length">} plan @param {number} now the present moment, from 0
 * @returns {string[]}
 */
export function bars({ T, length }, now) {
  const each = Math.ceil(length / MOST);
  /** @param {string} name @param {number} first @param {number} end */
  const pass = (name, first, end) =>
    Array.from({ length: Math.ceil((end - first) / each) }, (_, i) => {
      const from = first + each * i, to = Math.min(end, from + each);
      return `${name} ${now >= to ? "done" : now >= from ? "now" : "ahead"}`;
    });
  return [
    ...pass("forward", 0, T),
    ...pass("backward", T, length - 1),
    ...pass("update", length - 1, length),
  ];
}
