// The request of the number format panel, and its answers: without loss scaling, and with it.

/** @typedef {Api.FormatsResult} Formats */

const TRUNCATION = ["truncation", "k", "k1", "cut", "cut_seed", "cuts"]; // no rounding error depends on it

/** @param {Pick<View, "scale">} view */
export const scaleOf = ({ scale }) => scale ?? 0;

/** The path of the answer. @param {string} query @param {number} scale base-2 logarithm of the loss scaling */
export function pathTo(query, scale) {
  const asked = new URLSearchParams(query);
  for (const name of TRUNCATION) asked.delete(name);
  if (scale) asked.set("loss_scale", String(scale));
  return `/api/formats?${asked}`;
}

/**
 * The answer without loss scaling, and what is shown: the answer with it, until that comes the other one.
 * @param {Pick<View, "answers" | "query" | "scale">} view
 * @returns {{plain: Formats | null, shown: Formats | null}}
 */
export function answersOf(view) {
  const [plain, scaled] = [0, scaleOf(view)].map((scale) =>
    /** @type {Formats | undefined} */ (view.answers[pathTo(view.query, scale)]) ?? null
  );
  return { plain, shown: scaled ?? plain };
}
