// A talk on the page that one presents: a clicker's keys, "Add this state", the bar, and what the speaker's window is told.

import * as address from "../page/address.js";
import * as keys from "../page/keyboard.js";
import { isSteering } from "../page/live.js";
import { partsOf, stateOf } from "../page/share/share.js";
import { pathOf } from "../page/share/link.js";
import { words } from "../lib/words.js";
import * as bar from "./bar.js";
import * as channel from "./channel.js";
import { load } from "./data.js";
import { readTalk, USUAL_MINUTES, writeTalk } from "./format.js";
import { addressForAudience } from "./fragment.js";
import { isSame, opened, stepsOf, targetOfPath, withKeys } from "./opened.js";
import * as storage from "./storage.js";

/** @typedef {import("./opened.js").Opened} Opened */

const SECOND = 1000; // ms

/** @param {import("../page/talk.js").Page} page @returns {Promise<import("../page/talk.js").Talk | null>} */
export async function open(page) {
  const data = await load(page.language);
  if (!data) return null;
  const { course } = data, site = { base: page.base, isStep: stepsOf(course) };
  storage.useBookmarks(words("talk.bookmarks"), page.language);
  /** @type {storage.Place | null} */
  let where = storage.place();
  /** @type {Opened[]} */
  let stops = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let ticking;
  useText();

  function useText() {
    const { stops: found } = readTalk(where?.text ?? "", site);
    stops = found.map((stop) => opened(stop, course, page.language));
    if (where) where.place = Math.max(0, Math.min(where.place, stops.length - 1));
  }

  const isOn = () => where !== null && stops.length > 0;
  const path = () => {
    const { pathname, search, hash } = address.here();
    return pathname + search + hash;
  };
  const pageOf = (/** @type {string} */ link) => link.split(/[?#]/, 1)[0];
  const isAway = () => !where || pageOf(stops[where.place].path) !== pageOf(path());
  /** Whether the stop is as it was when one came to it. */
  const isOwn = () =>
    where !== null && [stops[where.place].path, where.arrived].some((own) => isSame(path(), own));
  const isPresenting = () => new URLSearchParams(path().split("#")[1]).get("view") === "present";

  /** @param {Partial<storage.Place>} changed */
  function move(changed) {
    if (!where) return;
    where = { ...where, ...changed };
    storage.setPlace(where);
    update();
  }

  /** Go to a stop, in the view that this page has. @param {number} to */
  function arrive(to) {
    if (!where) return;
    const keys = new URLSearchParams(path().split("#")[1]);
    const link = withKeys(stops[to].path, { view: keys.get("view"), theme: keys.get("theme") });
    const next = { place: to, begun: where.begun ?? Date.now() };
    if (pageOf(link) !== pageOf(path())) {
      storage.setPlace(where = { ...where, ...next, arrived: "" });
      return address.leave(link);
    }
    const { search, hash } = new URL(link, page.base);
    page.visit({ search, hash });
    move({ ...next, arrived: path() }); // after the visit: before it the address is still that of the stop one comes from
  }

  /**
   * A clicker: from another page back to the stop; here the next beat, and then the next stop. Back: the beat before,
   * from a state of one's own the stop as it is, and then the stop before.
   * @param {number} by
   */
  function turn(by) {
    if (!where || !isOn()) return;
    const { place } = where;
    if (isAway()) return arrive(place);
    if (by < 0 && isOwn()) return place > 0 ? arrive(place - 1) : undefined;
    if (page.step?.(by)) return update();
    if (by < 0) arrive(place);
    else if (place < stops.length - 1) arrive(place + 1);
    else bar.say(words("talk.end"));
  }

  /** Add what is on the screen to the talk of this tab, else to the draft that was changed last, else to a new one. */
  function add() {
    const now = page.shared(), seen = { ...now.seen, view: null };
    const link = pathOf({ ...now, seen }, { language: page.language, step: true, ...partsOf(seen) });
    const to = targetOfPath(link), title = to === link ? seen.ask ?? stateOf({ ...now, seen }, true) : "";
    const { id, text } = where ?? storage.drafts()[0] ?? { id: "", text: `# ${words("talk.new_name")}` };
    const talk = readTalk(text, site), known = talk.stops.findIndex((stop) => stop.to === to);
    if (known < 0) talk.stops.push({ to, minutes: USUAL_MINUTES, title, note: "" });
    const place = known < 0 ? talk.stops.length - 1 : known;
    const draft = { id: id || storage.newId(), text: writeTalk(talk) };
    storage.keep(draft);
    const fresh = { tab: storage.newId(), begun: null, arrived: "", place };
    const at = where && known < 0 ? where.place : place;
    where = { ...(where ?? fresh), ...draft, place: at };
    storage.setPlace(where);
    useText();
    update();
    bar.say(words(known < 0 ? "talk.added" : "talk.there", { n: place + 1 }));
  }

  function leave() {
    where = null;
    storage.setPlace(null);
    update();
  }

  const openSpeaker = () => where && channel.openSpeaker(page.language, where.tab);

  /** Who came to another stop without the clicker, by a link or by Back, is at that stop. */
  function findPlace() {
    if (!where || !isOn() || isOwn()) return;
    const at = stops.findIndex((stop) => isSame(path(), stop.path));
    if (at >= 0) storage.setPlace(where = { ...where, place: at, arrived: path() });
  }

  function update() {
    clearTimeout(ticking);
    findPlace();
    if (!where || !isOn()) {
      bar.hide();
      return;
    }
    const { place, begun, text, tab } = where;
    channel.send({ tab, text, place, begun, isAway: isAway() });
    bar.show({ stops, place, begun, isAway: isAway(), isHidden: isPresenting() }, {
      turn,
      add,
      leave,
      openSpeaker,
    });
    ticking = setTimeout(update, SECOND);
  }

  keys.listen({ w: openSpeaker }, isOn);
  channel.listen((/** @type {channel.Asked} */ { to, by }) => {
    if (to !== where?.tab) return;
    if (by) turn(by);
    else update();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return; // from the cache of Back and Forward: the talk has gone on meanwhile
    where = storage.place();
    useText();
    update();
  });
  if (where && !where.arrived && isOn() && !isAway()) move({ arrived: path() });
  update();
  if (where?.opensLive) {
    move({ opensLive: false });
    if (!isSteering()) document.getElementById("live")?.click();
  }
  const forAudience = () => addressForAudience(readTalk(where?.text ?? "", site), page.language);
  return { turn, add, isOn, update, forAudience };
}
