// Export: its dialog is loaded when it is first asked for.

import { byId } from "../../lib/dom.js";
import { words } from "../../lib/words.js";

/** @param {() => import("./dialog.js").Exported} exported what the page exports now */
export function listen(exported) {
  document.addEventListener("click", async ({ target }) => {
    const button = /** @type {Element} */ (target).closest("[data-take]");
    if (!(button instanceof HTMLElement)) return;
    try {
      const { open } = await import("./dialog.js");
      open(exported(), button.dataset.take);
    } catch {
      byId("copied").textContent = words("export.failed"); // where the Share dialog says what was done
    }
  });
}
