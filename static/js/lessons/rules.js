// What lessons ask: each rule a small function of the lab's results; a lesson's are one file and one line here.

/** @type {Record<string, Rule>} by name */
export const RULES = Object.assign({});
