// The graph lab's loop: the address bar says which graph and which moment, the page shows it.

import * as address from "./page/address.js";
import { useEngine } from "./server/api.js";
import { byId, leadHere } from "./lib/dom.js";
import * as explained from "./page/lesson-links.js";
import * as form from "./page/form.js";
import * as around from "./page/parent-frame.js";
import { answerTo } from "./graph/answers.js";
import * as fields from "./graph/fields.js";
import * as formula from "./graph/formula.js";
import { marksOf, readPair } from "./graph/closed.js";
import * as ledger from "./graph/ledger.js";
import { fitted, readMoment, writeMoment } from "./graph/moments.js";
import { sci } from "./lib/format.js";
import * as player from "./graph/player.js";
import { labelOf, picture } from "./graph/picture.js";
import { litNode, shownAt } from "./graph/shown.js";
import { tied } from "./graph/tie.js";
import * as hide from "./page/visibility.js";
import * as keys from "./page/keyboard.js";
import { notice, problemText, remarkOn } from "./page/notices.js";
import * as presets from "./page/presets.js";
import { canonical, LOOKS, readHash, readQuery, useHash, writeHash, writeQuery } from "./page/query.js";
import { later, reached } from "./page/retry.js";
import * as share from "./page/share/share.js";
import * as sight from "./page/scroll-into-view.js";
import { listenToTheme, onSystemTheme, wear } from "./page/theme.js";
import { grow } from "./lib/tree.js";
import { useCatalogue, words } from "./lib/words.js";

const OTHER_GRAPH = ["preset", "formula", "n", "tau"]; // whose change begins anew
const MARKS = /^[\p{L}\p{N}_.*]+(,[\p{L}\p{N}_.*]+)*$/u;

/** @type {{language: string, words: Record<string, unknown>, controls: Control[], engine: string, public_url: string, embedded: boolean}} */
const data = JSON.parse(byId("data").textContent ?? "");
const { controls } = data;

/** @type {share.Page} */
const sharing = { ...data, base: data.public_url || address.here().origin, shared };

/** @type {{query: string, graph: Graph} | null} what is on the screen */
let drawn = null;
/** @type {string | null} the node under the cursor */
let near = null;
let frame = 0;

/** What the address bar says. */
function read() {
  const url = address.here(), { params, remarks } = readQuery(url.search, controls);
  return { params, remarks, query: writeQuery(params, controls), seen: readHash(url.hash) };
}

/** @param {Record<string, string>} values by name @param {boolean} settled */
function change(values, settled) {
  const { search } = address.here(), query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(values)) query.set(name, value);
  go(`?${hide.keeping(query, search, read().seen)}`, settled);
}

/** @param {string} asked @param {boolean} settled */
function go(asked, settled) {
  const before = read(), { params, remarks } = readQuery(asked, controls);
  const other = OTHER_GRAPH.some((name) => params[name] !== before.params[name]);
  const query = writeQuery(other ? { ...params, steps: 0 } : params, controls);
  if (remarks.length || query !== before.query) remarkOn(remarks);
  const looked = other ? { ...before.seen, at: null, pair: null } : before.seen;
  (settled ? address.settle : address.drag)(query, writeHash(looked));
  update({ everywhere: settled });
}

/** Follow a link within the page. @param {URL} link */
function visit({ search, hash }) {
  formula.refused("formula", null);
  const { hide, show } = read().seen;
  address.settle(...canonical(search, hash, controls, { hide, show }));
  update({ everywhere: true });
}

/** Go where the page around this one asks for. @param {string} search @param {string} hash */
function follow(search, hash) {
  sight.expect();
  formula.refused("formula", null);
  address.replace(...canonical(search, hash, controls));
  update({ everywhere: true });
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

/** Bring the page to what the address bar says. */
async function update({ everywhere = false } = {}) {
  const { params, query, seen } = read(), { search, hash } = address.here();
  around.moves();
  wear(seen.theme);
  hide.arrange(seen);
  form.fill(controls, params, everywhere);
  leadHere(search, hash);
  if (drawn?.query === query) return show();
  const answer = await answerTo(query);
  if (read().query !== query) return; // a newer question is in the bar
  if ("result" in answer) {
    reached();
    notice("refused", "");
    drawn = { query, graph: /** @type {Graph} */ (answer.result) };
    show();
  } else if ("problems" in answer) refused(answer.problems);
  else later(answer, update);
}

/** @param {string} name of an input @param {number} value */
function setValue(name, value) {
  if (drawn) change({ values: fields.valuesWith(drawn.graph, { [name]: value }), steps: "0" }, true);
}

/** Everything as it stands now. */
function show() {
  if (!drawn) return;
  const { graph } = drawn, { seen } = read();
  const moment = fitted(graph, readMoment(seen.at)), pair = readPair(seen.pair, graph);
  const only = seen.only ?? (pair && marksOf(pair));
  const shown = shownAt(graph, moment, { ...seen, only }), box = byId("node-scroll");
  byId("loading").hidden = true;
  byId("main").classList.remove("waiting");
  const size = { width: box.clientWidth, height: box.clientHeight };
  const phone = matchMedia("(max-width: 640px)").matches;
  const { tree, space } = picture(graph, shown, { ...size, phone, near, words });
  byId("node-svg").replaceChildren(grow(tree));
  fields.showOver(graph, space, setValue, shown.veil.value, (name) => litNode(shown, name));
  ledger.show(graph, shown);
  ledger.showClosed(graph, pair, shown);
  const inTable = (/** @type {GraphNode} */ one) =>
    one.name in space.fields || shown.veil.value(one.name) ? null : fields.field(graph, one, setValue);
  ledger.showTable(graph, shown, inTable);
  player.show(graph, moment);
  formula.show(graph);
  showBar(graph);
  sight.bring(seen.look);
  around.stands(() => ({ search: read().query, hash: writeHash(read().seen) }));
}

/** What stands above the graph. @param {Graph} graph */
function showBar(graph) {
  const { params, checks, not_finite: away } = graph, own = params.formula !== "";
  byId("preset-name").textContent = own ? words("graphlab.own") : words(`presets.${params.preset}.title`);
  byId("tie").hidden = own || !["layers", "tied"].includes(String(params.preset));
  byId("tie").setAttribute("aria-checked", String(params.preset === "tied"));
  const proof = byId("proof"), { passed } = checks;
  proof.dataset.state = passed === null ? "none" : passed ? "passed" : "failed";
  const state = passed === null ? "none" : passed ? "passed" : "failed";
  proof.textContent = words(`graphlab.proof.${state}`, { error: sci(checks.finite_difference) });
  explained.lead(() => own || params.preset === "product" ? "graph" : String(params.preset));
  notice("away", away ? words(`graphlab.away.${away.pass}`, { node: labelOf(graph, away.node) }) : "");
}

/** What cannot be computed: the last picture stays; where there is none, the default takes its place. @param {import("./server/api.js").Problem[]} problems */
function refused(problems) {
  const message = problems.map(problemText).join(" "), { search, hash } = address.here();
  const query = new URLSearchParams(search), given = query.size, written = query.get("formula") ?? "";
  for (const { parameter } of problems) query.delete(parameter);
  const kept = drawn !== null || query.size === given;
  const said = words(kept ? "notices.refused" : "notices.instead", { message });
  if (!formula.mistakenIn(problems, written, said)) notice(kept ? "refused" : "link", said, kept);
  if (kept) return;
  address.replace(writeQuery(readQuery(`?${query}`, controls).params, controls), hash);
  update({ everywhere: true });
}

/** What the share sheet is about. @returns {share.Shared} */
function shared() {
  const { params, query, seen } = read(), moment = readMoment(seen.at);
  const state = params.formula ? String(params.formula) : words(`presets.${params.preset}.title`);
  const place = moment
    ? words(`graphlab.place.${moment.phase}`, { done: moment.done })
    : words("graphlab.place.all");
  return { page: "graph", query, seen, state, place };
}

function listenToKeys() {
  const isPutAway = (/** @type {string} */ part) => hide.hidden(read().seen).includes(part);
  const openKeys = () => /** @type {HTMLDialogElement} */ (byId("keys-dialog")).showModal();
  keys.listen({
    ...{ " ": player.forth, ArrowRight: player.forth, ArrowLeft: player.back },
    ...{ Home: player.start, End: player.end, d: player.descend, u: player.undo },
    q: () => isPutAway("share") || share.openQr(sharing),
    "?": () => isPutAway("keys") || openKeys(),
  });
  byId("keys").addEventListener("click", openKeys);
}

function listen() {
  around.listen(follow);
  form.listen(
    controls,
    (name, value, settled) => {
      if (name !== "formula") return change({ [name]: value }, settled);
      const { params } = read(), values = value ? fields.carried(drawn?.graph, String(params.values)) : "";
      const asked = answerTo(writeQuery({ ...params, formula: value, values, steps: 0 }, controls));
      formula.tried(value, asked, (graph) => {
        change({ formula: value, values: settled ? String(graph.params.values) : values }, settled);
      });
    },
    formula.refused,
    () => read().params,
  );
  formula.listen();
  player.listen({ look: (at) => look({ at }), makeSteps: (steps) => change({ steps: String(steps) }, true) });
  byId("tie").addEventListener("click", () => drawn && change(tied(drawn.graph), true));
  for (const name of ["pair-i", "pair-t"]) {
    byId(name).addEventListener("change", () => {
      const [i, t] = ["pair-i", "pair-t"].map((id) =>
        Number(/** @type {HTMLSelectElement} */ (byId(id)).value)
      );
      look({ pair: `${Math.min(i, t)}.${t}` });
    });
  }
  byId("node-svg").addEventListener("pointerover", ({ target }) => {
    const name = /** @type {Element} */ (target).closest("[data-node]")?.getAttribute("data-node") ?? null;
    if (name === near) return;
    near = name;
    soon();
  });
  share.listen(sharing);
  presets.listen(() => read().query, visit);
  byId("defaults").addEventListener("click", () => {
    formula.refused("formula", null);
    go(`?${hide.keeping(new URLSearchParams(), address.here().search, read().seen)}`, true);
  });
  listenToTheme(look);
  listenToKeys();
  address.onTravel(() => {
    formula.refused("formula", null);
    remarkOn(read().remarks);
    update({ everywhere: true });
  });
  addEventListener("pageshow", ({ persisted }) => persisted && soon());
  onSystemTheme(soon);
  addEventListener("online", soon);
  new ResizeObserver(soon).observe(byId("node-scroll"));
}

function start() {
  useCatalogue(data.words);
  useEngine(data.engine);
  explained.use(data);
  const marks = (/** @type {string | null} */ written) => (MARKS.test(written ?? "") ? written : null);
  useHash({
    at: (written) => writeMoment(readMoment(written)),
    pair: (written) => (/^\d{1,2}\.\d{1,2}$/.test(written ?? "") ? written : null),
    ...{ ...LOOKS, only: marks, veil: marks },
  });
  address.replace(...hide.moved(address.here()));
  const { remarks, query, seen } = read();
  if (remarks.length) {
    const { problem } = remarks.find(({ name }) => name === "formula") ?? {};
    if (problem) {
      formula.refused("formula", problem, new URLSearchParams(address.here().search).get("formula") ?? "");
    }
    remarkOn(remarks);
    address.replace(query, writeHash(seen));
  }
  listen();
  update({ everywhere: true });
}

start();
