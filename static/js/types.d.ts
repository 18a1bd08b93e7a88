// Global types of all pages (ambient declarations for deno check).

type Num = number | null;
type Row = Num[];
type Table = Row[];

// Short names for the server's results (static/js/api-types.d.ts).
/** The result of /api/bptt: symbols are strings here (server/api.js), and weights and gates can be indexed by name. */
interface Result extends Omit<Api.BpttResult, "tokens" | "targets"> {
  tokens: string[];
  targets: string[];
  weights: Weights;
  forward: Api.ForwardPass & { gates?: Record<string, Table> | null };
  full: Gradients;
  truncated: Gradients;
}
/** By name; bh only where the cell has one. */
type Weights = Omit<Api.Weights, "bh"> & Record<string, Row | Table>;
interface Gradients extends Api.Gradients {
  gradients: Weights;
}
type Likeness = Api.Similarity;
type SchemeAtK = Api.SchemeAtK;
type Draws = Api.Samples;
type Walk = Api.WalkResult;
type Pair = Api.PairResult;
type Factor = Api.Factor;

/** A parameter as the form shows it (app/pages/form.py). */
interface Control {
  name: string;
  group: string | null;
  kind: "text" | "choice" | "integer" | "number";
  default: string | number | null;
  choices: string[] | null;
  minimum: number | null;
  maximum: number | null;
  step: number;
  /** another parameter that bounds it, where both have an effect */
  at_least: string | null;
  at_most: string | null;
  /** what is used where it has no effect */
  idle_value: string | null;
  only_with: Record<string, string[]>;
  not_with: Record<string, string[]>;
  limits: Record<string, number> | null;
  usual: Record<string, string> | null;
  gates: Record<string, number> | null;
  times_steps: number | null;
  draws: number[] | null;
  /** beside its choices there is a list of one's own, with these limits */
  own?: Record<string, number> | null;
}

type Words = (key: string, values?: Record<string, unknown>) => string;

/** View state, as in the URL's fragment. */
interface Seen {
  t: number | null;
  s: number | null;
  /** the first step in sight of a long sequence, where the reader has scrolled */
  from?: number | null;
  at: string | null;
  lit: number | null;
  over: string | null;
  notation: string | null;
  fold: string | null;
  side: string | null;
  wire: string | null;
  of: string | null;
  shapes: string | null;
  gate: string | null;
  panel: string | null;
  /** what the lag panel compares: values of k, or cells */
  lag?: string | null;
  /** the number format panel: base-2 logarithm of the loss scaling */
  scale?: string | null;
  /** the number format panel: which format its chart follows the run in; null: float64 */
  format?: string | null;
  /** open panels by name, in the order in which they were opened; none: no panel */
  open?: string | null;
  theme: string | null;
  hide: string | null;
  /** the inverse of hide=: the controls and panels that are shown; null: all */
  show: string | null;
  /** comma-separated marks at full strength; null: all */
  only: string | null;
  /** comma-separated concealed marks and parts (veil=) */
  veil: string | null;
  /** the part that is scrolled into view when the link opens */
  look: string | null;
  /** presenter view: only the picture, large */
  view: string | null;
  /** a question of one's own about this state, and its choices */
  ask?: string | null;
  choices?: string | null;
  /** graph lab: two steps of its recursion, i.t */
  pair?: string | null;
  /** training lab: position of the lanes' cursors, epoch.iteration */
  it?: string | null;
  /** training lab: blocks are called minutes */
  minutes?: string | null;
  /** training lab: what the curves of the race show, and along which axis */
  shown?: string | null;
  map?: string | null;
  axis?: string | null;
  /** training lab: the update whose weights are shown */
  update?: number | null;
}

/** A position of the player: one line of one step of a pass (static/js/explorer/timeline.js). */
interface Moment {
  phase: "forward" | "backward" | "update";
  walk: number;
  t: number;
  line: number;
}

/** Everything a picture depends on besides the result. */
interface View {
  /** the first step in sight, where the address names it */
  from?: number | null;
  query: string;
  width: number;
  height: number;
  gutter: number;
  phone: boolean;
  /** CSS pixels of one pixel of the design, in which all sizes here are */
  unit?: number;
  dark: boolean;
  colors: Record<string, string>;
  font: string;
  words: Words;
  t: number;
  /** whether the reader or the link has selected a step or a moment */
  isSelected: boolean;
  /** whether symbols are longer than a letter */
  hasWords?: boolean;
  /** px before the first column, where the initial state is drawn; 0 without one */
  lead?: number;
  /** whether the initial state is drawn, once what draws it is loaded */
  begun?: boolean;
  /** whether a low picture has two letters for a prediction in place of a card */
  boxes?: boolean;
  /** the story of the start page and its present frame */
  story:
    | (import("./explorer/start-page/story.js").Story & import("./explorer/start-page/story.js").Frame)
    | null;
  s: number | null;
  /** the selected loss s and the step t its gradient is followed to; null if none is selected */
  pair: { s: number; t: number } | null;
  /** the parameter whose terms are shown; x: the gradient of every input */
  of: "Wh" | "Wx" | "b" | "Wy" | "x";
  at: Moment | null;
  lit: number | null;
  over: boolean;
  notation: string;
  /** what the lag panel compares: values of k, or cells; null: by default */
  lag?: string | null;
  /** base-2 logarithm of the loss scaling in the number format panel; null: none */
  scale?: number | null;
  /** the number format in which the number format panel follows the run; null: float64 */
  format?: string | null;
  /** whether the network is drawn folded, as a loop */
  fold?: boolean;
  /** height in px available to a panel in an iframe, below the bar */
  room?: number;
  /** height in px from the tabs below the picture to the end of the window */
  below?: number;
  /** the weight matrix whose uses are highlighted */
  wire?: "Wx" | "Wh" | "Wy" | null;
  shapes: boolean;
  gate: string | null;
  answers: Record<string, unknown>;
  /** the values of only= (marks at full strength) and veil= (concealed marks and parts) */
  only?: string | null;
  veil?: string | null;
  /** the user prefers more contrast */
  contrast?: boolean;
  /** the columns drawn of a long sequence (static/js/plot/columns.js); all if absent */
  columns?: { start: number; stop: number };
  /** the part of a long sequence that the result contains */
  window?: Result["window"];
  /** whether the result contains all columns that are drawn */
  held?: boolean;
  /** whether the gradients of the inputs of the selected step are drawn, once what draws them is loaded */
  inputs?: boolean;
  /** presenter view: only the picture, large, for a projector */
  present?: boolean;
  /** number of columns on the time axis, if another picture shares it */
  axis?: number;
  /** range of gradient norms that the arrow widths show, if another picture shares it */
  range?: { low: number; high: number };
  /** while shapes move: what was drawn before, and which part of the way is done, 0 to 1 */
  tween?: { before: Result; part: number };
  /** range of powers of ten on the gradient axis, if another picture shares it */
  decades?: { low: number; high: number };
}

type Level = "wide" | "middle" | "compact";

/** Positions and sizes of the graph's parts, in CSS pixels (static/js/plot/geometry.js). */
interface Geometry {
  level: Level;
  /** small height: no labels beside the rows, no numbers in the cells */
  short: boolean;
  W: number;
  H: number;
  c: number;
  /** px left of the first column */
  left: number;
  cx: (t: number) => number;
  /** the steps whose columns are drawn, and their position */
  steps: number[];
  drawn: { left: number; width: number };
  /** numbers: of the row under the states for what does not fit under its arrow; null where all fits */
  rows: {
    loss: number;
    output: number;
    top: number;
    bottom: number;
    hidden: number;
    /** where the lowest of what a column shows of its state ends */
    foot: number;
    input: number;
    numbers: number | null;
  };
  /** the vectors that are carried from step to step, with the heights of their states, arrows and row of numbers */
  chains: {
    vector: "h" | "c";
    top: number;
    bottom: number;
    hidden: number;
    forward: number;
    backward: number;
    numbers: number | null;
  }[];
  gates: import("./plot/gated-rows.js").Gates | null;
  /** the strip that shows how far back each loss reaches; null where there is no room for it */
  tails: { top: number; height: number } | null;
  lanes: { forward: number; backward: number };
  cell: number;
  box: number;
  /** size of a prediction's box */
  output: { width: number; height: number };
  /** diameter of the smallest loss, and of the largest */
  disc: number[];
  loss: number;
  aside: { x: number; y: number };
  gap: number;
  arrow: { forward: number; widest: number; vertical: number };
  /** diameter of the disc around scissors; px from an arrow down to its number; px from the top to the names of blocks, their brackets and their bands, and beside a line for its grip */
  scissors: number;
  below: number;
  /** thickness of the highlight of an arrow */
  pill: { flat: number; upright: number };
  ruler: { name: number; bracket: number; from: number; grip: number };
  /** whether a prediction is a card with several symbols */
  hasCards: boolean;
  /** whether letters have the sizes of the presenter view */
  isLarge: boolean;
  /** px from the middle of a column to its loss's disc, and from the disc to its number; null: the number is above it */
  lossAt: { disc: number; number: number | null };
  font: number;
  /** sizes of letters: of a guess, of ≠, of ✓ and ✕, of losses, of gradient norms, of states, of weights' names, of blocks' names, of "?" */
  type: Record<
    "guess" | "unequal" | "mark" | "loss" | "norm" | "value" | "weight" | "block" | "unknown",
    number
  >;
  /** which marks are drawn now, which are at full strength (null: all), and which are concealed (static/js/explorer/unrolled/selectors.js) */
  has: import("./explorer/unrolled/selectors.js").Matches;
  lit: import("./explorer/unrolled/selectors.js").Matches | null;
  veiled: import("./explorer/unrolled/selectors.js").Matches;
}

/** A formula as a tree: a MathML tag, optional attributes, and its children (static/js/lib/mathml.js). */
type Formula = string | [string, ...(Formula | Record<string, string>)[]];

type LedgerScale = "gradient" | "thrown" | "weights" | "activation" | "before" | "slope";

/** A vector of the ledger as a column of cells. */
interface LedgerColumn {
  kind: "column";
  head: string;
  values: number[];
  scale: LedgerScale;
  /** which common power of ten is factored out; null if none is */
  power: "vectors" | "matrices" | null;
  /** its shape as text */
  shape: string;
  strong?: boolean;
  /** no gradient arrives here: it is cut, or there is no such step */
  hatched?: boolean;
  /** labels of the cells, if they are not units */
  labels?: string[];
  marked?: number;
}

interface LedgerSign {
  kind: "sign";
  text: string;
}

/** A matrix in a stack: its name, and an optional number before each row. */
interface LedgerGroup {
  name: Formula;
  spoken: string;
  shape: string;
  rows: number[][];
  before?: { text: string; activation?: number }[];
  strong?: boolean;
}

/** Matrices stacked vertically, with one column per unit. */
interface LedgerStack {
  kind: "stack";
  head?: string;
  top?: { name: Formula; spoken: string; values: number[] };
  groups: LedgerGroup[];
  scale: LedgerScale;
  power: "vectors" | "matrices" | null;
  decimals: number;
  /** same rows as the previous stack, so names and leading numbers are omitted */
  bare?: boolean;
  /** which wider cells are used */
  wide?: "products" | "sum" | "weights";
}

/** Symbols with their scores and probabilities, as bars. */
interface LedgerChances {
  kind: "chances";
  rows: { symbol: string; score: string; share: number; text: string; isTarget: boolean }[];
}

/** One large number. */
interface LedgerFigure {
  kind: "figure";
  text: string;
  lines: string[];
}

/** Norms of the gradients by parameter, exact and truncated. */
interface LedgerBars {
  kind: "bars";
  rows: { name: string; exact: number; truncated: number }[];
}

type LedgerPiece = LedgerColumn | LedgerSign | LedgerStack | LedgerChances | LedgerFigure | LedgerBars;

/** One line of a step: its formula, caption and numbers. */
interface LedgerCard {
  formula: Formula;
  /** more lines of the same pass, for arrays that the card shows too */
  also?: Formula[];
  caption: string;
  pieces: LedgerPiece[];
  /** the gates whose blocks of the weights can be shown */
  gates?: string[];
  /** the formula with the selected unit's numbers; `say` formats them with the vectors' power of ten */
  plug?: (say: (value: number) => string) => string;
}

/** The ledger at one position of the player. */
interface Ledger {
  title: string;
  token: string;
  cards: LedgerCard[];
  moment: Moment;
  unit: number;
  /** the numbers of this pass have not arrived yet */
  waiting: boolean;
}

/** The mark under the pointer. */
interface Target {
  kind: "x" | "y" | "L" | "h" | "gates" | "forward" | "backward";
  t: number;
  unit?: number;
  /** which gate, or along which vector where it is not h */
  of?: string;
}

/** A part of a sentence. */
interface Part {
  text: string;
  strong?: boolean;
  tone?: "gradient";
}

/** The figure that a panel passes to Plotly. */
interface Figure {
  data: object[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
  /** width in px of the complete figure, of which this may be a part */
  whole: number;
}

/** A panel below the graph (static/js/explorer/panels.js): `draw` returns a figure on the time axis, `render` a node. */
interface Panel {
  name: string;
  /** closed until the user opens it */
  closed?: boolean;
  /** whether the parameters open it */
  opens?(params: Record<string, unknown>): boolean;
  /** the parameter set by the panel's own slider, above the picture */
  slider?: string;
  /** a slider of its own, outside what is redrawn, that sets a key of the fragment */
  dial?: { key: "scale"; least: number; most: number };
  /** needs none of the values that the result of a long sequence contains only for a window */
  whole?: boolean;
  /** shares its row with the next panel */
  half?: boolean;
  /** whether it has anything to show for this result */
  applies?(result: Result): boolean;
  /** the view state it depends on besides the result, the size and the colors */
  follows?: (keyof View)[];
  /** paths of further server results it needs; they arrive in `view.answers` */
  asks?(result: Result, view: View): string[];
  caption?(result: Result, view: View): (Node | string)[];
  draw?(result: Result, view: View): Figure;
  /** key of the data the traces show; while it is unchanged, only the shapes are updated */
  dataKey?(result: Result, view: View): string;
  shapes?(result: Result, view: View): object[];
  gutter?(result: Result, view: View): Tick[];
  /** a drawing beside the figure, instead of ticks */
  margin?(result: Result, view: View): Node;
  /** content below the figure */
  below?(result: Result, view: View): Node;
  /** view state that a click on a point of the figure selects */
  hit?(point: Point, result: Result, view: View): Partial<Seen> | null;
  render?(result: Result, view: View): Node;
  /** what it finds, in large type, where it has no card that says it */
  finding?(result: Result, view: View): Pick<Card, "finding" | "note">;
  /** its card in the tray (static/js/explorer/tray.js); a panel without one is in the menu at the end */
  card?(result: Result, view: View): Card;
}

/** What a card of the tray shows of a run: a small drawing, and one finding, which is computed from the answer. */
interface Card {
  figure: Node;
  /** at most 11 characters; empty where there is none */
  finding: string;
  note: string;
}

/** A label beside a figure. */
interface Tick {
  word: string;
  y: number;
  symbol?: string;
  subscript?: string;
  lane?: string;
  /** px to the right, where the picture is narrower than its room */
  shift?: number;
}

interface Point {
  data: { type: string; meta?: number };
  pointNumber: number | [number, number];
  customdata?: [Target["kind"], number, string?];
}

interface PlotlyElement extends HTMLElement {
  layout: { width: number; height: number };
  on(event: string, listener: (event: { points: Point[] }) => void): void;
}

/** plotly.js, the only global, loaded by a script tag before the modules. */
declare const Plotly: {
  react(target: HTMLElement, figure: Figure): Promise<HTMLElement>;
  relayout(target: HTMLElement, changes: Record<string, unknown>): Promise<HTMLElement>;
  purge(target: HTMLElement): void;
};

/** Trusted Types, where the browser has them. */
declare const trustedTypes: {
  createPolicy(
    name: string,
    rules: { createHTML(source: string): string },
  ): { createHTML(source: string): string };
} | undefined;
