"""The answers about one walk and about one pair, as schemas."""

from typing import Annotated

from pydantic import Field

from ..results import Matrix, Part, Value, Vector
from .result import Walk


class WalkResult(Part):
    """Gradients of the states that one walk passes; N is its number of steps, stop - start."""

    walk: Walk
    dh_output: Annotated[Matrix, Field(description="shape (N, H): zeros before newest_from")]
    dh_future: Annotated[Matrix, Field(description="shape (N, H)")]
    dh: Annotated[Matrix, Field(description="shape (N, H): their sum")]
    dc: Annotated[Matrix | None, Field(description="shape (N, H): lstm, through h_t too")] = None
    da: Annotated[Matrix, Field(description="shape (N, GH)")]
    dh_norm: Annotated[Vector, Field(description="shape (N)")]


class Terms(Part):
    """Norms of what each step adds to the gradients by one loss."""

    Wx: Annotated[Vector, Field(description="shape (s + 1)")]
    Wh: Annotated[Vector, Field(description="shape (s + 1)")]
    b: Annotated[Vector, Field(description="shape (s + 1)")]
    Wy: Annotated[Value, Field(description="the one term of step s")]


class Factor(Part):
    """J_step = ∂state_step/∂state_{step-1}; the middle ones of many are given without their matrix."""

    step: Annotated[int, Field(description="s first, t + 1 last")]
    matrix: Annotated[Matrix | None, Field(description="shape (S, S)")]
    sigma_max: Annotated[Value, Field(description="its largest singular value")]
    sigma_min: Annotated[Value, Field(description="its smallest singular value")]


class Product(Part):
    """∂state_s/∂state_t; the identity where t = s."""

    matrix: Annotated[Matrix, Field(description="shape (S, S)")]
    sigma_max: Annotated[Value, Field(description="its largest singular value")]
    sigma_min: Annotated[Value, Field(description="its smallest singular value")]


class PairResult(Part):
    """How the gradient of L_s reaches h_t."""

    s: Annotated[int, Field(description="the loss")]
    t: Annotated[int, Field(description="the step")]
    kept: Annotated[Value, Field(description="the scheme's weight of loss s at step t")]
    credit: Annotated[Vector, Field(description="shape (s + 1): ‖∂(g L_s)/∂h_t‖ for every t ≤ s")]
    credit_c: Annotated[Vector | None, Field(description="shape (s + 1): lstm")] = None
    terms: Terms
    factors: Annotated[list[Factor], Field(description="J_s first, J_{t+1} last")]
    product: Product
    norms: Annotated[
        Vector, Field(description="shape (s - t): largest singular value of each product so far")
    ]
