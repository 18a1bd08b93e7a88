// Talk page: a list of stops kept in the fragment of its link, to be ordered, timed, shared, printed and presented.

import * as address from "./page/address.js";
import { byId, element, updateHereLinks } from "./lib/dom.js";
import { words } from "./lib/words.js";
import { simple } from "./lessons/page.js";
import { COMMON_KEYS, oneOf, readHash, writeHash } from "./page/hash.js";
import * as live from "./page/live.js";
import { notice } from "./page/notices.js";
import { copyText } from "./page/share/share.js";
import * as typing from "./page/typing.js";
import { fromPlan, minutesOf, readTalk, withoutNotes, writeTalk } from "./talk/format.js";
import { addressForAudience, packed, unpacked } from "./talk/fragment.js";
import { rows } from "./talk/list.js";
import { opened, stepsOf, withKeys } from "./talk/opened.js";
import { openSpeaker } from "./talk/channel.js";
import * as storage from "./talk/storage.js";

/** @typedef {import("./talk/format.js").Talk} Talk */

/** @type {Record<string, import("./page/hash.js").Reader>} */
const KEYS = {
  ...COMMON_KEYS,
  stops: (written) => written,
  ready: (written) => written,
  of: (written) => written,
  view: oneOf(["hand-out", "speaker"]),
};
const { data, base, look } = simple("talk", { keys: KEYS, seen: () => forAudience });
const { language, course } = data, site = { base, isStep: stepsOf(course) };
const field = () => /** @type {HTMLTextAreaElement} */ (byId("talk-text"));
const nameField = () => /** @type {HTMLInputElement} */ (byId("talk-name"));

/** @type {Talk & {unknown: import("./talk/format.js").Unknown[]}} */
let talk = { name: "", stops: [], unknown: [] };
/** the draft that it is in this browser; none before it is changed here */
let id = "";
/** the name of this window, for the speaker's */
const tab = storage.place()?.tab ?? storage.newId();
let written = 0;
/** What the share dialog gives: no notes. @type {Seen} */
let forAudience = readHash("");

const hash =
  () => /** @type {Record<string, string | null>} */ (/** @type {unknown} */ (readHash(address.here().hash)));
const isThis = () => {
  const place = storage.place();
  return place && (place.id ? place.id === id : place.text === writeTalk(talk)) ? place : null;
};

/** The link with this list. @param {Talk} its */
async function fragment(its) {
  return { .../** @type {any} */ (readHash("")), stops: await packed(writeTalk(its)) };
}

/** What the address says. */
async function load() {
  const asked = ++written, { stops, ready } = hash(), query = new URLSearchParams(address.here().search);
  const plan = query.get("stops");
  if (plan !== null) { // a link of before there were talks
    const text = fromPlan(plan, site), { theme } = hash();
    address.replace("", writeHash({ ...await fragment(readTalk(text, site)), theme }));
    return asked === written && use(text);
  }
  const [draft] = storage.drafts();
  const text = stops !== null
    ? await unpacked(stops)
    : ready !== null
    ? data.ready[ready] ?? null
    : draft?.text ?? "";
  if (asked === written) use(text);
}

/** @param {string | null} text */
function use(text) {
  talk = readTalk(text ?? "", site);
  id = storage.drafts().find((draft) => draft.text === text)?.id ?? "";
  notice("link", text === null ? words("talk.unreadable") : problem());
  field().value = text ?? "";
  show();
}

const problem = () => talk.unknown.map((one) => words("talk.unknown", one)).join(" ");

/** The talk was changed here: the draft and the link follow. @param {Talk} to */
async function change(to) {
  const where = isThis(), current = where && talk.stops[where.place];
  talk = { ...to, unknown: [] };
  const text = writeTalk(talk);
  id ||= storage.newId();
  storage.keep({ id, text });
  if (where) {
    const place = to.stops.findIndex((stop) => stop === current);
    const last = Math.max(0, to.stops.length - 1);
    storage.setPlace({ ...where, id, text, place: place < 0 ? Math.min(where.place, last) : place });
  }
  show();
  const asked = ++written, seen = await fragment(talk);
  if (asked !== written) return;
  address.settle("", writeHash({ ...seen, theme: readHash(address.here().hash).theme }));
  updateHereLinks("", address.here().hash);
}

const stopsOpened = () => talk.stops.map((stop) => opened(stop, course, language));

function show() {
  const { view, of } = hash(), n = talk.stops.length;
  byId("talk-editor").hidden = view !== null;
  byId("hand-out").hidden = view !== "hand-out";
  byId("speaker").hidden = view !== "speaker";
  document.body.classList.toggle("speaking", view === "speaker");
  if (view === "speaker") {
    speak(of ?? "");
    return;
  }
  if (view === "hand-out") handOut();
  if (document.activeElement !== nameField()) nameField().value = talk.name;
  byId("talk-sum").textContent = n ? words("talk.sum", { n, minutes: minutesOf(talk.stops) }) : "";
  byId("talk-empty").hidden = n > 0;
  for (const name of ["present", "live", "copy", "audience", "print"]) {
    /** @type {HTMLButtonElement} */ (byId(`talk-${name}`)).disabled = !n;
  }
  rows(byId("talk-stops"), stopsOpened(), isThis()?.place ?? -1, {
    change: (stops) => {
      field().value = writeTalk({ ...talk, stops });
      change({ ...talk, stops });
    },
    open: (i) => {
      const where = isThis();
      if (where) storage.setPlace({ ...where, place: i });
    },
    say: (text) => byId("talk-said").textContent = text,
  });
  showDrafts();
  fragment(withoutNotes(talk)).then((seen) => forAudience = seen);
}

/** The talks of this browser, beside the ready-made ones. */
function showDrafts() {
  for (const old of document.querySelectorAll("[data-draft]")) old.remove();
  for (const draft of storage.drafts()) {
    if (draft.id === id) continue;
    const { name, stops } = readTalk(draft.text, site), link = element("a", { href: `/${language}/talk` });
    link.textContent = name || words("talk.new_name");
    packed(draft.text).then((stops) =>
      link.setAttribute("href", `/${language}/talk#stops=${encodeURIComponent(stops)}`)
    );
    const remove = element("button", {
      ...{ type: "button", class: "quiet", "aria-label": words("talk.forget", { name: link.textContent }) },
    }, "✕");
    remove.addEventListener("click", () => {
      storage.forget(draft.id);
      showDrafts();
      byId("talk-new").focus();
    });
    const count = element("span", { class: "small" }, words("talk.count", { n: stops.length }));
    byId("talk-others").append(element("li", { "data-draft": "" }, link, " ", count, " ", remove));
  }
}

async function handOut() {
  const { show: draw } = await import("./talk/hand-out.js");
  draw(talk.name || words("talk.new_name"), stopsOpened(), { language, base, moments: data.moments });
}

let isSpeaking = false;

/** @param {string} of the window that presents */
async function speak(of) {
  if (isSpeaking) return;
  isSpeaking = true;
  const { start } = await import("./talk/speaker.js");
  start(/** @type {any} */ (data), base, of);
}

/** Go through the talk from its first stop: in the presenter view, or with a room that phones follow. @param {boolean} isLive */
function present(isLive) {
  const text = writeTalk(talk), [first] = stopsOpened(), { theme } = readHash(address.here().hash);
  storage.setPlace({ id, text, place: 0, begun: Date.now(), arrived: "", tab, opensLive: isLive });
  address.leave(withKeys(first.path, { view: isLive ? null : "present", theme }));
}

/** @param {Talk} its */
async function copy(its) {
  const link = `${base}/${language}/talk${writeHash(await fragment(its))}`, copied = await copyText(link);
  byId("talk-copied").textContent = copied ? words("talk.copied", { n: link.length }) : words("talk.no_copy");
}

byId("talk-present").addEventListener("click", () => present(false));
byId("talk-live").addEventListener("click", () => present(true));
byId("talk-speaker").addEventListener("click", () => openSpeaker(language, tab));
byId("talk-copy").addEventListener("click", () => copy(talk));
byId("talk-audience").addEventListener("click", () => copy(withoutNotes(talk)));
byId("talk-print").addEventListener("click", async () => {
  const seen = await fragment(withoutNotes(talk));
  address.settle("", writeHash({ ...seen, view: "hand-out", theme: readHash(address.here().hash).theme }));
  load();
});
byId("hand-out-back").addEventListener("click", (event) => {
  event.preventDefault();
  address.settle("", writeHash({ ...readHash(address.here().hash), view: null }));
  load();
});
byId("talk-edit").addEventListener("click", () => {
  const box = byId("talk-text-box");
  box.hidden = !box.hidden;
  byId("talk-edit").setAttribute("aria-expanded", String(!box.hidden));
  if (!box.hidden) field().focus();
});
typing.listen(field(), (settled) => {
  const { unknown, ...its } = readTalk(field().value, site);
  byId("talk-text-problem").textContent = unknown.map((one) => words("talk.unknown", one)).join(" ");
  if (settled && writeTalk(its) !== writeTalk(talk)) change(its);
});
nameField().addEventListener("change", () => {
  change({ ...talk, name: nameField().value });
  field().value = writeTalk(talk);
});
byId("talk-new").addEventListener("click", () => {
  id = storage.newId();
  talk = { name: "", stops: [], unknown: [] };
  address.settle(
    "",
    writeHash({ ...readHash(""), .../** @type {any} */ ({ stops: `# ${words("talk.new_name")}` }) }),
  );
  load().then(() => nameField().focus());
});
live.leaves({
  isOn: () => storage.place() !== null,
  link: () => addressForAudience(readTalk(storage.place()?.text ?? "", site), language),
});
address.onTravel(load);
storage.useBookmarks(words("talk.bookmarks"), language);
look();
load();
