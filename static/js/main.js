// The loop: events write the address bar, and the address bar redraws everything.

import * as address from "./address.js";
import { fetchResult } from "./api.js";
import { byId, element } from "./dom.js";
import { drawPanels, onGraph, parts } from "./draw.js";
import * as form from "./form.js";
import { visible } from "./format.js";
import { geometry } from "./geometry.js";
import { legend } from "./legend.js";
import { notice, problemText, remarkOn } from "./notices.js";
import * as graph from "./panels/graph.js";
import * as norms from "./panels/norms.js";
import * as player from "./player.js";
import { showIdentical, showProof } from "./proof.js";
import { readHash, readQuery, writeHash, writeQuery } from "./query.js";
import { describe, playhead } from "./readout.js";
import * as share from "./share.js";
import { colors, isDark, onSystemTheme, wear } from "./theme.js";
import { useCatalogue, words } from "./words.js";

/** @type {{words: Record<string, unknown>, controls: Control[]}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { controls } = data;
const RETRY_SECONDS = [2, 4, 8, 15];
const HEADER = 44, BAR = 46, FOOT = 44; // px that the picture leaves free in a window
const CHAOTIC = 1e8; // growth of a tangent beyond which last digits depend on the machine
const AT_ONCE = 2; // questions to the server

/** @type {{query: string, result: Result, view: View} | null} the picture on screen */
let picture = null;
let drawnLook = "", turn = 0, drawnTurn = 0, asking = 0, failures = 0, frame = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;
let listening = false;
/** @type {Target | null} what was tapped last, told until time moves on */
let pointed = null;
/** @type {Set<string>} */
const underWay = new Set();

/** What the address bar says. */
function read() {
  const url = address.here(), { params, remarks } = readQuery(url.search, controls);
  return { params, remarks, query: writeQuery(params, controls), seen: readHash(url.hash) };
}

/** @param {string} name @param {string} value @param {boolean} settled */
function change(name, value, settled) {
  const query = new URLSearchParams(address.here().search);
  query.set(name, value);
  if (name === "text") query.delete("steps"); // a new text is shown whole
  go(`?${query}`, settled);
}

/** @param {string} asked @param {boolean} settled */
function go(asked, settled) {
  const { params, remarks } = readQuery(asked, controls);
  remarkOn(remarks);
  (settled ? address.settle : address.drag)(writeQuery(params, controls), address.here().hash);
  update({ everywhere: settled }); // at once: an answer takes longer than a frame, so nothing is gathered
}

/** @param {Partial<ReturnType<typeof readHash>>} changed */
function look(changed) {
  const { search, hash } = address.here();
  address.replace(search, writeHash({ ...readHash(hash), ...changed }));
  soon();
}

function soon() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    update();
  });
}

/** Bring the page to what the address bar says. */
function update({ everywhere = false } = {}) {
  const { params, query, seen } = read();
  wear(seen.theme);
  /** @type {HTMLDetailsElement} */ (byId("numbers")).open = seen.panel === "numbers";
  form.fill(controls, params, everywhere);
  const { search, hash } = address.here();
  const language = /** @type {HTMLAnchorElement} */ (byId("language"));
  language.href = language.pathname + search + hash;
  if (picture?.query === query) {
    show(query, picture.result);
    return;
  }
  if (!underWay.has(query)) ask(query);
  if (picture) show(picture.query, picture.result); // the last good picture stays, the playhead moves on it
}

/** @param {string} query */
async function ask(query) {
  if (asking >= AT_ONCE) return; // the answer that comes next asks again
  const mine = ++turn;
  asking += 1;
  underWay.add(query);
  const outcome = await fetchResult(query);
  asking -= 1;
  underWay.delete(query);
  const wanted = read().query;
  if ("failure" in outcome) {
    if (wanted === query) await later(outcome.failure);
    else soon();
    return;
  }
  if (failures) notice("server", "");
  failures = 0;
  if ("problems" in outcome) {
    if (wanted === query) refuse(outcome.problems);
  } else if (mine > drawnTurn) { // else a newer question was answered first: drop this answer
    drawnTurn = mine;
    await show(query, outcome.result);
  }
  if (wanted !== query) soon();
}

/** @param {import("./api.js").Problem[]} problems */
function refuse(problems) {
  const message = problems.map(problemText).join(" ");
  if (picture) return notice("refused", words("notices.refused", { message }), true);
  notice("link", words("notices.instead", { message }));
  const query = new URLSearchParams(address.here().search);
  for (const { parameter } of problems) query.delete(parameter);
  address.replace(writeQuery(readQuery(`?${query}`, controls).params, controls), address.here().hash);
  update();
}

/** @param {"offline" | "failed"} failure */
function later(failure) {
  const seconds = RETRY_SECONDS[Math.min(failures++, RETRY_SECONDS.length - 1)];
  notice("server", words(`notices.${failure}`, { seconds }), true);
  clearTimeout(retry);
  retry = setTimeout(update, 1000 * seconds);
}

/**
 * Draw an answer, or where it is on screen already only what moved: the playhead, the theme, the size.
 * @param {string} query
 * @param {Result} result
 */
async function show(query, result) {
  const last = result.tokens.length - 1, { t: asked } = readHash(address.here().hash);
  const t = Math.min(asked ?? Math.min(1, last), last);
  const view = viewNow(t);
  const { words: _, t: __, ...size } = view, look = JSON.stringify(size);
  const fresh = picture?.result !== result || drawnLook !== look;
  const track = byId("letters").clientWidth; // measured before anything is written, or the browser lays out twice
  picture = { query, result, view };
  if (fresh) {
    drawnLook = look;
    byId("loading").hidden = true;
    form.showBlocks(result);
    player.showTrack(result, track);
    showProof(result, view.phone);
    showIdentical(result);
    notice("refused", "");
    notice("overflow", overflow(result));
    notice("chaotic", (result.checks.growth ?? 0) > CHAOTIC ? words("notices.chaotic") : "");
    byId("gutter").replaceChildren(...gutterNodes(graph.gutter(result, view)));
    byId("norms-gutter").replaceChildren(...gutterNodes(norms.gutter(result, view)));
    byId("legend").replaceChildren(...[legend(result, view)].flat());
    await drawPanels(result, view);
    listenToGraph();
  }
  if (picture.view === view) showPlayhead(result, view, t); // else time moved on while this was being drawn
}

/** @param {number} t @returns {View} */
function viewNow(t) {
  const phone = matchMedia("(max-width: 640px)").matches;
  const above = HEADER + BAR + byId("player").offsetHeight, free = innerHeight - above - FOOT;
  return {
    width: byId("scroll").clientWidth,
    height: phone ? 500 : Math.min(660, Math.max(400, free)),
    gutter: byId("gutter").offsetWidth,
    phone,
    dark: isDark(),
    colors: colors(),
    font: getComputedStyle(document.body).fontFamily,
    words,
    t,
  };
}

/** @param {Result} result */
function overflow({ overflow_at: at }) {
  return at ? words(`notices.overflow_${at.pass}`, { step: at.step }) : "";
}

/** @param {{word: string, y: number, symbol?: string, subscript?: string, lane?: string}[]} rows */
function gutterNodes(rows) {
  return rows.map(({ word, y, symbol, subscript = "", lane }) => {
    const name = symbol ? [element("b", {}, symbol, element("sub", {}, subscript)), word] : [word];
    const made = element("div", lane ? { class: `lane ${lane}` } : {}, ...name);
    made.style.top = `${y}px`;
    return made;
  });
}

/** @param {Result} result @param {View} view @param {number} t */
function showPlayhead(result, view, t) {
  const { c, cx, H } = geometry(result.tokens.length, view);
  const bar = byId("playhead"), width = c - (c >= 120 ? 10 : 2), x = cx(t) - width / 2;
  bar.style.width = `${width}px`;
  bar.style.height = `${H - 4}px`;
  bar.style.transform = `translateX(${x}px)`;
  const scroll = byId("scroll");
  if (x < scroll.scrollLeft || x + width > scroll.scrollLeft + scroll.clientWidth) {
    scroll.scrollLeft = x + width / 2 - scroll.clientWidth / 2;
  }
  player.showPosition(t, result.tokens.length - 1);
  say(pointed?.t === t ? describe(result, pointed, words) : playhead(result, t, words));
}

function listenToGraph() {
  if (listening) return;
  listening = true;
  onGraph({
    over: (target) => picture && say(describe(picture.result, target, words)),
    away: () => {
      pointed = null;
      if (picture) say(playhead(picture.result, picture.view.t, words));
    },
    chosen: (target) => {
      player.pause();
      pointed = target;
      look({ t: target.t });
    },
  });
}

/** @param {Part[]} sentence */
function say(sentence) {
  byId("readout").replaceChildren(...parts(sentence));
}

/** @param {(t: number, last: number) => number} move */
function moveTime(move) {
  if (!picture) return;
  pointed = null;
  const last = picture.result.tokens.length - 1;
  const now = Math.min(readHash(address.here().hash).t ?? Math.min(1, last), last);
  look({ t: Math.min(last, Math.max(0, move(now, last))) });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (target.closest("input, select, textarea")) return;
  if (event.key === " " && target.closest("button, a, summary")) return;
  /** @type {Record<string, () => void>} */
  const keys = {
    " ": () => player.toggle(moveTime),
    ArrowLeft: () => moveTime((t) => t - 1),
    ArrowRight: () => moveTime((t) => t + 1),
    Home: () => moveTime(() => 0),
    End: () => moveTime((_, last) => last),
    "[": () => changeK(-1),
    "]": () => changeK(1),
    "?": () => openDialog("keys-dialog"),
  };
  const action = keys[event.key];
  if (!action) return;
  event.preventDefault();
  if (event.key !== " ") player.pause();
  action();
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

function shared() {
  const { params, query, seen } = read(), url = address.here();
  const t = picture?.view.t ?? 0;
  url.search = query;
  url.hash = writeHash({ ...seen, theme: null, t });
  const what = words("share.state", {
    text: [...String(params.text)].slice(0, 40).map(visible).join(""),
    T: picture?.result.tokens.length ?? "",
    scheme: words(`params.truncation.choices.${params.truncation}`),
    t,
  });
  return { link: url.href, what };
}

/** One time axis: scrolling one picture scrolls all. @param {Element[]} boxes */
function scrollTogether(boxes) {
  for (const box of boxes) {
    box.addEventListener("scroll", () => {
      for (const other of boxes) if (other.scrollLeft !== box.scrollLeft) other.scrollLeft = box.scrollLeft;
    });
  }
}

function start() {
  useCatalogue(data.words);
  const { remarks, query, seen } = read();
  if (remarks.length) {
    remarkOn(remarks);
    address.replace(query, writeHash(seen));
  }
  form.listen(controls, change, (problem) => {
    const text = problem ? problemText({ ...problem, parameter: "text" }) : "";
    notice("typing", text && words("notices.refused", { message: text }), true);
  });
  player.listen(moveTime);
  share.listen(shared);
  byId("reset").addEventListener("click", () => {
    go("", true);
  });
  byId("theme").addEventListener("click", () => {
    const other = isDark() ? "light" : "dark";
    wear(null);
    look({ theme: isDark() === (other === "dark") ? null : other });
  });
  byId("proof").addEventListener("click", () => openDialog("proof-dialog"));
  byId("keys").addEventListener("click", () => openDialog("keys-dialog"));
  byId("numbers").addEventListener("toggle", () => {
    look({ panel: /** @type {HTMLDetailsElement} */ (byId("numbers")).open ? "numbers" : null });
    if (picture) drawPanels(picture.result, picture.view);
  });
  document.addEventListener("keydown", onKey);
  address.onTravel(() => {
    notice("typing", "");
    remarkOn(read().remarks);
    update({ everywhere: true });
  });
  onSystemTheme(soon);
  addEventListener("online", soon);
  new ResizeObserver(soon).observe(byId("scroll"));
  scrollTogether([...document.querySelectorAll(".scroll")]);
  addEventListener("resize", soon);
  update({ everywhere: true });
}

start();
