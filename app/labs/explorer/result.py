"""The explorer's answer as a schema: what every field holds, with its shape; null stands for not finite."""

from typing import Annotated, Any, Literal

from pydantic import Field

from ..results import Matrix, Part, Value, Vector


def _shape(letters: str) -> Any:
    return Field(description=f"shape ({letters})")


class Weights(Part):
    """The weights at which everything is computed; G is 1 for the rnn, 4 for the lstm, 3 for the gru."""

    Wx: Annotated[Matrix, _shape("D, GH")]
    Wh: Annotated[Matrix, _shape("H, GH")]
    b: Annotated[Vector, _shape("GH")]
    Wy: Annotated[Matrix, _shape("H, V")]
    by: Annotated[Vector, _shape("V")]


class Training(Part):
    """The gradient descent that led to the weights."""

    loss: Annotated[Vector, Field(description="shape (U): the total loss before every update and at the end")]


class Gates(Part):
    """Inside a step: f, g, i, o of the lstm and the cell state c after it; z, r, n of the gru."""

    f: Annotated[Matrix | None, _shape("S, H")] = None
    g: Annotated[Matrix | None, _shape("S, H")] = None
    i: Annotated[Matrix | None, _shape("S, H")] = None
    o: Annotated[Matrix | None, _shape("S, H")] = None
    c: Annotated[Matrix | None, _shape("S, H")] = None
    z: Annotated[Matrix | None, _shape("S, H")] = None
    r: Annotated[Matrix | None, _shape("S, H")] = None
    n: Annotated[Matrix | None, _shape("S, H")] = None


class ForwardPass(Part):
    """o_t = h_t Wy + by; of the rnn h_t = f(a_t), a_t = h_{t-1} Wh + x_t Wx + b."""

    h0: Annotated[Vector, Field(description="shape (H): the state that enters step 0")]
    h: Annotated[Matrix, _shape("T, H")]
    a: Annotated[Matrix | None, Field(description="shape (S, H): rnn, before the activation")] = None
    slope: Annotated[Matrix | None, Field(description="shape (S, H): rnn, f'(a_t)")] = None
    gates: Gates | None = None
    o: Annotated[Matrix, Field(description="shape (S, V): outputs, the scores of the softmax")]
    p: Annotated[Matrix | None, Field(description="shape (S, V): softmax(o); null for squared error")]
    loss: Annotated[Vector, Field(description="shape (T): L_t itself; null where there is no loss")]
    total_loss: Annotated[Value, Field(description="Σ g L_t")]


class Window(Part):
    """Of a sequence of more than 200 steps, arrays with a width hold these steps; h holds all."""

    start: Annotated[int, Field(description="the first step")]
    stop: Annotated[int, Field(description="exclusive")]


class Block(Part):
    """A run of steps that no gradient crosses."""

    start: Annotated[int, Field(description="its first step")]
    stop: Annotated[int, Field(description="exclusive")]
    h_in: Annotated[
        Vector | None,
        Field(description="shape (H): the state that enters the block; null if it begins out of the window"),
    ]
    c_in: Annotated[Vector | None, Field(description="shape (H): lstm, the cell state that enters it")] = None


class Walk(Part):
    """One backward walk of the scheme's own algorithm, from step stop - 1 to start."""

    start: Annotated[int, Field(description="the last step it reaches")]
    stop: Annotated[int, Field(description="exclusive")]
    newest_from: Annotated[int, Field(description="losses from here to stop - 1 feed it")]


class StepNorms(Part):
    """Norm of each step's own share of a parameter's gradient."""

    Wx: Annotated[Vector, _shape("T")]
    Wh: Annotated[Vector, _shape("T")]
    b: Annotated[Vector, _shape("T")]


class Gradients(Part):
    """Gradients of the total loss, exact or truncated."""

    dh_output: Annotated[Matrix, Field(description="shape (S, H): what h_t gets from its own output")]
    dh_future: Annotated[Matrix, Field(description="shape (S, H): what h_t gets from the future, r_t")]
    dh: Annotated[Matrix, Field(description="shape (S, H): their sum, ∂L/∂h_t")]
    dc: Annotated[Matrix | None, Field(description="shape (S, H): lstm, ∂L/∂c_t, through h_t too")] = None
    da: Annotated[Matrix, Field(description="shape (S, GH): ∂L/∂a_t")]
    dh_norm: Annotated[Vector, Field(description="shape (T): ‖∂L/∂h_t‖")]
    step_norms: StepNorms
    gradients: Annotated[Weights, Field(description="dWx … dby, shaped like the weights")]


class Likeness(Part):
    """A truncated gradient against the exact one; null where a vector is zero."""

    cosine: Annotated[Value, Field(description="of the angle between G and F")]
    relative_error: Annotated[Value, Field(description="‖G-F‖ / ‖F‖")]
    norm_ratio: Annotated[Value, Field(description="‖G‖ / ‖F‖")]


class Comparison(Part):
    """By parameter; `recurrent` is Wx, Wh and b as one vector, `all` is everything."""

    Wx: Likeness
    Wh: Likeness
    b: Likeness
    Wy: Likeness
    by: Likeness
    recurrent: Likeness
    all: Likeness


class SchemeAtK(Likeness):
    """One truncation scheme with the settings asked for; recurrent parameters as one vector."""

    cells_kept: Annotated[int, Field(description="pairs t ≤ s of a loss and a step that are kept")]
    cached_steps: Annotated[int, Field(description="steps remembered at once")]
    backward_steps: Annotated[int, Field(description="steps walked back, all walks together")]
    updates: Annotated[int, Field(description="walks")]
    reach: Annotated[
        list[int | None],
        Field(description="shape (T): the first step that loss s reaches; null without a loss"),
    ]


class MeanDraw(Part):
    """The mean of the drawn gradients against the exact one."""

    cosine: Annotated[Value, Field(description="of the angle between the two")]
    relative_error: Annotated[Value, Field(description="‖mean-F‖ / ‖F‖")]


class Draws(Part):
    """Each draw against the exact gradient, recurrent parameters as one vector."""

    cosine: Annotated[Vector, Field(description="shape (N): by the draw's seed")]
    relative_error: Annotated[Vector, Field(description="shape (N): by the draw's seed")]
    mean: MeanDraw


class AllDraws(Part):
    """Many draws of the randomized truncation, with the factor 1/(1 - c) and, biased, without it."""

    n: Annotated[int, Field(description="how many: those of the seeds 0 … n - 1")]
    unbiased: Draws
    biased: Draws


class ByK(Part):
    """The same scheme at every k that makes a difference, recurrent parameters as one vector."""

    k: Annotated[list[int], _shape("K")]
    cosine: Annotated[Vector, _shape("K")]
    relative_error: Annotated[Vector, _shape("K")]
    cells_kept: Annotated[list[int], _shape("K")]


class Jacobian(Part):
    """Singular values of J_t = ∂h_t/∂h_{t-1}, and the spectral radius of Wh."""

    sigma_max: Annotated[Vector, _shape("T")]
    sigma_min: Annotated[Vector, _shape("T")]
    spectral_radius: Annotated[
        Value | dict[str, Value],
        Field(description="the largest absolute eigenvalue of Wh, or by gate"),
    ]
    sigma_max_Wh: Annotated[
        Value | dict[str, Value],
        Field(description="the largest singular value of Wh, or by gate"),
    ]


class Cost(Part):
    """Of one pass over the sequence."""

    cached_steps: Annotated[int, Field(description="steps remembered at once")]
    cached_floats: Annotated[int, Field(description="numbers remembered at once, softmax not counted")]
    backward_steps: Annotated[int, Field(description="steps walked back, all walks together")]
    updates: Annotated[int, Field(description="walks, each of which could be followed by an update")]


class Growth(Part):
    """Steps remembered at once, for other lengths of the same kind of sequence."""

    T: Annotated[list[int], Field(description="shape (M): lengths, up to three times this one")]
    full: Annotated[list[int], _shape("M")]
    truncated: Annotated[list[int], _shape("M")]


class Costs(Part):
    """Exact against truncated."""

    full: Cost
    truncated: Cost
    growth: Growth


class Checks(Part):
    """Relative errors measured for this very run; null where not measurable."""

    forward_mode: Annotated[
        Value, Field(description="a tangent carried forward, against gradient · direction")
    ]
    finite_difference: Annotated[
        Value, Field(description="a central difference of the loss, against the same")
    ]
    truncation: Annotated[
        Value, Field(description="the table of weights, against the scheme's own algorithm")
    ]
    passed: Annotated[bool | None, Field(description="all that is measurable is within its limit")]
    growth: Annotated[
        Value, Field(description="how far a weight move of length 1 moves a state, to first order")
    ]


class Overflow(Part):
    """Where numbers left the range of float64."""

    at: Annotated[
        Literal["update", "forward", "backward"], Field(alias="pass", description="in which pass it began")
    ]
    step: Annotated[int, Field(description="the first step, in that pass's direction, that is not finite")]


class BpttResult(Part):
    """Activations, gradients and truncation of one recurrent network on one sequence; time first, from 0.

    S and P are T up to 200 steps; beyond, S steps stand in the window, and tables are pooled to (P, P).
    """

    params: Annotated[dict[str, Any], Field(description="every parameter, resolved")]
    vocabulary: Annotated[
        list[str], Field(description="shape (V): symbols in order of first appearance; none for numbers")
    ]
    tokens: Annotated[list[str | float], Field(description="shape (T): inputs")]
    targets: Annotated[list[str | float], Field(description="shape (T): wanted outputs")]
    weights: Weights
    training: Training
    forward: ForwardPass
    blocks: Annotated[list[Block], Field(description="empty where the scheme has none")]
    walks: Annotated[list[Walk], Field(description="the scheme's own algorithm, oldest walk first")]
    pool: Annotated[int | None, Field(description="above 200 steps: tables hold cells of p × p")] = None
    window: Annotated[Window | None, Field(description="above 200 steps: what arrays (N, width) hold")] = None
    kept: Annotated[
        Matrix,
        Field(description="shape (P, P): the scheme's weight of loss s at step t; null above the diagonal"),
    ]
    credit: Annotated[
        Matrix,
        Field(description="shape (P, P): ‖∂(g L_s)/∂h_t‖ of the exact gradients; null above the diagonal"),
    ]
    credit_c: Annotated[
        Matrix | None, Field(description="shape (P, P): lstm, ‖∂(g L_s)/∂c_t‖ of the exact gradients")
    ] = None
    full: Gradients
    truncated: Gradients
    comparison: Comparison
    cells_kept: Annotated[int, Field(description="pairs t ≤ s of a loss and a step that are kept")]
    cells_total: Annotated[int, Field(description="all pairs t ≤ s of a loss and a step")]
    schemes: Annotated[dict[str, SchemeAtK], Field(description="all schemes at the same settings")]
    draws: Annotated[AllDraws | None, Field(description="randomized only")]
    by_k: ByK | None
    k_full: Annotated[
        int | None, Field(description="the k from which on the scheme is full BPTT; null without k")
    ]
    jacobian: Jacobian
    cost: Costs
    checks: Checks
    overflow_at: Overflow | None
