// Printed lesson: the picture of every step, live numbers in the texts, answers at the end.

import * as address from "./page/address.js";
import { byId, element } from "./lib/dom.js";
import { answersTo } from "./lessons/answers.js";
import { framePath, laid, shown } from "./lessons/links.js";
import { fill } from "./lessons/live.js";
import { simple } from "./lessons/page.js";
import { said } from "./lessons/question.js";
import { RULES } from "./lessons/rules.js";

const { data, base } = simple(`lessons/${JSON.parse(byId("data").textContent ?? "").lesson.id}/print`);
const { language } = data;
/** @type {LessonMoment[]} */
const moments = data.lesson.moments;
const never = new AbortController().signal;

/** @param {LessonMoment} moment @param {number} m */
async function print(moment, m) {
  const place = (/** @type {"a" | "b"} */ which, /** @type {boolean} */ answered) =>
    shown(moment, which, { answered, theme: "light" });
  const picture = place("a", false), section = document.querySelector(`section[data-m="${m}"]`);
  const frame = /** @type {HTMLIFrameElement | null} */ (section?.querySelector("iframe") ?? null);
  if (!section || !frame) return;
  address.replaceIn(frame, framePath(language, { ...picture, hash: laid(picture.hash, { show: "none" }) }));
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

byId("print").addEventListener("click", () => globalThis.print());
if (!data.public_url) { for (const short of document.querySelectorAll(".address")) short.prepend(base); }
for (const [i, moment] of moments.entries()) await print(moment, i + 1);
