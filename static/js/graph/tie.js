// Weight tying in the two-layer network: one shared weight, or one weight for each layer.

/**
 * What the link says after the switch: the weights keep their values.
 * @param {Graph} graph of layers or tied
 * @returns {Record<string, string>}
 */
export function tied({ params, value, nodes }) {
  const usual = Object.fromEntries(nodes.map((one) => [one.name, one.usual]));
  const kept = (/** @type {string} */ name, /** @type {string} */ from) =>
    value[from] === usual[from] ? [] : [`${name}:${value[from]}`];
  return params.preset === "layers"
    ? { preset: "tied", values: [...kept("x", "x"), ...kept("w", "w1")].join() }
    : { preset: "layers", values: [...kept("x", "x"), ...kept("w1", "w"), ...kept("w2", "w")].join() };
}
