// Learning curves as a CSV table.

import { fullNames } from "./names.js";

/** @param {Race} race @param {Words} words @returns {import("../../lib/csv.js").NumberTable} */
export function curvesTable({ contestants, measure }, words) {
  const names = fullNames(contestants, words);
  return {
    name: "race",
    columns: ["contestant", "update", "steps a lane", `${measure} mean`, "min", "max", "accuracy", "|dW|"],
    rows: contestants.flatMap(({ points }, contestant) => {
      const name = names[contestant];
      return points.u.map((u, i) => [
        ...[name, u, points.steps[i], points.mean[i], points.min[i], points.max[i]],
        ...[points.accuracy[i] ?? null, points.grad[i] ?? null],
      ]);
    }),
  };
}
