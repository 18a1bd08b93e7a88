// Lesson page: the URL says which step is shown; its text follows the numbers of the lab in the iframe.

import * as address from "./page/address.js";
import { useEngine } from "./server/api.js";
import { byId, updateHereLinks } from "./lib/dom.js";
import * as keys from "./page/keyboard.js";
import { answersTo } from "./lessons/answers.js";
import * as frame from "./lessons/child-frame.js";
import {
  freed,
  keysOf,
  labPath,
  laid,
  placeOf,
  readLab,
  shown,
  undimmed,
  writeLab,
} from "./lessons/links.js";
import { fill } from "./lessons/live.js";
import * as present from "./lessons/present.js";
import { arrange } from "./page/present/arrange.js";
import { begun, visited } from "./page/progress.js";
import * as question from "./lessons/question.js";
import { RULES } from "./lessons/rules.js";
import { bringAnswer, bringQuestion, onSight } from "./lessons/sight.js";
import * as terms from "./lessons/terms.js";
import { blank } from "./page/present/blank.js";
import { COMMON_KEYS, integer, oneOf, readHash, useHash, writeHash } from "./page/hash.js";
import * as live from "./page/live.js";
import * as share from "./page/share/share.js";
import * as talk from "./page/talk.js";
import { applyTheme, listenToTheme } from "./page/theme.js";
import { useCatalogue, words } from "./lib/words.js";

/** @typedef {import("./lessons/links.js").Place} Place */

const PARTS = ["ledger", "panels", "legend", "player", "film", "lanes", "race", "table", "descent"];

/** @type {{language: string, words: Record<string, unknown>, engine: string, public_url: string, lesson: {id: string, number: number, moments: LessonMoment[]}, glossary: terms.Glossary}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { language, lesson } = data, { moments } = lesson;

/** @type {share.Page} */
const sharing = { ...data, controls: [], base: data.public_url || address.here().origin, shared };

/** What has become of each moment's question. @type {question.Asked[]} */
const asked = moments.map(() => ({ ruled: null, own: null, answered: false, chosen: [], sight: "unknown" }));

/** which of two states is in the frame @type {"a" | "b"} */
let which = "a";
/** the present moment, from 0; moments.length is the end */
let now = -1;
/** where the lab stands, by state; the reader may have moved it @type {{a: Place | null, b: Place | null}} */
let places = { a: null, b: null };
/** the moment's own state as the lab writes it, by state; known once the lab has shown it @type {{a: string | null, b: string | null}} */
let own = { a: null, b: null };
/** what the address says of the lab: where the reader has moved it @type {string | null} */
let labInAddress = null;
/** whether the lab was sent to the moment's own state and has not yet said so */
let isOwn = false;
let worked = new AbortController();
let working = "";
/** @type {string | null} */
let theme = null;
let onWall = false;

/** @typedef {{m: number | null, s: "b" | null, answered: "1" | null, lab: string | null}} InLesson */

const read = () => /** @type {Omit<Seen, "s"> & InLesson} */ (readHash(address.here().hash));

/** @param {Record<string, string | number | null>} changed @param {boolean} [settled] as an entry in the history */
function look(changed, settled = false) {
  const { search, hash } = address.here();
  (settled ? address.settle : address.replace)(search, writeHash({ ...readHash(hash), ...changed }));
  update();
}

/** Write to the address what the page shows already. @param {Partial<InLesson>} changed */
function write(changed) {
  const { search, hash } = address.here();
  address.replace(search, writeHash({ ...readHash(hash), .../** @type {any} */ (changed) }));
  updateHereLinks("", address.here().hash);
}

/** Update the page to the state in the address. */
function update() {
  const seen = read(), m = Math.min(Math.max(seen.m ?? 1, 1), moments.length + 1);
  applyTheme(seen.theme);
  updateHereLinks("", address.here().hash);
  const presenting = seen.view === "present";
  arrange(presenting);
  if (m - 1 !== now || isElsewhere(seen)) arrive(m - 1, seen);
  else if (seen.theme !== theme) take({ theme: seen.theme });
  else if (presenting !== onWall) sendLab();
  theme = seen.theme;
  onWall = presenting;
  show();
}

/** Whether the address asks for another state of this moment: it was edited, or back or forward was used. @param {InLesson} seen */
function isElsewhere({ s, answered, lab }) {
  const isGiven = Boolean(moments[now]?.question && asked[now].answered);
  return (s ?? "a") !== which || Boolean(answered) !== isGiven || lab !== labInAddress;
}

/** @param {number} to @param {InLesson} seen */
function arrive(to, { s, answered, lab }) {
  now = to;
  which = s ?? "a";
  if (moments[now]?.question) {
    asked[now].answered = Boolean(answered);
    if (!answered) asked[now].chosen = [];
  }
  own = { a: null, b: null };
  places = { a: null, b: null };
  labInAddress = lab;
  byId("return").hidden = !lab;
  working = "";
  for (const section of document.querySelectorAll("section.moment")) {
    /** @type {HTMLElement} */ (section).hidden =
      Number(/** @type {HTMLElement} */ (section).dataset.m) !== now + 1;
  }
  for (const scrolled of [globalThis, document.querySelector(".moments")]) scrolled?.scrollTo(0, 0); // phone, wide
  if (moments[now]) visited(`${lesson.number}.${now + 1}`);
  else if (byId("next").dataset.href) begun(`${lesson.number + 1}.1`);
  sendLab();
  work();
}

/** Write where the reader has moved the lab; null: it stands as the moment has it. @param {string | null} lab */
function writeMoved(lab) {
  if (lab === labInAddress) return;
  labInAddress = lab;
  write({ lab });
}

/** Send the lab where the address has it. */
function sendLab() {
  const its = stateOf(which);
  places[which] = labInAddress === null ? null : readLab(its, labInAddress);
  isOwn = labInAddress === null;
  frame.go(language, places[which] ?? its, its.search);
}

/** The step whose lab is shown: the last one at the end of the lesson. */
const inLab = () => moments[now] ?? moments[moments.length - 1];

/** The state that is sent to the lab; in the presenter view without its controls. @param {"a" | "b"} of */
function stateOf(of) {
  const { theme, view } = read(), atEnd = !moments[now];
  const its = shown(inLab(), of, { answered: atEnd || isAnswered(), theme });
  const place = atEnd ? undimmed(its) : its;
  if (view) return { ...place, hash: laid(place.hash, { show: onTheWall(keysOf(place.hash).show) }) };
  return atEnd ? { ...place, hash: laid(place.hash, { show: null }) } : place;
}

/** The parts of a lab in the presenter view: those that the step names, without controls. @param {string | null} [show] */
function onTheWall(show) {
  const named = show?.split(",") ?? [];
  return named.filter((name) => PARTS.includes(name)).join() || "none";
}

const isAnswered = () => !moments[now]?.question || asked[now].answered;

/** Change the view of the lab, and keep what the reader changed in it. @param {Record<string, string | null>} over */
function take(over) {
  const place = places[which] ?? stateOf(which);
  const taken = over.show && read().view ? { ...over, show: onTheWall(over.show) } : over;
  if (labInAddress === null) isOwn = true; // what the lab says next is the moment's own still
  frame.go(language, { ...place, hash: laid(place.hash, taken) }, stateOf(which).search);
}

/** The state for the rule: a question uses the view of its link, live numbers that of the reader. @param {"a" | "b"} of */
function asking(of) {
  const place = places[of] ?? stateOf(of), moment = moments[now];
  const link = (of === "b" && moment.link_b) || moment.link;
  return moment.question ? { ...place, hash: placeOf(link).hash } : place;
}

/** Request the results of the step and apply its rule. */
async function work() {
  const moment = moments[now], mine = now, rule = moment?.rule && RULES[moment.rule];
  if (!moment || !rule) return;
  const a = asking("a"), b = moment.link_b ? asking("b") : null;
  const question = JSON.stringify([mine, a, b]);
  if (question === working) return;
  working = question;
  worked.abort();
  worked = new AbortController();
  const { signal } = worked;
  const found = await Promise.all([a, b].map((place) => place && answersTo(place, moment.needs, signal)));
  if (signal.aborted || mine !== now) return;
  const [first, second] = found;
  const ruled = first && (second || !b) ? rule(first, second) : null;
  const isOwn = a.search === stateOf("a").search && (!b || b.search === stateOf("b").search);
  Object.assign(asked[mine], isOwn ? { ruled, own: ruled } : { ruled });
  show();
}

/** Show the current state. */
function show() {
  const moment = moments[now], n = moments.length;
  for (const dot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".dots button"))) {
    const at = Number(dot.dataset.m) - 1;
    if (at === now) dot.setAttribute("aria-current", "step");
    else dot.removeAttribute("aria-current");
    dot.classList.toggle("past", at < now);
  }
  byId("of").textContent = moment ? `${now + 1} / ${n}` : "";
  byId("next").hidden = !moment && !byId("next").dataset.href;
  byId("previous").hidden = now === 0 && !byId("previous").dataset.href;
  showMoment(moment);
  showNext();
  showBar();
  showHead();
}

/** Title, place and address in the presenter view: of the room where there is one. */
function showHead() {
  const place = moments[now] ? `${now + 1} / ${moments.length}` : "", { base } = sharing;
  present.show({ title: titleOf(now), path: live.roomPath() ?? shortPath(), place, base });
}

const isOpen = () => Boolean(moments[now]?.question) && !asked[now].answered;

/** What Next does: it leads on; while a question is open it skips it, once the reader has had it in sight. */
function showNext() {
  const next = byId("next"), sight = isOpen() ? asked[now].sight : "seen";
  if (sight === "unknown") return; // for a frame or two
  next.classList.toggle("strong", !isOpen() || sight === "below");
  const word = !isOpen() ? next.dataset.next : sight === "below" ? next.dataset.question : next.dataset.skip;
  next.firstElementChild?.replaceChildren(word ?? "");
  next.lastElementChild?.replaceChildren(sight === "below" ? "↓" : "→");
}

/** @param {LessonMoment | undefined} moment */
function showMoment(moment) {
  const section = document.querySelector(`section.moment[data-m="${now + 1}"]`);
  if (!moment || !section) return;
  const state = asked[now], box = section.querySelector(".question");
  const texts = section.querySelectorAll("p.text, .question > p");
  for (const text of texts) if (state.ruled) fill(text, state.ruled.values);
  if (!box) return;
  question.draw(box, moment, state, { choose }, live.voteOn(placeName()));
  if (state.sight !== "seen") {
    onSight(box.querySelector(".choices"), (isSeen) => {
      state.sight = isSeen ? "seen" : "below";
      showNext();
    });
  }
}

function showBar() {
  const moment = inLab(), two = Boolean(moment.link_b);
  byId("switch").hidden = !two;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (byId("switch").querySelectorAll("button"))) {
    const name = /** @type {"a" | "b"} */ (button.dataset.which);
    button.textContent = moment[name];
    button.setAttribute("aria-pressed", String(name === which));
  }
  const link = /** @type {HTMLAnchorElement} */ (byId("open")), place = places[which] ?? stateOf(which);
  link.href = labPath(language, freed(place));
  /** @type {HTMLElement} */ (link.firstElementChild).textContent = words(
    `lessons.open_${place.page || "explorer"}`,
  );
}

/** @param {number} m */
const titleOf = (m) => moments[m]?.title ?? words("lessons.known");
const shortPath = () =>
  moments[now] ? `/${language}/${lesson.number}.${now + 1}` : `/${language}/lessons/${lesson.id}`;

/** The number of the present moment. */
const placeName = () => `${lesson.number}.${now + 1}`;

/** The question of the present moment, for a class to answer. @returns {live.Askable | null} */
function askable() {
  const moment = moments[now];
  if (!moment?.question) return null;
  const { ruled, answered } = asked[now];
  return {
    ...{ question: placeName(), choices: ruled?.choices ?? [], several: moment.several },
    labels: (value) => question.said(moment, value),
    right: answered ? ruled?.right ?? [] : [],
  };
}

/** The vote has changed: it stands where the choices were. */
function redrawQuestion() {
  showMoment(moments[now]);
  showHead();
}

/** A choice was made: a single answer is checked at once, several with the button. @param {string} value */
function choose(value) {
  const state = asked[now];
  if (state.answered || live.voteOn(placeName())) return; // while a class answers, its lecturer does not
  if (!moments[now].several) {
    state.chosen = [value];
    return reveal();
  }
  state.chosen = state.chosen.includes(value)
    ? state.chosen.filter((one) => one !== value)
    : [...state.chosen, value];
  show();
}

function reveal() {
  asked[now].answered = true;
  write({ answered: "1" });
  take({ veil: null, ...keysOf(moments[now].reveal) });
  show();
  const section = document.querySelector(`section.moment[data-m="${now + 1}"]`);
  if (section) bringAnswer(section);
}

/** @param {number} by */
function turn(by) {
  const to = now + by, ends = byId(by < 0 ? "previous" : "next").dataset.href;
  if (by > 0 && moments[now]?.question) {
    asked[now].answered = true; // skipped: nothing stays covered
    write({ answered: "1" });
  }
  if (to < 0 || to > moments.length) return ends ? address.leave(ends + themeHash(by)) : undefined;
  goTo(to);
  byId("said").textContent = moments[to]
    ? words("lessons.moment", { m: to + 1, of: moments.length, title: titleOf(to) })
    : titleOf(to);
}

/** @param {number} to a moment, as it was left */
function goTo(to) {
  const answered = moments[to]?.question && asked[to].answered ? "1" : null;
  look({ m: to + 1, s: null, answered, lab: null }, true);
}

/** One of the moment's two states, as it is. @param {"a" | "b"} state */
function turnTo(state) {
  which = state;
  labInAddress = null;
  byId("return").hidden = true;
  sendLab();
  look({ s: state === "b" ? "b" : null, lab: null });
}

/** Theme and view carry over to another lesson. @param {number} by */
function themeHash(by) {
  const { theme, view } = read();
  return writeHash({ .../** @type {any} */ ({ m: null }), theme, view: by > 0 ? view : null });
}

/** The state for the share dialog. @returns {share.Shared} */
function shared() {
  const place = placeName(), { m, s, answered, lab } = read();
  const page = shortPath().split("/").slice(2).join("/"), state = titleOf(now);
  if (!s && !answered && !lab) return { page, query: "", seen: readHash(""), state, place };
  const seen = { ...readHash(""), .../** @type {any} */ ({ m: m ?? 1, s, answered, lab }) };
  return { page: `lessons/${lesson.id}`, query: "", seen, state, place };
}

function listenToFrame() {
  frame.listen({
    here: (place, changed) => {
      places[which] = place;
      const written = writeLab(place);
      if (isOwn && !changed) own[which] = written;
      isOwn = false;
      writeMoved(written === own[which] ? null : written);
      byId("return").hidden = !changed;
      showBar();
      work();
    },
    key: (key) => (key in TURNS && talk.turn(TURNS[key])) || pressed[key]?.(),
  });
}

const toggleView = () => look({ view: read().view ? null : "present" });
const answer = () => moments[now]?.question && !asked[now].answered && reveal();

/** Keys that go through a talk, in one. @type {Record<string, number>} */
const TURNS = { PageDown: 1, PageUp: -1 };

/** The beat of a step in a talk: the answer of an open question. @param {number} by */
function beat(by) {
  if (by < 0 || !isOpen()) return false;
  reveal();
  return true;
}

/** Follow a link to this lesson. @param {{hash: string}} link */
function visit({ hash }) {
  address.settle("", writeHash(readHash(hash)));
  update();
}

/** Show the answer, or cover it again. @param {boolean} isAnswered */
function setAnswered(isAnswered) {
  if (isAnswered) answer();
  else look({ answered: null });
}

/** @type {Record<string, () => unknown>} also when they are pressed in the lab */
const pressed = {
  ...{ PageDown: () => turn(1), PageUp: () => turn(-1), n: () => turn(1), p: () => turn(-1) },
  ...{
    a: answer,
    s: () => inLab().link_b && turnTo(which === "a" ? "b" : "a"),
    f: toggleView,
    b: blank,
    ".": blank,
    q: () => share.openQr(sharing),
    m: talk.add,
    "?": keys.openList,
  },
};

function start() {
  useCatalogue(data.words);
  useEngine(data.engine);
  useHash({ m: integer, s: oneOf(["b"]), answered: oneOf(["1"]), lab: (written) => written, ...COMMON_KEYS });
  dropStep();
  listenToFrame();
  terms.listen(data.glossary);
  share.listen(sharing);
  live.listen({
    ...{ language, base: sharing.base, question: askable, drawn: redrawQuestion, answer: setAnswered },
    isAnswered: () => Boolean(moments[now]?.question && asked[now].answered),
  });
  present.listen({
    leave: () => look({ view: null }),
    turn: (by) => talk.turn(by) || turn(by),
    enter: toggleView,
  });
  talk.listen({ ...sharing, visit, step: beat }, () => import("./talk/on-page.js"));
  keys.listen({ ...pressed, ...digits() });
  keys.listen({ Escape: () => look({ view: null }) }, () => Boolean(read().view));
  byId("keys").addEventListener("click", keys.openList);
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => {
    const box = document.querySelector(`section.moment[data-m="${now + 1}"] .choices`);
    if (box && isOpen() && asked[now].sight === "below") bringQuestion(box);
    else turn(1);
  });
  byId("return").addEventListener("click", () => {
    byId("return").hidden = true;
    writeMoved(null);
    sendLab();
    work();
  });
  listenToTheme(look);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("button");
    if (!button) return;
    if (button.closest(".dots")) goTo(Number(button.dataset.m) - 1);
    if (button.classList.contains("check")) reveal();
    if (button.dataset.which) turnTo(/** @type {"a" | "b"} */ (button.dataset.which));
  });
  address.onTravel(update);
  update();
}

/** A short address leads to ?m=2#m=2: the query is for previews, and would stay behind when the reader goes on. */
function dropStep() {
  const { search, hash } = address.here(), query = new URLSearchParams(search);
  query.delete("m");
  if (search) address.replace(query.size ? `?${query}` : "", hash);
}

/** The keys 1 … 8 select a choice. */
function digits() {
  return Object.fromEntries([...Array(8).keys()].map((i) => [String(i + 1), () => {
    const value = asked[now]?.ruled?.choices?.[i];
    if (value !== undefined && moments[now].question) choose(value);
  }]));
}

start();
