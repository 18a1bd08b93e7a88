// Covered values of the graph lab: the names in veil=, and what else would reveal them.

/** @typedef {{value: (name: string) => boolean, grad: (name: string) => boolean, after: (name: string) => boolean, part: (name: string) => boolean, any: boolean}} Veil */

/**
 * Veiled are value.x, grad.x (* for all), after (the step, its promise and truth), and parts by their names.
 * The step of an input gives its gradient away, and the promise of the whole step every gradient.
 * @param {string | null} written
 * @returns {Veil}
 */
export function veilOf(written) {
  const names = new Set(written?.split(",") ?? []), any = names.size > 0;
  const veiled = (/** @type {string} */ kind, /** @type {string} */ name) =>
    names.has(`${kind}.${name}`) || names.has(`${kind}.*`);
  const gradients = [...names].some((name) => name.startsWith("grad."));
  return {
    any,
    value: (name) => veiled("value", name),
    grad: (name) => veiled("grad", name),
    after: (name) => names.has("after") || veiled("grad", name) || (name === "*" && gradients),
    part: (name) => names.has(name),
  };
}
