// The page loop of every lab: events write the address bar, and the address bar redraws the page.

import { fetchAnswer, useEngine } from "../server/api.js";
import { byId, updateHereLinks } from "../lib/dom.js";
import { useCatalogue, words } from "../lib/words.js";
import * as address from "./address.js";
import { accompanied } from "./constraints.js";
import * as dock from "./dock.js";
import * as form from "./form.js";
import { readHash, useHash, writeHash } from "./hash.js";
import * as keyboard from "./keyboard.js";
import * as lessonLinks from "./lesson-links.js";
import { notice, problemText, remarkOn, sayWhileTyping } from "./notices.js";
import * as parentFrame from "./parent-frame.js";
import * as presets from "./presets.js";
import { readQuery, writeQuery } from "./query.js";
import * as scrollIntoView from "./scroll-into-view.js";
import * as print from "./print.js";
import * as share from "./share/share.js";
import { applyTheme, listenToTheme, onSystemTheme } from "./theme.js";
import * as visibility from "./visibility.js";

/** @typedef {import("./query.js").Params} Params */
/** @typedef {import("./query.js").Remark} Remark */
/** @typedef {import("../server/api.js").Problem} Problem */
/** @typedef {{params: Params, remarks: Remark[], query: string}} Asked what a query asks for; params: those that the controls show; query: canonical */
/** @typedef {Asked & {seen: Seen}} State what the address says */
/** @typedef {{everywhere: boolean, settled: boolean}} How everywhere: also the field in use is filled; settled: no control is being dragged */
/** @typedef {{language: string, words: Record<string, unknown>, controls: Control[], engine: string, public_url: string, embedded: boolean, explained?: Record<string, string>, all_words?: string}} Data all_words: where all words are, if `words` are those of the first picture */

/**
 * @typedef {object} Lab what a page adds to the loop
 * @property {Record<string, import("./hash.js").Reader>} hash the keys of its hash
 * @property {string} stage id of the element whose width the picture follows
 * @property {(state: State, how: How) => void} draw brings the page to what the address says
 * @property {() => import("./share/share.js").Shared} shared the state for the share dialog
 * @property {Record<string, (event: KeyboardEvent) => void>} [keys] by KeyboardEvent.key
 * @property {(search: string, seen: Seen) => Asked} [read] where the query is not that of one form
 * @property {(params: Params, state: State) => string} [write] the other way round
 * @property {(before: Params, after: Params) => {query?: string[], hash?: (keyof Seen)[]}} [resets] what else a change takes back to its default
 * @property {(name: string, value: string, settled: boolean) => void} [entered] instead of a change, when a control is used
 * @property {typeof sayWhileTyping} [typing] shows what is wrong with a field as typed
 * @property {(problems: Problem[], message: string) => boolean} [explain] shows a refusal itself; false: the notice does
 * @property {(params: Params) => number} [longestK] the right end of the slider of k, where no text gives it
 * @property {(params: Params) => string | undefined} [lesson] the part of the course that explains the whole lab
 * @property {() => Promise<import("./talk.js").Late>} talk loads the talk that the page may be part of, and what shows a question of one's own
 * @property {() => void} [followed] a link was followed, in this page or by the page around it
 */

/** What is on every page, of whichever lab. @returns {Data} */
const readData = () => JSON.parse(byId("data").textContent ?? "");

/** @param {Lab} lab */
export function openPage(lab) {
  const data = readData(), { controls } = data, base = data.public_url || address.here().origin;
  const typing = lab.typing ?? sayWhileTyping;
  let frame = 0, isAsked = false;
  /** @type {string | null} the query that the notice of a refusal is about */
  let refused = null;

  /** @param {string} search @param {Seen} seen @returns {Asked} */
  function asked(search, seen) {
    if (lab.read) return lab.read(search, seen);
    const { params, remarks } = readQuery(search, controls);
    return { params, remarks, query: writeQuery(params, controls) };
  }

  /** What the address says. @returns {State} */
  function read() {
    const { search, hash } = address.here(), seen = readHash(hash);
    return { ...asked(search, seen), seen };
  }

  /** Change parameters. @param {Record<string, string>} values by name @param {boolean} settled */
  function change(values, settled) {
    const query = new URLSearchParams(writeQuery(read().params, controls));
    for (const [name, value] of Object.entries(values)) query.set(name, value);
    go(query, settled);
  }

  /** @param {URLSearchParams} query of one form @param {boolean} settled */
  function go(query, settled) {
    const before = read(), { seen } = before;
    const kept = visibility.keepHidden(query, writeQuery(before.params, controls), seen);
    const reset = lab.resets?.(before.params, readQuery(`?${kept}`, controls).params) ?? {};
    const hidden = visibility.hidden(seen);
    for (const name of reset.query ?? []) if (!hidden.includes(name)) kept.delete(name);
    const changed = readQuery(`?${kept}`, controls).params;
    for (const [name, value] of Object.entries(accompanied(before.params, changed, controls))) {
      kept.set(name, value);
    }
    const { params, remarks } = readQuery(`?${kept}`, controls);
    const written = lab.write?.(params, before) ?? writeQuery(params, controls);
    if (remarks.length || written !== before.query) remarkOn(remarks); // letting go of a control says nothing new
    const cleared = Object.fromEntries((reset.hash ?? []).map((name) => [name, null]));
    (settled ? address.settle : address.drag)(written, writeHash({ ...seen, ...cleared }));
    update({ everywhere: settled, settled }); // at once: an answer takes longer than a frame, so nothing is gathered
  }

  /** One step of k further or back. @param {number} by @param {number} [end] the greatest k */
  function changeK(by, end = 1000) {
    if (byId("control-k").classList.contains("idle")) return;
    change({ k: String(Math.max(1, Math.min(end, Number(read().params.k) + by))) }, true);
  }

  /**
   * Follow a link within the page; what is hidden from a class stays hidden, or else what is given.
   * @param {{search: string, hash: string}} link @param {Seen} [from]
   */
  function visit({ search, hash }, { hide, show } = read().seen) {
    arrive(address.settle, search, { ...readHash(hash), hide, show });
  }

  /** Go where the page around this one asks for. @param {string} search @param {string} hash */
  function follow(search, hash) {
    scrollIntoView.arm();
    arrive(address.replace, search, readHash(hash));
  }

  /** @param {(query: string, hash: string) => void} write @param {string} search @param {Seen} seen */
  function arrive(write, search, seen) {
    lab.followed?.();
    typing("", null);
    write(asked(search, seen).query, writeHash(seen));
    update({ everywhere: true });
  }

  /** Change what is looked at. @param {Partial<Seen>} changed */
  function look(changed) {
    const { search, hash } = address.here();
    address.replace(search, writeHash({ ...readHash(hash), ...changed }));
    soon();
  }

  /** Bring the page to what the address says in the next frame. */
  function soon() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      update();
    });
  }

  /** Bring the page to what the address says. @param {Partial<How>} [how] */
  function update({ everywhere = false, settled = true } = {}) {
    const state = read(), { params, seen } = state, { search, hash } = address.here();
    if (state.query !== refused) forgetRefusal();
    parentFrame.cancelReport();
    applyTheme(seen.theme);
    visibility.apply(seen);
    form.fill(controls, params, everywhere, lab.longestK?.(params));
    updateHereLinks(search, hash);
    lessonLinks.updateLinks((part) => lab.lesson?.(params) ?? part);
    lab.draw(state, { everywhere, settled });
    if (seen.ask || isAsked) {
      lab.talk().then((late) => late.show(read().seen, { ...data, look }), () => {}); // without a network there is none
    }
    isAsked ||= Boolean(seen.ask);
  }

  /**
   * What the server refuses: the last picture stays; where there is none, the link without what was refused takes its place.
   * @param {Problem[]} problems @param {boolean} drawn whether there is a picture
   */
  function refuse(problems, drawn) {
    const { search, hash } = address.here(), query = new URLSearchParams(search), given = query.size;
    for (const { parameter } of problems) query.delete(parameter);
    const kept = drawn || query.size === given;
    const message = words(kept ? "notices.refused" : "notices.instead", {
      message: problems.map(problemText).join(" "),
    });
    if (!lab.explain?.(problems, message)) sayRefused(message, kept);
    if (kept) return;
    address.replace(asked(`?${query}`, readHash(hash)).query, hash);
    update({ everywhere: true });
  }

  /** Why what the address asks for is not what the page shows. @param {string} message @param {boolean} kept whether the last picture stays */
  function sayRefused(message, kept) {
    if (kept) refused = read().query;
    notice(kept ? "refused" : "link", message, kept);
  }

  function forgetRefusal() {
    if (refused !== null) notice("refused", "");
    refused = null;
  }

  /** Everything that the address asks for is drawn. */
  function drawn() {
    scrollIntoView.scrollOnce(read().seen.look);
    parentFrame.reportSettled(() => ({ search: read().query, hash: writeHash(read().seen) }));
  }

  /** Everything on the page that writes the address. */
  function listen() {
    const sharing = { ...data, base, shared: lab.shared };
    const isHidden = (/** @type {string} */ part) => visibility.hidden(read().seen).includes(part);
    form.listen(
      controls,
      lab.entered ?? ((name, value, settled) => change({ [name]: value }, settled)),
      typing,
      () => read().params,
    );
    dock.listen();
    share.listen(sharing);
    print.listen();
    if (document.getElementById("presets-dialog")) {
      presets.listen(() => read().query, visit, read().seen.look === "presets");
    }
    listenToTheme(look);
    keyboard.listen({
      ...lab.keys,
      q: () => isHidden("share") || share.openQr(sharing),
      "?": () => isHidden("keys") || keyboard.openList(),
    });
    document.getElementById("keys")?.addEventListener("click", keyboard.openList);
    document.getElementById("defaults")?.addEventListener("click", () => {
      typing("", null);
      go(new URLSearchParams(), true);
    });
    address.onTravel(() => {
      typing("", null);
      remarkOn(read().remarks);
      update({ everywhere: true });
    });
    addEventListener("pageshow", ({ persisted }) => persisted && soon());
    addEventListener("online", soon);
    addEventListener("resize", soon);
    onSystemTheme(soon);
    new ResizeObserver(soon).observe(byId(lab.stage));
  }

  /** Load the words that the page came without. */
  async function loadAllWords() {
    if (!data.all_words) return;
    const answer = await fetchAnswer(data.all_words);
    if (!("result" in answer)) throw new Error("the words could not be loaded");
    useCatalogue(/** @type {Record<string, unknown>} */ (answer.result));
  }

  /** Draw for the first time, and listen from now on. */
  function start() {
    address.replace(...visibility.fromQueryToHash(address.here()));
    const { remarks, query, seen } = read();
    if (remarks.length) {
      remarkOn(remarks);
      address.replace(query, writeHash(seen));
    }
    listen();
    update({ everywhere: true });
  }

  useCatalogue(data.words);
  useEngine(data.engine);
  useHash(lab.hash);
  lessonLinks.use(data);
  parentFrame.listen(follow); // before any keys of the page itself: the lesson's keys come first
  return {
    ...{
      data,
      controls,
      base,
      read,
      change,
      changeK,
      visit,
      look,
      soon,
      update,
      refuse,
      sayRefused,
      drawn,
      loadAllWords,
      start,
    },
    share: () => ({ ...data, base, shared: lab.shared }),
    exported: (/** @type {import("./export/parts.js").Part[]} */ parts) => ({
      ...{ parts, look, before: { theme: read().seen.theme } },
      told: () => share.told({ ...data, base, shared: lab.shared }),
    }),
  };
}
