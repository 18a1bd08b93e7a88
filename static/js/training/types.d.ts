// Global types of the training lab (ambient declarations for deno check).

// Short names for the server's results (static/js/api-types.d.ts).
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
/** A learning curve, with the computing time in seconds if this page followed the run. */
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
  /** blocks are called minutes, as of a video */
  minutes?: boolean;
}

/** Progress of a run: `done` from 0 to 1, `left` in seconds. */
interface Running {
  done: number;
  left: number | null;
}

/** The state that the panels of the training lab show (static/js/training/panels.js). */
interface LabState {
  params: Record<string, string | number | null>;
  query: string;
  seen: Seen;
  view: LabView;
  /** the query the film belongs to; differs from `query` while a new result is loading */
  filmQuery: string;
  film: Film | null;
  lanes: LanesAnswer | null;
  race: Race | null;
  /** computing time of each contestant; null if the result arrived in one piece */
  seconds: number[] | null;
  running: Running | null;
  /** how far a run came that was canceled */
  stoppedAt: number;
  ended: null | "done" | "cancelled" | "failed";
  map: LagMap | null;
  mapRunning: Running | null;
  /** the views that there are, and those that are open */
  views: string[];
  open: string[];
}

/** What a panel can request from the page. */
interface LabPage {
  look(changes: Partial<Seen>): void;
  read(): { seen: Seen };
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
  /** the tasks in which it is shown */
  tasks: string[];
  start(page: LabPage): void;
  show(state: LabState): void;
  /** what its tab says, and what stands beside the tabs while it is open */
  tab(state: LabState): import("./views.js").Tab;
  /** keyboard shortcuts and their handlers */
  keys?(): Record<string, (event: KeyboardEvent) => void>;
  /** To the next beat while one is played, or the one before; false where there is none. */
  step?(by: number): boolean;
  /** the current position in the run, in words, for the Share dialog */
  place?(): string;
}

/** An element tree that is not yet in the document. */
interface Tree {
  tag: string;
  attributes: Record<string, string | number>;
  children: (Tree | string)[];
}
