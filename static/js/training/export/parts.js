// What of the training lab can be exported as a picture: film, lanes, race and their parts.

import { words } from "../../lib/words.js";
import { wordsOf } from "../../page/export/parts.js";

/** @returns {import("../../page/export/parts.js").Part[]} those that are on the screen are offered */
export const exportParts = () => [
  {
    name: "film",
    title: words("training.film_title"),
    shows: ["#film > .axis"],
    caption: "#film-caption",
  },
  {
    name: "lanes",
    title: words("training.lanes.title"),
    shows: ["#lanes-picture"],
    caption: "#lanes-caption",
  },
  { name: "readings", title: words("training.lanes.readings"), shows: ["#readings"] },
  { name: "missed", title: words("training.lanes.missed"), shows: ["#missed"], caption: "#missed-caption" },
  { name: "mask", title: wordsOf("#mask-title"), shows: ["#mask"], caption: "#mask-caption" },
  { name: "others", title: words("training.lanes.others"), shows: ["#others"] },
  { name: "race", title: words("training.race.title"), shows: ["#race-curves"], caption: "#race-finding" },
  {
    name: "results",
    title: wordsOf("#results-title"),
    shows: ["#race-by-k"],
    caption: "#race-finding",
  },
  { name: "gradients", title: words("training.race.gradients"), shows: ["#race-gradient-curves"] },
  { name: "costs", title: words("training.race.costs"), shows: ["#race-costs"] },
  { name: "map", title: words("training.map.title"), shows: ["#map-figure"], caption: "#map-caption" },
  {
    name: "zeros",
    title: words("training.race.zeros_card"),
    shows: ["#zeros-table"],
    caption: "#zeros-caption",
  },
  {
    name: "samples",
    title: words("training.race.samples"),
    shows: ["#samples"],
    caption: "#samples-caption",
  },
];
