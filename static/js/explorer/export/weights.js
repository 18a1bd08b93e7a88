// The network on screen as a file of a framework: which one, the number format, and the line that loads it.

import { byId, element } from "../../lib/dom.js";
import { grouped } from "../../lib/format.js";
import { save } from "../../lib/save.js";
import { words } from "../../lib/words.js";
import { button, foot, oneOf, section } from "../../page/export/markup.js";
import { fetchFile } from "../../server/api.js";
import { reason } from "../../page/export/refusal.js";

/** @typedef {{label: string, file: string, loading: string, state: string, loadingBeside?: string}} Framework */
/** @type {Record<string, Framework>} FILE stands for the name of the file, STATE for an array of the initial state; loadingBeside: how the weights are read beside it */
export const FRAMEWORKS = {
  pytorch: {
    label: "PyTorch",
    file: "bptt_pytorch.safetensors",
    loading: "model.load_state_dict(safetensors.torch.load_file(FILE))",
    loadingBeside: "model.load_state_dict(safetensors.torch.load_file(FILE), strict=False)",
    state: 'safetensors.torch.load_file(FILE)["STATE"]',
  },
  keras: {
    label: "Keras 3",
    file: "bptt_keras.weights.h5",
    loading: "model.load_weights(FILE)",
    state: 'h5py.File(FILE)["STATE"][:]',
  },
  flax: {
    label: "Flax linen",
    file: "bptt_flax.safetensors",
    loading: 'flax.traverse_util.unflatten_dict(safetensors.flax.load_file(FILE), sep="/")',
    state: 'safetensors.flax.load_file(FILE)["STATE"]',
  },
  nnx: {
    label: "Flax nnx",
    file: "bptt_nnx.safetensors",
    loading: 'flax.traverse_util.unflatten_dict(safetensors.flax.load_file(FILE), sep=".")',
    state: 'safetensors.flax.load_file(FILE)["STATE"]',
  },
  equinox: {
    label: "Equinox",
    file: "bptt_equinox.safetensors",
    loading: "safetensors.flax.load_file(FILE)",
    state: 'safetensors.flax.load_file(FILE)["STATE"]',
  },
  onnx: {
    label: "ONNX",
    file: "bptt_onnx.onnx",
    loading: "onnxruntime.InferenceSession(FILE)",
    state: "", // the model has it inside
  },
  npz: {
    label: "NumPy (.npz)",
    file: "bptt_npz.npz",
    loading: "numpy.load(FILE)",
    state: 'numpy.load(FILE)["STATE"]',
  },
};
const PRECISIONS = ["float64", "float32"];

/** @type {Blob | null} */
let file = null;
let turn = 0;

export function weights() {
  const options = Object.entries(FRAMEWORKS).map(([value, { label }]) => element("option", { value }, label));
  return section(
    "weights",
    element("p", {}, words("export.weights.help")),
    element(
      "div",
      { class: "export-row" },
      element("label", { for: "weights-framework" }, words("export.framework")),
      element("select", { id: "weights-framework" }, ...options),
    ),
    oneOf("precision", PRECISIONS.map((name) => [name, name]), PRECISIONS[0]),
    element("p", { id: "weights-refused", class: "problem", role: "status", hidden: "" }),
    element("pre", { id: "weights-loading", tabindex: "0" }),
    element("p", { id: "weights-initial", class: "small", hidden: "" }),
    foot(
      element("span", { id: "weights-note", class: "export-note" }),
      button("weights-save", words("export.save"), true),
    ),
  );
}

/** @param {() => {query: string, result: Result} | null} state */
export function listenToWeights(state) {
  const part = byId("take-weights");
  part.addEventListener("change", (event) => {
    event.stopPropagation(); // no picture depends on it
    show(state());
  });
  byId("take-dialog").addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("[data-kind=weights]")) show(state());
  });
  byId("weights-save").addEventListener("click", () => file && save(chosen().file, file));
}

const name = () => /** @type {HTMLSelectElement} */ (byId("weights-framework")).value;
const chosen = () => FRAMEWORKS[name()];

/** Ask for the file that is chosen, and show its size, or why there is none. @param {{query: string, result: Result} | null} now */
async function show(now) {
  if (!now) return;
  turn += 1;
  const mine = turn, framework = chosen(), query = new URLSearchParams(now.query);
  const checked = /** @type {HTMLInputElement} */ (document.querySelector("[name=take-precision]:checked"));
  const states = statesOf(now.result);
  query.set("framework", name());
  query.set("precision", checked.value);
  forget();
  byId("weights-initial").hidden = !states.length;
  byId("weights-initial").textContent = framework.state
    ? words("export.weights.initial", { names: states.join(", ") })
    : words("export.weights.initial_inside");
  byId("weights-loading").textContent = program(framework, states);
  byId("weights-note").textContent = words("export.loading");
  const answer = await fetchFile(`/api/weights?${query}`);
  if (mine !== turn) return;
  if ("result" in answer) {
    file = answer.result;
    const kilobytes = grouped(Math.ceil(file.size / 1000));
    byId("weights-note").textContent = words("export.file", { name: framework.file, kilobytes });
  } else {
    byId("weights-note").textContent = "";
    byId("weights-refused").textContent = reason(answer);
  }
  byId("weights-refused").hidden = Boolean(file);
  byId("weights-loading").hidden = !file;
  byId("weights-save").toggleAttribute("disabled", !file);
}

/** The names of the vectors of the initial state that are not zero, as the file has them. @param {Pick<Result, "forward">} result */
export function statesOf({ forward: { h0, c0 } }) {
  const vectors = Object.entries({ h0, c0 });
  return vectors.flatMap(([name, vector]) => vector?.some(Boolean) ? [name] : []);
}

/** The lines that read a file. @param {Framework} framework @param {string[]} states */
export function program({ file, loading, loadingBeside = loading, state }, states) {
  const own = state ? states.map((name) => `${name} = ${state.replace("STATE", name)}`) : [];
  return [own.length ? loadingBeside : loading, ...own].join("\n").replaceAll("FILE", `"${file}"`);
}

/** Nothing can be saved until it has come. */
function forget() {
  file = null;
  byId("weights-save").setAttribute("disabled", "");
}
