// Printed lesson: the picture of every step, live numbers in the texts, answers at the end.

import * as address from "./page/address.js";
import { byId, element } from "./lib/dom.js";
import { answersTo } from "./lessons/answers.js";
import { framePath, laid, shown } from "./lessons/links.js";
import { heights, SCALE, scaleFor } from "./lessons/paper.js";
import { fill } from "./lessons/live.js";
import { simple } from "./lessons/page.js";
import { said } from "./lessons/question.js";
import { RULES } from "./lessons/rules.js";

const { data, base } = simple(`lessons/${JSON.parse(byId("data").textContent ?? "").lesson.id}/print`);
const { language } = data;
/** @type {LessonMoment[]} */
const moments = data.lesson.moments;
/** @type {HTMLElement[]} */
const places = [...document.querySelectorAll("section .frame")].map((it) => /** @type {HTMLElement} */ (it));
const never = new AbortController().signal;

/** @param {LessonMoment} moment @param {number} m */
async function write(moment, m) {
  const place = (/** @type {"a" | "b"} */ which, /** @type {boolean} */ answered) =>
    shown(moment, which, { answered, theme: "light" });
  const section = document.querySelector(`section[data-m="${m}"]`);
  if (!section) return;
  const rule = moment.rule && RULES[moment.rule];
  if (!rule) return;
  const a = await answersTo(place("a", true), moment.needs, never);
  const b = moment.link_b ? await answersTo(place("b", true), moment.needs, never) : null;
  if (!a) return;
  const { values, choices = [], right = [] } = rule(a, b);
  for (const text of section.querySelectorAll(".text")) fill(text, values);
  section.querySelector(".choices")?.replaceChildren(
    ...choices.map((value) => element("span", {}, "□ ", ...said(moment, value), " ")),
  );
  const answer = document.querySelector(`[data-answer="${m}"]`);
  if (!answer) return;
  fill(answer, values); // question and answer
  answer.querySelector(".right")?.replaceChildren(
    ...right.map((value) => element("span", {}, "✓ ", ...said(moment, value), " ")),
  );
}

/** @param {LessonMoment} moment @param {number} i */
function picture(moment, i) {
  const place = shown(moment, "a", { answered: false, theme: "light" });
  const path = framePath(language, { ...place, hash: laid(place.hash, { show: "none" }) });
  const frame = places[i].querySelector("iframe");
  if (frame) address.replaceIn(frame, path);
}

/** Once a lab stands, its picture is made as small as it takes to show all of it; what it looks at is found anew. @param {MessageEvent} event */
function scale({ source, origin, data }) {
  if (origin !== address.here().origin || data?.bptt !== "here") return;
  const place = places.find((it) => it.querySelector("iframe")?.contentWindow === source);
  const frame = place?.querySelector("iframe"), lab = frame?.contentDocument?.getElementById("scroll");
  if (!place || !frame || !lab) return;
  const now = Number(place.style.getPropertyValue("--scale")) || SCALE.usual;
  const fitting = scaleFor(now, place.clientWidth, lab.scrollWidth - lab.clientWidth);
  if (fitting === now) return;
  place.style.setProperty("--scale", String(fitting));
  address.reloadIn(frame);
}

/** Two steps to a sheet. */
function lay() {
  const steps = places.map((place) => /** @type {HTMLElement} */ (place.parentElement));
  const gap = parseFloat(getComputedStyle(steps[0]).marginTop);
  const words = steps.map((step, i) => step.offsetHeight - places[i].offsetHeight + gap);
  const tall = heights(words, steps[0].offsetTop - byId("main").offsetTop - gap);
  places.forEach((place, i) => place.style.setProperty("--tall", `${tall[i]}px`));
}

addEventListener("message", scale);
byId("print").addEventListener("click", () => globalThis.print());
if (!data.public_url) { for (const short of document.querySelectorAll(".address")) short.prepend(base); }
for (const [i, moment] of moments.entries()) await write(moment, i + 1);
lay();
moments.forEach(picture);
