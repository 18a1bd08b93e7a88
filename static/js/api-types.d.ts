// The server's results, for `deno check` and for editors; no page loads this file.
// Generated from /openapi.json by `make types`: change the models in app/labs and app/rooms, not this file.

declare namespace Api {
  /** An address of this site as a browser writes it: in ASCII, each part with its first character. */
  interface Address {
    /** Such as /ko/lessons/truncated. */
    path: string;
    /** Empty, or with its question mark. */
    query?: string;
    /** Empty, or with its number sign. */
    fragment?: string;
  }

  /** The question of a room, and its votes. */
  interface Asked {
    /** The number of a lesson's step, such as 8.2, or any other name. */
    question: string;
    /** The second round is beside the first. */
    round?: number;
    /** shape (C): names of the choices; of a question with a text their words, at most five */
    choices: string[];
    /** Whether one voter may choose several. */
    several?: boolean;
    /** The words of a question of the lecturer's own; null for a question of the course. */
    text?: string | null;
    /** How many have voted in this round. */
    count: number;
    /** Votes by choice; null until the vote is closed. */
    tally: Record<string, number> | null;
    /** The first round, beside the second. */
    first: Round | null;
    /** The revision with which it was asked: asked anew, without votes, it has another. */
    begun: number;
  }

  /** The largest values on the two possible horizontal axes. */
  interface AxisLimits {
    /** Steps read by a lane. */
    steps: number;
    /** Updates. */
    updates: number;
  }

  /** One of the scheme's backward passes, from step stop - 1 back to start. */
  interface BackwardWindow {
    /** The earliest step it reaches. */
    start: number;
    /** The step after the one where it begins. */
    stop: number;
    /** The losses from this step to stop - 1 are backpropagated in it. */
    newest_from: number;
  }

  /** One voter's answer; a later one replaces it for as long as the vote is open. */
  interface Ballot {
    /** The question that is answered. */
    question: string;
    /** Its round. */
    round?: number;
    /** shape (C): the names that are chosen; one, unless the question allows several */
    choices: string[];
    /** A random name that the voter's page has made up. */
    voter: string;
  }

  /** A range of steps whose first and last edges no gradient crosses. */
  interface Block {
    /** The first step. */
    start: number;
    /** The step after the last. */
    stop: number;
    /** shape (H): the state that enters the block; null if it starts outside the window */
    h_in: (number | null)[] | null;
    /** shape (H): lstm: the cell state that enters it */
    c_in?: (number | null)[] | null;
  }

  /**
   * Activations, gradients and truncation of one recurrent network on one sequence; time first, from 0.
   *
   * S and P are T up to 200 steps; above, wide arrays have the S steps of the window, and tables of losses
   * and steps are downsampled to (P, P).
   */
  interface BpttResult {
    /** All parameters, with resolved defaults. */
    params: Record<string, string | number>;
    /** shape (V): symbols in order of first appearance; empty for numbers */
    vocabulary: string[];
    /** shape (T): inputs */
    tokens: (string | number)[];
    /** shape (T): target outputs */
    targets: (string | number)[];
    weights: Weights;
    training: GradientDescent;
    forward: ForwardPass;
    /** Empty if the scheme has none. */
    blocks: Block[];
    /** The backward passes of the scheme's own algorithm, oldest first. */
    walks: BackwardWindow[];
    /** Above 200 steps: tables have one entry for p × p pairs. */
    pool?: number | null;
    /** Above 200 steps: the steps of wide arrays. */
    window?: StepRange | null;
    /** shape (P, P): factor of the loss at s (row) at step t (column); null for t > s */
    kept: ((number | null)[])[];
    /** shape (P, P): ‖∂(g L_s)/∂h_t‖ of the full gradients; null for t > s */
    credit: ((number | null)[])[];
    /** shape (P, P): lstm: ‖∂(g L_s)/∂c_t‖ of the full gradients; null for t > s */
    credit_c?: ((number | null)[])[] | null;
    /** shape (P, P): lstm, up to 200 steps: norm of the part of ∂(g L_s)/∂c_t from c_{t+1}; null for t > s */
    credit_c_future?: ((number | null)[])[] | null;
    full: Gradients;
    truncated: Gradients;
    comparison: Comparison;
    /** Pairs t ≤ s of a loss s and a step t that are kept. */
    cells_kept: number;
    /** All pairs t ≤ s of a loss and a step. */
    cells_total: number;
    /** All truncation schemes with the current settings; cuts only where it is chosen or has cuts. */
    schemes: Record<string, SchemeAtK>;
    /** Randomized truncation only. */
    draws: RandomizedSamples | null;
    by_k: ByK | null;
    /** The smallest k at which the scheme is full BPTT; null for schemes without k. */
    k_full: number | null;
    jacobian: Jacobian;
    cost: Costs;
    checks: Checks;
    overflow_at: Overflow | null;
  }

  /** The same scheme at every k that makes a difference, Wx, Wh and b as one vector. */
  interface ByK {
    /** shape (K) */
    k: number[];
    /** shape (K) */
    cosine: (number | null)[];
    /** shape (K) */
    relative_error: (number | null)[];
    /** shape (K) */
    cells_kept: number[];
  }

  /** What the lecturer's page sends: all that the room shall hold. */
  interface Change {
    /** What everybody shall see. */
    address: Address;
    /** vote counts votes, closed shows them, reveal shows the answer too. */
    phase?: "show" | "vote" | "closed" | "reveal";
    /** Whether the lecturer looks something up that nobody shall see. */
    paused?: boolean;
    /** The question, in every phase but show. */
    vote?: Question | null;
    /** A random name of the page that sends this: of two that steer, the other can say so. */
    sender?: string;
    /** The latest revision that this page has seen. */
    revision?: number;
  }

  /** Relative errors of numerical checks of this run; null where they cannot be measured. */
  interface Checks {
    /** Directional derivative in forward mode against gradient · direction. */
    forward_mode: number | null;
    /** Central difference of the loss against the same. */
    finite_difference: number | null;
    /** Truncated gradient by the table of kept pairs against the algorithm. */
    truncation: number | null;
    /** Whether all measured errors are within their limits. */
    passed: boolean | null;
    /** To first order, how far a weight change of norm 1 moves a state. */
    growth: number | null;
  }

  /** The recursion a_t = b_t + c_t a_{t-1} as the sum Σ_i b_i Π_{j=i+1..t} c_j. */
  interface ClosedForm {
    /** shape (n, t + 1): for every t the products for i = 0 … t */
    products: ((number | null)[])[];
    /** shape (n): for every t the sum */
    sums: (number | null)[];
  }

  /** Lane 2, which starts from zeros, beside a single lane that carries its state there; same weights. */
  interface ColdStart {
    /** Where lane 2 starts. */
    at: number;
    /** Whether five digits may differ on another kind of processor. */
    sensitive: boolean;
    /** shape (S): the seeds */
    seeds: number[];
    /** shape (24, H): states of the first seed, from zeros */
    zeros: ((number | null)[])[];
    /** shape (24, H): states of the first seed, from the state of a single lane */
    one: ((number | null)[])[];
    norms: StateNorms;
    /** shape (S, 60): norm of the state difference, step by step */
    distance: ((number | null)[])[];
    /** shape (S): steps until the difference is below 0.01; null if it never is */
    below: (number | null)[];
    first: FirstLosses;
    half: RemainingLosses;
  }

  /** By weight array; `recurrent` is Wx, Wh, b and bh, if there is one, as one vector; `all` is all. */
  interface Comparison {
    Wx: Similarity;
    Wh: Similarity;
    b: Similarity;
    Wy: Similarity;
    by: Similarity;
    recurrent: Similarity;
    all: Similarity;
    bh?: Similarity | null;
  }

  /** One run of the race, over all seeds. */
  interface Contestant {
    /** As it is written in a link. */
    entry: string;
    /** rnn, lstm or gru. */
    cell: string;
    /** Its truncation scheme. */
    scheme: string;
    /** carried or zeros. */
    state: string;
    /** Block length or window; null for schemes without one. */
    k: number | null;
    /** tbptt: steps between backward passes. */
    k1: number | null;
    /** randomized: the probability that an edge is cut. */
    cut: number | null;
    /** shape (C): cuts: the steps t between which and t - 1 no gradient flows; only of this scheme. */
    cuts?: number[] | null;
    /** The largest number of steps stored at once, for a lane. */
    cached_steps: number;
    /** Steps of all backward passes together, of a lane. */
    backward_steps: number;
    /** Updates in all; randomized: the rounded mean over the seeds, each with its own cuts. */
    updates: number;
    /** Steps read in all, by a lane; randomized: the rounded mean over the seeds. */
    steps: number;
    /** shape (S): updates of each seed at the end; null for schemes in which all make the same number */
    updates_by_seed: number[] | null;
    points: Curve;
    /** At the end; for tasks, over the last quarter of the updates. */
    final: FinalSpread | null;
    /** At the end; text only. */
    accuracy: Spread | null;
    /** shape (S): the first measured update at which every symbol was predicted; text only */
    learned_at: (number | null)[] | null;
    /** shape (S): the update after which the weights are not finite; null where they are */
    diverged_at: (number | null)[];
    /** The point (in updates) from which five digits may differ on another kind of processor, because a run from weights that differ in the last bit has moved that far. Null where they are the same. */
    sensitive_from: number | null;
    /** Largest change of a seed's final value if its initial weights are changed in the last bit, measured on the first two seeds; 0 while five digits are the same, null until the end. */
    final_change: number | null;
    /** At up to five points of the run; text only. */
    samples: TextSample[];
    /** gru: where the reset gate is applied, before or after Wh; else null. */
    reset_gate?: string | null;
    /** How its initial weights are drawn. */
    init?: string;
    /** Whether the blocks of an epoch are read in random order. */
    shuffled?: boolean;
  }

  /** Cost of one pass over the sequence. */
  interface Cost {
    /** The largest number of steps stored at once. */
    cached_steps: number;
    /** The largest number of floats stored at once, without the softmax. */
    cached_floats: number;
    /** Steps of all backward passes together. */
    backward_steps: number;
    /** Backward passes, each of which an update could follow. */
    updates: number;
  }

  /** Cost of the full and the truncated gradient. */
  interface Costs {
    full: Cost;
    truncated: Cost;
    growth: MemoryGrowth;
  }

  /** Loss and gradient of one block, counted in one way. */
  interface Counted {
    /** Mean of the losses that count. */
    loss: number | null;
    /** Norm of the gradient, before clipping. */
    norm: number | null;
  }

  /** A learning curve with P points. */
  interface Curve {
    /** shape (P): updates so far; randomized: the rounded mean over the seeds */
    u: number[];
    /** shape (P): steps read by a lane so far; randomized: the rounded mean over the seeds */
    steps: number[];
    /** shape (P): mean over the seeds that do not diverge */
    mean: (number | null)[];
    /** shape (P): minimum over the seeds that do not diverge */
    min: (number | null)[];
    /** shape (P): maximum over the seeds that do not diverge */
    max: (number | null)[];
    /** shape (P): mean accuracy; text only */
    accuracy: (number | null)[];
    /** shape (P): mean gradient norm since the preceding point */
    grad: (number | null)[];
  }

  /** The next step of gradient descent. */
  interface DescentStep {
    /** The inputs after it. */
    after: Record<string, number | null>;
    /** Linear prediction of the output, f - lr Σ (∂f/∂input)². */
    promise: number | null;
    /** The actual output at these inputs. */
    truth: number | null;
  }

  /** J_step = ∂state_step/∂state_{step-1}; a long product has only the first and last matrices. */
  interface Factor {
    /** From s down to t + 1. */
    step: number;
    /** shape (S, S) */
    matrix: ((number | null)[])[] | null;
    /** Its largest singular value. */
    sigma_max: number | null;
    /** Its smallest singular value. */
    sigma_min: number | null;
  }

  /** What the end of a lecture leaves to its audience. */
  interface Farewell {
    /** What to read on, such as the talk; null for nothing. */
    address?: Address | null;
  }

  /** An array of the file, and what becomes of it. */
  interface FileArray {
    /** shape (N): its names in the file */
    names: string[];
    /** shape (A): its shape in the file, by axis */
    shape: number[];
    /** The array of the explorer that it fills. */
    fills: "Wx" | "Wh" | "b" | "bh" | "Wy" | "by" | "h0" | "c0";
    /** shape (G): the gates whose blocks of the array are meant; empty for all of it */
    blocks: string[];
    /** The row that is meant of two biases in one array, 1 or 2; null for all of it. */
    row: number | null;
    /** Whether rows become columns. */
    transposed: boolean;
    /** shape (G): the gates in the order in which the file has them; empty for the readout */
    order: string[];
    /** shape (N): the gates whose sign changes: z of a gru keeps the old state there, and admits the new one here */
    negated: string[];
  }

  /** One pass over the text, with up to 12 of its blocks in detail. */
  interface FilmResult {
    /** All parameters, with resolved defaults. */
    params: Record<string, string | number>;
    schedule: Schedule;
    /** shape (V): symbols in order of first appearance */
    vocabulary: string[];
    /** shape (L): inputs */
    tokens: string[];
    /** shape (L): target outputs */
    targets: string[];
    /** Which pass, from 1. */
    pass: number;
    /** How many passes can be requested. */
    passes: number;
    /** Index of the first frame, in the order of reading. */
    from: number;
    /** shape (iterations): index of each block in the text, in the order of reading */
    order: number[];
    /** shape (iterations): mean loss of each block, in the order of reading */
    losses: (number | null)[];
    /** shape (iterations): norm of each update, in the order of reading */
    changes: (number | null)[];
    /** Wh and its changes have every so many rows and columns; 1 up to 64². */
    every: number;
    /** Updates before this pass. */
    first_update: number;
    /** Blocks in the order of reading. */
    frames: Frame[];
    /** Whether five digits of this pass may differ on another kind of processor. */
    sensitive: boolean;
    after: RecurrentWeights;
  }

  /** The update after a block. */
  interface FilmUpdate {
    /** Its number in the run, from 1. */
    number: number;
    /** Norm of the change of all weights. */
    norm: number | null;
    /** Norm of the gradient before clipping. */
    gradient_norm: number | null;
    /** Gradient norm after clipping divided by before; null if it was not clipped. */
    clip_rate: number | null;
    /** shape (H/every, GH/every): the change of Wh */
    dWh: ((number | null)[])[];
    largest: LargestChange;
  }

  /** A number over the seeds, and of each seed. */
  interface FinalSpread {
    /** Mean over the seeds that do not diverge. */
    mean: number | null;
    /** Minimum over the seeds that do not diverge. */
    min: number | null;
    /** Maximum over the seeds that do not diverge. */
    max: number | null;
    /** shape (S): by seed */
    each: (number | null)[];
  }

  /** Mean losses of the first steps of lane 2. */
  interface FirstLosses {
    /** How many steps. */
    steps: number;
    /** shape (S): from zeros */
    zeros: (number | null)[];
    /** shape (S): from the state of a single lane */
    one: (number | null)[];
  }

  /** Relative errors of the gradient of Wh: of rounding in number formats, and of truncation at every k. */
  interface FormatsResult {
    /** The step of the last loss. */
    s: number;
    /** Base-2 logarithm of the loss scaling. */
    loss_scale: number;
    /** shape (K): truncation lengths: every one up to 32, then fewer, and T */
    k: number[];
    /** shape (K): error of the sliding window of k steps */
    window: (number | null)[];
    /** shape (K): error of blocks of k steps */
    blocks: (number | null)[];
    /** shape (s + 1): exact norms of ∂L_s/∂state, by steps back from s */
    norms: (number | null)[];
    /** The same for every number format. */
    formats: InFormat[];
  }

  /** o_t = h_t Wy + by; for the rnn h_t = f(a_t), a_t = h_{t-1} Wh + x_t Wx + b. */
  interface ForwardPass {
    /** shape (H): the initial state, which enters step 0 */
    h0: (number | null)[];
    /** shape (H): lstm: the initial cell state */
    c0?: (number | null)[] | null;
    /** shape (T, H): the state after each step, of all steps even if there is a window */
    h: ((number | null)[])[];
    /** shape (S, H): rnn: pre-activations */
    a?: ((number | null)[])[] | null;
    /** shape (S, H): rnn: f'(a_t) */
    slope?: ((number | null)[])[] | null;
    gates?: Gates | null;
    /** shape (S, V): outputs; logits, if the loss is cross-entropy */
    o: ((number | null)[])[];
    /** shape (S, V): softmax(o); null for squared error */
    p: ((number | null)[])[] | null;
    /** shape (T): L_t, without its factor g; null where no loss counts */
    loss: (number | null)[];
    /** Σ g L_t */
    total_loss: number | null;
  }

  /** One block of lane 1: forward pass, backward pass and update. */
  interface Frame {
    /** Its index in the order of reading. */
    frame: number;
    /** Its index in the text. */
    block: number;
    /** The first step. */
    start: number;
    /** The step after the last. */
    stop: number;
    /** The initial state: zeros, carried from the preceding block, or wrong: carried from another block. */
    state: "zeros" | "carried" | "wrong";
    /** The block whose final state enters; null for zeros. */
    came_from: number | null;
    /** For a wrong state: ‖state that enters - state of the preceding block‖. */
    gap: number | null;
    /** max |state that enters - final state of the block it came from|: 0. */
    carried_difference: number | null;
    /** shape (H): the state that enters */
    h_in: (number | null)[];
    /** shape (n, H): states */
    h: ((number | null)[])[];
    /** shape (n, H): states with the weights from the start of the pass */
    ghost: ((number | null)[])[];
    /** shape (n): max |h - ghost| */
    drift: (number | null)[];
    /** shape (n, V): predicted probabilities */
    p: ((number | null)[])[];
    /** shape (n): loss of each step */
    loss: (number | null)[];
    /** Mean loss of the block, over all lanes. */
    loss_mean: number | null;
    /** shape (n): norm of the part of ∂L/∂h_t from the output of the same step */
    from_output: (number | null)[];
    /** shape (n): norm of the part from later steps; 0 at the end of the block */
    from_future: (number | null)[];
    /** shape (n): norm of ∂L/∂h_t */
    dh: (number | null)[];
    /** Norm of the gradient that truncation keeps from the preceding block. */
    handed_out: number | null;
    W: RecurrentWeights;
    update: FilmUpdate;
  }

  /** Gates and cell state of every step: f, g, i, o and c of the lstm; z, r, n of the gru. */
  interface Gates {
    /** shape (S, H) */
    f?: ((number | null)[])[] | null;
    /** shape (S, H) */
    g?: ((number | null)[])[] | null;
    /** shape (S, H) */
    i?: ((number | null)[])[] | null;
    /** shape (S, H) */
    o?: ((number | null)[])[] | null;
    /** shape (S, H) */
    c?: ((number | null)[])[] | null;
    /** shape (S, H) */
    z?: ((number | null)[])[] | null;
    /** shape (S, H) */
    r?: ((number | null)[])[] | null;
    /** shape (S, H) */
    n?: ((number | null)[])[] | null;
  }

  /** The gradient descent that led to the weights. */
  interface GradientDescent {
    /** shape (U): the total loss before every update and after the last */
    loss: (number | null)[];
    /** Whether five digits may differ on another kind of processor, because a run from weights that differ in the last bit has moved that far. */
    sensitive: boolean;
  }

  /** Gradients of the total loss, full or truncated. */
  interface Gradients {
    /** shape (S, H): part of ∂L/∂h_t that comes from the output of the same step */
    dh_output: ((number | null)[])[];
    /** shape (S, H): part of ∂L/∂h_t that comes from later steps */
    dh_future: ((number | null)[])[];
    /** shape (S, H): ∂L/∂h_t, the sum of both */
    dh: ((number | null)[])[];
    /** shape (S, H): lstm: total derivative ∂L/∂c_t, also through h_t */
    dc?: ((number | null)[])[] | null;
    /** shape (S, H): lstm, up to 200 steps: part of ∂L/∂c_t that comes from c_{t+1} */
    dc_future?: ((number | null)[])[] | null;
    /** shape (T): lstm: ‖∂L/∂c_t‖, of dc */
    dc_norm?: (number | null)[] | null;
    /** shape (S, GH): ∂L/∂a_t */
    da: ((number | null)[])[];
    /** shape (T): ‖∂L/∂h_t‖ */
    dh_norm: (number | null)[];
    step_norms: StepNorms;
    /** Gradients of the weights, with the same shapes. */
    gradients: Weights;
    /** shape (S, D): up to 200 steps: ∂L/∂x_t = ∂L/∂a_t Wxᵀ, where each gradient ends */
    dx?: ((number | null)[])[] | null;
    /** shape (T): ‖∂L/∂x_t‖ */
    dx_norm: (number | null)[];
    /** shape (H): ∂L/∂h₋₁, the gradient of the initial state; 0 if no loss reaches step 0 */
    dh_initial: (number | null)[];
    /** shape (H): lstm: ∂L/∂c₋₁ */
    dc_initial?: (number | null)[] | null;
  }

  /** Relative errors of the gradients; null where they cannot be measured. */
  interface GraphChecks {
    /** Against central differences of the output. */
    finite_difference: number | null;
    /** Against derivatives in forward mode. */
    forward_mode: number | null;
    /** Whether all measured errors are within their limits. */
    passed: boolean | null;
  }

  /** One argument of one operation. */
  interface GraphEdge {
    /** The argument. */
    from: string;
    /** The operation. */
    to: string;
    /** Which argument, from 0. */
    slot: number;
    /** The local derivative as a formula. */
    says: string;
    /** The same with {0} … in place of the arguments and {y} in place of the operation. */
    form: string;
    /** The local derivative: partial derivative of the operation by this argument. */
    local: number | null;
    /** ∂output/∂operation · local derivative: what flows back along the edge. */
    gradient: number | null;
  }

  /** An input, a constant or an operation. */
  interface GraphNode {
    /** Name in links and in this result. */
    name: string;
    /** Name as it is displayed: x₀. */
    label: string;
    /** Whether it is an input, a constant or an operation. */
    kind: "input" | "number" | "op";
    /** Its operation. */
    op: string | null;
    /** Symbol of the operation, shown inside the node. */
    sign: string;
    /** shape (arguments): names of the arguments */
    args: string[];
    /** Whether a descent step changes it: an input that is not data. */
    moves: boolean;
    /** Its definition: p = x − y. */
    says: string;
    /** The right-hand side with {0} … in place of the arguments. */
    form: string;
    /** Horizontal position in the drawing. */
    column: number;
    /** Vertical position in the drawing, from the top. */
    row: number;
    /** Of an input: its default value. */
    usual: number | null;
    /** Of an input: its value before any descent step. */
    start: number | null;
  }

  /** Values and gradients of a computation graph, and one step of gradient descent. */
  interface GraphResult {
    /** All parameters, with resolved defaults. */
    params: Record<string, string | number>;
    /** The graph as a formula. */
    formula: string;
    /** Name of the last node. */
    output: string;
    /** Every node, after its arguments. */
    nodes: GraphNode[];
    /** shape (F): names of the operations in the order of the forward pass */
    forward: string[];
    /** shape (B): names of the operations in the order of the backward pass */
    tape: string[];
    /** The value of every node. */
    value: Record<string, number | null>;
    /** ∂output/∂node of every node that depends on an input. */
    grad: Record<string, number | null>;
    /** The arguments of all operations, in the order of the forward pass. */
    edges: GraphEdge[];
    /** Of inputs with several uses: one term of the gradient for each use. */
    terms: Record<string, (number | null)[]>;
    update: DescentStep;
    /** shape (steps + 2): the output before each step made, now, and after one more */
    path: (number | null)[];
    inplace: InPlaceDescent | null;
    closed: ClosedForm | null;
    checks: GraphChecks;
    not_finite: NotFinite | null;
  }

  /** The state of the server. */
  interface Health {
    /** Whether it works: ok or wrong. */
    status: "ok" | "wrong";
  }

  /** The run in one number format, emulated: float64 arithmetic, rounded once per operation. */
  interface InFormat {
    /** float32, bfloat16 or float16. */
    name: string;
    /** Relative error of the gradient of Wh from rounding alone, without truncation. */
    error: number | null;
    /** Steps back from s after which the gradient of the loss at s is exactly 0 in all units; null: never. */
    zero_after: number | null;
    /** The same for the first unit whose gradient is 0 here only. */
    unit_zero_after: number | null;
    /** Steps back from s after which this gradient is the same at every step; null: never, or exactly, too. */
    stuck_after: number | null;
    /** Its norm there. */
    stuck_at: number | null;
    /** shape (s + 1): norms of this gradient, by steps back from s; the loss scaling is divided out */
    norms: (number | null)[];
    /** Whether a state or the gradient of Wh overflows. */
    overflow: boolean;
    /** The k from which on no sliding window has a larger error than this format. */
    window: number | null;
  }

  /** What applying each term to its input during the backward pass would give, which is wrong. */
  interface InPlaceDescent {
    /** The inputs after it. */
    after: Record<string, number | null>;
    /** The output at these inputs. */
    truth: number | null;
  }

  /** Singular values of J_t = ∂h_t/∂h_{t-1}, two norms of Wh, and what they did to one gradient. */
  interface Jacobian {
    /** shape (T): largest singular value of each J_t */
    sigma_max: (number | null)[];
    /** shape (T): smallest singular value of each J_t */
    sigma_min: (number | null)[];
    /** Largest absolute eigenvalue of Wh, or by gate. */
    spectral_radius: number | Record<string, number | null> | null;
    /** Largest singular value of Wh, or by gate. */
    sigma_max_Wh: number | Record<string, number | null> | null;
    /** The last loss's gradient by the state of step 0 as a multiple of that of its own step. */
    last_loss_ratio: number | null;
    /** rnn: the same product with f' = 1 at every step, what Wh alone makes of it; null for gates. */
    last_loss_ratio_Wh: number | null;
  }

  /** The effect of the number of lanes; without runs where they would take too long. */
  interface LanesResult {
    schedule: Schedule;
    /** With two lanes or more of equal length. */
    missed: ColdStart | null;
    /** By number of lanes; none for lanes of unequal length. */
    others: LanesRun[];
    /** Only with lanes of unequal length. */
    padding?: PaddingResult | null;
  }

  /** The lab's own run with another number of lanes. */
  interface LanesRun {
    /** N, the number of lanes. */
    lanes: number;
    /** Updates in one epoch. */
    updates_an_epoch: number;
    /** After as many passes over the text as the lab's own run. */
    steps: LossAfter;
    /** After as many updates as the lab's own run. */
    updates: LossAfter;
  }

  /** The entry of Wh that an update changed most: after = before + change. */
  interface LargestChange {
    /** Its row. */
    row: number;
    /** Its column. */
    column: number;
    /** Its value before the update. */
    before: number | null;
    /** Its gradient, after clipping. */
    gradient: number | null;
    /** Its change; -lr · gradient for SGD. */
    change: number | null;
    /** Its value after the update. */
    after: number | null;
  }

  /** Loss on the whole text after a number of updates. */
  interface LossAfter {
    /** Mean over the seeds that do not diverge. */
    mean: number | null;
    /** Minimum over the seeds that do not diverge. */
    min: number | null;
    /** Maximum over the seeds that do not diverge. */
    max: number | null;
    /** The number of updates. */
    count: number;
    /** Seeds whose loss is not finite. */
    diverged: number;
    /** Largest change of a seed's loss if its initial weights are changed in the last bit, measured on the first two seeds; 0 while five digits are the same. */
    change: number | null;
  }

  /** Final accuracy at one lag and one block length; null until it is known. */
  interface MapCell {
    /** Mean over the seeds that do not diverge. */
    mean: number | null;
    /** Minimum over the seeds that do not diverge. */
    min: number | null;
    /** Maximum over the seeds that do not diverge. */
    max: number | null;
    /** Steps from the cue to the question. */
    lag: number;
    /** The block length. */
    k: number;
    /** Seeds that diverged. */
    diverged?: number;
    /** Change of the first seed's value if its initial weights are changed in the last bit; 0 while five digits are the same. */
    change?: number | null;
  }

  /** Accuracy of delayed recall by lag and block length, for a small network. */
  interface MapResult {
    /** shape (lags) */
    lags: number[];
    /** shape (block lengths) */
    ks: number[];
    /** H, the hidden size. */
    hidden: number;
    /** N, the number of lanes. */
    lanes: number;
    /** S, the number of seeds. */
    seeds: number;
    /** Steps of a lane, or updates. */
    budget: number;
    /** Accuracy of guessing. */
    chance: number;
    /** Lag by lag. */
    cells: MapCell[];
  }

  /** The mean of the sampled gradients compared with the full gradient F. */
  interface MeanSample {
    /** Cosine of the angle between the mean and F. */
    cosine: number | null;
    /** ‖mean-F‖ / ‖F‖ */
    relative_error: number | null;
  }

  /** Steps stored at once in other lengths of the same kind of sequence. */
  interface MemoryGrowth {
    /** shape (M): lengths, up to three times this one */
    T: number[];
    /** shape (M) */
    full: number[];
    /** shape (M) */
    truncated: number[];
  }

  /** What overlooking one convention of the framework would cost, over 24 symbols that are drawn by lot. */
  interface Misreading {
    /** order: the gates as the file has them; z: z with the other sense; reset: the reset gate on the other side of the product with the state; bias: only the bias of the input's product. */
    what: "order" | "z" | "reset" | "bias";
    /** The largest error of a hidden state. */
    states: number | null;
    /** The relative error of the gradients of all hidden states. */
    gradients: number | null;
  }

  /** The first number that is not finite. */
  interface NotFinite {
    /** The pass in which it occurs. */
    pass: "forward" | "backward" | "update";
    /** The node where it occurs. */
    node: string;
  }

  /** A new room. */
  interface OpenedRoom {
    /** Its number, six digits. */
    room: string;
    /** The token that steers it; the server keeps only its hash. */
    steer: string;
  }

  /** The first number outside the range of float64. */
  interface Overflow {
    /** The pass in which it occurs. */
    pass: "update" | "forward" | "backward";
    /** The step (or update), the first in the direction of that pass. */
    step: number;
  }

  /** A block at the initial weights of the first seed, with its padding masked and counted. */
  interface PaddedBlock {
    /** The first step of a lane. */
    start: number;
    /** The step after the last. */
    stop: number;
    /** Steps of padding, over all lanes. */
    padded: number;
    /** Steps of all lanes, padding included. */
    steps: number;
    masked: Counted;
    counted: Counted;
    /** Cosine between the two gradients; null where one is zero. */
    cosine: number | null;
    /** ‖counted - masked‖ / ‖masked‖; null where masked is zero. */
    relative_error: number | null;
  }

  /** The lab's own run, with its padding masked or counted while it is trained. */
  interface PaddedRun {
    /** How it is trained. */
    padding: "masked" | "counted";
    /** Final loss as this run counts it, over its lanes. */
    reported: LossAfter;
    /** Final loss on the symbols of the lanes, without padding. */
    real: LossAfter;
  }

  /** What a forgotten mask does to lanes of unequal length. */
  interface PaddingResult {
    /** shape (N): steps of each lane, without its padding */
    lengths: number[];
    /** What shorter lanes are padded with, as inputs and as targets. */
    symbol: string;
    /** Blocks of the first epoch in order of time. */
    blocks: PaddedBlock[];
    /** Masked, then counted; none where they would take too long. */
    runs: PaddedRun[];
  }

  /** How the gradient of the loss at s reaches the state at t; S is the size of the state. */
  interface PairResult {
    /** The step of the loss. */
    s: number;
    /** The step of the state. */
    t: number;
    /** The scheme's factor of the loss at s at step t. */
    kept: number | null;
    /** shape (s + 1): the scheme's factor of the loss at s at every t ≤ s */
    kept_row: (number | null)[];
    /** shape (s + 1): ‖∂(g L_s)/∂h_t‖ for every t ≤ s */
    credit: (number | null)[];
    /** shape (s + 1): lstm: ‖∂(g L_s)/∂c_t‖ for every t ≤ s */
    credit_c?: (number | null)[] | null;
    terms: Terms;
    /** The Jacobians J_s … J_{t+1}. */
    factors: Factor[];
    product: Product;
    /** shape (s - t): largest singular value of the product of the first factors */
    norms: (number | null)[];
    /** shape (s + 1): ‖∂(g L_s)/∂x_t‖ for every t ≤ s */
    credit_x: (number | null)[];
  }

  /** One error in a query. */
  interface ParameterError {
    /** Name of the query parameter, at most 100 characters of it; empty if none. */
    parameter: string;
    /** Stable code for programs, such as too_large or not_a_choice. */
    code: string;
    /** The bound that was exceeded, or the choices there are. */
    limit: number | string | null;
    /** The value that was sent, at most 100 characters of it. */
    given: string;
    /** What the parameter does not fit, such as the framework of a file; mostly empty. */
    subject?: string;
    /** One English sentence for people. */
    message: string;
  }

  /** The body of an error response. */
  interface ParameterErrors {
    /** At most 20 errors. */
    errors: ParameterError[];
  }

  /** ∂state_s/∂state_t; the identity if t = s. */
  interface Product {
    /** shape (S, S) */
    matrix: ((number | null)[])[];
    /** Its largest singular value. */
    sigma_max: number | null;
    /** Its smallest singular value. */
    sigma_min: number | null;
  }

  /** What the lecturer asks the class. */
  interface Question {
    /** The number of a lesson's step, such as 8.2, or any other name. */
    question: string;
    /** The second round is beside the first. */
    round?: number;
    /** shape (C): names of the choices; of a question with a text their words, at most five */
    choices: string[];
    /** Whether one voter may choose several. */
    several?: boolean;
    /** The words of a question of the lecturer's own; null for a question of the course. */
    text?: string | null;
  }

  /** All contestants. */
  interface RaceResult {
    /** Loss on the whole text, accuracy of the answers, or their squared error. */
    measure: "loss" | "accuracy" | "error";
    /** Accuracy of guessing. */
    chance: number | null;
    /** Which budget all contestants share. */
    match: "steps" | "updates";
    x_max: AxisLimits;
    /** In the order of the link. */
    contestants: Contestant[];
  }

  /** Samples of randomized truncation with the factor 1/(1 - c) of kept edges and, biased, without it. */
  interface RandomizedSamples {
    /** The number of samples, of the cut seeds 0 … n - 1. */
    n: number;
    unbiased: Samples;
    biased: Samples;
  }

  /** The state of the server, and of its live lectures. */
  interface Readiness {
    /** Whether it works: ok or wrong. */
    status: "ok" | "wrong";
    /** Live lectures; they do not decide the status. */
    rooms: RoomsHealth;
  }

  /** Wh after some updates. */
  interface RecurrentWeights {
    /** The number of updates. */
    number: number;
    /** shape (H/every, GH/every) */
    Wh: ((number | null)[])[];
  }

  /** Mean losses from the start of lane 2 to the end of the text. */
  interface RemainingLosses {
    /** shape (S): from zeros */
    two: (number | null)[];
    /** shape (S): from the state of a single lane */
    one: (number | null)[];
  }

  /** What everybody in a room is sent. */
  interface Room {
    /** Grows with every change: whatever has a smaller one is out of date. */
    revision: number;
    /** What to open; null before the lecturer has opened anything. */
    address: Address | null;
    /** show, vote, closed or reveal. */
    phase: "show" | "vote" | "closed" | "reveal";
    /** Whether the lecturer looks something up. */
    paused: boolean;
    /** Whether the lecturer's page has been silent for 40 s. */
    away: boolean;
    /** The name of the page that has steered last. */
    sender: string;
    /** How many pages follow by events. */
    listeners: number;
    /** The question, if there is one. */
    vote: Asked | null;
  }

  /** The body of the response for a lecture that has ended. */
  interface RoomEnded {
    /** At most 20 errors. */
    errors: ParameterError[];
    /** What the lecture leaves to its audience, if anything. */
    address: Address | null;
  }

  /** The live lectures of this process. */
  interface RoomsHealth {
    /** Where rooms are kept; off for several processes without BPTT_ROOMS_URL. */
    store: "memory" | "redis" | "off";
    /** Whether the store answers. */
    reachable: boolean;
    /** How many rooms somebody follows here. */
    followed: number;
    /** How many pages follow them by events. */
    listeners: number;
    /** How many may, as connections and open files allow. */
    max_listeners: number;
  }

  /** The votes of one round. */
  interface Round {
    /** How many have voted. */
    count: number;
    /** Votes by choice; null until the round is closed. */
    tally: Record<string, number> | null;
  }

  /** Sampled gradients compared with the full gradient, Wx, Wh and b as one vector. */
  interface Samples {
    /** shape (N): by cut seed */
    cosine: (number | null)[];
    /** shape (N): by cut seed */
    relative_error: (number | null)[];
    mean: MeanSample;
  }

  /** The reading schedule of a text: its lanes and blocks. */
  interface Schedule {
    /** Always text. */
    task: string;
    /** Number of inputs in the text. */
    L: number;
    /** N, the number of lanes. */
    lanes: number;
    /** The block length, where the lab has no cuts of its own. */
    k: number;
    /** shape (C): the steps of a lane before which a block ends; none for blocks of k */
    cuts: number[];
    /** How lane starts are computed. */
    reading: "formula" | "book";
    /** shape (N): where each lane starts */
    starts: number[];
    /** Steps of a lane in one epoch. */
    length: number;
    /** Updates in one epoch. */
    iterations: number;
    /** Symbols at the end that no lane reads. */
    left_out: number;
    /** shape (N): steps of each lane, where they have their own; none for equal lanes */
    lengths: number[];
    /** Epochs within the budget, an incomplete last one included. */
    passes: number;
    /** Updates within the budget. */
    updates: number;
    /** shape (iterations, 2): start and stop in the steps of a lane */
    blocks: [number, number][];
  }

  /** One truncation scheme with the current settings; similarity of Wx, Wh and b as one vector. */
  interface SchemeAtK {
    /** Cosine of the angle between G and F. */
    cosine: number | null;
    /** ‖G-F‖ / ‖F‖ */
    relative_error: number | null;
    /** ‖G‖ / ‖F‖ */
    norm_ratio: number | null;
    /** Pairs t ≤ s of a loss s and a step t that the scheme keeps. */
    cells_kept: number;
    /** The largest number of steps stored at once. */
    cached_steps: number;
    /** Steps of all backward passes together. */
    backward_steps: number;
    /** The number of backward passes. */
    updates: number;
    /** shape (T): the earliest step that the loss at s reaches; null without a loss */
    reach: (number | null)[];
  }

  /** A truncated gradient G compared with the full gradient F; null where a vector is zero. */
  interface Similarity {
    /** Cosine of the angle between G and F. */
    cosine: number | null;
    /** ‖G-F‖ / ‖F‖ */
    relative_error: number | null;
    /** ‖G‖ / ‖F‖ */
    norm_ratio: number | null;
  }

  /** A number over the seeds; null if none of them has one. */
  interface Spread {
    /** Mean over the seeds that do not diverge. */
    mean: number | null;
    /** Minimum over the seeds that do not diverge. */
    min: number | null;
    /** Maximum over the seeds that do not diverge. */
    max: number | null;
  }

  /** Norms of states at the start of lane 2. */
  interface StateNorms {
    /** shape (S): norm of the state that a single lane carries there */
    h: (number | null)[];
    /** shape (S): norm of its difference from zeros */
    difference: (number | null)[];
  }

  /** Norm of each step's contribution to the gradient of a weight array. */
  interface StepNorms {
    /** shape (T) */
    Wx: (number | null)[];
    /** shape (T) */
    Wh: (number | null)[];
    /** shape (T) */
    b: (number | null)[];
    /** shape (T): gru, reset_gate=after */
    bh?: (number | null)[] | null;
  }

  /** A range of steps, such as the window of wide arrays in sequences of more than 200 steps. */
  interface StepRange {
    /** The first step. */
    start: number;
    /** The step after the last. */
    stop: number;
  }

  /** Norm of what each step adds to the gradient of one loss by a weight array. */
  interface Terms {
    /** shape (s + 1) */
    Wx: (number | null)[];
    /** shape (s + 1) */
    Wh: (number | null)[];
    /** shape (s + 1) */
    b: (number | null)[];
    /** The only term, of step s. */
    Wy: number | null;
    /** shape (s + 1): gru, reset_gate=after */
    bh?: (number | null)[] | null;
  }

  /** Text sampled from the first seed's model at temperature 0.7. */
  interface TextSample {
    /** Updates so far. */
    u: number;
    /** Begins with the text's first symbol. */
    text: string;
  }

  /** A whole training run. */
  interface TrainingResult {
    /** All parameters, with resolved defaults. */
    params: Record<string, string | number>;
    /** Text only. */
    schedule: Schedule | null;
    /** The first pass; text only. */
    film: FilmResult | null;
    race: RaceResult;
  }

  /** State gradients in one of the scheme's backward passes; N is its number of steps, stop - start. */
  interface WalkResult {
    walk: BackwardWindow;
    /** shape (N, H): part from the output of the same step; zero before newest_from */
    dh_output: ((number | null)[])[];
    /** shape (N, H): part from later steps */
    dh_future: ((number | null)[])[];
    /** shape (N, H): their sum */
    dh: ((number | null)[])[];
    /** shape (N, H): lstm: total derivative by c_t, also through h_t */
    dc?: ((number | null)[])[] | null;
    /** shape (N, H): lstm: part by c_t that comes from c_{t+1} */
    dc_future?: ((number | null)[])[] | null;
    /** shape (N, GH): gradients of the pre-activations */
    da: ((number | null)[])[];
    /** shape (N): norms of dh */
    dh_norm: (number | null)[];
  }

  /** The weights at which everything is computed; G is 1 for the rnn, 4 for the lstm, 3 for the gru. */
  interface Weights {
    /** shape (D, GH) */
    Wx: ((number | null)[])[];
    /** shape (H, GH) */
    Wh: ((number | null)[])[];
    /** shape (GH) */
    b: (number | null)[];
    /** shape (H, V) */
    Wy: ((number | null)[])[];
    /** shape (V) */
    by: (number | null)[];
    /** shape (H): gru, reset_gate=after: the bias inside the reset */
    bh?: (number | null)[] | null;
  }

  /** The network in a file. */
  interface WeightsFile {
    /** The framework whose layout it has. */
    framework: string;
    /** The layer or cell, as the framework calls it. */
    layer: string;
    /** shape (N): what arrays alone leave open and is assumed. activation: tanh, of an rnn; gates: tanh, and sigmoid for the gates; direction: forwards; readout: linear, and nothing between it and the state */
    assumed: string[];
    /** shape (N): parameters that the file says beside its arrays, because this program has written it: activation, unit, vocabulary */
    noted: string[];
    /** V, the number of symbols that the network reads and predicts. */
    symbols: number;
    /** The coarsest number format among its arrays. */
    precision: "float64" | "float32" | "float16" | "bfloat16";
    /** All arrays of the file. */
    arrays: FileArray[];
    /** The network as query parameters of /api/bptt; text and vocabulary are to be added. The unit is among them if the file says it. */
    params: Record<string, string>;
    /** Its symbols in order, as the parameter of /api/bptt: those of the request or the file, or as many as it has of the text or the letters; null if they are not known, empty for numbers. */
    vocabulary: string | null;
    /** Whether this server takes a link with these weights: they have at most 20,000 characters. */
    fits_a_link: boolean;
    /** Whether the parameters have the numbers exactly as they were read. If not, they are rounded to float32, since the exact ones are too long for a link. */
    exact: boolean;
    /** How many characters the parameters take in a link. Other programs may refuse more than 2,000, and a QR code holds no more. */
    link_length: number;
    /** Conventions of this file that could be overlooked, and what that would cost. */
    misread: Misreading[];
  }
}
