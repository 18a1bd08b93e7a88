// Minibatch lanes panel: one series cut into N lanes that are read in parallel, and what that changes.

import { byId, rich, widthOf } from "../../lib/dom.js";
import { textWidth } from "../../plot/figure.js";
import { subscript } from "../../lib/format.js";
import { grow } from "../../lib/tree.js";
import { SIZE } from "./context.js";
import { readCursor, writeCursor } from "./cursor.js";
import * as stateDifference from "./state-difference.js";
import { labOf, moment, placesOf } from "./geometry.js";
import { facts, findingKey } from "./cold-start.js";
import { cellsOf, cutsOf } from "./row.js";
import { nameAt } from "./series-bar.js";
import { upTo } from "./weights-line.js";
import * as forgottenMask from "./forgotten-mask.js";
import * as otherBatchSizes from "./other-batch-sizes.js";
import { inBlocks, picture } from "./picture.js";
import * as player from "./player.js";
import * as readings from "./readings.js";
import { unit } from "../../lib/unit.js";

export const name = "lanes";
export const tasks = ["text"];

/** @type {LabPage} */
let page;
/** @typedef {{lab: import("./geometry.js").Lab, places: import("./geometry.js").Places, cursor: import("./cursor.js").Cursor, state: LabState}} Shown */
/** @type {Shown | null} */
let current = null;
/** What the picture and the cards on screen were drawn from. */
let drawn = "", drawnCards = "";
/** Whether the answer about lanes has been asked for, of which question. */
let requestedFor = "";

/** @param {LabPage} given */
export function start(given) {
  page = given;
  player.listen(step, (place) => {
    if (!current) return;
    page.look({
      it: writeCursor(
        player.moved(current.lab, { epoch: 0, iteration: 0 }, current.places.iterations, place),
      ),
    });
  });
  byId("lanes-picture").addEventListener("click", ({ clientX }) => {
    if (!current) return;
    const { places, cursor } = current, { left: edge } = byId("lanes-picture").getBoundingClientRect();
    const step = ((clientX - edge) / unit() - places.left) / places.inner * places.span;
    const iteration = places.bounds.findLastIndex((start) => start <= step);
    if (iteration < 0 || iteration >= places.iterations) return;
    player.pause();
    page.look({ it: writeCursor({ ...cursor, iteration }) });
  });
  new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) ask();
  }).observe(byId("lanes-cards"));
}

/** @param {number} by */
function step(by) {
  if (!current) return false;
  const { lab, places, cursor } = current, next = player.moved(lab, cursor, places.iterations, by);
  if (writeCursor(next) === writeCursor(cursor)) return false;
  page.look({ it: writeCursor(next) });
  return true;
}

/** The comparison takes the server a second: it is asked for when the cards come into sight. */
function ask() {
  if (!current || requestedFor === current.state.query) return;
  const { top, bottom } = byId("lanes-cards").getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) return;
  requestedFor = current.state.query;
  page.askFor({ lanes: true });
}

/** @param {LabState} state */
export function show(state) {
  const { params, seen, film, query, filmQuery } = state, isOpen = state.open.includes(name);
  byId("lanes-panel").hidden = params.task !== "text" || !isOpen;
  const view = { ...state.view, width: widthOf(byId("lanes-picture"), state.view.width) };
  const schedule = state.lanes?.schedule ?? (query === filmQuery ? film?.schedule : null);
  if (params.task !== "text" || !isOpen || !schedule) return player.pause();
  const lab = labOf(schedule), places = placesOf(lab, view);
  const cursor = readCursor(seen.it, { iterations: places.iterations, passes: lab.passes });
  current = { lab, places, cursor, state: { ...state, view } };
  if (seen.it && writeCursor(cursor) !== seen.it) page.look({ it: writeCursor(cursor) });
  const keeps = { carried: params.state === "carried", resets: params.reset === "epoch" };
  const key = JSON.stringify([lab, view.width, view.height, view.phone, view.colors, keeps]);
  if (key !== drawn) {
    drawn = key;
    byId("lanes-picture").replaceChildren(grow(picture(lab, places, keeps, view)));
  }
  sayWhat(lab, places, params, view.words);
  move(current, keeps, query === filmQuery ? film?.tokens : []);
  player.show(lab, places, cursor);
  byId("mark-padding").hidden = !places.isPadded;
  byId("readings-card").hidden = places.isPadded;
  byId("readings").replaceChildren(readings.table(lab, cursor, keeps, view.words));
  showCards(state, lab);
  ask();
}

/** What its tab says. @param {LabState} state */
export function tab({ params, lanes, film, query, filmQuery, view: { words } }) {
  const schedule = lanes?.schedule ?? (query === filmQuery ? film?.schedule : null);
  const cell = String(params.cell).toUpperCase(),
    optimizer = words(`params.optimizer.choices.${params.optimizer}`);
  const fact = words("training.race.fact", { ...params, cell, optimizer });
  if (!schedule) return { finding: "", fact };
  const key = schedule.lanes > 1 ? "short" : "short_one", { lengths = [], length } = schedule;
  if (!lengths.length) return { finding: words(`training.lanes.${key}`, { ...schedule, length }), fact };
  const empty = lengths.reduce((sum, steps) => sum + length - steps, 0);
  const share = Math.round(100 * empty / (length * lengths.length));
  return { finding: words("training.lanes.short_padded", { ...schedule, share }), fact };
}

/** @param {import("./geometry.js").Lab} lab @param {import("./geometry.js").Places} places @param {LabState["params"]} params @param {Words} words */
function sayWhat(lab, { length, iterations }, params, words) {
  const { lengths = [] } = lab,
    key = lengths.length ? `caption_${params.padding}` : lab.lanes > 1 ? "caption" : "caption_one";
  const text = words(`training.lanes.${key}`, {
    ...{ ...lab, blocks: inBlocks(lab, words), length, iterations, lengths: lengths.join(", ") },
  });
  const shuffled = params.shuffle === "1" ? ` ${words("training.lanes.shuffled")}` : "";
  byId("lanes-caption").replaceChildren(...rich(text + shuffled));
}

/** Move cursors, blocks and labels to the current iteration. @param {Shown} shown @param {import("./picture.js").Keeps} keeps @param {string[]} [tokens] */
function move({ lab, places, cursor, state: { view } }, keeps, tokens) {
  const { left, width } = places, drawing = byId("lanes-picture"), { iteration, epoch } = cursor;
  moment(lab, places, cursor, tokens).forEach(
    ({ from, to, isPadding, ribbon, range, start, ...says }, lane) => {
      const row = drawing.querySelector(`.lane-row[data-lane="${lane}"]`);
      if (!row) return;
      const label = isPadding ? view.words("training.lanes.padding") : says.label;
      const x = (from + to) / 2, half = textWidth(label, SIZE.word) / 2 + 4;
      set(row, ".lane-read", { d: cellsOf(places, lane, 0, iteration) });
      set(row, ".lane-cuts", { d: cutsOf(places, lane, iteration) });
      set(row, ".lane-now", { x: from, width: Math.max(3, to - from - (places.apart ? 2 : 0)) });
      set(row, ".lane-carried", { x2: Math.max(left - 6, from - 2) });
      const place = Math.max(left + half, Math.min(width - half, x));
      set(row, ".lane-words", { x: place }, label);
      if (!lane) hideEnd(drawing, place + half, view.phone);
      set(row, ".lane-range", {}, range);
      set(row, ".lane-start", {}, beginning(start, cursor.epoch, keeps, view.words));
      row.classList.toggle(
        "continues",
        keeps.carried && cursor.epoch > 0 && !keeps.resets,
      );
      const part = drawing.querySelector(`.ribbon-lane[data-lane="${lane}"]`),
        begun = Number(part?.querySelector("rect")?.getAttribute("x"));
      if (part && ribbon) set(part, ".ribbon-read", { width: Math.max(0, ribbon.from - begun) });
      const isContinued = keeps.carried && epoch > 0 && !keeps.resets;
      set(row, ".lane-zero-number", {}, isContinued ? "h" : "0");
      const cursorBox = drawing.querySelector(`.lane-cursor[data-lane="${lane}"]`);
      if (ribbon) {
        const wide = isPadding ? 0 : Math.max(7, ribbon.to - ribbon.from);
        put(cursorBox, { x: (ribbon.from + ribbon.to - wide) / 2, width: wide });
        /** @type {SVGTextElement | null} */
        const name = drawing.querySelector(`.ribbon-name[data-lane="${lane}"]`);
        if (part) moveName(part, name, { x: (ribbon.from + ribbon.to) / 2, width: wide });
      }
    },
  );
  moveUpdate(drawing, lab, places, cursor, view);
}

/** Keep a lane's name readable on the ribbon. @param {Element} part @param {SVGTextElement | null} name @param {{x: number, width: number}} cursor x: its middle */
function moveName(part, name, cursor) {
  if (!name) return;
  const ground = /** @type {SVGRectElement} */ (part.querySelector("rect")).getBBox();
  const { x, isOver } = nameAt(ground, cursor, name.getBBox().width / 2);
  put(name, { x });
  name.classList.toggle("is-over", isOver);
}

/** The words about the end of an epoch stand where no block's words do. @param {Element} drawing @param {number} right where the first lane's words end @param {boolean} phone */
function hideEnd(drawing, right, phone) {
  const words = /** @type {SVGTextElement | null} */ (drawing.querySelector(".lane-back"));
  if (words && !phone) words.style.visibility = words.getBBox().x < right + 8 ? "hidden" : "visible";
}

/** The update that the lanes share. @param {Element} drawing @param {import("./geometry.js").Lab} lab @param {import("./geometry.js").Places} places @param {import("./cursor.js").Cursor} cursor @param {LabView} view */
function moveUpdate(drawing, { lanes }, places, { iteration }, { words }) {
  const { x, made, dots, joined } = upTo(places, iteration), { left, width, iterations } = places;
  const key = lanes === 1 ? "update_one" : lanes === 2 ? "update_two" : "update";
  const says = words(`training.lanes.${key}`, { n: iteration + 1, of: iterations, lanes });
  const wide = textWidth(says, SIZE.word),
    at = x + 16 + wide < width ? x + 16 : Math.max(left, x - 16 - wide);
  set(drawing, ".lanes-made", { d: made });
  set(drawing, ".lanes-dots", { d: dots });
  set(drawing, ".lanes-joined", { d: joined });
  set(drawing, ".lanes-update", { cx: x });
  set(drawing, ".lanes-update-words", { x: at }, says);
}

/** What a lane starts from, at this position of the text. @param {number} start @param {number} epoch @param {import("./picture.js").Keeps} keeps @param {Words} words */
function beginning(start, epoch, { carried, resets }, words) {
  if (!carried) return words("training.lanes.start_blocks");
  if (epoch > 0 && !resets) return words("training.lanes.start_carried");
  return start
    ? words("training.lanes.start_other", { before: subscript(start - 1) })
    : words("training.lanes.start_zero");
}

/** @param {Element} row @param {string} name @param {Record<string, string | number>} attributes @param {string} [text] */
function set(row, name, attributes, text) {
  const node = row.querySelector(name);
  put(node, attributes);
  if (node && text !== undefined && node.textContent !== text) node.textContent = text;
}

/** @param {Element | null} node @param {Record<string, string | number>} attributes */
function put(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node?.setAttribute(name, String(value));
}

/** The card about the padding, in place of the other two. @param {LanesAnswer | null} lanes @param {Words} words */
function showMask(lanes, words) {
  const padding = lanes?.padding ?? null, ids = ["mask-caption", "mask"];
  byId("mask-computing").hidden = Boolean(padding);
  byId("mask-title").textContent = words(
    padding ? forgottenMask.findingKey(padding) : "training.lanes.mask",
    padding ? forgottenMask.facts(padding) : {},
  );
  if (!padding) return ids.forEach((id) => byId(id).replaceChildren());
  const key = padding.runs.length ? "mask_caption" : "mask_caption_block";
  byId("mask-caption").replaceChildren(...rich(words(`training.lanes.${key}`, forgottenMask.facts(padding))));
  byId("mask").replaceChildren(...forgottenMask.tables(padding, words));
}

/** The two cards that wait for the server. @param {LabState} state @param {import("./geometry.js").Lab} lab */
function showCards({ lanes, view, query, params }, lab) {
  const { words } = view, missed = lanes?.missed ?? null;
  const key = JSON.stringify([query, Boolean(lanes), view.width, view.colors]);
  if (key === drawnCards) return;
  drawnCards = key;
  const isPadded = Boolean(lab.lengths?.length), nothing = lanes && !lanes.others.length;
  byId("mask-card").hidden = !isPadded;
  byId("others-card").hidden = isPadded;
  byId("missed-card").hidden = isPadded || lab.lanes < 2 || Boolean(lanes) && !missed;
  if (isPadded) showMask(lanes, words);
  byId("missed-computing").hidden = Boolean(lanes);
  byId("others-computing").hidden = Boolean(lanes) && !nothing;
  byId("others-computing").textContent = words(`training.lanes.${nothing ? "too_much" : "computing"}`);
  if (missed) {
    const captionValues = facts(missed), before = subscript(missed.at - 1);
    byId("missed-title").textContent = words(findingKey(captionValues), captionValues);
    const sentences = [
      words("training.lanes.missed_state", { ...captionValues, before }),
      ...(missed.sensitive ? [words("training.lanes.missed_sensitive")] : []),
    ];
    byId("missed-caption").replaceChildren(...rich(sentences.join(" ")));
    byId("missed-loss").replaceChildren(
      ...rich(words("training.lanes.missed_loss", { ...captionValues, before })),
    );
    const width = widthOf(byId("missed-card"), view.width);
    byId("missed").replaceChildren(grow(stateDifference.picture(missed, { ...view, width })));
  } else {
    for (const id of ["missed-caption", "missed-loss", "missed"]) byId(id).replaceChildren();
    byId("missed-title").textContent = words("training.lanes.missed");
  }
  byId("others-title").textContent = words(
    lanes?.others.length ? otherBatchSizes.findingKey(lanes.others) : "training.lanes.others",
  );
  byId("others").replaceChildren(
    ...(lanes?.others.length
      ? [otherBatchSizes.table(lanes.others, Number(params.lanes ?? lab.lanes), words)]
      : []),
  );
}
