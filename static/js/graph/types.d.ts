// The names of the graph lab that its modules know without importing them.

interface GraphNode {
  name: string;
  label: string;
  kind: "input" | "number" | "op";
  op: string | null;
  /** what stands in the node; empty: its label */
  sign: string;
  args: string[];
  moves: boolean;
  says: string;
  form: string;
  column: number;
  row: number;
  usual: Num;
  start: Num;
}

interface GraphEdge {
  from: string;
  to: string;
  slot: number;
  says: string;
  form: string;
  local: Num;
  gradient: Num;
}

/** The answer of /api/graph (app/labs/graph/result.py). */
interface Graph {
  params: Record<string, string | number>;
  formula: string;
  output: string;
  nodes: GraphNode[];
  forward: string[];
  tape: string[];
  value: Record<string, Num>;
  grad: Record<string, Num>;
  edges: GraphEdge[];
  terms: Record<string, Row>;
  update: { after: Record<string, Num>; promise: Num; truth: Num };
  path: Row;
  inplace: { after: Record<string, Num>; truth: Num } | null;
  closed: { products: Table; sums: Row } | null;
  checks: { finite_difference: Num; forward_mode: Num; passed: boolean | null };
  not_finite: { pass: "forward" | "backward" | "update"; node: string } | null;
}

/** Where in the computation: after so many nodes forward, backward, or at the update; null: all but the update. */
interface GraphMoment {
  phase: "f" | "b" | "u";
  done: number;
}

type When = "future" | "present" | "past";

/** What a moment shows: which values and gradients are known, and what happens just now. */
interface GraphProgress {
  moment: GraphMoment | null;
  /** the node that is being worked at, or none */
  present: string | null;
  value: Record<string, When>;
  /** of every edge, by its place in the answer: how far the forward and the backward pass have come */
  forward: When[];
  backward: (When | null)[];
  /** ∂output/∂node as far as it has been added up */
  grad: Record<string, Num>;
  /** of which nothing more will come */
  whole: Set<string>;
  output: { forward: When; backward: When | null };
  /** what is lit: names of nodes, and edges as from..to; null: everything */
  only: Set<string> | null;
  veil: import("./veil.js").Veil;
}

interface GraphView {
  width: number;
  height: number;
  phone: boolean;
  /** the node under the cursor */
  near: string | null;
  words: Words;
}

interface XY {
  x: number;
  y: number;
}
