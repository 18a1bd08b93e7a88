// What the page in the frame of a lecture shows, in words for a screen reader, and when that changes.

const REST = 700; // ms without a further change: a lecturer who drags is told of once
const TELLING = "#readout, section.moment, #k";

let watch = /** @type {MutationObserver | null} */ (null);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;

/** Call back after every change of what the page shows; no longer of the page before it. @param {Document} page @param {() => void} changed */
export function onChange(page, changed) {
  watch?.disconnect();
  clearTimeout(resting);
  watch = new MutationObserver(() => {
    clearTimeout(resting);
    resting = setTimeout(changed, REST);
  });
  const what = { childList: true, attributes: true, attributeFilter: ["hidden", "aria-valuetext"] };
  for (const node of page.querySelectorAll(TELLING)) watch.observe(node, what);
}

/**
 * The moment of a lesson; of the explorer k and the line below the graph, since its title says where it was opened;
 * of other pages the title.
 * @param {Document} page
 */
export function whatIsShown(page) {
  const moment = page.querySelector("section.moment:not([hidden]) h3")?.textContent;
  const line = page.querySelector("#readout")?.textContent?.trim();
  const k = page.querySelector("#k")?.getAttribute("aria-valuetext");
  if (moment || !line) return (moment ?? page.title).trim();
  return [...(k ? [`k = ${k}`] : []), line].join(" · ");
}
