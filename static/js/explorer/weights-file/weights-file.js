// Reads a file with the weights of a trained network: chosen, dropped or pasted, recognized by the server.

import { element } from "../../lib/dom.js";
import { post } from "../../server/api.js";
import { failed, recheck, recognized } from "./recognized.js";

const TYPES = ".safetensors,.keras,.h5,.npz,.json,.onnx,.pt,.pth";

/** @type {HTMLElement | null} the section, which stays as it is while the panel is drawn anew */
let section = null;
let query = "";

/** The section, made once. @param {View} view */
export function weightsFile(view) {
  query = view.query;
  section ??= made(view);
  recheck();
  return section;
}

/** @param {View} view */
function made({ words }) {
  const input = element("input", { type: "file", id: "weights-file", accept: TYPES, class: "picker" });
  const found = element("div", { class: "found", "aria-live": "polite" });
  const arrays = element("div", { class: "arrays" });
  const zone = element(
    "label",
    { class: "drop", for: "weights-file" },
    element("strong", {}, words("weights_file.drop")),
    element("span", {}, ".safetensors · .keras · .weights.h5 · .npz · .json · .onnx"),
    element("span", { class: "choose" }, words("weights_file.choose")),
    input,
  );
  const box = element(
    "details",
    { class: "weights-file", tabindex: "-1" },
    element("summary", {}, words("weights_file.title")),
    element(
      "div",
      { class: "reads" },
      element("div", {}, zone, element("p", {}, words("weights_file.kept")), found),
      arrays,
    ),
  );
  /** @param {FileList | null | undefined} files */
  const read = async (files) => {
    const file = files?.[0];
    if (!file) return;
    found.replaceChildren(element("p", {}, words("weights_file.reading", { name: file.name })));
    const answer = await post("/api/weights", file);
    const [card, ...rest] = "result" in answer
      ? recognized(/** @type {Api.WeightsFile} */ (answer.result), file, () => query)
      : [failed(answer, file)];
    found.replaceChildren(card);
    arrays.replaceChildren(...rest);
  };
  input.addEventListener("change", () => {
    const chosen = /** @type {HTMLInputElement} */ (input);
    read(chosen.files).finally(() => chosen.value = ""); // the same file may be chosen again
  });
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  box.addEventListener("dragleave", () => zone.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    read(event.dataTransfer?.files);
  });
  box.addEventListener("paste", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return; // the vocabulary
    const { clipboardData } = event, text = clipboardData?.getData("text/plain") ?? "";
    if (clipboardData?.files.length) read(clipboardData.files);
    else if (text) readText(text);
  });
  /** @param {string} text */
  const readText = (text) => {
    const list = new DataTransfer();
    list.items.add(new File([text], words("weights_file.pasted")));
    read(list.files);
  };
  return box;
}
