"""Result models of /api/walk (one backward pass) and /api/pair (one loss and one step)."""

from ..results import Matrix, Part, Value, Vector, field, tensor
from .result import BackwardWindow


class WalkResult(Part):
    """State gradients in one of the scheme's backward passes; N is its number of steps, stop - start."""

    walk: BackwardWindow
    dh_output: Matrix = tensor("N, H", "part from the output of the same step; zero before newest_from")
    dh_future: Matrix = tensor("N, H", "part from later steps")
    dh: Matrix = tensor("N, H", "their sum")
    dc: Matrix | None = tensor("N, H", "lstm: total derivative by c_t, also through h_t", default=None)
    dc_future: Matrix | None = tensor("N, H", "lstm: part by c_t that comes from c_{t+1}", default=None)
    da: Matrix = tensor("N, GH", "gradients of the pre-activations")
    dh_norm: Vector = tensor("N", "norms of dh")


class Terms(Part):
    """Norm of what each step adds to the gradient of one loss by a weight array."""

    Wx: Vector = tensor("s + 1")
    Wh: Vector = tensor("s + 1")
    b: Vector = tensor("s + 1")
    Wy: Value = field("The only term, of step s.")
    bh: Vector | None = tensor("s + 1", "gru, reset_gate=after", default=None)


class Factor(Part):
    """J_step = ∂state_step/∂state_{step-1}; a long product has only the first and last matrices."""

    step: int = field("From s down to t + 1.")
    matrix: Matrix | None = tensor("S, S")
    sigma_max: Value = field("Its largest singular value.")
    sigma_min: Value = field("Its smallest singular value.")


class Product(Part):
    """∂state_s/∂state_t; the identity if t = s."""

    matrix: Matrix = tensor("S, S")
    sigma_max: Value = field("Its largest singular value.")
    sigma_min: Value = field("Its smallest singular value.")


class PairResult(Part):
    """How the gradient of the loss at s reaches the state at t; S is the size of the state."""

    s: int = field("The step of the loss.")
    t: int = field("The step of the state.")
    kept: Value = field("The scheme's factor of the loss at s at step t.")
    kept_row: Vector = tensor("s + 1", "the scheme's factor of the loss at s at every t ≤ s")
    credit: Vector = tensor("s + 1", "‖∂(g L_s)/∂h_t‖ for every t ≤ s")
    credit_c: Vector | None = tensor("s + 1", "lstm: ‖∂(g L_s)/∂c_t‖ for every t ≤ s", default=None)
    terms: Terms
    factors: list[Factor] = field("The Jacobians J_s … J_{t+1}.")
    product: Product
    norms: Vector = tensor("s - t", "largest singular value of the product of the first factors")
    credit_x: Vector = tensor("s + 1", "‖∂(g L_s)/∂x_t‖ for every t ≤ s")


class InFormat(Part):
    """The run in one number format, emulated: float64 arithmetic, rounded once per operation."""

    name: str = field("float32, bfloat16 or float16.")
    error: Value = field("Relative error of the gradient of Wh from rounding alone, without truncation.")
    zero_after: int | None = field(
        "Steps back from s after which the gradient of the loss at s is exactly 0 in all units; null: never."
    )
    unit_zero_after: int | None = field("The same for the first unit whose gradient is 0 here only.")
    stuck_after: int | None = field(
        "Steps back from s after which this gradient is the same at every step; null: never, or exactly, too."
    )
    stuck_at: Value = field("Its norm there.")
    norms: Vector = tensor(
        "s + 1", "norms of this gradient, by steps back from s; the loss scaling is divided out"
    )
    overflow: bool = field("Whether a state or the gradient of Wh overflows.")
    window: int | None = field("The k from which on no sliding window has a larger error than this format.")


class FormatsResult(Part):
    """Relative errors of the gradient of Wh: of rounding in number formats, and of truncation at every k."""

    s: int = field("The step of the last loss.")
    loss_scale: int = field("Base-2 logarithm of the loss scaling.")
    k: list[int] = tensor("K", "truncation lengths: every one up to 32, then fewer, and T")
    window: Vector = tensor("K", "error of the sliding window of k steps")
    blocks: Vector = tensor("K", "error of blocks of k steps")
    norms: Vector = tensor("s + 1", "exact norms of ∂L_s/∂state, by steps back from s")
    formats: list[InFormat] = field("The same for every number format.")
