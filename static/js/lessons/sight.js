// Scrolls a lesson so that its answer is visible, by whole lines of text.

const UNDERLINE = 6; // px below a line, of a term

/** @param {Element} moment */
export function bringAnswer(moment) {
  moment.querySelector(".answer")?.scrollIntoView({ block: "nearest" });
  const pane = moment.parentElement;
  if (!pane) return;
  const edge = pane.getBoundingClientRect().top;
  const cut = linesOf(moment).filter(({ top, bottom }) => top < edge && edge < bottom + UNDERLINE);
  pane.scrollBy(0, Math.max(0, ...cut.map(({ bottom }) => bottom + UNDERLINE - edge)));
}

/** The positions of the lines of a step and of its choices. @param {Element} moment */
function linesOf(moment) {
  const range = document.createRange();
  return [...moment.querySelectorAll("h3, p, .choice")].flatMap((part) => {
    range.selectNodeContents(part);
    return part.matches(".choice") ? [part.getBoundingClientRect()] : [...range.getClientRects()];
  });
}
