// The film strip: one pass of truncated backpropagation, block by block, beat by beat.

import { byId } from "../../dom.js";

export const name = "film";
export const tasks = ["text"];

/** @type {LabPage} */
let page;

/** @param {LabPage} given */
export function start(given) {
  page = given;
}

/** @param {LabState} state */
export function show({ params, film, query, filmQuery }) {
  byId("film").hidden = params.task !== "text";
  if (params.task === "text" && (!film || query !== filmQuery)) page.askFor({ film: { pass: 1, from: 0 } });
}
