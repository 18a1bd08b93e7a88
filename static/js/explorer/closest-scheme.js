// Which truncation schemes come closest to the exact gradient.

const ROUNDING = 2e-5; // of an error: answers have five figures

/**
 * All that cut and are equally close; none where no error is known.
 * @param {Result["schemes"]} schemes
 * @returns {{names: string[], error: number}}
 */
export function closestSchemes(schemes) {
  const others = Object.entries(schemes).flatMap(([name, { relative_error: error }]) =>
    name === "full" || error === null ? [] : [{ name, error }]
  );
  const least = Math.min(...others.map(({ error }) => error));
  return {
    names: others.filter(({ error }) => error <= least * (1 + ROUNDING)).map(({ name }) => name),
    error: least,
  };
}
