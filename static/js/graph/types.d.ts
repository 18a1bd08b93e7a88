// Global types of the graph lab (ambient declarations for deno check).

// Short names for the server's results (static/js/api-types.d.ts).
type GraphNode = Api.GraphNode;
type GraphEdge = Api.GraphEdge;
type Graph = Api.GraphResult;

/** A position in the computation: forward or backward with `done` nodes computed, or the update; null: both passes are complete. */
interface GraphMoment {
  phase: "f" | "b" | "u";
  done: number;
}

type When = "future" | "present" | "past";

/** Progress at a position: which values and gradients are known, and what is being computed. */
interface GraphProgress {
  moment: GraphMoment | null;
  /** the node being computed, or null */
  present: string | null;
  value: Record<string, When>;
  /** state of the forward and the backward pass on each edge, in the result's order */
  forward: When[];
  backward: (When | null)[];
  /** ∂output/∂node, accumulated so far */
  grad: Record<string, Num>;
  /** nodes whose gradient is complete */
  whole: Set<string>;
  output: { forward: When; backward: When | null };
  /** what is highlighted: names of nodes, and edges as from..to; null: everything */
  only: Set<string> | null;
  veil: import("./veil.js").Veil;
}

interface GraphView {
  width: number;
  height: number;
  phone: boolean;
  /** the node under the pointer */
  near: string | null;
  words: Words;
}

interface XY {
  x: number;
  y: number;
}
