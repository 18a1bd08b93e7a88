// Other batch sizes on the same text: with equal steps, fewer lanes make more updates and win; with equal
// updates they do not.

import { element } from "../../lib/dom.js";
import { grouped } from "../../lib/format.js";

/** A mean, and the range of the seeds where there is one. @param {{mean: Num, min: Num, max: Num}} spread */
export function meanAndRange({ mean, min, max }) {
  if (mean === null) return ["–", ""];
  const say = (/** @type {Num} */ value) => Number(value).toFixed(2);
  return [say(mean), min === max ? "" : `[${say(min)}–${say(max)}]`];
}

/**
 * The key of the finding: more lanes make fewer updates, and what an update of theirs is worth against one of fewer lanes.
 * @param {LanesAnswer["others"]} others
 */
export function findingKey(others) {
  const sorted = others.toSorted((a, b) => a.lanes - b.lanes);
  const [few, many] = [sorted[0], sorted[sorted.length - 1]].map(({ updates }) => updates);
  if (others.length < 2 || few.mean === null || many.mean === null) return "training.lanes.others_finding";
  const better = Number(many.max) < Number(few.min), worse = Number(many.min) > Number(few.max);
  return `training.lanes.others_finding${better ? "_better" : worse ? "_worse" : "_equal"}`;
}

/** @param {LanesAnswer["others"]} others @param {number} lanes @param {Words} words */
export function table(others, lanes, words) {
  const heads = [
    words("training.lanes.others_lanes"),
    words("training.lanes.others_updates"),
    words("training.lanes.others_steps"),
    words("training.lanes.others_matched", { n: grouped(others[0].updates.count) }),
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
          element("th", { scope: "row" }, `N = ${other.lanes}`),
          element("td", {}, grouped(other.updates_an_epoch)),
          cell(other.steps, words),
          cell(other.updates, words),
        )
      ),
    ),
  );
}

/** @param {LanesAnswer["others"][number]["steps"]} spread @param {Words} words */
function cell(spread, words) {
  const [mean, range] = meanAndRange(spread), change = Number(spread.change);
  const [moved] = meanAndRange({ ...spread, mean: Number(spread.mean) + change });
  const sign = spread.mean === null || moved === mean ? "" : "≈ "; // another kind of processor may differ
  const lost = spread.diverged ? words("training.lanes.others_diverged", { n: spread.diverged }) : "";
  return element(
    "td",
    {},
    sign + mean,
    " ",
    element("span", { class: "range" }, [range, lost].filter(Boolean).join(" ")),
  );
}
