// Words of the film strip that an edge of the scrolled part would cut are hidden, so that none is read in part.

const CUT = "cut-off";

/** The words between the blocks, as drawn. @param {Element} strip @returns {{word: SVGGraphicsElement, from: number, to: number}[]} in the strip's pixels */
export function wordsOf(strip) {
  const words = /** @type {NodeListOf<SVGGraphicsElement>} */ (strip.querySelectorAll("text.middle"));
  return [...words].map((word) => {
    const { x, width } = word.getBBox();
    return { word, from: x, to: x + width };
  });
}

/** Hide what is cut between `left` and `right`. @param {ReturnType<typeof wordsOf>} words @param {number} left @param {number} right */
export function hideCut(words, left, right) {
  for (const { word, from, to } of words) {
    word.classList.toggle(CUT, (from < left && to > left) || (from < right && to > right));
  }
}
