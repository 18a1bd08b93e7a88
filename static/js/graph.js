// The graph lab: backpropagation by hand on a small computation graph, one node at a time.

import { byId, rich, widthOf } from "./lib/dom.js";
import { formatNumber, sci } from "./lib/format.js";
import { words } from "./lib/words.js";
import { COMMON_KEYS, matching } from "./page/hash.js";
import { listen as listenToExport } from "./page/export/open.js";
import { openPage } from "./page/loop.js";
import * as talk from "./page/talk.js";
import { arrange } from "./page/present/arrange.js";
import * as presenter from "./page/present/lab.js";
import { notice } from "./page/notices.js";
import { writeQuery } from "./page/query.js";
import * as address from "./page/address.js";
import { answerTo, ask } from "./graph/answers.js";
import { marksBetween, readPair } from "./graph/closed-form.js";
import * as fields from "./graph/fields.js";
import * as formula from "./graph/formula.js";
import * as ledger from "./graph/ledger.js";
import { clampMoment, isComplete, lacksGradient, readMoment, writeMoment } from "./graph/timeline.js";
import { labelOf, picture } from "./graph/picture.js";
import * as player from "./graph/player.js";
import { litNode, progressAt } from "./graph/progress.js";
import { tied } from "./graph/tie.js";
import { grow } from "./lib/tree.js";
import { unit } from "./lib/unit.js";

/** @typedef {import("./page/loop.js").State} State */

const OTHER_GRAPH = ["preset", "formula", "n", "tau"]; // parameters of another graph, whose descent starts over
const marks = matching(/^[\p{L}\p{N}_.*]+(,[\p{L}\p{N}_.*]+)*$/u);

/** @type {{query: string, graph: Graph} | null} what is on the screen */
let drawn = null;
/** @type {string | null} the node under the cursor */
let near = null;

const late = () => import("./talk/on-page.js");

const page = openPage({
  hash: {
    at: (written) => writeMoment(readMoment(written)),
    pair: matching(/^\d{1,2}\.\d{1,2}$/),
    ...{ ...COMMON_KEYS, only: marks, veil: marks },
  },
  stage: "node-scroll",
  draw,
  shared,
  talk: late,
  resets: (before, after) =>
    OTHER_GRAPH.some((name) => before[name] !== after[name])
      ? { query: ["steps"], hash: ["at", /** @type {keyof Seen} */ ("pair")] }
      : {},
  entered,
  typing: formula.showProblem,
  explain: (problems, message) =>
    formula.showFormulaProblem(
      problems,
      new URLSearchParams(address.here().search).get("formula") ?? "",
      message,
    ),
  lesson: ({ formula, preset }) => (formula || preset === "product" ? "graph" : String(preset)),
  keys: {
    ...{ " ": player.MOVES.forth, ArrowRight: player.MOVES.forth, ArrowLeft: player.MOVES.back },
    ...{ Home: player.MOVES.start, End: player.MOVES.end, d: player.MOVES.descend, u: player.MOVES.undo },
  },
});

/** @param {State} state */
function draw({ query, seen }) {
  arrange(seen.view === "present");
  if (drawn?.query === query) show();
  else ask(answering, query);
}

const answering = {
  ...page,
  show: (/** @type {string} */ query, /** @type {Graph} */ graph) => {
    notice("refused", "");
    drawn = { query, graph };
    show();
  },
  refuse: (/** @type {import("./server/api.js").Problem[]} */ problems) =>
    page.refuse(problems, drawn !== null),
};

/** Show the current state. */
function show() {
  if (!drawn) return;
  const { graph } = drawn, { seen } = page.read();
  const moment = clampMoment(graph, readMoment(seen.at)), pair = readPair(seen.pair, graph);
  const only = seen.only ?? (pair && marksBetween(pair));
  const progress = progressAt(graph, moment, { ...seen, only }), box = byId("node-scroll");
  byId("loading").hidden = true;
  byId("main").classList.remove("waiting");
  const size = { width: widthOf(box), height: Math.floor(box.clientHeight / unit()) };
  const phone = matchMedia("(max-width: 640px)").matches;
  const { tree, space } = picture(graph, progress, { ...size, phone, near, words });
  byId("node-svg").replaceChildren(grow(tree));
  fields.showFields(graph, space, setValue, progress.veil.value, (name) => litNode(progress, name));
  ledger.show(graph, progress);
  ledger.showClosed(graph, pair, progress);
  const inTable = (/** @type {GraphNode} */ one) =>
    one.name in space.fields || progress.veil.value(one.name) ? null : fields.field(graph, one, setValue);
  ledger.showTable(graph, progress, inTable);
  player.show(graph, moment);
  formula.show(graph);
  showBar(graph);
  showFinding(graph, progress);
  presenter.show(shownOnWall(graph));
  if (drawn.query === page.read().query) page.drawn();
}

/** What a step of descent would do, or has done, in one sentence. @param {Graph} graph @param {GraphProgress} progress */
function showFinding(graph, { veil, moment }) {
  const { output, value, update: { truth }, params } = graph, f = labelOf(graph, output);
  const covered = veil.any && (veil.after("*") || veil.value(output));
  const isKnown = truth !== null && value[output] !== null && !lacksGradient(graph) && !covered;
  const key = moment?.phase === "u"
    ? "stepped"
    : !moment || isComplete(graph, moment)
    ? "step"
    : "step_later";
  const facts = {
    f,
    from: formatNumber(value[output]),
    to: formatNumber(truth),
    lr: formatNumber(Number(params.lr)),
  };
  byId("graph-finding").replaceChildren(...(isKnown ? rich(words(`graphlab.finding.${key}`, facts)) : []));
}

/** The name of the graph and of what is shown of it. @param {Graph} graph */
function shownOnWall({ params }) {
  const { state, place } = shared(), isAll = readMoment(page.read().seen.at) === null;
  const detail = isAll ? "" : place ?? "";
  return { title: params.formula ? String(params.formula) : state, detail, ofExample: detail };
}

/** The bar above the graph. @param {Graph} graph */
function showBar(graph) {
  const { params, checks, not_finite: away } = graph, isCustom = params.formula !== "";
  byId("preset-name").textContent = isCustom
    ? words("graphlab.own")
    : words(`presets.${params.preset}.title`);
  byId("tie").hidden = isCustom || !["layers", "tied"].includes(String(params.preset));
  byId("tie").setAttribute("aria-checked", String(params.preset === "tied"));
  const proof = byId("proof"), { passed } = checks;
  const state = passed === null ? "none" : passed ? "passed" : "failed";
  proof.dataset.state = state;
  proof.textContent = words(`graphlab.proof.${state}`, { error: sci(checks.finite_difference) });
  notice("away", away ? words(`graphlab.away.${away.pass}`, { node: labelOf(graph, away.node) }) : "");
}

/** @param {string} name of an input @param {number} value */
function setValue(name, value) {
  if (drawn) page.change({ values: fields.valuesWith(drawn.graph, { [name]: value }), steps: "0" }, true);
}

/** A formula is checked by the server before the address changes. @param {string} name @param {string} value @param {boolean} settled */
function entered(name, value, settled) {
  if (name !== "formula") return page.change({ [name]: value }, settled);
  const { params } = page.read(), values = value ? fields.carried(drawn?.graph, String(params.values)) : "";
  const response = answerTo(writeQuery({ ...params, formula: value, values, steps: 0 }, page.controls));
  formula.tryFormula(value, response, (graph) => {
    page.change({ formula: value, values: settled ? String(graph.params.values) : values }, settled);
  });
}

/** The state for the share dialog. @returns {import("./page/share/share.js").Shared} */
function shared() {
  const { params, query, seen } = page.read(), moment = readMoment(seen.at);
  const state = params.formula ? String(params.formula) : words(`presets.${params.preset}.title`);
  const place = moment
    ? words(`graphlab.place.${moment.phase}`, { done: moment.done })
    : words("graphlab.place.all");
  return { page: "graph", query, seen, state, place };
}

/** Show what is wrong with a formula of the link that is too long. */
function showMistake() {
  const problem = page.read().remarks.find(({ name }) => name === "formula")?.problem;
  if (!problem) return;
  formula.showProblem("formula", problem, new URLSearchParams(address.here().search).get("formula") ?? "");
}

formula.listen();
player.listen({
  look: (at) => page.look({ at }),
  makeSteps: (steps) => page.change({ steps: String(steps) }, true),
});
byId("tie").addEventListener("click", () => drawn && page.change(tied(drawn.graph), true));
for (const name of ["pair-i", "pair-t"]) {
  byId(name).addEventListener("change", () => {
    const [i, t] = ["pair-i", "pair-t"].map((id) =>
      Number(/** @type {HTMLSelectElement} */ (byId(id)).value)
    );
    page.look({ pair: `${Math.min(i, t)}.${t}` });
  });
}
byId("node-scroll").addEventListener("pointerover", ({ target }) => {
  const over = /** @type {Element} */ (target), field = over.closest(".graph-field");
  const name = over.closest("[data-node]")?.getAttribute("data-node") ?? (field && fields.nameOf(field));
  if (name === near) return;
  near = name;
  page.soon();
});
listenToExport(() =>
  page.exported([
    { name: "picture", title: words("graphlab.picture"), shows: ["#node-scroll"] },
    { name: "ledger", title: words("graphlab.ledger"), shows: ["#ledger"] },
    { name: "table", title: words("graphlab.table.title"), shows: ["#table"] },
  ])
);
showMistake();
presenter.listen({
  ...page,
  path: `/${page.data.language}/graph`,
  step: talk.onLab(page, shared, late, player.beat),
});
page.start();
