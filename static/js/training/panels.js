// Registry of the training lab's panels, from top to bottom. A new panel is one folder and one line here.

import * as film from "./film/film.js";
import * as lanes from "./lanes/lanes.js";
import * as race from "./race/race.js";

/** @type {LabPanel[]} */
export const PANELS = [
  film,
  lanes,
  race,
];
