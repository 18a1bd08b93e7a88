// Number fields for the values of the inputs: at their nodes, or in the table where nodes are too close.

import { byId, element } from "../lib/dom.js";
import { notice } from "../page/notices.js";
import * as typing from "../page/typing.js";
import { words } from "../lib/words.js";
import { formatNumber } from "../lib/format.js";
import { inUnits } from "../lib/unit.js";

const MOST = 1e6;
const ID = "value-";
const NUMBER = /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** The input that a field is of. @param {Element} field */
export const nameOf = (field) => field.id.slice(ID.length);

/**
 * The query's text of all values that are not the usual ones.
 * @param {Graph} graph
 * @param {Record<string, number>} changed
 */
export function valuesWith(graph, changed) {
  const stepped = Number(graph.params.steps) > 0;
  return graph.nodes.filter(({ kind }) => kind === "input").flatMap(({ name, usual, start }) => {
    const value = changed[name] ?? (stepped ? graph.value[name] : start);
    return value === usual || value === null ? [] : [`${name}:${value}`];
  }).join();
}

/**
 * The values that a formula begins with: those on the screen, where it takes the place of a preset.
 * @param {Graph | undefined} graph
 * @param {string} written those of the link
 */
export function carried(graph, written) {
  if (!graph || graph.params.formula) return written;
  const named = graph.nodes.filter(({ kind, name }) =>
    kind === "input" && !name.includes(".") && graph.value[name] !== null
  );
  return named.map(({ name }) => `${name}:${graph.value[name]}`).join();
}

/** @param {string} text @returns {number | null} */
export function readValue(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return NUMBER.test(plain) && Math.abs(Number(plain)) <= MOST ? Number(plain) : null;
}

/**
 * A field for one input. It is a text field of numbers, so that 1e-3 and a half typed −. stay as they are.
 * An invalid value is reported, and dropped when the field loses the focus.
 * @param {Graph} graph
 * @param {GraphNode} one
 * @param {(name: string, value: number) => void} changed
 */
export function field(graph, { name, label }, changed) {
  const value = graph.value[name], text = textOf(value);
  const input = /** @type {HTMLInputElement} */ (element("input", {
    ...{
      type: "text",
      inputmode: "decimal",
      class: "graph-field",
      id: `${ID}${name}`,
      value: text,
      autocomplete: "off",
    },
    ...{ "aria-label": words("graphlab.value_of", { name: label }), spellcheck: "false" },
  }));
  const settle = () => {
    const read = readValue(input.value);
    input.setAttribute("aria-invalid", String(read === null));
    notice(
      "value",
      read === null ? words("graphlab.not_value", { name: label, value: formatNumber(value) }) : "",
      true,
    );
    if (read !== null && read !== value) changed(name, read);
  };
  typing.listen(input, (settled) => settled && settle());
  input.addEventListener("blur", () => {
    if (readValue(input.value) !== null) return;
    input.value = text;
    input.removeAttribute("aria-invalid");
  });
  input.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key], read = readValue(input.value);
    if (!by || read === null) return;
    event.preventDefault();
    const size = Math.abs(read) >= 2 || Number.isInteger(read) && read !== 0 ? 1 : 0.1;
    input.value = String(Number((read + by * (event.shiftKey ? 0.1 : size)).toFixed(6)));
    settle();
  });
  return input;
}

/**
 * The fields over the drawing.
 * @param {Graph} graph
 * @param {import("./space.js").Space} space
 * @param {(name: string, value: number) => void} changed
 * @param {(name: string) => boolean} veiled
 * @param {(name: string) => boolean} lit
 */
export function showFields(graph, space, changed, veiled, lit) {
  const used = document.activeElement?.id, focused = edited(graph);
  const inputs = graph.nodes.filter(({ name }) => name in space.fields).map((one) => {
    const { x, y } = space.fields[one.name], { width, height } = space.field;
    const fresh = field(graph, one, changed);
    const input = focused?.id === fresh.id ? focused : fresh;
    if (veiled(one.name)) veil(input);
    input.classList.toggle("dim", !lit(one.name));
    Object.assign(input.style, {
      left: inUnits(x - width / 2),
      top: inUnits(y - height / 2),
      width: inUnits(width),
      height: inUnits(height),
    });
    return input;
  });
  const box = byId("node-fields"), kept = focused && inputs.includes(focused) ? focused : null;
  for (const old of [...box.children]) if (old !== kept) old.remove();
  const place = kept ? inputs.indexOf(kept) : inputs.length; // a field that leaves the page loses what is being typed
  kept?.before(...inputs.slice(0, place));
  box.append(...inputs.slice(kept ? place + 1 : 0));
  if (used && !kept) inputs.find(({ id }) => id === used)?.focus({ preventScroll: true });
}

/**
 * The field that is being edited, as long as its value in use has not changed meanwhile.
 * @param {Graph} graph
 * @returns {HTMLInputElement | null}
 */
export function edited({ value }) {
  const input = /** @type {HTMLInputElement | null} */ (document.activeElement);
  if (!input?.classList.contains("graph-field") || input.value === input.defaultValue) return null;
  return textOf(value[nameOf(input)]) === input.defaultValue ? input : null;
}

/** @param {Num | undefined} value */
const textOf = (value) => value === null || value === undefined ? "" : String(value);

/** @param {HTMLInputElement} input */
function veil(input) {
  input.value = "?";
  input.disabled = true;
  input.setAttribute("aria-label", words("veil.covered"));
}
