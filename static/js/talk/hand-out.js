// Hand-out of a talk: of each stop a picture, a sentence, its code and its address, and lines to write on.

import * as address from "../page/address.js";
import { byId, element } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { code } from "../page/share/qr.js";
import { LONGEST } from "../page/share/link.js";
import { typed } from "../page/present/typed.js";
import { withKeys } from "./opened.js";

/** @typedef {import("./opened.js").Opened} Opened */
/** @typedef {{link: string, veil: string[], sentence: string}} Moment of a step of the course: its picture and its sentence */
/** @typedef {{language: string, base: string, moments: Record<string, Moment>}} Site */

const PATIENCE = 20_000; // ms for one picture
const SENTENCES = "#readout, #film-caption, #graph-finding"; // where a lab says what it shows
const SHOWN = 160; // characters of an address

let drawn = "";

/** @param {string} name @param {Opened[]} stops @param {Site} site */
export async function show(name, stops, site) {
  const asked = JSON.stringify([name, stops.map(({ to, title }) => [to, title])]);
  if (asked === drawn) return;
  drawn = asked;
  byId("hand-out-name").textContent = name;
  const made = stops.map((stop, i) => row(stop, i, site)), wait = byId("hand-out-wait");
  byId("hand-out-stops").replaceChildren(...made.map(({ item }) => item));
  for (const [i, { stop, picture, sentence }] of made.entries()) {
    wait.textContent = words("talk.drawing", { n: i + 1, of: made.length });
    await draw(stop, picture, sentence, site); // one after the other: each is a whole lab
    if (asked !== drawn) return;
  }
  await Promise.all(made.map(({ coded }) => coded));
  wait.textContent = "";
  byId("hand-out").dataset.ready = "";
  print();
}

/** @param {Opened} stop @param {number} i @param {Site} site */
function row(stop, i, { base, moments }) {
  const picture = element("div", { class: "hand-out-picture" }),
    qr = element("div", { class: "hand-out-code" });
  const asked = new URLSearchParams(stop.path.split("#")[1]).get("ask");
  const sentence = element(
    "p",
    { class: "hand-out-sentence" },
    moments[numberOf(stop)]?.sentence ?? asked ?? "",
  );
  const link = base + stop.short, shown = typed(link);
  const item = element(
    "li",
    {},
    picture,
    element(
      "div",
      { class: "hand-out-what" },
      element("h3", {}, `${i + 1}. ${stop.called}`),
      sentence,
      element(
        "p",
        { class: "address", translate: "no" },
        shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown,
      ),
      element("p", { "class": "hand-out-line", "aria-hidden": "true" }),
      element("p", { "class": "hand-out-line", "aria-hidden": "true" }),
    ),
    qr,
  );
  const coded = link.length > LONGEST
    ? Promise.resolve(qr.replaceChildren(words("sharing.too_long", { n: link.length })))
    : code(stop.short).then((drawing) => {
      if (!drawing) return;
      drawing.setAttribute("role", "img");
      drawing.setAttribute("aria-label", words("sharing.qr_label", { link }));
      qr.replaceChildren(drawing);
    });
  return { item, picture, sentence, coded, stop };
}

/** @param {Opened} stop */
const numberOf = ({ short, section }) => section === "lessons" ? short.split("/").at(-1) ?? "" : "";

/** What of a stop is drawn: labs in frames. @param {Opened} stop @param {Site} site @returns {string[]} */
export function pictures(stop, { language, moments }) {
  const moment = moments[numberOf(stop)], own = { view: null, look: null, theme: "light", show: "none" };
  if (moment) {
    return [withKeys(`/embed/${language}/${moment.link}`, { ...own, veil: moment.veil.join() || null })];
  }
  if (["explorer", "training", "graph"].includes(stop.section)) {
    return [withKeys(`/embed${stop.path}`, stop.section === "training" ? { ...own, show: "film" } : own)];
  }
  if (stop.section !== "ab") return [];
  const [page, search = ""] = stop.path.split("#")[0].split("?"), a = new URLSearchParams(search);
  const b = a.get("b") ?? "";
  a.delete("b");
  return [a.toString(), b].map((query) => withKeys(`/embed${page.replace(/ab$/, "")}?${query}`, own));
}

/** @param {Opened} stop @param {HTMLElement} place @param {HTMLElement} sentence @param {Site} site */
async function draw(stop, place, sentence, site) {
  const paths = pictures(stop, site);
  place.classList.toggle("is-double", paths.length > 1);
  for (const path of paths) {
    const frame = /** @type {HTMLIFrameElement} */ (element("iframe", {
      ...{ title: words("talk.picture", { title: stop.called }), tabindex: "-1" },
    }));
    place.append(frame);
    const done = settled(frame);
    address.replaceIn(frame, path);
    await done;
    const said = [...frame.contentDocument?.querySelectorAll(SENTENCES) ?? []].map((it) =>
      it.textContent?.trim()
    );
    if (!sentence.textContent) sentence.textContent = said.find(Boolean) ?? "";
  }
}

/** The lab in a frame says when its picture is drawn (page/parent-frame.js). @param {HTMLIFrameElement} frame */
function settled(frame) {
  return new Promise((done) => {
    const end = () => {
      removeEventListener("message", heard);
      clearTimeout(late);
      done(null);
    };
    const heard = (/** @type {MessageEvent} */ { source, data }) =>
      source === frame.contentWindow && data?.bptt === "here" && end();
    const late = setTimeout(end, PATIENCE);
    addEventListener("message", heard);
  });
}

byId("hand-out-print").addEventListener("click", () => print());
