// A small race to draw: made up, in the shape of the server's answer.
import { viewWith } from "./recorded.js";

/** @param {Partial<LabView>} [changes] @param {string} [language] @returns {LabView} */
export function labView(changes = {}, language = "en") {
  const { colors, ...seen } = viewWith({}, language);
  const own = ["place0", "place1", "place2", "place3", "place4"];
  const more = Object.fromEntries(own.map((name, i) => [name, `#${String(200000 + i * 999)}`]));
  return { ...seen, colors: { ...colors, ...more }, width: 760, ...changes };
}

/**
 * A contestant by its entry, such as zeros.10, with its final values.
 * @param {string} entry @param {Partial<Contestant>} [changes]
 * @returns {Contestant}
 */
export function contestant(entry, changes = {}) {
  const words = entry.split("."), k = Number(words.at(-1)) || 4;
  return {
    ...{
      entry,
      cell: words.includes("lstm") ? "lstm" : "rnn",
      scheme: words.includes("full") ? "full" : "blocks",
    },
    ...{ state: words.includes("zeros") ? "zeros" : "carried", k, k1: null, cut: null },
    ...{ cached_steps: k, backward_steps: 80, updates: 80 / k, steps: 80 },
    points: {
      ...{
        u: [0, 40 / k, 80 / k],
        steps: [0, 40, 80],
        mean: [2, 1, 0.5],
        min: [1.9, 0.9, 0.4],
        max: [2.1, 1.1, 0.6],
      },
      ...{ accuracy: [0.25, 0.5, 1], grad: [null, 0.1, 0.01] },
    },
    final: { mean: 0.5, min: 0.4, max: 0.6, each: [0.4, 0.6] },
    accuracy: { mean: 1, min: 1, max: 1 },
    learned_at: null,
    diverged_at: [null, null],
    updates_by_seed: null,
    sensitive_from: null,
    final_change: 0,
    samples: [{ u: 0, text: "helo" }],
    ...changes,
  };
}

/** @param {Partial<Race>} [changes] @returns {Race} */
export function race(changes = {}) {
  return {
    ...{ measure: "loss", chance: null, match: "steps", x_max: { steps: 80, updates: 80 } },
    contestants: ["1", "2", "full"].map((entry) => contestant(entry)),
    ...changes,
  };
}

/** Recall with these final accuracies: mean, min, max. @param {Record<string, [number, number, number]>} finals */
export function recall(finals) {
  const contestants = Object.entries(finals).map(([entry, [mean, min, max]]) =>
    contestant(entry, { final: { mean, min, max, each: [] }, accuracy: null })
  );
  return race({ measure: "accuracy", chance: 0.5, contestants });
}
