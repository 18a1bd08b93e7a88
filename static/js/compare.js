// Comparison page: two links side by side (A | B) on one time axis and one gradient scale.

import { byId, painted, parts } from "./lib/dom.js";
import { words } from "./lib/words.js";
import { queryBefore, readComparison, writeComparison } from "./explorer/compare-link.js";
import { differencesOf, facts, outcome } from "./explorer/compare-text.js";
import { viewsOf } from "./explorer/compare-views.js";
import "./explorer/unrolled/initial-state.js";
import { HASH } from "./explorer/hash.js";
import { legend } from "./explorer/legend.js";
import * as graph from "./explorer/panels/graph.js";
import * as norms from "./explorer/panels/norms.js";
import { describeTarget } from "./explorer/describe-target.js";
import { describeRun, describeStep } from "./explorer/readout.js";
import { drawFigure, onGraph } from "./explorer/render.js";
import { firstInSight, follow, placePlayhead, scrollTogether } from "./explorer/scrolling.js";
import * as address from "./page/address.js";
import { setCovered } from "./page/cover.js";
import { listen as listenToExport } from "./page/export/open.js";
import * as form from "./page/form.js";
import { readHash, writeHash } from "./page/hash.js";
import { openPage } from "./page/loop.js";
import { namesPart } from "./page/name-list.js";
import * as talk from "./page/talk.js";
import { notice, problemText } from "./page/notices.js";
import { arrange } from "./page/present/arrange.js";
import * as presenter from "./page/present/lab.js";
import { readQuery, wholeLength, writeQuery } from "./page/query.js";
import { markReached, retryLater } from "./page/retry.js";
import { windowFrom } from "./plot/windowed.js";
import { fetchResult } from "./server/api.js";
import { inOrder } from "./server/in-order.js";

/** @typedef {"a" | "b"} Side */
/** @typedef {import("./page/query.js").Params} Params */
/** @typedef {import("./server/api.js").Outcome} Outcome */

const SIDES = /** @type {const} */ (["a", "b"]);

const newest = inOrder();
/** @type {{queries: string[], results: Result[], views: View[]} | null} */
let picture = null;
let listening = false;
/** The drawing of the graphs; scrolling has to wait for it. @type {Promise<unknown>} */
let graphs = Promise.resolve();
/** The drawing of the other figures, which wait for plotly.js. @type {Promise<unknown>} */
let others = Promise.resolve();

const late = () => import("./talk/on-page.js");

const before = queryBefore(document.referrer, address.here().origin);
const comparison = (/** @type {string} */ search) => readComparison(search, page.controls, before);

const page = openPage({
  hash: HASH,
  stage: "scroll",
  draw,
  shared,
  talk: late,
  read: (search, seen) => {
    const { a, b, remarks } = comparison(search);
    return { params: edited(seen) === "a" ? a : b, remarks, query: writeComparison(a, b, page.controls) };
  },
  write: (params, { seen }) => {
    const { a, b } = both();
    return edited(seen) === "a"
      ? writeComparison(params, b, page.controls)
      : writeComparison(a, params, page.controls);
  },
  resets: (before, after) =>
    before.text === after.text && before.unit === after.unit ? {} : { query: ["steps"] }, // a new text is shown whole
  keys: {
    ArrowLeft: () => moveTime((t) => t - 1),
    ArrowRight: () => moveTime((t) => t + 1),
    Home: () => moveTime(() => 0),
    End: () => moveTime(() => 1e9),
    "[": () => page.changeK(-1, lastK()),
    "]": () => page.changeK(1, lastK()),
  },
});

/** The side whose parameters the controls set. @param {Seen} seen @returns {Side} */
const edited = ({ side }) => side === "a" ? "a" : "b";
const sideNow = () => edited(page.read().seen);
const both = () => comparison(address.here().search);

/** The k from which on nothing is cut on the edited side. */
const lastK = () => picture?.results[sideNow() === "a" ? 0 : 1].k_full ?? undefined;

/** @param {import("./page/loop.js").State} state */
async function draw({ seen }) {
  arrange(seen.view === "present");
  const { a, b } = both();
  showSides(a, b, seen);
  const queries = [a, b].map((params) => writeQuery(params, page.controls));
  if (picture && String(picture.queries) === String(queries) && holdsWhatIsSeen(picture)) {
    return show(picture.queries, picture.results);
  }
  const isNewest = newest();
  const outcomes = await Promise.all(
    queries.map((query, i) => fetchResult(query + windowOf([a, b][i], seen))),
  );
  if (!isNewest()) return; // a newer request was answered first
  const failed = outcomes.find((outcome) => "failure" in outcome);
  if (failed) return retryLater(/** @type {import("./server/api.js").Failure} */ (failed), page.update);
  markReached();
  if (refused(outcomes)) return;
  notice("refused", "");
  await show(queries, outcomes.map((outcome) => /** @type {{result: Result}} */ (outcome).result));
}

/** @param {Params} a @param {Params} b @param {Seen} seen */
function showSides(a, b, seen) {
  for (const side of SIDES) {
    byId(`side-${side}`).setAttribute("aria-pressed", String(edited(seen) === side));
    /** @type {HTMLAnchorElement} */ (byId(`open-${side}`)).href = `/${page.data.language}/${
      writeQuery(side === "a" ? a : b, page.controls)
    }${writeHash({ ...seen, side: null })}`;
  }
  byId("differences").replaceChildren(...differencesOf(a, b, page.controls));
  const detail = [...byId("differences").children].map((it) => it.textContent).join(" · ");
  presenter.show({ title: "A | B", detail });
}

/** What the server refuses of either side; without a picture that side shows what is left of its link. @param {Outcome[]} outcomes */
function refused(outcomes) {
  const sides = outcomes.map((outcome) => ("problems" in outcome ? outcome.problems : []));
  const said = sides.flatMap((problems, i) => {
    const message = problems.map(problemText).join(" "),
      key = picture ? "notices.refused" : "notices.instead";
    return problems.length ? [`${SIDES[i].toUpperCase()}: ${words(key, { message })}`] : [];
  });
  if (!said.length) return false;
  page.sayRefused(said.join(" "), picture !== null);
  if (picture) return true;
  const { a, b } = both();
  const [keptOfA, keptOfB] = [a, b].map((params, i) => without(sides[i], params));
  address.replace(writeComparison(keptOfA, keptOfB, page.controls), address.here().hash);
  page.update({ everywhere: true });
  return true;
}

/** What is left of a link when what the server refuses is back at its default. @param {import("./server/api.js").Problem[]} problems @param {Params} params */
function without(problems, params) {
  const query = new URLSearchParams(writeQuery(params, page.controls));
  for (const { parameter } of problems) query.delete(parameter);
  return readQuery(`?${query}`, page.controls).params;
}

/** @param {Params} params @param {Seen} seen the window of a long sequence to request; not part of the address */
function windowOf(params, { t: looked, from: first }) {
  const t = first ?? looked,
    T = Number(params.steps ?? wholeLength(params)),
    columns = picture?.views[0].columns;
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
  const views = viewsOf(queries, results, page.read().seen, picture?.views[0].columns), before = picture;
  const look = (/** @type {View} */ view) => JSON.stringify({ ...view, t: 0, isSelected: false, from: null });
  const looks = views.map(look);
  const same = before && results.every((result, i) => result === before.results[i]) &&
    before.views.every((view, i) => look(view) === looks[i]);
  picture = { queries, results, views };
  if (!same) {
    byId("loading").hidden = true;
    form.showBlocks(results[sideNow() === "a" ? 0 : 1]);
    byId("legend").replaceChildren(...[legend(results[0], views[0])].flat());
    graphs = Promise.all(
      SIDES.map((side, i) => drawFigure(graph, results[i], views[i], `graph-${side}`)),
    );
    others = graphs.then(painted).then(() =>
      Promise.all(SIDES.map((side, i) => drawFigure(norms, results[i], views[i], `norms-${side}`)))
    );
    for (const [i, side] of SIDES.entries()) {
      byId(`facts-${side}`).replaceChildren(...(views[i].veil ? [] : facts(results[i])));
    }
    byId("outcome").replaceChildren(...(views[0].veil ? [] : outcome(results[0], results[1])));
    const panel = /** @type {HTMLElement} */ (byId("norms-a").closest(".panel"));
    setCovered(panel, namesPart(views[0].veil, "norms"));
  }
  await graphs;
  listen();
  if (picture.views === views) showTime(results, views);
  await others;
  if (picture.views === views) page.drawn();
}

/** @param {Result[]} results @param {View[]} views */
function showTime(results, views) {
  const T = Number(views[0].axis), [{ t, isSelected }] = views;
  SIDES.forEach((side, i) => {
    const there = t < results[i].tokens.length;
    byId(`playhead-${side}`).hidden = !there || !isSelected;
    placePlayhead(byId(`playhead-${side}`), T, views[i]);
    say(
      side,
      !isSelected
        ? describeRun(results[i], words)
        : there
        ? describeStep(results[i], t, words)
        : [{ text: words("ab.ended", { T: results[i].tokens.length }) }],
    );
  });
  follow(T, views[0]);
  const time = /** @type {HTMLInputElement} */ (byId("time"));
  time.max = String(T - 1);
  time.value = String(t);
  byId("position").textContent = isSelected ? `t = ${t}` : "";
}

/** @param {Side} side @param {Part[]} sentence */
function say(side, sentence) {
  const isCovered = Boolean(page.read().seen.veil); // a sentence tells what a mark would
  byId(`readout-${side}`).replaceChildren(...parts(isCovered ? [{ text: words("veil.covered") }] : sentence));
}

function listen() {
  if (listening) return;
  listening = SIDES.every((side, i) =>
    onGraph({
      over: (target) => picture && say(side, describeTarget(picture.results[i], target, words)),
      away: () => picture && showTime(picture.results, picture.views),
      chosen: ({ t }) => page.look({ t }),
    }, `graph-${side}`)
  );
}

/** @param {(t: number) => number} move */
function moveTime(move) {
  if (!picture) return;
  const { t, axis } = picture.views[0], now = readHash(address.here().hash).t ?? t;
  page.look({ t: Math.min(Number(axis) - 1, Math.max(0, move(now))) });
}

/** The state for the share dialog. @returns {import("./page/share/share.js").Shared} */
function shared() {
  const { query, seen } = page.read();
  return {
    page: "ab",
    query,
    seen,
    state: `A | B: ${byId("differences").textContent}`,
  };
}

for (const side of SIDES) {
  byId(`side-${side}`).addEventListener("click", () => page.look({ side: side === "a" ? "a" : null }));
}
byId("swap").addEventListener("click", () => {
  const { a, b } = both();
  address.settle(writeComparison(b, a, page.controls), address.here().hash);
  page.update({ everywhere: true });
});
listenToExport(() =>
  page.exported([
    {
      ...{ name: "pictures", title: words("export.whole"), shows: [".comparison-page > .picture"] },
      ...{ caption: "#differences", legend: "#legend > svg" },
    },
    ...SIDES.map((side) => ({
      name: side,
      title: words(`ab.side_${side}`),
      shows: [`.picture:has(> #readout-${side})`],
    })),
    { name: "norms", title: words("export.norms"), shows: [".comparison-page > .panel .axis"] },
  ])
);
const time = /** @type {HTMLInputElement} */ (byId("time"));
time.addEventListener("input", () => page.look({ t: Number(time.value) }));
presenter.listen({ ...page, path: `/${page.data.language}/ab`, step: talk.onLab(page, shared, late) });
scrollTogether(page.soon, () => {
  if (picture) page.look({ from: firstInSight(Number(picture.views[0].axis), picture.views[0]) });
});
if (before && !address.here().search) {
  const { a, b } = both();
  address.replace(writeComparison(a, b, page.controls), address.here().hash);
}
page.start();
