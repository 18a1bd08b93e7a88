// The curves as a table for a spreadsheet.

import { fullName } from "./names.js";

/** @param {Race} race @param {Words} words @returns {import("../../take/tables.js").NumberTable} */
export function curvesTable({ contestants, measure }, words) {
  return {
    name: "race",
    columns: ["contestant", "update", "steps a lane", `${measure} mean`, "min", "max", "accuracy", "|dW|"],
    rows: contestants.flatMap((contestant) => {
      const { points } = contestant, name = fullName(contestant, words);
      return points.u.map((u, i) => [
        ...[name, u, points.steps[i], points.mean[i], points.min[i], points.max[i]],
        ...[points.accuracy[i] ?? null, points.grad[i] ?? null],
      ]);
    }),
  };
}
