// The names of the training lab that its modules know without importing them.

// The server's results by their short names (static/js/api-types.d.ts).
type Schedule = Api.Schedule;
type Frame = Api.Frame;
type Film = Api.FilmResult;
type MapCell = Api.MapCell;
type LagMap = Api.MapResult;
type LanesAnswer = Api.LanesResult;
interface Race extends Api.RaceResult {
  contestants: Contestant[];
}
interface Contestant extends Api.Contestant {
  points: Points;
}
/** A learning curve, with the seconds of computing if this page has watched the run. */
interface Points extends Api.Curve {
  seconds?: Row;
}

interface LabView {
  width: number;
  height: number;
  gutter: number;
  phone: boolean;
  dark: boolean;
  colors: Record<string, string>;
  font: string;
  words: Words;
}

/** How far a run is: done 0 … 1, left in seconds. */
interface Running {
  done: number;
  left: number | null;
}

/** What the panels of the training lab show (static/js/training/panels.js). */
interface LabState {
  params: Record<string, string | number | null>;
  query: string;
  seen: Seen;
  view: LabView;
  /** of which question the film is: not yet this one's while the answer is on its way */
  filmQuery: string;
  film: Film | null;
  lanes: LanesAnswer | null;
  race: Race | null;
  /** computing time of each contestant; null where the answer came whole */
  seconds: number[] | null;
  running: Running | null;
  ended: null | "done" | "cancelled" | "failed";
  map: LagMap | null;
  mapRunning: Running | null;
}

/** What a panel can ask of the page. */
interface LabPage {
  look(changes: Partial<Seen>): void;
  change(values: Record<string, string>, settled: boolean): void;
  askFor(wanted: { film?: { pass: number; from: number }; lanes?: boolean; map?: boolean }): void;
  cancel(): void;
  cancelMap(): void;
  runAgain(): void;
  words: Words;
  // deno-lint-ignore no-explicit-any
  data: Record<string, any>;
}

interface LabPanel {
  name: string;
  /** those in which it has something to show */
  tasks: string[];
  start(page: LabPage): void;
  show(state: LabState): void;
  /** what keys do */
  keys?(): Record<string, (event: KeyboardEvent) => void>;
  /** where in the run the reader is, in words; for the share sheet */
  place?(): string;
}

/** A drawing that is not yet on the page. */
interface Tree {
  tag: string;
  attributes: Record<string, string | number>;
  children: (Tree | string)[];
}
