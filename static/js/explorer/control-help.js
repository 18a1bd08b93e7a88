// The sentences about the controls, which come after the first picture: as text, and as the title of each name.

import { words } from "../lib/words.js";

/** Write them beside the controls. */
export function explainControls() {
  for (const box of document.querySelectorAll(".control > .help:empty")) {
    const name = box.id.replace("help-", ""), help = words(`params.${name}.help`);
    box.textContent = help;
    document.querySelector(`label[for="${name}"]`)?.setAttribute("title", help);
  }
}
