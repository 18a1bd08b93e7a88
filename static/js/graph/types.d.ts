// The names of the graph lab that its modules know without importing them.

// The server's results by their short names (static/js/api-types.d.ts).
type GraphNode = Api.GraphNode;
type GraphEdge = Api.GraphEdge;
type Graph = Api.GraphResult;

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
