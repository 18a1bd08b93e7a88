// Notices above the picture: clamped values, refusals, network errors.

import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";

/** @typedef {import("./query.js").Remark} Remark */

/** @type {WeakMap<Element, () => void>} what a notice's button does now */
const acts = new WeakMap();

/**
 * Show a notice; it replaces an older one of the same name, and an empty text removes it.
 * @param {string} name
 * @param {string} text
 * @param {boolean} [bad]
 * @param {{label: string, act: () => void}} [remedy] a button that helps
 */
export function notice(name, text, bad = false, remedy) {
  const box = byId("notices");
  const old = box.querySelector(`[data-name="${name}"]`);
  if (!text) return old?.remove();
  const label = remedy?.label ?? null;
  if (old && old.querySelector("p")?.textContent === text && labelOf(old) === label) {
    if (remedy) acts.set(old, remedy.act);
    return; // the same elements: pressing the button takes the focus from a field, which may say the same once more
  }
  const close = element(
    "button",
    { type: "button", class: "quiet", "aria-label": words("notices.close") },
    "✕",
  );
  const line = element(
    "div",
    { class: bad ? "notice bad" : "notice", "data-name": name },
    element("p", {}, text),
    ...(remedy ? [element("button", { type: "button", class: "remedy" }, remedy.label)] : []),
    close,
  );
  if (remedy) {
    acts.set(line, remedy.act);
    line.querySelector(".remedy")?.addEventListener("click", () => acts.get(line)?.());
  }
  close.addEventListener("click", () => line.remove());
  if (old) old.replaceWith(line);
  else box.append(line);
}

/** @param {Element} line */
const labelOf = (line) => line.querySelector(".remedy")?.textContent ?? null;

/**
 * Says how the values of a link were changed to be valid.
 * @param {Remark[]} remarks
 */
export function remarkOn(remarks) {
  notice(
    "link",
    remarks.map(sentence).join(" "),
    false,
    remarks.map(({ name, problem }) => cropping(name, problem)).find(Boolean),
  );
}

/**
 * Says what is wrong with the text typed so far.
 * @param {string} parameter
 * @param {import("./constraints.js").Problem | null} problem
 */
export function sayWhileTyping(parameter, problem) {
  const message = problem && problemText({ parameter, ...problem });
  notice("typing", message ? words("notices.refused", { message }) : "", true, cropping(parameter, problem));
}

/**
 * The remedy of a text that is too long: its start takes its place, as if it were typed.
 * @param {string} parameter
 * @param {import("./constraints.js").Problem | null} [problem]
 */
function cropping(parameter, problem) {
  const fits = problem?.fits;
  if (!fits) return undefined;
  const act = () => {
    const field = /** @type {HTMLInputElement} */ (byId(parameter));
    field.value = fits.text;
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
  };
  return { label: words("notices.crop", { n: fits.n }), act };
}

/** @param {Remark} remark */
function sentence({ code, name, given = "", used, by, low, high, problem }) {
  if (code === "version") return words("notices.version", { given });
  const title = words(by === "k1" ? "k_label.tbptt" : `params.${name}.title`);
  if (problem) return words("notices.instead", { message: problemText({ parameter: name, ...problem }) });
  if (code === "cropped") return words("notices.cropped", { symbols: given, used });
  return words(`notices.${code}`, { title, given, used, by: by && words(`params.${by}.title`), low, high });
}

/**
 * An API error in the reader's language.
 * @param {{parameter: string, code: string, limit: number | string | null, given?: number | string}} problem
 */
export function problemText({ parameter, code, limit, given }) {
  return words(`errors.${code}`, { parameter: words(`params.${parameter}.title`), limit, given });
}
