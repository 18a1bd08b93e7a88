// What the reader must know: said in a line above the picture, which itself stays.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** @typedef {import("./query.js").Remark} Remark */

/**
 * Show a line under this name, in place of an older one of the same name; an empty text takes it away.
 * @param {string} name
 * @param {string} text
 * @param {boolean} [bad]
 */
export function notice(name, text, bad = false) {
  const box = byId("notices");
  const old = box.querySelector(`[data-name="${name}"]`);
  if (!text) return old?.remove();
  if (old?.querySelector("p")?.textContent === text) return;
  const close = element(
    "button",
    { type: "button", class: "quiet", "aria-label": words("notices.close") },
    "✕",
  );
  const line = element(
    "div",
    { class: bad ? "notice bad" : "notice", "data-name": name },
    element("p", {}, text),
    close,
  );
  close.addEventListener("click", () => line.remove());
  if (old) old.replaceWith(line);
  else box.append(line);
}

/**
 * What had to be made of a link that could not be taken as it is.
 * @param {Remark[]} remarks
 */
export function remarkOn(remarks) {
  notice("link", remarks.map(sentence).join(" "));
}

/**
 * What is wrong with a text as far as it is typed.
 * @param {string} parameter
 * @param {import("./constraints.js").Problem | null} problem
 */
export function sayWhileTyping(parameter, problem) {
  const message = problem && problemText({ parameter, ...problem });
  notice("typing", message ? words("notices.refused", { message }) : "", true);
}

/** @param {Remark} remark */
function sentence({ code, name, given = "", used, low, high, problem }) {
  const title = words(`params.${name}.title`);
  if (problem) return words("notices.instead", { message: problemText({ parameter: name, ...problem }) });
  if (code === "cropped") return words("notices.cropped", { symbols: given, used });
  return words(`notices.${code}`, { title, given, used, low, high });
}

/**
 * An error of the API in the reader's language.
 * @param {{parameter: string, code: string, limit: number | string | null, given?: number | string}} problem
 */
export function problemText({ parameter, code, limit, given }) {
  return words(`errors.${code}`, { parameter: words(`params.${parameter}.title`), limit, given });
}
