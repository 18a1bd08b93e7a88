// What of a lesson is in sight: tells whether a question is, and brings a question or an answer there.

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

const FOOT = 61; // px of a phone's window, at most, that Back and Next cover
/** @type {IntersectionObserver | undefined} */
let watcher;

/**
 * Tell whether the choices of a question are in sight, until they are.
 * @param {Element | null} choices
 * @param {(isSeen: boolean) => void} told
 */
export function onSight(choices, told) {
  watcher?.disconnect();
  if (!choices) return;
  const row = choices.firstElementChild ?? choices;
  watcher = new IntersectionObserver((entries) => {
    const isSeen = entries.some(({ isIntersecting }) => isIntersecting);
    if (isSeen) watcher?.disconnect();
    told(isSeen);
  }, { rootMargin: `0px 0px -${FOOT}px`, threshold: 0.9 });
  watcher.observe(row);
}

/** Scroll to a question. @param {Element} choices */
export function bringQuestion(choices) {
  choices.scrollIntoView({ block: "center" });
}

/** The positions of the lines of a step and of its choices. @param {Element} moment */
function linesOf(moment) {
  const range = document.createRange();
  return [...moment.querySelectorAll("h3, p, .choice")].flatMap((part) => {
    range.selectNodeContents(part);
    return part.matches(".choice") ? [part.getBoundingClientRect()] : [...range.getClientRects()];
  });
}
