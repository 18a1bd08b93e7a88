// Course overview and glossary: reading progress, search, theme and sharing.

import * as address from "./page/address.js";
import { byId } from "./lib/dom.js";
import { simple } from "./lessons/page.js";
import { progress } from "./page/progress.js";
import { words } from "./lib/words.js";

/** Show which steps of each lesson the reader has seen, and where to go on. */
function showProgress() {
  const { last, seen } = progress(), links = [...document.querySelectorAll("[data-lesson]")];
  const next = last.split(".")[0] || "1";
  let all = 0, mine = 0;
  for (const link of /** @type {HTMLElement[]} */ (links)) {
    const { lesson = "" } = link.dataset, n = Number(link.dataset.moments);
    const steps = new Set(seen.filter((moment) => moment.split(".")[0] === lesson));
    const known = [...link.querySelectorAll("i")].map((dot, i) =>
      dot.classList.toggle("known", steps.has(`${lesson}.${i + 1}`))
    );
    const count = known.filter(Boolean).length,
      told = /** @type {HTMLElement} */ (link.querySelector(".seen"));
    told.textContent = count ? words("lessons.done", { seen: count, n }) : words("lessons.count", { n });
    link.toggleAttribute("data-next", lesson === next);
    [all, mine] = [all + n, mine + count];
  }
  byId("seen-of").textContent = mine ? words("lessons.seen_of", { seen: mine, n: all }) : "";
  const on = /** @type {HTMLAnchorElement} */ (byId("go-on"));
  if (!last) return;
  on.textContent = words("lessons.go_on", { moment: last });
  on.href = `/${document.documentElement.lang}/${last}`;
}

/** Show the entries of the glossary that have a word, in either language. */
function findTerms() {
  const field = /** @type {HTMLInputElement} */ (byId("glossary-find")),
    word = field.value.trim().toLowerCase();
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".glossary > div")]);
  for (const entry of entries) entry.hidden = !entry.textContent?.toLowerCase().includes(word);
  const none = byId("glossary-none");
  none.textContent = entries.every(({ hidden }) => hidden) ? none.dataset.none ?? "" : "";
}

simple("lessons/", { talk: () => import("./talk/on-page.js") });
document.getElementById("glossary-find")?.addEventListener("input", findTerms);
if (document.getElementById("go-on")) {
  showProgress();
  address.onTravel(showProgress);
}
