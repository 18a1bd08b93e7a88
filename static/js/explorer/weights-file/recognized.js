// What was recognized in a file of weights, array by array, and the button that uses it; or why it was refused.

import { element } from "../../lib/dom.js";
import { grouped, percent, sci, shortNumber } from "../../lib/format.js";
import { symbolsOf } from "../../lib/symbols.js";
import { words } from "../../lib/words.js";
import { LONGEST } from "../../page/share/link.js";
import { symbolsAsked } from "./symbols.js";

/** The order of the blocks here. @type {Record<string, string>} */
const OURS = { lstm: "f g i o", gru: "z r n" };

/** What of another network would change this one. */
const WITHOUT = { h0: "", c0: "", recurrence: "learned", trained: "", updates: "0" };

let checked = () => {};

/** Looks again whether the text has only symbols of the network. */
export const recheck = () => checked();

/** @param {Api.WeightsFile} found @param {File} file @param {() => string} query of the page */
export function recognized(found, file, query) {
  const { framework, layer, params, symbols: V, precision } = found;
  const use = element("button", { type: "button", class: "strong" }, words("weights_file.use"));
  const problem = element("p", { class: "problem", role: "status" });
  const known = element("input", {
    type: "text",
    id: "weights-vocabulary",
    autocomplete: "off",
    spellcheck: "false",
  });
  const field = /** @type {HTMLInputElement} */ (known);
  field.value = symbolsAsked(query()).known(V);
  const check = () => {
    const asked = symbolsAsked(query()),
      written = symbolsOf(field.value.normalize("NFC"), asked.unit),
      missing = asked.missing(written);
    const why = !found.fits_a_link
      ? words("weights_file.too_long", { H: params.hidden, V })
      : written.length !== V || new Set(written).size !== V
      ? words("weights_file.symbols", { V, n: new Set(written).size })
      : missing !== undefined
      ? words("weights_file.missing", { symbol: missing })
      : "";
    problem.textContent = why;
    use.toggleAttribute("disabled", Boolean(why));
    const vocabulary = field.value.normalize("NFC");
    use.dataset.change = String(new URLSearchParams({ ...WITHOUT, ...params, vocabulary }));
  };
  field.addEventListener("input", check);
  check();
  checked = check;
  const card = element(
    "div",
    { class: "card known" },
    element(
      "p",
      { class: "file" },
      element("b", {}, `✓ ${file.name}`),
      element("span", {}, `${shortNumber(file.size / 1000)} kB, ${precision}`),
    ),
    element("h4", {}, `${framework} ${layer}, H = ${params.hidden}, V = ${V}`),
    ...said(found).map((line) => element("p", {}, line)),
  );
  const label = element("label", { for: "weights-vocabulary" }, words("weights_file.vocabulary", { V }));
  return [
    card,
    element(
      "div",
      {},
      table(found),
      ...misreadings(found),
      element("div", { class: "uses" }, label, known, use),
      problem,
    ),
  ];
}

/** What is worth knowing before it is used. @param {Api.WeightsFile} found */
export function said({ params, assumed, fits_a_link: fits, exact, link_length: n }) {
  return [
    ...(params.reset_gate ? [words(`weights_file.reset_${params.reset_gate}`)] : []),
    ...(assumed.includes("activation") ? [words("weights_file.assumed")] : []),
    ...(fits && !exact ? [words("weights_file.rounded")] : []),
    ...(fits && n > LONGEST
      ? [words("weights_file.long_link", { n: grouped(100 * Math.ceil(n / 100)) })]
      : []),
  ];
}

/** @param {Api.WeightsFile} found */
function table({ arrays, params }) {
  const ours = OURS[params.cell] ?? "";
  return element(
    "table",
    {},
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...["in_file", "shape", "happens", "here"].map((key) =>
          element("th", { scope: "col" }, words(`weights_file.${key}`))
        ),
      ),
    ),
    element(
      "tbody",
      {},
      ...arrays.map(({ names, shape, fills, ...how }) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, names.join(", ")),
          element("td", {}, shape.join(" × ")),
          element("td", {}, happens(how, ours)),
          element("td", {}, fills),
        )
      ),
    ),
  );
}

/** @param {Pick<Api.WeightsFile["arrays"][number], "transposed" | "order" | "negated">} how @param {string} ours */
function happens({ transposed, order, negated }, ours) {
  const steps = [
    ...(transposed ? [words("weights_file.transposed")] : []),
    ...(order.length > 1 && order.join(" ") !== ours
      ? [words("weights_file.order", { from: order.join(" "), to: ours })]
      : []),
    ...(negated.length ? [words("weights_file.negated")] : []),
  ];
  return steps.join("; ") || words("weights_file.as_is");
}

/** What overlooking a convention of the framework would cost in this network. @param {Api.WeightsFile} found */
function misreadings({ misread, arrays, params }) {
  if (!misread.length) return [];
  const order = arrays.find(({ order }) => order.length > 1)?.order.join(" ") ?? "";
  const heads = ["misread", "misread_states", "misread_gradients"];
  return [
    element(
      "table",
      { class: "misread" },
      element("caption", {}, words("weights_file.misread_note")),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...heads.map((key) => element("th", { scope: "col" }, words(`weights_file.${key}`))),
        ),
      ),
      element(
        "tbody",
        {},
        ...misread.map(({ what, states, gradients }) =>
          element(
            "tr",
            {},
            element(
              "th",
              { scope: "row" },
              words(`weights_file.misread_${what === "reset" ? `not_${params.reset_gate}` : what}`, {
                order,
              }),
            ),
            element("td", {}, sci(states)),
            element("td", {}, percent(gradients)),
          )
        ),
      ),
    ),
  ];
}

/** Why nothing was loaded. @param {import("../../server/api.js").Answer<unknown>} answer @param {File} file */
export function failed(answer, file) {
  const lines = "problems" in answer
    ? answer.problems.map(({ code, limit, given }) => words(`file_errors.${code}`, { limit, given }))
    : [words("failure" in answer && answer.failure === "busy" ? "weights_file.busy" : "weights_file.failed")];
  return element(
    "div",
    { class: "card refused" },
    element(
      "p",
      { class: "file" },
      element("b", {}, `✕ ${file.name}`),
      element("span", {}, words("weights_file.nothing")),
    ),
    ...lines.map((line) => element("p", {}, line)),
  );
}
