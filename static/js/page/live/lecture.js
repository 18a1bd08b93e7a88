// Lecturer's side of a live lecture: opens the room, publishes the page's address, and has the votes.

import { byId } from "../../lib/dom.js";
import { addWords, words } from "../../lib/words.js";
import { fetchAnswer } from "../../server/api.js";
import { ask } from "../../server/rooms.js";
import * as address from "../address.js";
import * as keys from "../keyboard.js";
import { connect, wakeWithPage } from "./connection.js";
import * as kept from "./kept.js";
import { talk } from "../live.js";
import * as menu from "./menu.js";
import { askedOf, isLoose } from "./own-question.js";
import { isPrivate, lengthOf, published } from "./room-address.js";
import { MAX_LENGTH, steering } from "./steering.js";
import * as vote from "./vote.js";
import * as wall from "./wall.js";

/** @typedef {import("../live.js").Page} Page */
/** @typedef {import("./steering.js").Told} Told */
/** @typedef {{room: string, listeners: number, isPaused: boolean, isMoved: boolean, value: Api.Room | null}} Lecture isMoved: another device steers */

const SAID = 6000; // ms for which what needs no answer is said
const SECTIONS = ["live", "poll"];

/** @type {Page} */
let page;
/** @type {kept.Steered | null} */
let own = null;
/** @type {ReturnType<typeof steering> | null} */
let steers = null;
/** @type {ReturnType<typeof connect> | null} */
let connection = null;
/** @type {Lecture | null} */
let lecture = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let saying;
let isOpening = false;

/** @param {Page} its @param {boolean} byHand the button was pressed */
export async function start(its, byHand) {
  page = withOwnQuestion(its);
  const { files = "" } = byId("live").dataset;
  await Promise.all([loadWords(files), ...["poll", "lecture"].map((name) => loadSheet(files, name))]);
  menu.build({ act, take });
  vote.listen({ page, changed: voteChanged });
  keys.listen({ l: menu.toggle }, () => lecture !== null); // where the presenter view hides the header
  wakeWithPage(() => {
    steers?.wake();
    connection?.wake();
  });
  own = kept.steered();
  if (own) await resume(own);
  else if (byHand) await open();
}

/** A page whose address may hold a question: it is the page's. @param {Page} its @returns {Page} */
function withOwnQuestion(its) {
  const { seen, look } = its;
  if (!seen) return its;
  return {
    ...its,
    question: () => askedOf(seen()),
    isAnswered: () => !seen().veil,
    answer: (isAnswered) => isAnswered && look?.({ veil: null }),
  };
}

/** The button was pressed once more. */
export function clicked() {
  if (lecture) menu.toggle();
  else open();
}

/** @param {string} files */
async function loadWords(files) {
  const answer = await fetchAnswer(`${files}/words/${document.documentElement.lang}.json`);
  const all = "result" in answer ? /** @type {Record<string, unknown>} */ (answer.result) : {};
  addWords(Object.fromEntries(SECTIONS.map((name) => [name, all[name]])));
}

/** @param {string} files @param {string} name */
function loadSheet(files, name) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = `${files}/css/${name}.css`;
  return new Promise((done) => {
    for (const event of ["load", "error"]) sheet.addEventListener(event, done);
    document.head.append(sheet);
  });
}

/** Open a room. */
async function open() {
  if (isOpening) return;
  isOpening = true;
  say(words("live.opening"));
  const { status, data, code, limit, seconds } = await ask("", { method: "POST" });
  isOpening = false;
  if (status !== 201) {
    const key = code === "rooms_off" ? "off" : code === "too_many_rooms" ? "full" : "failed";
    return say(words(`live.${key}`, { n: limit, limit, seconds }));
  }
  say("");
  own = { room: data.room, steer: data.steer, sender: kept.newName() };
  kept.steer(own);
  begin(own, null);
  wall.show({ room: own.room, base: page.base, n: 0 });
}

/** Go on with the room that this tab steers: after a reload, on another page, or on another device. @param {kept.Steered} its */
async function resume(its) {
  const { status, data } = await ask(its.room);
  if (status === 410) return over();
  begin(its, data);
}

/** @param {kept.Steered} its @param {Api.Room | null} value what the room holds already */
function begin({ room, steer, sender }, value) {
  lecture = {
    room,
    listeners: value?.listeners ?? 0,
    isPaused: value?.paused ?? false,
    isMoved: false,
    value,
  };
  vote.adopt(value, isAboutThis(value));
  const paused = lecture.isPaused, last = paused ? value?.address : null;
  steers = steering(
    {
      sender,
      wanted: {
        address: last ? { path: last.path, query: last.query ?? "", fragment: last.fragment ?? "" } : here(),
        paused,
        ...vote.asked(),
      },
    },
    told,
    {
      put: (body) => ask(room, { method: "PUT", token: steer, body }),
      now: () => performance.now(),
      set: (act, ms) => setTimeout(act, ms),
      clear: (timer) => clearTimeout(timer),
      random: Math.random,
    },
  );
  connection ??= connect(room, {
    value: (now) => {
      if (!lecture || now.revision < (lecture.value?.revision ?? 0)) return;
      steers?.saw(now);
      lecture = { ...lecture, value: now, listeners: now.listeners };
      draw();
    },
    count: ({ revision, listeners, count }) => {
      const now = lecture?.value;
      if (!lecture || now?.revision !== revision) return;
      lecture = {
        ...lecture,
        listeners,
        value: { ...now, listeners, vote: now.vote && { ...now.vote, count } },
      };
      draw();
    },
    ended: over,
    link: () => {},
    heard: () => steers?.wake(), // a page in the background has slow timers, and events all the same
  });
  draw();
}

/** Whether the question of a room stands on this page. @param {Api.Room | null} value */
const isAboutThis = (value) =>
  Boolean(
    value?.vote && (isLoose(value.vote.question) || page.question?.()?.question === value.vote.question),
  );

/** The page's address; while the lecturer is among notes, what the class sees already. @returns {Required<Api.Address>} */
function here() {
  const url = address.here(), last = steers?.wanted().address ?? lecture?.value?.address;
  if (!isPrivate(url.pathname)) return published(url);
  return last
    ? { query: "", fragment: "", ...last }
    : { path: `/${page.language}/`, query: "", fragment: "" };
}

/** The address has changed. */
export function moved() {
  if (!steers || !lecture || lecture.isMoved) return;
  vote.moved();
  drawMenu();
  if (!lecture.isPaused) steers.change({ address: here(), ...vote.asked() });
}

function voteChanged() {
  if (!steers || !lecture) return;
  steers.change({ ...(lecture.isPaused ? {} : { address: here() }), ...vote.asked() });
  draw();
}

/** How the server takes what is sent. @param {Told} told */
function told(told) {
  if (told.kind === "fine") return say("");
  if (told.kind === "again") return say(words("live.again"), SAID);
  if (told.kind === "ended") return over();
  if (told.kind === "denied") {
    say(words("live.denied", { room: lecture?.room ?? "" }), SAID);
    return leave();
  }
  if (told.kind === "moved") {
    if (lecture) lecture = { ...lecture, isMoved: true };
    vote.adopt(null, false);
    draw();
    return say(words("live.moved"));
  }
  return say(words(`live.${told.kind}`, told));
}

/** Steer from here again. */
function take() {
  if (!own || !lecture) return;
  own = { ...own, sender: kept.newName() };
  kept.steer(own);
  say("");
  begin(own, lecture.value);
}

/** @param {"wall" | "ask" | "own" | "pause" | "end" | "move"} what */
function act(what) {
  if (!lecture || !own) return;
  if (what === "wall") wall.show({ room: own.room, base: page.base, n: people() });
  if (what === "move") wall.showMove(`${page.base}/${own.room}#steer=${own.steer}`);
  if (what === "end") wall.confirmEnd(people(), talk() !== null, end);
  if (what === "ask") vote.askThis();
  if (what === "own") vote.askOwn();
  if (what === "pause") {
    lecture = { ...lecture, isPaused: !lecture.isPaused };
    say(lecture.isPaused ? words("live.paused") : "");
    steers?.change({
      paused: lecture.isPaused,
      ...(lecture.isPaused ? {} : { address: here(), ...vote.asked() }),
    });
    draw();
  }
}

/** @param {boolean} leavesTalk */
async function end(leavesTalk) {
  if (!own) return;
  const { room, steer } = own;
  steers?.stop();
  const link = leavesTalk ? await talk()?.link() ?? null : null;
  const fits = link && lengthOf({ query: "", fragment: "", ...link }) <= MAX_LENGTH;
  await ask(room, { method: "DELETE", token: steer, body: { address: fits ? link : null } });
  over();
}

/** The lecture has ended. */
function over() {
  say(words("live.ended"), SAID);
  leave();
}

/** This page steers no more. */
function leave() {
  steers?.stop();
  connection?.stop();
  kept.steer(null);
  own =
    lecture =
    steers =
    connection =
      null;
  vote.adopt(null, false);
  draw();
}

/** Those who follow; the lecturer's page listens too. */
const people = () => Math.max(0, (lecture?.listeners ?? 0) - 1);

const drawMenu = () =>
  menu.draw(lecture && { ...lecture, n: people(), base: page.base, question: page.question?.() ?? null });

function draw() {
  drawMenu();
  wall.update(people());
  vote.draw(lecture?.value ?? null, people());
}

/** @param {string} text @param {number} [ms] for how long; always without */
function say(text, ms) {
  clearTimeout(saying);
  menu.say(text);
  if (ms) saying = setTimeout(() => menu.say(""), ms);
}

/** @param {string} question */
export const voteOn = (question) => (lecture ? vote.nodesFor(question) : null);
export const roomPath = () => (lecture ? `/${lecture.room}` : null);
