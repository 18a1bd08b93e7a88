// Data of the cell comparison: the request for each cell, its response, and its color.

export const CELLS = /** @type {const} */ (["rnn", "lstm", "gru"]);
export const COLORS = { rnn: "place0", lstm: "place2", gru: "place4" };
export const LOWEST = -10; // decades that are drawn

/** The same question of another cell, written as the canonical query is. @param {string} query @param {string} cell */
export function pathOf(query, cell) {
  const requests = [...new URLSearchParams(query)].filter(([name]) =>
    name !== "cell" && name !== "weights" && (name !== "reset_gate" || cell === "gru")
  );
  const after = requests.findIndex(([name]) => !["v", "text", "targets", "steps", "unit"].includes(name));
  const place = after < 0 ? requests.length : after;
  if (cell !== "rnn") requests.splice(place, 0, ["cell", cell]);
  return `/api/bptt?${new URLSearchParams(requests)}`;
}

/** The answers that are known so far. @param {Result} result @param {View} view */
export function answers(result, view) {
  return CELLS.flatMap((cell) => {
    const answer = cell === result.params.cell ? result : view.answers[pathOf(view.query, cell)];
    return answer ? [{ cell, answer: /** @type {Result} */ (answer) }] : [];
  });
}
