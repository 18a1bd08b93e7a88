// Program in the export dialog: a script of the server for each library, to copy or to save.

import { byId, element } from "../../lib/dom.js";
import { save } from "../../lib/save.js";
import { words } from "../../lib/words.js";
import { fetchFile } from "../../server/api.js";
import { copyText } from "../share/share.js";
import { button, foot, section } from "./markup.js";
import { reason } from "./refusal.js";

/**
 * @param {string} name of the kind
 * @param {string[]} libraries
 * @param {{help: string, before?: Node[], after?: Node[]}} parts help: key of its sentence; what stands before and after the script
 */
export function programSection(name, libraries, { help, before = [], after = [] }) {
  const title = words(`export.${name}.title`);
  return section(
    name,
    element("p", {}, words(help)),
    ...before,
    element(
      "span",
      { class: "options", role: "group", "aria-label": title },
      ...libraries.map((library) => button(`code-${library}`, words(`export.${library}`))),
    ),
    element("pre", { id: "code", tabindex: "0", role: "region", "aria-label": words("export.code") }),
    ...after,
    foot(button("code-copy", words("share.copy")), button("code-save", words("export.save"), true)),
  );
}

/**
 * Listen to the buttons of the section.
 * @param {string[]} libraries
 * @param {string} name how the names of saved files begin
 * @param {(library: string) => unknown} show
 */
export function listenToProgram(libraries, name, show) {
  for (const library of libraries) byId(`code-${library}`).addEventListener("click", () => show(library));
  byId("code-copy").addEventListener("click", async () => {
    byId("taken").textContent = words(
      await copyText(byId("code").textContent ?? "") ? "export.copied" : "export.not_copied",
    );
  });
  byId("code-save").addEventListener(
    "click",
    () => save(`${name}_${byId("code").dataset.library}.py`, byId("code").textContent ?? "", "text/x-python"),
  );
}

/**
 * Show the script of a library, with the link of the page in its first line.
 * @param {string[]} libraries @param {string} library @param {string} path of the script @param {string} link
 */
export async function showScript(libraries, library, path, link) {
  const code = byId("code");
  Object.assign(code.dataset, { library, path });
  for (const other of libraries) {
    byId(`code-${other}`).setAttribute("aria-pressed", String(other === library));
  }
  code.textContent = words("export.loading");
  const answer = await fetchFile(path), isThere = "result" in answer;
  const text = isThere ? `# ${link}\n${await answer.result.text()}` : reason(answer);
  if (code.dataset.path !== path) return;
  code.textContent = text;
  for (const id of ["code-copy", "code-save"]) byId(id).toggleAttribute("disabled", !isThere);
}
