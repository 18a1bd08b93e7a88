// The names every module knows without importing them, for `deno check` and for editors; no page loads this file.

type Num = number | null;
type Row = Num[];
type Table = Row[];

// The server's results by their short names (static/js/api-types.d.ts).
/** The result of /api/bptt: symbols are strings here (server/api.js), names of weights and gates are computed. */
interface Result extends Omit<Api.BpttResult, "tokens" | "targets"> {
  tokens: string[];
  targets: string[];
  weights: Api.Weights & Record<string, Row | Table>;
  forward: Api.ForwardPass & { gates?: Record<string, Table> | null };
  full: Gradients;
  truncated: Gradients;
}
interface Gradients extends Api.Gradients {
  gradients: Api.Weights & Record<string, Row | Table>;
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
  only_with: Record<string, string[]>;
  not_with: Record<string, string[]>;
  limits: Record<string, number> | null;
  usual: Record<string, string> | null;
  gates: Record<string, number> | null;
  times_steps: number | null;
}

type Words = (key: string, values?: Record<string, unknown>) => string;

/** What is looked at, as the hash of the address says it. */
interface Seen {
  t: number | null;
  s: number | null;
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
  theme: string | null;
  hide: string | null;
  /** of what can be hidden, that which is not; null: everything */
  show: string | null;
  /** the marks at full strength, by commas apart; null: all of them */
  only: string | null;
  /** marks and parts that are not yet to be known, by commas apart */
  veil: string | null;
  /** the part that is brought into sight after a visit */
  look: string | null;
  /** the presenter view: the picture alone, large */
  view: string | null;
  /** the graph lab: two steps of its recursion, i.t */
  pair?: string | null;
  /** the training lab: the place of the lanes' cursors, epoch.iteration */
  it?: string | null;
  /** the training lab: the update whose weights are looked into */
  update?: number | null;
}

/** A moment of the player: a line of a step of a pass (static/js/explorer/timeline.js). */
interface Moment {
  phase: "forward" | "backward" | "update";
  walk: number;
  t: number;
  line: number;
}

/** What a picture depends on besides the result. */
interface View {
  query: string;
  width: number;
  height: number;
  gutter: number;
  phone: boolean;
  dark: boolean;
  colors: Record<string, string>;
  font: string;
  words: Words;
  t: number;
  s: number | null;
  /** the chosen loss and the step it is followed to; null where none is chosen */
  pair: { s: number; t: number } | null;
  /** the parameter whose terms are shown */
  of: "Wh" | "Wx" | "b" | "Wy";
  at: Moment | null;
  lit: number | null;
  over: boolean;
  notation: string;
  /** the network as a loop */
  fold?: boolean;
  /** px of height that a panel has in a frame, below the bar */
  room?: number;
  /** the weight whose every use is lit */
  wire?: "Wx" | "Wh" | "Wy" | null;
  shapes: boolean;
  gate: string | null;
  answers: Record<string, unknown>;
  /** the marks at full strength, and marks and parts that are not yet to be known, as the address has them */
  only?: string | null;
  veil?: string | null;
  /** the reader asks for more contrast */
  contrast?: boolean;
  /** the columns that are drawn of a long sequence (static/js/plot/columns.js); all where there are none */
  columns?: { start: number; stop: number };
  /** what the answer holds of a long sequence */
  window?: Result["window"];
  /** whether it holds all columns that are drawn */
  held?: boolean;
  /** the picture alone, large, for a projector */
  present?: boolean;
  /** how many columns the time axis has room for, where another picture shares it */
  axis?: number;
  /** the range of gradients by which arrows are drawn, where another picture shares it */
  range?: { low: number; high: number };
  /** the decades of the gradients' axis, where another picture shares it */
  decades?: { low: number; high: number };
}

type Level = "wide" | "middle" | "compact";

/** Where everything stands, in CSS pixels (static/js/plot/geometry.js). */
interface Geometry {
  level: Level;
  /** little height: no words beside the rows, no numbers in the cells */
  short: boolean;
  W: number;
  H: number;
  c: number;
  cx: (t: number) => number;
  /** the steps whose columns are drawn, and where they stand */
  steps: number[];
  drawn: { left: number; width: number };
  rows: { loss: number; output: number; top: number; bottom: number; hidden: number; input: number };
  lanes: { forward: number; backward: number };
  cell: number;
  box: number;
  /** the box of an output; px above and below its bars */
  output: { width: number; height: number; head: number; foot: number };
  /** the diameter of the least loss, and how much larger the largest is */
  disc: number[];
  loss: number;
  aside: { x: number; y: number };
  gap: number;
  arrow: { forward: number; widest: number; vertical: number };
  font: number;
  /** which marks are drawn now, which are at full strength (null: all), which are not yet to be known (static/js/explorer/unrolled/selectors.js) */
  has: import("./explorer/unrolled/selectors.js").Matches;
  lit: import("./explorer/unrolled/selectors.js").Matches | null;
  veiled: import("./explorer/unrolled/selectors.js").Matches;
}

/** A formula as a tree: a tag of MathML, perhaps its attributes, and what stands in it (static/js/lib/mathml.js). */
type Formula = string | [string, ...(Formula | Record<string, string>)[]];

type LedgerScale = "gradient" | "weights" | "activation" | "before" | "slope";

/** A vector of the ledger as a column of cells. */
interface LedgerColumn {
  kind: "column";
  head: string;
  values: number[];
  scale: LedgerScale;
  /** which power of ten is taken out; null where the numbers stand as they are */
  power: "vectors" | "matrices" | null;
  /** its shape in letters */
  shape: string;
  strong?: boolean;
  /** nothing comes through here: cut, or no such step */
  hatched?: boolean;
  /** what each cell belongs to, where that is not a unit */
  labels?: string[];
  marked?: number;
}

interface LedgerSign {
  kind: "sign";
  text: string;
}

/** A matrix in a stack: its name, and a number before each row. */
interface LedgerGroup {
  name: Formula;
  spoken: string;
  shape: string;
  rows: number[][];
  before?: { text: string; activation?: number }[];
  strong?: boolean;
}

/** Matrices above each other, one column a unit. */
interface LedgerStack {
  kind: "stack";
  head?: string;
  top?: { name: Formula; spoken: string; values: number[] };
  groups: LedgerGroup[];
  scale: LedgerScale;
  power: "vectors" | "matrices" | null;
  decimals: number;
  /** the same rows as the stack before it: no names, no numbers before them */
  bare?: boolean;
  /** cells of another width */
  wide?: "products" | "sum" | "weights";
}

/** Symbols with their scores and bars. */
interface LedgerChances {
  kind: "chances";
  rows: { symbol: string; score: string; share: number; text: string; isTarget: boolean }[];
}

/** A number for all to see. */
interface LedgerFigure {
  kind: "figure";
  text: string;
  lines: string[];
}

/** Lengths of gradients by parameter. */
interface LedgerBars {
  kind: "bars";
  rows: { name: string; exact: number; truncated: number }[];
}

type LedgerPiece = LedgerColumn | LedgerSign | LedgerStack | LedgerChances | LedgerFigure | LedgerBars;

/** One line of a step: its formula, what it says, and its numbers. */
interface LedgerCard {
  formula: Formula;
  caption: string;
  pieces: LedgerPiece[];
  /** the followed unit's numbers in the formula; `say` writes them in the unit of the vectors */
  /** the gates whose blocks of the weights can be looked at */
  gates?: string[];
  plug?: (say: (value: number) => string) => string;
}

/** The ledger of one moment. */
interface Ledger {
  title: string;
  token: string;
  cards: LedgerCard[];
  moment: Moment;
  unit: number;
  /** the numbers of this pass have not come yet */
  waiting: boolean;
}

/** What the pointer is on. */
interface Target {
  kind: "x" | "y" | "L" | "h" | "forward" | "backward";
  t: number;
  unit?: number;
}

/** A piece of a sentence. */
interface Part {
  text: string;
  strong?: boolean;
  tone?: "gradient";
}

/** What a panel hands to Plotly. */
interface Figure {
  data: object[];
  layout: Record<string, unknown>;
  config?: Record<string, unknown>;
  /** px that the whole would be wide, of which the figure may be a part */
  whole: number;
}

/** A panel below the graph (static/js/explorer/panels.js): a figure on the time axis by `draw`, or nodes by `render`. */
interface Panel {
  name: string;
  /** closed until the reader opens it */
  closed?: boolean;
  /** opens where the parameters say so */
  opens?(params: Record<string, unknown>): boolean;
  /** a parameter that a slider of its own sets, above the picture */
  slider?: string;
  /** draws nothing of which the answer about a long sequence holds a window alone */
  whole?: boolean;
  /** shares its row with the next one */
  half?: boolean;
  /** whether it has anything to show of this answer */
  applies?(result: Result): boolean;
  /** what it looks at besides the result, the size and the colours */
  follows?: (keyof View)[];
  /** further answers of the server that it needs, as paths; they come in `view.answers` */
  asks?(result: Result, view: View): string[];
  caption?(result: Result, view: View): (Node | string)[];
  draw?(result: Result, view: View): Figure;
  /** what the traces are drawn from: while it stays the same, only shapes are sent */
  dataKey?(result: Result, view: View): string;
  shapes?(result: Result, view: View): object[];
  gutter?(result: Result, view: View): Tick[];
  /** a drawing beside the figure, in place of ticks */
  margin?(result: Result, view: View): Node;
  /** what stands under the figure */
  below?(result: Result, view: View): Node;
  /** what a click on a point of the figure makes the page look at */
  hit?(point: Point, result: Result, view: View): Partial<Seen> | null;
  render?(result: Result, view: View): Node;
}

/** A name beside a figure. */
interface Tick {
  word: string;
  y: number;
  symbol?: string;
  subscript?: string;
  lane?: string;
}

interface Point {
  data: { type: string; meta?: number };
  pointNumber: number | [number, number];
  customdata?: [Target["kind"], number];
}

interface PlotlyElement extends HTMLElement {
  layout: { width: number; height: number };
  on(event: string, listener: (event: { points: Point[] }) => void): void;
}

/** plotly.js, the one global: loaded by a script tag before the modules. */
declare const Plotly: {
  react(target: HTMLElement, figure: Figure): Promise<HTMLElement>;
  relayout(target: HTMLElement, changes: Record<string, unknown>): Promise<HTMLElement>;
  purge(target: HTMLElement): void;
  toImage(target: HTMLElement, options: { format: "svg"; width: number; height: number }): Promise<string>;
};
