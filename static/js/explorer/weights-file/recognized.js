// What was recognized in a file of weights, array by array, and the button that uses it; or why it was refused.

import { element } from "../../lib/dom.js";
import { grouped, percent, sci, shortNumber, visible } from "../../lib/format.js";
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
  const { unit } = params;
  field.value = found.noted.includes("vocabulary")
    ? found.vocabulary ?? ""
    : symbolsAsked(query(), unit).known(V);
  const check = () => {
    const why = hindrance(found, field.value, symbolsAsked(query(), unit));
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

/**
 * Why it cannot be used with the text on the page; empty if it can.
 * @param {Pick<Api.WeightsFile, "params" | "symbols" | "fits_a_link">} found
 * @param {string} vocabulary as it is written @param {ReturnType<typeof symbolsAsked>} asked
 */
export function hindrance({ params, symbols: V, fits_a_link: fits }, vocabulary, asked) {
  if (!fits) return words("weights_file.too_long", { H: params.hidden, V });
  const written = symbolsOf(vocabulary.normalize("NFC"), asked.unit), n = new Set(written).size;
  const isWhole = asked.unit === "number" ? V === 1 : written.length === V && n === V;
  if (!isWhole) return words("weights_file.symbols", { V, n });
  const missing = asked.missing(written);
  return missing === undefined ? "" : words("weights_file.missing", { symbol: visible(missing) });
}

/** What is worth knowing before it is used. @param {Api.WeightsFile} found */
export function said({ params, assumed, noted, fits_a_link: fits, exact, link_length: n }) {
  return [
    ...(params.reset_gate ? [words(`weights_file.reset_${params.reset_gate}`)] : []),
    ...(noted.includes("activation")
      ? [words("weights_file.noted_activation", { activation: params.activation })]
      : []),
    ...(noted.includes("vocabulary") ? [words("weights_file.noted_vocabulary")] : []),
    ...assumed.map((what) => words(`weights_file.assumed_${what}`)),
    ...(fits && !exact ? [words("weights_file.rounded")] : []),
    ...(fits && n > LONGEST
      ? [words("weights_file.long_link", { n: grouped(100 * Math.ceil(n / 100)) })]
      : []),
  ];
}

/** @param {Api.WeightsFile} found */
function table({ arrays, params }) {
  const ours = OURS[params.cell] ?? "", H = Number(params.hidden);
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
          element("td", {}, happens(how, ours, H)),
          element("td", {}, fills),
        )
      ),
    ),
  );
}

/**
 * What is done with an array, or with the part of it that a row is about.
 * @param {Pick<Api.WeightsFile["arrays"][number], "transposed" | "order" | "negated" | "blocks" | "row">} how
 * @param {string} all the gates in the order here @param {number} H
 */
export function happens({ transposed, order: whole, negated, blocks, row }, all, H) {
  const order = blocks.length ? whole.filter((gate) => blocks.includes(gate)) : whole;
  const ours = all.split(" ").filter((gate) => order.includes(gate)).join(" ");
  const part = [
    ...(row ? [words("weights_file.row", { row })] : []),
    ...(blocks.length
      ? [
        words(`weights_file.${blocks.length > 1 ? "blocks" : "block"}`, {
          gates: blocks.join(", "),
          size: blocks.length * H,
        }),
      ]
      : []),
  ].join(", ");
  const steps = [
    ...(part ? [part] : []),
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
    ? answer.problems.map(({ code, limit, given, subject }) =>
      words(`file_errors.${code}`, { limit, given, subject })
    )
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
