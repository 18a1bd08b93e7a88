// Export: its dialog is loaded when it is first asked for.

import { byId } from "../../lib/dom.js";
import { words } from "../../lib/words.js";

/** @typedef {{kinds: () => import("./markup.js").Kind[], listen: () => void, open: () => void}} More what a lab exports beside pictures; listen: once, open: whenever the dialog opens */

/**
 * @param {() => import("./dialog.js").Exported} exported what the page exports now
 * @param {() => Promise<More | null>} more loads what it exports beside pictures
 */
export function listen(exported, more = () => Promise.resolve(null)) {
  document.addEventListener("click", async ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-take]");
    if (!(button instanceof HTMLElement)) return;
    try {
      const [{ build, open }, others] = await Promise.all([import("./dialog.js"), more()]);
      if (build(others?.kinds ?? (() => []))) others?.listen();
      open(exported(), button.dataset.take);
      others?.open();
    } catch {
      byId("copied").textContent = words("export.failed"); // where the Share dialog says what was done
    }
  });
}
