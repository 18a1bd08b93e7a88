// Course overview and glossary page: reading progress, theme and sharing.

import * as address from "./page/address.js";
import { byId } from "./lib/dom.js";
import { simple } from "./lessons/page.js";
import { progress } from "./page/progress.js";
import { words } from "./lib/words.js";

/** Show how many steps of each lesson the reader has seen. */
function showProgress() {
  const { last, seen } = progress();
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-lesson]"))) {
    const n = Number(link.dataset.moments);
    const mine = seen.filter((moment) => moment.split(".")[0] === link.dataset.lesson).length;
    const told = /** @type {HTMLElement} */ (link.querySelector(".seen"));
    told.textContent = mine
      ? words("lessons.done", { seen: Math.min(mine, n), n })
      : words("lessons.count", { n });
    link.toggleAttribute("data-complete", mine >= n);
  }
  const on = /** @type {HTMLAnchorElement | null} */ (document.getElementById("go-on"));
  if (!on || !last) return;
  on.textContent = words("lessons.go_on", { moment: last });
  on.href = `/${document.documentElement.lang}/${last}`;
}

simple("lessons/");
if (byId("main").querySelector(".lessons")) showProgress();
address.onTravel(showProgress);
