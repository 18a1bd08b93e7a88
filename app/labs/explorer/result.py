"""Result model of /api/bptt: fields with their shapes; null is a number that is not finite or not defined."""

from typing import Literal

from ..results import Matrix, Params, Part, Value, Vector, field, tensor


class Weights(Part):
    """The weights at which everything is computed; G is 1 for the rnn, 4 for the lstm, 3 for the gru."""

    Wx: Matrix = tensor("D, GH")
    Wh: Matrix = tensor("H, GH")
    b: Vector = tensor("GH")
    Wy: Matrix = tensor("H, V")
    by: Vector = tensor("V")
    bh: Vector | None = tensor("H", "gru, reset_gate=after: the bias inside the reset", default=None)


class GradientDescent(Part):
    """The gradient descent that led to the weights."""

    loss: Vector = tensor("U", "the total loss before every update and after the last")
    sensitive: bool = field(
        "Whether five digits may differ on another kind of processor, because a run from weights that differ "
        "in the last bit has moved that far."
    )


class Gates(Part):
    """Gates and cell state of every step: f, g, i, o and c of the lstm; z, r, n of the gru."""

    f: Matrix | None = tensor("S, H", default=None)
    g: Matrix | None = tensor("S, H", default=None)
    i: Matrix | None = tensor("S, H", default=None)
    o: Matrix | None = tensor("S, H", default=None)
    c: Matrix | None = tensor("S, H", default=None)
    z: Matrix | None = tensor("S, H", default=None)
    r: Matrix | None = tensor("S, H", default=None)
    n: Matrix | None = tensor("S, H", default=None)


class ForwardPass(Part):
    """o_t = h_t Wy + by; for the rnn h_t = f(a_t), a_t = h_{t-1} Wh + x_t Wx + b."""

    h0: Vector = tensor("H", "the initial state, which enters step 0")
    c0: Vector | None = tensor("H", "lstm: the initial cell state", default=None)
    h: Matrix = tensor("T, H", "the state after each step, of all steps even if there is a window")
    a: Matrix | None = tensor("S, H", "rnn: pre-activations", default=None)
    slope: Matrix | None = tensor("S, H", "rnn: f'(a_t)", default=None)
    gates: Gates | None = None
    o: Matrix = tensor("S, V", "outputs; logits, if the loss is cross-entropy")
    p: Matrix | None = tensor("S, V", "softmax(o); null for squared error")
    loss: Vector = tensor("T", "L_t, without its factor g; null where no loss counts")
    total_loss: Value = field("Σ g L_t")


class StepRange(Part):
    """A range of steps, such as the window of wide arrays in sequences of more than 200 steps."""

    start: int = field("The first step.")
    stop: int = field("The step after the last.")


class Block(Part):
    """A range of steps whose first and last edges no gradient crosses."""

    start: int = field("The first step.")
    stop: int = field("The step after the last.")
    h_in: Vector | None = tensor("H", "the state that enters the block; null if it starts outside the window")
    c_in: Vector | None = tensor("H", "lstm: the cell state that enters it", default=None)


class BackwardWindow(Part):
    """One of the scheme's backward passes, from step stop - 1 back to start."""

    start: int = field("The earliest step it reaches.")
    stop: int = field("The step after the one where it begins.")
    newest_from: int = field("The losses from this step to stop - 1 are backpropagated in it.")


class StepNorms(Part):
    """Norm of each step's contribution to the gradient of a weight array."""

    Wx: Vector = tensor("T")
    Wh: Vector = tensor("T")
    b: Vector = tensor("T")
    bh: Vector | None = tensor("T", "gru, reset_gate=after", default=None)


class Gradients(Part):
    """Gradients of the total loss, full or truncated."""

    dh_output: Matrix = tensor("S, H", "part of ∂L/∂h_t that comes from the output of the same step")
    dh_future: Matrix = tensor("S, H", "part of ∂L/∂h_t that comes from later steps")
    dh: Matrix = tensor("S, H", "∂L/∂h_t, the sum of both")
    dc: Matrix | None = tensor("S, H", "lstm: total derivative ∂L/∂c_t, also through h_t", default=None)
    dc_future: Matrix | None = tensor(
        "S, H", "lstm, up to 200 steps: part of ∂L/∂c_t that comes from c_{t+1}", default=None
    )
    dc_norm: Vector | None = tensor("T", "lstm: ‖∂L/∂c_t‖, of dc", default=None)
    da: Matrix = tensor("S, GH", "∂L/∂a_t")
    dh_norm: Vector = tensor("T", "‖∂L/∂h_t‖")
    step_norms: StepNorms
    gradients: Weights = field("Gradients of the weights, with the same shapes.")
    dx: Matrix | None = tensor(
        "S, D", "up to 200 steps: ∂L/∂x_t = ∂L/∂a_t Wxᵀ, where each gradient ends", default=None
    )
    dx_norm: Vector = tensor("T", "‖∂L/∂x_t‖")
    dh_initial: Vector = tensor(
        "H", "∂L/∂h₋₁, the gradient of the initial state; 0 if no loss reaches step 0"
    )
    dc_initial: Vector | None = tensor("H", "lstm: ∂L/∂c₋₁", default=None)


class Similarity(Part):
    """A truncated gradient G compared with the full gradient F; null where a vector is zero."""

    cosine: Value = field("Cosine of the angle between G and F.")
    relative_error: Value = field("‖G-F‖ / ‖F‖")
    norm_ratio: Value = field("‖G‖ / ‖F‖")


class Comparison(Part):
    """By weight array; `recurrent` is Wx, Wh, b and bh, if there is one, as one vector; `all` is all."""

    Wx: Similarity
    Wh: Similarity
    b: Similarity
    Wy: Similarity
    by: Similarity
    recurrent: Similarity
    all: Similarity
    bh: Similarity | None = None


class SchemeAtK(Similarity):
    """One truncation scheme with the current settings; similarity of Wx, Wh and b as one vector."""

    cells_kept: int = field("Pairs t ≤ s of a loss s and a step t that the scheme keeps.")
    cached_steps: int = field("The largest number of steps stored at once.")
    backward_steps: int = field("Steps of all backward passes together.")
    updates: int = field("The number of backward passes.")
    reach: list[int | None] = tensor("T", "the earliest step that the loss at s reaches; null without a loss")


class MeanSample(Part):
    """The mean of the sampled gradients compared with the full gradient F."""

    cosine: Value = field("Cosine of the angle between the mean and F.")
    relative_error: Value = field("‖mean-F‖ / ‖F‖")


class Samples(Part):
    """Sampled gradients compared with the full gradient, Wx, Wh and b as one vector."""

    cosine: Vector = tensor("N", "by cut seed")
    relative_error: Vector = tensor("N", "by cut seed")
    mean: MeanSample


class RandomizedSamples(Part):
    """Samples of randomized truncation with the factor 1/(1 - c) of kept edges and, biased, without it."""

    n: int = field("The number of samples, of the cut seeds 0 … n - 1.")
    unbiased: Samples
    biased: Samples


class ByK(Part):
    """The same scheme at every k that makes a difference, Wx, Wh and b as one vector."""

    k: list[int] = tensor("K")
    cosine: Vector = tensor("K")
    relative_error: Vector = tensor("K")
    cells_kept: list[int] = tensor("K")


class Jacobian(Part):
    """Singular values of J_t = ∂h_t/∂h_{t-1}, two norms of Wh, and what they did to one gradient."""

    sigma_max: Vector = tensor("T", "largest singular value of each J_t")
    sigma_min: Vector = tensor("T", "smallest singular value of each J_t")
    spectral_radius: Value | dict[str, Value] = field("Largest absolute eigenvalue of Wh, or by gate.")
    sigma_max_Wh: Value | dict[str, Value] = field("Largest singular value of Wh, or by gate.")
    last_loss_ratio: Value = field(
        "The last loss's gradient by the state of step 0 as a multiple of that of its own step."
    )
    last_loss_ratio_Wh: Value = field(
        "rnn: the same product with f' = 1 at every step, what Wh alone makes of it; null for gates."
    )


class Cost(Part):
    """Cost of one pass over the sequence."""

    cached_steps: int = field("The largest number of steps stored at once.")
    cached_floats: int = field("The largest number of floats stored at once, without the softmax.")
    backward_steps: int = field("Steps of all backward passes together.")
    updates: int = field("Backward passes, each of which an update could follow.")


class MemoryGrowth(Part):
    """Steps stored at once in other lengths of the same kind of sequence."""

    T: list[int] = tensor("M", "lengths, up to three times this one")
    full: list[int] = tensor("M")
    truncated: list[int] = tensor("M")


class Costs(Part):
    """Cost of the full and the truncated gradient."""

    full: Cost
    truncated: Cost
    growth: MemoryGrowth


class Checks(Part):
    """Relative errors of numerical checks of this run; null where they cannot be measured."""

    forward_mode: Value = field("Directional derivative in forward mode against gradient · direction.")
    finite_difference: Value = field("Central difference of the loss against the same.")
    truncation: Value = field("Truncated gradient by the table of kept pairs against the algorithm.")
    passed: bool | None = field("Whether all measured errors are within their limits.")
    growth: Value = field("To first order, how far a weight change of norm 1 moves a state.")


class Overflow(Part):
    """The first number outside the range of float64."""

    at: Literal["update", "forward", "backward"] = field("The pass in which it occurs.", alias="pass")
    step: int = field("The step (or update), the first in the direction of that pass.")


class BpttResult(Part):
    """Activations, gradients and truncation of one recurrent network on one sequence; time first, from 0.

    S and P are T up to 200 steps; above, wide arrays have the S steps of the window, and tables of losses
    and steps are downsampled to (P, P).
    """

    params: Params = field("All parameters, with resolved defaults.")
    vocabulary: list[str] = tensor("V", "symbols in order of first appearance; empty for numbers")
    tokens: list[str | float] = tensor("T", "inputs")
    targets: list[str | float] = tensor("T", "target outputs")
    weights: Weights
    training: GradientDescent
    forward: ForwardPass
    blocks: list[Block] = field("Empty if the scheme has none.")
    walks: list[BackwardWindow] = field("The backward passes of the scheme's own algorithm, oldest first.")
    pool: int | None = field("Above 200 steps: tables have one entry for p × p pairs.", default=None)
    window: StepRange | None = field("Above 200 steps: the steps of wide arrays.", default=None)
    kept: Matrix = tensor("P, P", "factor of the loss at s (row) at step t (column); null for t > s")
    credit: Matrix = tensor("P, P", "‖∂(g L_s)/∂h_t‖ of the full gradients; null for t > s")
    credit_c: Matrix | None = tensor(
        "P, P", "lstm: ‖∂(g L_s)/∂c_t‖ of the full gradients; null for t > s", default=None
    )
    credit_c_future: Matrix | None = tensor(
        "P, P",
        "lstm, up to 200 steps: norm of the part of ∂(g L_s)/∂c_t from c_{t+1}; null for t > s",
        default=None,
    )
    full: Gradients
    truncated: Gradients
    comparison: Comparison
    cells_kept: int = field("Pairs t ≤ s of a loss s and a step t that are kept.")
    cells_total: int = field("All pairs t ≤ s of a loss and a step.")
    schemes: dict[str, SchemeAtK] = field(
        "All truncation schemes with the current settings; cuts only where it is chosen or has cuts."
    )
    draws: RandomizedSamples | None = field("Randomized truncation only.")
    by_k: ByK | None
    k_full: int | None = field("The smallest k at which the scheme is full BPTT; null for schemes without k.")
    jacobian: Jacobian
    cost: Costs
    checks: Checks
    overflow_at: Overflow | None
