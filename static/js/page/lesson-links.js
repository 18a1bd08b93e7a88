// Links from labs and panels to the lesson, or the step of a lesson, that explains them.

import { element } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** @typedef {Record<string, string>} Explained the moment, such as 8.5, that explains a part, by its name */

/** Lessons about a lab as a whole, if the page names no other step. @type {Explained} */
const LESSONS = {
  ...{ full: "6.1", truncated: "8.1", film: "9.1", lanes: "10.1", race: "12.1" },
  ...{ graph: "2.1", tied: "2.5", layers: "2.5", chain: "2.7", recursion: "2.6", ar: "1.3", latent: "1.4" },
};

/** @type {Explained} */
let known = {};
let isAlone = true; // not in the frame of another page

/** @param {{explained?: Explained, embedded?: boolean}} data of the page */
export function use({ explained = {}, embedded = false }) {
  known = explained;
  isAlone = !embedded;
}

/** A small link to the lesson step that explains a panel, if there is one. @param {string} name @returns {Node[]} */
export function linkTo(name) {
  const moment = isAlone && known[name];
  if (!moment) return [];
  return [element("a", { class: "explained", href: hrefOf(moment) }, words("explained.moment", { moment }))];
}

/**
 * Point the lesson links of the page to the steps that explain its parts.
 * @param {(part: string) => string} [named] the present name of a link's part
 */
export function updateLinks(named = (part) => part) {
  for (
    const link
      of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-explained]"))
  ) {
    const part = named(link.dataset.explained ?? ""), moment = known[part] ?? LESSONS[part];
    link.hidden = !isAlone || !moment;
    if (!moment) continue;
    link.href = hrefOf(moment);
    const isShort = link.classList.contains("explained-short"); // in the header
    link.textContent = words(isShort ? "explained.short" : "explained.lesson", { n: moment.split(".")[0] });
  }
}

/** @param {string} moment */
const hrefOf = (moment) => `/${document.documentElement.lang}/${moment}`;
