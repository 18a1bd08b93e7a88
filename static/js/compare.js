// Two links side by side: the loop of the explorer for two answers on one time axis and one scale of gradients.

import * as address from "./page/address.js";
import { fetchResult, useEngine } from "./server/api.js";
import { differences, readBoth, writeBoth } from "./explorer/compare-link.js";
import { byId, element, leadHere, parts } from "./lib/dom.js";
import { drawFigure, onGraph } from "./explorer/render.js";
import * as form from "./page/form.js";
import { visible } from "./lib/format.js";
import * as hide from "./page/visibility.js";
import * as keys from "./page/keyboard.js";
import { legend } from "./explorer/legend.js";
import { notice, problemText, remarkOn, sayWhileTyping } from "./page/notices.js";
import * as graph from "./explorer/panels/graph.js";
import * as norms from "./explorer/panels/norms.js";
import { NOTATIONS, readHash, wholeLength, writeHash, writeQuery } from "./page/query.js";
import { describe, playhead } from "./explorer/readout.js";
import { later, reached } from "./page/retry.js";
import { gradientRange } from "./plot/scale.js";
import * as share from "./page/share/share.js";
import { columnsOf, follow, placePlayhead, scrollTogether } from "./explorer/scrolling.js";
import { holds, windowFrom } from "./plot/windowed.js";
import { colors, isDark, listenToTheme, onSystemTheme, wear } from "./page/theme.js";
import { hasWords, useCatalogue, words } from "./lib/words.js";

/** @typedef {"a" | "b"} Side */
/** @typedef {import("./page/query.js").Params} Params */

const SIDES = /** @type {const} */ (["a", "b"]);
const LOWEST = 280, HIGHEST = 460, LOWEST_ON_PHONES = 340; // px of one graph
const AROUND = 300; // px of the page that is neither graph
const TOLD = 40; // characters of a text

/** @type {{language: string, words: Record<string, unknown>, controls: Control[], engine: string, public_url: string}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { controls } = data;

/** @type {share.Page} */
const sharing = { ...data, base: data.public_url || address.here().origin, shared };

/** @type {{queries: string[], results: Result[], views: View[]} | null} */
let picture = null;
let turn = 0, drawnTurn = 0, frame = 0, listening = false;
/** Until the figures stand: nothing can be scrolled to before. @type {Promise<unknown>} */
let drawing = Promise.resolve();

function read() {
  const url = address.here(), { a, b, remarks } = readBoth(url.search, controls);
  return { a, b, remarks, seen: readHash(url.hash) };
}

/** @param {Side} side @param {string} name @param {string} value @param {boolean} settled */
function change(side, name, value, settled) {
  const both = read(), search = writeQuery(both[side], controls), query = new URLSearchParams(search);
  query.set(name, value);
  if (["text", "unit"].includes(name)) query.delete("steps"); // a new text is shown whole
  const { a: params, remarks } = readBoth(`?${hide.keeping(query, search, both.seen)}`, controls);
  remarkOn(remarks);
  const a = side === "a" ? params : both.a, b = side === "b" ? params : both.b;
  (settled ? address.settle : address.drag)(writeBoth(a, b, controls), address.here().hash);
  update(settled);
}

/** @param {Partial<Seen>} changed */
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

/** @returns {Side} the side whose parameters the controls set */
const edited = () => read().seen.side === "a" ? "a" : "b";

/** Bring the page to what the address says. */
async function update(everywhere = false) {
  const { a, b, seen } = read(), { search, hash } = address.here();
  wear(seen.theme);
  hide.arrange(seen);
  form.fill(controls, edited() === "a" ? a : b, everywhere);
  for (const side of SIDES) {
    byId(`side-${side}`).setAttribute("aria-pressed", String(edited() === side));
    /** @type {HTMLAnchorElement} */ (byId(`open-${side}`)).href = `/${data.language}/${
      writeQuery(side === "a" ? a : b, controls)
    }${writeHash({ ...seen, side: null })}`;
  }
  leadHere(search, hash);
  byId("differences").replaceChildren(...told(a, b));
  const queries = [a, b].map((params) => writeQuery(params, controls));
  if (picture && String(picture.queries) === String(queries) && holdsWhatIsSeen(picture)) {
    return show(picture.queries, picture.results);
  }
  const mine = ++turn;
  const outcomes = await Promise.all(
    queries.map((query, i) => fetchResult(query + windowOf([a, b][i], seen))),
  );
  if (mine < drawnTurn) return; // a newer question was answered first
  drawnTurn = mine;
  for (const [i, outcome] of outcomes.entries()) {
    const message = "problems" in outcome ? outcome.problems.map(problemText).join(" ") : "";
    const text = message && words("notices.refused", { message });
    notice(`refused-${SIDES[i]}`, text && `${SIDES[i].toUpperCase()}: ${text}`, true);
  }
  const failed = outcomes.find((outcome) => "failure" in outcome);
  if (failed) return later(/** @type {import("./server/api.js").Failure} */ (failed), update);
  reached();
  if (outcomes.every((outcome) => "result" in outcome)) {
    await show(queries, outcomes.map((outcome) => /** @type {{result: Result}} */ (outcome).result));
  }
}

/** @param {Params} params @param {Seen} seen what the answer shall hold of a long sequence; no part of the address */
function windowOf(params, { t }) {
  const T = Number(params.steps ?? wholeLength(params)), columns = picture?.views[0].columns;
  const from = windowFrom(columns ?? { start: t ?? 0, stop: (t ?? 0) + 1 }, T);
  return from ? `&from=${from}` : "";
}

/** @param {NonNullable<typeof picture>} shown */
function holdsWhatIsSeen({ results, views }) {
  return results.every((result, i) =>
    !result.window ||
    windowFrom(views[i].columns ?? result.window, result.tokens.length) === result.window.start
  );
}

/** @param {string[]} queries @param {Result[]} results */
async function show(queries, results) {
  const views = viewsOf(queries, results), before = picture;
  const looks = views.map((view) => JSON.stringify({ ...view, t: 0 }));
  const same = before && results.every((result, i) => result === before.results[i]) &&
    before.views.every((view, i) => JSON.stringify({ ...view, t: 0 }) === looks[i]);
  picture = { queries, results, views };
  if (!same) {
    byId("loading").hidden = true;
    form.showBlocks(results[edited() === "a" ? 0 : 1]);
    byId("legend").replaceChildren(...[legend(results[0], views[0])].flat());
    drawing = Promise.all(SIDES.flatMap((side, i) => [
      drawFigure(graph, results[i], views[i], `graph-${side}`),
      drawFigure(norms, results[i], views[i], `norms-${side}`),
    ]));
    SIDES.forEach((side, i) => byId(`facts-${side}`).replaceChildren(...facts(results[i])));
  }
  await drawing;
  listen();
  if (picture.views === views) showTime(results, views);
}

/** Both sides as large as each other, on one axis and one scale. @param {string[]} queries @param {Result[]} results @returns {View[]} */
function viewsOf(queries, results) {
  const { seen } = read(), phone = matchMedia("(max-width: 640px)").matches;
  const T = Math.max(...results.map(({ tokens }) => tokens.length)),
    t = Math.min(seen.t ?? Math.min(1, T - 1), T - 1);
  const height = Math.max(phone ? LOWEST_ON_PHONES : LOWEST, Math.min(HIGHEST, (innerHeight - AROUND) / 2));
  /** @type {Omit<View, "query">} */
  const shared = {
    ...{ width: byId("scroll").clientWidth, height, gutter: byId("graph-a-gutter").offsetWidth, phone },
    ...{ dark: isDark(), colors: colors(), font: getComputedStyle(document.body).fontFamily, words },
    ...{
      t,
      s: null,
      pair: null,
      of: "Wh",
      at: null,
      lit: null,
      over: false,
      shapes: false,
      gate: null,
      notation: seen.notation ?? NOTATIONS[0],
    },
    ...{ answers: {}, axis: T, range: gradientRange(results[0]), decades: norms.decadesOf(results) },
  };
  const columns = columnsOf(T, { ...shared, query: "" }, picture?.views[0].columns);
  return queries.map((query, i) => ({ ...shared, query, columns, held: holds(results[i], columns) }));
}

/** @param {Result[]} results @param {View[]} views */
function showTime(results, views) {
  const T = Number(views[0].axis);
  SIDES.forEach((side, i) => {
    const there = views[0].t < results[i].tokens.length;
    byId(`playhead-${side}`).hidden = !there;
    placePlayhead(byId(`playhead-${side}`), T, views[i]);
    say(
      side,
      there
        ? playhead(results[i], views[i].t, words)
        : [{ text: words("ab.ended", { T: results[i].tokens.length }) }],
    );
  });
  follow(T, views[0]);
  const time = /** @type {HTMLInputElement} */ (byId("time"));
  time.max = String(T - 1);
  time.value = String(views[0].t);
  byId("position").textContent = `t = ${views[0].t}`;
}

/** @param {Side} side @param {Part[]} sentence */
function say(side, sentence) {
  byId(`readout-${side}`).replaceChildren(...parts(sentence));
}

/** How far the truncated gradient is from the exact one. @param {Result} result */
function facts({ comparison: { recurrent }, cells_kept: kept, cells_total: total }) {
  const { cosine, relative_error: error } = recurrent;
  return parts([{
    text: words("ab.facts", {
      ...{ kept, total },
      cosine: cosine === null ? "–" : cosine.toFixed(3),
      error: error === null ? "–" : `${(100 * error).toFixed(error && error < 0.1 ? 1 : 0)} %`,
    }),
  }]);
}

/** @param {Params} a @param {Params} b @returns {(Node | string)[]} */
function told(a, b) {
  const found = differences(a, b, controls);
  if (!found.length) return [words("ab.same")];
  return found.map(({ control, from, to }) =>
    element(
      "span",
      { class: "difference" },
      `${words(`params.${control.name}.title`)} `,
      element("b", {}, value(control, from)),
      " → ",
      element("b", {}, value(control, to)),
    )
  );
}

/** A parameter's value in words. @param {Control} control @param {string | number} value @returns {string} */
function value({ name, kind }, value) {
  const choice = `params.${name}.choices.${value}`;
  if (kind === "choice" && hasWords(choice)) return words(choice);
  if (kind !== "text") return String(value);
  const letters = [...String(value)].map(visible);
  return `\u2068${letters.slice(0, TOLD).join("")}${letters.length > TOLD ? "…" : ""}\u2069`;
}

function listen() {
  if (listening) return;
  listening = SIDES.every((side, i) =>
    onGraph({
      over: (target) => picture && say(side, describe(picture.results[i], target, words)),
      away: () => picture && showTime(picture.results, picture.views),
      chosen: ({ t }) => look({ t }),
    }, `graph-${side}`)
  );
}

/** @param {(t: number) => number} move */
function moveTime(move) {
  if (!picture) return;
  const { t, axis } = picture.views[0];
  look({ t: Math.min(Number(axis) - 1, Math.max(0, move(read().seen.t ?? t))) });
}

/** @param {number} by */
function changeK(by) {
  const side = edited(),
    k = Number(read()[side].k),
    end = picture?.results[side === "a" ? 0 : 1].k_full ?? 1000;
  change(side, "k", String(Math.max(1, Math.min(end, k + by))), true);
}

/** What the share sheet is about. @returns {share.Shared} */
function shared() {
  const { a, b, seen } = read();
  return {
    page: "ab",
    query: writeBoth(a, b, controls),
    seen: { ...seen, t: picture?.views[0].t ?? 0 },
    state: `A | B: ${byId("differences").textContent}`,
  };
}

function start() {
  useCatalogue(data.words);
  useEngine(data.engine);
  address.replace(...hide.moved(address.here()));
  const { a, b, remarks, seen } = read();
  remarkOn(remarks);
  if (remarks.length) address.replace(writeBoth(a, b, controls), writeHash(seen));
  form.listen(
    controls,
    (name, value, settled) => change(edited(), name, value, settled),
    sayWhileTyping,
    () => read()[edited()],
  );
  for (const side of SIDES) {
    byId(`side-${side}`).addEventListener("click", () => look({ side: side === "a" ? "a" : null }));
  }
  byId("swap").addEventListener("click", () => {
    const both = read();
    address.settle(writeBoth(both.b, both.a, controls), address.here().hash);
    update(true);
  });
  byId("time").addEventListener(
    "input",
    () => look({ t: Number(/** @type {HTMLInputElement} */ (byId("time")).value) }),
  );
  listenToTheme(look);
  share.listen(sharing);
  keys.listen({
    ArrowLeft: () => moveTime((t) => t - 1),
    ArrowRight: () => moveTime((t) => t + 1),
    Home: () => moveTime(() => 0),
    End: () => moveTime(() => 1e9),
    q: () => share.openQr(sharing),
    "[": () => changeK(-1),
    "]": () => changeK(1),
  });
  address.onTravel(() => {
    remarkOn(read().remarks);
    update(true);
  });
  onSystemTheme(soon);
  scrollTogether(soon);
  new ResizeObserver(soon).observe(byId("scroll"));
  addEventListener("resize", soon);
  update(true);
}

start();
