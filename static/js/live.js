// Live lecture on a phone: follows the lecturer's address in a frame, with a strip that says where one is, and votes.

import { byId, element, updateHereLinks } from "./lib/dom.js";
import { useCatalogue, words } from "./lib/words.js";
import * as ballot from "./live/ballot.js";
import * as follow from "./live/follow.js";
import { framesOf } from "./live/frames.js";
import { onChange, whatIsShown } from "./live/shown.js";
import * as join from "./live/join.js";
import { onQuestion, wordsOf } from "./live/lesson-question.js";
import { voting } from "./live/voting.js";
import * as address from "./page/address.js";
import { COMMON_KEYS, matching, readHash, useHash, writeHash } from "./page/hash.js";
import { connect, wakeWithPage } from "./page/live/connection.js";
import { digitsOf, opened, ownOf, spaced } from "./page/live/room-address.js";
import * as kept from "./page/live/kept.js";
import { applyTheme, listenToTheme } from "./page/theme.js";
import { ask } from "./server/rooms.js";

/** @type {{language: string, words: Record<string, unknown>}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { language } = data;
const SPREAD = 150; // ms: a hall of phones does not ask in the same moment

/** @param {string} room */
function start(room) {
  let state = follow.begun(kept.knows(room)), shownAddress = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const first = /** @type {HTMLIFrameElement} */ (byId("shown")), { files = "" } = first.dataset;
  const second = /** @type {HTMLIFrameElement} */ (element("iframe", { title: first.title, hidden: "" }));
  first.after(second);
  const frames = framesOf([first, second], files, {
    shown,
    failed: () => sayInStatus(words("phone.elsewhere")),
  });

  byId("room").textContent = spaced(room);
  document.title = `${spaced(room)} · ${document.title}`;
  byId("lecture").hidden = byId("strip").hidden = false;
  useLanguageLink(room);

  const votes = voting(
    {
      send: (body) => ask(room, { method: "POST", body }, "votes"),
      set: (act, ms) => setTimeout(act, ms),
      clear: (timer) => clearTimeout(timer),
      random: Math.random,
      voter: kept.voter(),
      keep: (answer) => kept.keepAnswer(room, answer),
    },
    () => drawBallot(),
    kept.answer(room),
  );
  const connection = connect(room, {
    value: (value) => become(follow.take(state, value)),
    count: (counts) => become(follow.count(state, counts)),
    ended: (left) => become(follow.end(state, left)),
    link: (link) => become(follow.linked(state, link, Date.now())),
  });
  wakeWithPage(connection.wake);

  /** @param {follow.State} now */
  function become(now) {
    const before = state;
    state = now;
    if (now.room && !before.room) kept.know(room);
    if (follow.isNoRoom(now)) {
      connection.stop();
      return refuse(now);
    }
    if (now.ended && !before.ended) connection.stop();
    const wasOwn = before.isOwn || follow.isCrowded(before), isOwn = now.isOwn || follow.isCrowded(now);
    if (wasOwn && !isOwn) shownAddress = ""; // wherever the reader is
    if (now.room !== before.room || isOwn !== wasOwn) lead(now.isOwn === before.isOwn);
    draw();
  }

  /** Bring the frame to what the lecture shows. @param {boolean} isCalled by the lecture, as all phones are at once */
  function lead(isCalled) {
    frames.setMode(mode());
    const { room: value } = state;
    if (!follow.isLed(state) || !value?.address || (follow.isCrowded(state) && shownAddress)) return;
    const written = JSON.stringify(value.address);
    if (isCalled && written === shownAddress) return;
    const isFirst = !shownAddress;
    shownAddress = written;
    clearTimeout(waiting);
    const open = () => {
      const target = value.address && opened(value.address, language, own());
      if (target) frames.go(target);
      else sayInStatus(words("phone.elsewhere"));
    };
    if (isCalled && !isFirst) waiting = setTimeout(open, SPREAD * Math.random());
    else open();
  }

  /** Whether what steers is hidden. */
  function mode() {
    if (!follow.isLed(state) || follow.isCrowded(state)) return "own";
    return follow.question(state) ? "asked" : "following";
  }

  /** What the reader has chosen, on this page or on the one that is shown. */
  function own() {
    const here = ownOf(address.here().hash), there = frames.place();
    if (!there || !frames.page()?.documentElement.dataset.live) return here;
    const chosen = ownOf(there.hash);
    keepOwn(chosen);
    return chosen;
  }

  /** A page has taken its place in the frame. */
  function shown() {
    byId("waiting").hidden = true;
    frames.setMode(mode());
    const page = frames.page();
    onQuestion(page, drawBallot);
    if (page) onChange(page, told);
    told();
    drawBallot();
  }

  /** Those who hear the page are told where the lecturer is, at first and after every move. */
  function told() {
    const page = frames.page();
    if (page && follow.isLed(state)) sayInStatus(words("phone.shows", { title: whatIsShown(page) }));
  }

  function draw() {
    const strip = follow.stripOf(state), { kind, action } = strip, { room: value } = state;
    const box = byId("strip"), where = byId("where"), act = byId("act");
    box.dataset.kind = kind;
    document.body.classList.toggle("exploring", mode() === "own");
    const seconds = strip.seconds ?? 0, limit = strip.limit ?? "";
    const lines = kind === "moved"
      ? [words("phone.own"), words("phone.moved")]
      : [words(`phone.${kind}`, { seconds, limit })];
    say(where, lines);
    const isCounted = value?.vote && kind === "open";
    byId("progress").textContent = isCounted
      ? words("poll.count", { n: value.vote?.count ?? 0, of: follow.audience(value) })
      : "";
    act.hidden = !action;
    act.dataset.action = action ?? "";
    act.classList.toggle("strong", action === "back" || action === "talk");
    if (action) act.textContent = words(`phone.${action}`);
    if (!value?.address) byId("waiting").textContent = words(`phone.${value ? "waiting" : "joining"}`);
    drawBallot();
  }

  function drawBallot() {
    const asked = follow.isLed(state) && !follow.isCrowded(state) ? follow.question(state) : null,
      { room: value } = state;
    if (!asked || !value) return ballot.draw(null, NOBODY);
    ballot.draw(
      {
        asked,
        phase: value.phase,
        told: asked.text ? null : wordsOf(frames.page(), asked.question),
        answer: votes.about(asked),
      },
      { choose: (choice) => votes.choose(asked, choice), submit: () => votes.submit(asked) },
    );
  }

  /** @param {follow.State} now */
  function refuse({ link, ended }) {
    byId("lecture").hidden = byId("strip").hidden = true;
    const kind = ended
      ? "ended"
      : link.kind === "waiting" || link.kind === "open" || link.kind === "slow"
      ? "unknown"
      : link.kind;
    const seconds = "seconds" in link ? link.seconds : 0;
    join.show(language, { room, problem: words(`join.${kind}`, { room: spaced(room), seconds }) });
  }

  byId("act").addEventListener("click", () => {
    const { action } = byId("act").dataset;
    if (action === "now") connection.wake();
    if (action === "explore") become(follow.explore(state));
    if (action === "back") become(follow.back(state));
    if (action === "talk") {
      const target = state.ended?.address && opened(state.ended.address, language, own());
      if (target) address.leave(target.path + target.query + target.fragment);
    }
  });
  listenToTheme(({ theme }) => {
    const there = frames.place(), chosen = { ...own(), theme };
    keepOwn(chosen);
    const target = there &&
      opened({ path: there.pathname, query: there.search, fragment: there.hash }, language, chosen);
    if (target) frames.go(target);
  });
  draw();
}

const NOBODY = { choose: () => {}, submit: () => {} };

/** Say it, unless it is said already: it is read out. @param {HTMLElement} where @param {string[]} lines */
function say(where, lines) {
  if (where.dataset.said === lines.join("\n")) return;
  where.dataset.said = lines.join("\n");
  where.replaceChildren(...lines.map((line, i) => element(i ? "small" : "b", {}, line)));
}

/** For those who hear the page. @param {string} text */
function sayInStatus(text) {
  byId("said").textContent = text;
}

/** Theme and notation are in the address of this page, for it to be loaded again. @param {{theme: string | null, notation: string | null}} chosen */
function keepOwn(chosen) {
  const { search, hash } = address.here();
  const written = writeHash({ ...readHash(hash), ...chosen });
  if (written !== hash) address.replace(search, written);
  applyTheme(chosen.theme);
  updateLanguageLink();
}

/** @param {string} room */
function useLanguageLink(room) {
  /** @type {HTMLAnchorElement} */ (byId("language")).href += room;
  byId("language").dataset.here = "";
  updateLanguageLink();
}

function updateLanguageLink() {
  updateHereLinks("", address.here().hash);
}

/** This device steers from now on: the page that the room shows, with the token in this tab's memory. @param {string} room @param {string} steer */
async function takeOver(room, steer) {
  address.replace("", ""); // the token stays in no history
  kept.steer({ room, steer, sender: kept.newName() });
  const { data: value } = await ask(room);
  const target = value?.address && opened(value.address, language, { theme: null, notation: null });
  address.leave(target ? target.path + target.query + target.fragment : `/${language}/`);
}

useCatalogue(data.words);
useHash({ steer: matching(/^[\w-]{22,64}$/), ...COMMON_KEYS });
address.onTravel(() => keepOwn(ownOf(address.here().hash)));
applyTheme(readHash(address.here().hash).theme);
const room = digitsOf(address.here().pathname.split("/live/")[1] ?? "");
const { steer: token } =
  /** @type {{steer?: string | null}} */ (/** @type {unknown} */ (readHash(address.here().hash)));
if (!room) {
  listenToTheme(({ theme }) => keepOwn({ theme, notation: null }));
  byId("language").dataset.here = "";
  join.show(language);
} else if (token) takeOver(room, token);
else start(room);
