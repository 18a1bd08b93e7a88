// The loop: events write the address bar, and the address bar redraws everything.

import * as address from "./page/address.js";
import { further, useEngine } from "./server/api.js";
import { answerInTurn } from "./server/in-order.js";
import { writeBoth } from "./explorer/compare-link.js";
import { byId, leadHere, parts, replaceKeepingFocus } from "./lib/dom.js";
import { asked, drawAll, onFigures, onGraph } from "./explorer/render.js";
import { folded, switches } from "./explorer/folded.js";
import * as followed from "./page/data-links.js";
import * as frame from "./page/parent-frame.js";
import * as front from "./explorer/front/front.js";
import * as explained from "./page/lesson-links.js";
import * as fields from "./page/fields.js";
import * as form from "./page/form.js";
import { visible } from "./lib/format.js";
import { showCurve } from "./explorer/k-curve.js";
import * as hide from "./page/visibility.js";
import * as keys from "./page/keyboard.js";
import { legend } from "./explorer/legend.js";
import { atStep, fitted, readMoment, schedule, writeMoment } from "./explorer/timeline.js";
import { notice, problemText, remarkOn, sayWhileTyping } from "./page/notices.js";
import * as overview from "./explorer/overview.js";
import { PANELS } from "./explorer/panels.js";
import * as player from "./explorer/player.js";
import * as present from "./page/present/present.js";
import * as presets from "./page/presets.js";
import { showIdentical, showProof } from "./explorer/proof.js";
import { canonical, readHash, readQuery, wholeLength, writeHash, writeQuery } from "./page/query.js";
import { later, reached } from "./page/retry.js";
import * as sections from "./explorer/panel-list.js";
import * as share from "./page/share/share.js";
import * as sight from "./page/scroll-into-view.js";
import { spoken } from "./explorer/status-line.js";
import { columnsOf, scrollTogether, showPlayhead } from "./explorer/scrolling.js";
import { missing, windowFrom } from "./plot/windowed.js";
import * as take from "./explorer/export/export.js";
import { listenToTheme, onSystemTheme, wear } from "./page/theme.js";
import { namesPart } from "./explorer/unrolled/selectors.js";
import { cover, secret } from "./page/cover.js";
import { changes, viewOf } from "./explorer/view.js";
import { useCatalogue, words } from "./lib/words.js";

/** @type {{language: string, words: Record<string, unknown>, controls: Control[], engine: string, public_url: string, embedded: boolean, explained?: Record<string, string>}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { controls } = data;
const CHAOTIC = 1e8; // growth of a tangent beyond which last digits depend on the machine
const TOLD = 40; // characters of a text
const MOVE_BY_KEY = {
  ArrowLeft: "back",
  ArrowRight: "forth",
  ArrowUp: "lineBack",
  ArrowDown: "lineForth",
  Home: "start",
  End: "end",
};

/** @type {share.Page} */
const sharing = { ...data, base: data.public_url || address.here().origin, shared };

/** @type {{query: string, result: Result, view: View} | null} the picture on screen */
let picture = null;
let soonest = 0;
let listening = false;
/** Whether the reader moved time since a link was followed: then the step is told, and before it what is lit. */
let moved = false;
/** Until the first picture stands: nothing can be scrolled to before. @type {Promise<unknown> | null} */
let first = null;
/** @type {Target | null} what was tapped last, told until time moves on */
let pointed = null;

/** What the address bar says. */
function read() {
  const url = address.here(), { params, remarks } = readQuery(url.search, controls);
  return { params, remarks, query: writeQuery(params, controls), seen: readHash(url.hash) };
}

/** @param {string} name @param {string} value @param {boolean} settled */
function change(name, value, settled) {
  changeAll({ [name]: value }, settled);
}

/** @param {Record<string, string>} values by name @param {boolean} settled */
function changeAll(values, settled) {
  const { search } = address.here(), query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  if ("text" in values || "unit" in values) query.delete("steps"); // a new text is shown whole
  go(`?${hide.keeping(query, search, read().seen)}`, settled);
}

/** @param {string} asked @param {boolean} settled */
function go(asked, settled) {
  const { params, remarks } = readQuery(asked, controls);
  const query = writeQuery(params, controls);
  if (remarks.length || query !== read().query) remarkOn(remarks); // letting go of a control says nothing new
  (settled ? address.settle : address.drag)(query, address.here().hash);
  update({ everywhere: settled }); // at once: an answer takes longer than a frame, so nothing is gathered
}

/** Follow a link within the page. @param {string} search @param {string} hash */
function visit(search, hash) {
  pointed = null;
  const { hide, show } = read().seen;
  address.settle(...canonical(search, hash, controls, { hide, show }));
  update({ everywhere: true });
}

/** Go where the page around this one asks for. @param {string} search @param {string} hash */
function follow(search, hash) {
  player.pause();
  pointed = null;
  moved = false;
  sight.expect();
  address.replace(...canonical(search, hash, controls));
  update({ everywhere: true });
}

/** Follow a link in the view and the colours of now. @param {string} search @param {string} hash */
function visitInView(search, hash) {
  const { view, theme } = read().seen;
  visit(search, writeHash({ ...readHash(hash), view, theme }));
}

/** What a link to what is on the screen holds, but for how the page looks. */
function stop() {
  const { query: search, seen } = read();
  return {
    path: `/${document.documentElement.lang}/`,
    search,
    hash: writeHash({ ...seen, view: null, theme: null }),
  };
}

/** @param {Partial<ReturnType<typeof readHash>>} changed */
function look(changed) {
  const { search, hash } = address.here();
  address.replace(search, writeHash({ ...readHash(hash), ...changed }));
  soon();
}

function soon() {
  soonest ||= requestAnimationFrame(() => {
    soonest = 0;
    update();
  });
}

/** Bring the page to what the address bar says. */
function update({ everywhere = false } = {}) {
  const { params, query, seen } = read();
  frame.moves();
  wear(seen.theme);
  hide.arrange(seen);
  front.arrange(front.isFront(address.here().search, seen));
  present.arrange(seen, Number(params.steps ?? wholeLength(params)));
  sections.arrange(seen, params);
  form.fill(controls, params, everywhere);
  fields.fill(controls, params);
  const { search, hash } = address.here();
  leadHere(search, hash);
  explained.lead(() => (params.truncation === "full" ? "full" : "truncated"));
  const compare = /** @type {HTMLAnchorElement} */ (byId("compare"));
  compare.href = compare.pathname + writeBoth(params, params, controls) +
    (seen.t === null ? "" : `#t=${seen.t}`);
  if (picture?.query === query) {
    show(query, picture.result);
    return;
  }
  ask(query, likelyWindow(params, seen));
  if (picture) show(picture.query, picture.result); // the last good picture stays, the playhead moves on it
}

/**
 * Which window of a long sequence will be looked at: the one in sight, or the one around the step of the link.
 * @param {import("./page/query.js").Params} params
 * @param {Seen} seen
 */
function likelyWindow(params, { at, t: looked }) {
  const t = readMoment(at)?.t ?? looked, T = Number(params.steps ?? wholeLength(params));
  const same = picture?.result.tokens.length === T && picture.view.columns;
  return windowFrom(same || { start: t ?? 0, stop: (t ?? 0) + 1 }, T);
}

/**
 * @param {string} query
 * @param {number} from where the window begins that the answer holds of a long sequence; no part of the address
 */
async function ask(query, from) {
  const outcome = await answerInTurn(from ? `${query}&from=${from}` : query), wanted = read().query;
  if (!outcome) return; // the answer that comes next asks again
  if ("failure" in outcome) {
    if (wanted === query) later(outcome, update);
    else soon();
    return;
  }
  reached();
  if ("result" in outcome) await show(query, outcome.result);
  else if ("problems" in outcome && wanted === query) refuse(outcome.problems);
  if (wanted !== query || "outdated" in outcome) soon();
}

/** @param {import("./server/api.js").Problem[]} problems */
function refuse(problems) {
  const message = problems.map(problemText).join(" ");
  if (picture) return notice("refused", words("notices.refused", { message }), true);
  notice("link", words("notices.instead", { message }));
  const query = new URLSearchParams(address.here().search);
  for (const { parameter } of problems) query.delete(parameter);
  address.replace(writeQuery(readQuery(`?${query}`, controls).params, controls), address.here().hash);
  update();
}

/**
 * Draw an answer, or where it is on screen already only what moved: what is looked at, the theme, the size.
 * @param {string} query
 * @param {Result} result
 */
async function show(query, result) {
  const view = viewOf(query, result, readHash(address.here().hash), picture?.view.columns);
  view.answers = Object.fromEntries(asked(result, view).map((path) => [path, further(path, soon)]));
  const changed = changes(picture?.query === query ? picture.view : undefined, view);
  picture = { query, result, view };
  const at = view.at && writeMoment(view.at, schedule(result).separate);
  if (at && query === read().query && at !== readHash(address.here().hash).at) look({ at }); // as this run has it
  const from = missing(result, view.columns);
  if (from !== null && query === read().query) ask(query, from); // this picture stays until then
  if (changed === "everything") {
    byId("loading").hidden = true;
    showIdentical(result);
    showTrained(result);
    notice("refused", "");
    notice("overflow", overflow(result));
    notice("chaotic", (result.checks.growth ?? 0) > CHAOTIC ? words("notices.chaotic") : "");
  }
  if (changed === "everything" || changed.has("veil")) {
    form.showBlocks(result);
    showCurve(result, namesPart(view.veil, "kcurve"));
    showProof(result, view.phone, namesPart(view.veil, "proof"));
    cover(byId("badges"), namesPart(view.veil, "badges"));
    overview.show(result, view);
  }
  if (changed === "everything" || changed.has("over") || changed.has("veil")) {
    const veiled = namesPart(view.veil, "legend");
    byId("legend").replaceChildren(...(veiled ? [secret()] : legend(result, view)));
    showOver(result, view);
  }
  if (!listening) tell(result, view); // what needs no picture waits for none
  const drawn = drawAll(result, view, changed);
  await Promise.all([first ??= drawn, drawn]);
  listenToPictures();
  if (picture.view !== view) return; // time moved on while this was being drawn
  showTime(result, view);
  if (query !== read().query) return;
  sight.bring(read().seen.look);
  front.draw();
  frame.stands(() => ({ search: read().query, hash: writeHash(read().seen) }));
}

/** Where the weights were learned. @param {Result} result */
function showTrained({ params: { trained, at_update: u } }) {
  const link = /** @type {HTMLAnchorElement} */ (byId("trained"));
  link.hidden = !trained;
  link.textContent = words("trained.link", { u: String(u) });
  link.href = `/${data.language}/training?${trained}#update=${u}`;
}

/** @param {Result} result */
function overflow({ overflow_at: at }) {
  return at ? words(`notices.overflow_${at.pass}`, { step: at.step }) : "";
}

/** @param {Result} result @param {View} view */
function showTime(result, view) {
  showPlayhead(result, view);
  overview.follow(result, view);
  showFolded(result, view);
  tell(result, view);
}

/** @param {Result} result @param {View} view */
function tell(result, view) {
  player.show(result, view);
  present.show(result, view);
  say(spoken(result, view, { pointed: pointed?.t === view.t ? pointed : null, moved }));
}

/** The switch that lays the exact gradients behind the truncated ones. @param {Result} result @param {View} view */
function showOver({ params }, { over }) {
  const button = byId("over");
  button.hidden = params.truncation === "full";
  button.setAttribute("aria-pressed", String(over));
  button.dataset.look = over ? "over=" : "over=1";
}

/** The loop in the place of the row, where it is wanted. @param {Result} result @param {View} view */
function showFolded(result, view) {
  replaceKeepingFocus(byId("switches"), switches(view));
  replaceKeepingFocus(byId("folded"), view.fold ? [folded(result, view)] : []);
  byId("folded").hidden = !view.fold;
  byId("gutter").classList.toggle("behind", view.fold);
  byId("scroll").classList.toggle("behind", view.fold);
}

function listenToPictures() {
  onFigures((name, point) => {
    const panel = PANELS.find((panel) => panel.name === name);
    const seen = picture && panel?.hit?.(point, picture.result, picture.view);
    if (seen) look(seen);
  });
  if (listening) return;
  listening = onGraph({
    over: (pointed) => picture && say(spoken(picture.result, picture.view, { pointed, moved })),
    away: () => {
      pointed = null;
      if (picture) say(spoken(picture.result, picture.view, { pointed, moved }));
    },
    chosen,
  });
}

/** @param {Part[]} sentence */
function say(sentence) {
  byId("readout").replaceChildren(...parts(sentence));
}

/** A node was tapped: while a pass is played it goes there, else only the playhead does. @param {Target} target */
function chosen(target) {
  player.pause();
  pointed = target;
  moved = true;
  const { t } = target;
  if (!picture?.view.at || picture.view.at.phase === "update") return look({ t });
  const plan = schedule(picture.result);
  look({ at: writeMoment(fitted(plan, atStep(plan, picture.view.at, t)), plan.separate) });
}

/** @type {import("./explorer/player.js").Go} */
function moveTime(move) {
  if (!picture) return null;
  pointed = null;
  moved = true;
  const plan = schedule(picture.result), at = readMoment(readHash(address.here().hash).at);
  const then = move(plan, at && fitted(plan, at));
  look(then ? { at: writeMoment(then, plan.separate), t: null } : { at: null });
  return then;
}

/** @param {number} by */
function changeK(by) {
  const { params } = read(), k = Number(params.k);
  const end = picture?.result.k_full ?? 1000;
  if (!byId("control-k").classList.contains("idle")) {
    change("k", String(Math.max(1, Math.min(end, k + by))), true);
  }
}

/** @param {string} id */
function openDialog(id) {
  /** @type {HTMLDialogElement} */ (byId(id)).showModal();
}

/** What the share sheet is about. @returns {share.Shared} */
function shared() {
  const { params, query, seen } = read(), { truncation, k, k1, cut } = params;
  const letters = [...String(params.text)].map((letter) => (letter === " " ? letter : visible(letter)));
  const text = letters.slice(0, TOLD).join("") + (letters.length > TOLD ? "…" : "");
  const k2 = truncation === "tbptt" ? Math.max(Number(k1), Number(k)) : k;
  return {
    page: "",
    query,
    seen: { ...seen, view: null, t: seen.at ? null : picture?.view.t ?? 0 },
    state: `${text}, ${words(`preview.${truncation}`, { k: k2, k1, cut })}`,
  };
}

/** The reader has scrolled: the strip's handle follows, and other columns are drawn where these would soon end. */
function scrolled() {
  if (!picture) return;
  const { result, view } = picture;
  overview.follow(result, view);
  if (columnsOf(result.tokens.length, view, view.columns) !== view.columns) soon();
}

/** Whether a class does not see a part of the page. @param {string} part */
const isPutAway = (part) => hide.hidden(read().seen).includes(part);

function listenToKeys() {
  /** @param {() => void} action */
  const byHand = (action) => () => {
    player.pause();
    action();
  };
  const moves = Object.fromEntries(
    Object.entries(MOVE_BY_KEY).map(([key, name]) => [key, byHand(() => moveTime(player.MOVES[name]))]),
  );
  keys.listen({
    " ": () => player.toggle(moveTime),
    ...moves,
    Escape: () => present.leave() || look({ s: null, of: null }),
    "[": byHand(() => changeK(-1)),
    "]": byHand(() => changeK(1)),
    q: () => isPutAway("share") || share.openQr(sharing),
    "?": () => isPutAway("keys") || openDialog("keys-dialog"),
  });
}

function start() {
  useCatalogue(data.words);
  useEngine(data.engine);
  explained.use(data);
  sections.build((toggled) => {
    look({ panel: toggled.join(",") || null });
  }, soon);
  address.replace(...hide.moved(address.here()));
  const { remarks, query, seen } = read();
  if (remarks.length) {
    remarkOn(remarks);
    address.replace(query, writeHash(seen));
  }
  frame.listen(follow);
  form.listen(controls, change, sayWhileTyping, () => read().params);
  fields.listen(changeAll);
  player.listen(moveTime);
  overview.listen(() => picture);
  share.listen(sharing);
  front.listen((link) => visit(link.search, link.hash));
  presets.listen(() => read().query, (link) => visit(link.search, link.hash));
  present.listen({ look, visit: visitInView, here: stop, base: data.public_url || address.here().origin });
  take.listen(() => picture && { ...picture, ...share.told(sharing) });
  byId("reset").addEventListener("click", () => {
    const { search } = address.here();
    go(`?${hide.keeping(new URLSearchParams(), search, read().seen)}`, true);
  });
  listenToTheme(look);
  byId("proof").addEventListener("click", () => openDialog("proof-dialog"));
  byId("keys").addEventListener("click", () => openDialog("keys-dialog"));
  listenToKeys();
  followed.listen({ change: (values) => changeAll(values, true), look });
  address.onTravel(() => {
    notice("typing", "");
    remarkOn(read().remarks);
    update({ everywhere: true });
  });
  onSystemTheme(soon);
  addEventListener("online", soon);
  new ResizeObserver(soon).observe(byId("scroll"));
  scrollTogether(scrolled);
  addEventListener("resize", soon);
  update({ everywhere: true });
}

start();
