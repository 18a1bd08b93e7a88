// Formula field: what is typed is tried first, and a mistake is marked at its position.

import { byId, element } from "../lib/dom.js";
import { problemText } from "../page/notices.js";

const EDITABLE = ["product", "layers", "tied", "chain"]; // presets whose formula can be typed

/** @type {Graph | null} */
let current = null;
let newest = 0;
/** @type {{value: string, problem: import("../page/constraints.js").Problem} | null} what the reader has yet to mend */
let invalid = null;

const field = () => /** @type {HTMLInputElement} */ (byId("formula"));

/** In an empty field the preset's formula can be changed. */
export function listen() {
  field().addEventListener("focus", () => {
    if (field().value || !current || !EDITABLE.includes(String(current.params.preset))) return;
    field().value = current.formula;
    field().select();
  });
  field().addEventListener("blur", () => {
    if (current && !current.params.formula && field().value === current.formula) field().value = "";
  });
}

/**
 * An invalid formula stays in the field until another graph is requested.
 * @param {Graph} graph
 */
export function show(graph) {
  const same = ["formula", "preset"].every((name) => !current || current.params[name] === graph.params[name]);
  current = graph;
  field().placeholder = graph.formula;
  if (!same) showProblem("formula", null);
  else if (invalid && field() !== document.activeElement) {
    field().value = invalid.value;
    field().setAttribute("aria-invalid", "true");
  }
}

/**
 * Follow what was typed if it can be computed and nothing newer was typed.
 * @param {string} value
 * @param {Promise<import("../server/api.js").Answer<unknown>>} response
 * @param {(graph: Graph) => void} follow
 */
export async function tryFormula(value, response, follow) {
  const number = ++newest, answer = await response;
  if (number !== newest) return;
  if ("problems" in answer) return void showFormulaProblem(answer.problems, value);
  showProblem("formula", null);
  if ("result" in answer) follow(/** @type {Graph} */ (answer.result));
}

/**
 * Show what is wrong with a formula, if it is the formula that is wrong.
 * @param {import("../server/api.js").Problem[]} problems
 * @param {string} value
 * @param {string} [message] instead of what is wrong alone
 * @returns {boolean} whether it is, and the reader sees the field
 */
export function showFormulaProblem(problems, value, message) {
  const problem = problems.find(({ parameter }) => parameter === "formula");
  if (!problem) return false;
  showProblem("formula", { code: problem.code, limit: Number(problem.limit) }, value, message);
  return field().checkVisibility();
}

/**
 * Show a problem under the character it is about; null removes it.
 * @param {string} parameter
 * @param {import("../page/constraints.js").Problem | null} problem
 * @param {string} [value]
 * @param {string} [message]
 */
export function showProblem(parameter, problem, value = field().value, message) {
  const box = byId("formula-error");
  invalid = problem && { value, problem };
  field().setAttribute("aria-invalid", String(Boolean(problem)));
  box.hidden = !problem;
  if (!problem) return box.replaceChildren();
  const letters = [...value], at = problem.code.startsWith("formula_") ? problem.limit - 1 : letters.length;
  const code = element(
    "code",
    { "aria-hidden": "true" },
    letters.slice(0, at).join(""),
    element("mark", {}, letters[at] ?? " "),
    letters.slice(at + 1).join(""),
  );
  box.replaceChildren(code, element("span", {}, message ?? problemText({ parameter, ...problem })));
}
