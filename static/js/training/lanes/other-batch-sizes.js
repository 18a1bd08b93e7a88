// Other batch sizes on the same text: with equal steps, fewer lanes make more updates and win; with equal
// updates they do not.

import { element } from "../../lib/dom.js";

/** A mean, and the range of the seeds where there is one. @param {{mean: Num, min: Num, max: Num}} spread */
export function meanAndRange({ mean, min, max }) {
  if (mean === null) return ["–", ""];
  const say = (/** @type {Num} */ value) => Number(value).toFixed(2);
  return [say(mean), min === max ? "" : `[${say(min)}–${say(max)}]`];
}

/** @param {LanesAnswer["others"]} others @param {number} lanes @param {Words} words */
export function table(others, lanes, words) {
  const heads = [
    words("training.lanes.others_lanes"),
    words("training.lanes.others_updates"),
    words("training.lanes.others_steps"),
    words("training.lanes.others_matched", { n: others[0].updates.count.toLocaleString() }),
  ];
  return element(
    "table",
    { class: "others" },
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element(
      "tbody",
      {},
      ...others.map((other) =>
        element(
          "tr",
          other.lanes === lanes ? { class: "now" } : {},
          element("th", { scope: "row" }, String(other.lanes)),
          element("td", {}, other.updates_an_epoch.toLocaleString()),
          cell(other.steps),
          cell(other.updates),
        )
      ),
    ),
  );
}

/** @param {{mean: Num, min: Num, max: Num}} spread */
function cell(spread) {
  const [mean, range] = meanAndRange(spread);
  return element("td", {}, mean, " ", element("span", { class: "range" }, range));
}
