// The names of the training lab that its modules know without importing them.

interface Schedule {
  task: string;
  L: number;
  lanes: number;
  k: number;
  reading: "formula" | "book";
  starts: number[];
  length: number;
  iterations: number;
  left_out: number;
  passes: number;
  blocks: [number, number][];
}

/** A block of one pass as it was run (the film's frames stand in the order played). */
interface Frame {
  frame: number;
  block: number;
  start: number;
  stop: number;
  state: "zeros" | "carried" | "wrong";
  /** the block of the text, in its own order, whose last state arrives; null: zeros */
  came_from?: number | null;
  /** wrong: ‖h arriving − h belonging‖ */
  gap: Num;
  carried_difference: Num;
  h_in: Row;
  h: Table;
  ghost: Table;
  drift: Row;
  p: Table;
  loss: Row;
  loss_mean: Num;
  from_output: Row;
  from_future: Row;
  dh: Row;
  handed_out: Num;
  W: { number: number; Wh: Table };
  update: {
    number: number;
    norm: Num;
    clip_rate: Num;
    dWh: Table;
    largest: { row: number; column: number; before: Num; gradient: Num; change: Num; after: Num };
  };
}

/** The answer of /api/training/film: at most 12 frames of one pass. */
interface Film {
  params: Record<string, string | number>;
  schedule: Schedule;
  vocabulary: string[];
  tokens: string[];
  targets: string[];
  pass: number;
  passes: number;
  from: number;
  order: number[];
  losses: Row;
  changes: Row;
  first_update: number;
  frames: Frame[];
  after: { number: number; Wh: Table };
}

interface Points {
  u: number[];
  steps: number[];
  mean: Row;
  min: Row;
  max: Row;
  accuracy: Row;
  grad: Row;
  /** of computing, where this page has watched the run */
  seconds?: Row;
}

interface Contestant {
  entry: string;
  cell: string;
  scheme: string;
  state: string;
  k: number;
  k1: number | null;
  cut: number | null;
  cached_steps: number;
  backward_steps: number;
  updates: number;
  steps: number;
  points: Points;
  final?: { mean: Num; min: Num; max: Num; each: Row } | null;
  accuracy?: { mean: Num; min: Num; max: Num } | null;
  learned_at?: Row | null;
  samples?: { u: number; text: string }[] | null;
}

interface Race {
  measure: "loss" | "accuracy" | "error";
  chance: Num;
  x_max: { steps: number; updates: number };
  match: "steps" | "updates";
  contestants: Contestant[];
}

interface MapCell {
  lag: number;
  k: number;
  mean: Num;
  min: Num;
  max: Num;
}

/** Accuracy against lag and k. */
interface LagMap {
  lags: number[];
  ks: number[];
  hidden: number;
  lanes: number;
  seeds: number;
  budget: number;
  chance?: number;
  cells: MapCell[];
}

interface LanesAnswer {
  schedule: Schedule;
  missed: null | {
    at: number;
    weights_lanes: number;
    seeds: number[];
    zeros: Table;
    one: Table;
    norms: { h: Num; difference: Num }[] | { h: Row; difference: Row };
    distance: Table;
    below: (number | null)[];
    first: { steps: number; zeros: Row; one: Row };
    half: { two: Row; one: Row };
  };
  others: {
    lanes: number;
    updates_an_epoch: number;
    steps: { mean: Num; min: Num; max: Num };
    updates: { mean: Num; min: Num; max: Num; count: number };
  }[];
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
