"""The training lab's answers, for their documentation: numbers that are not finite are null."""

from typing import Any

from pydantic import BaseModel, Field

Numbers = list[float | None]
Table = list[Numbers]


class Schedule(BaseModel):
    """Which steps are read when."""

    task: str
    L: int = Field(description="inputs of the text")
    lanes: int
    k: int
    reading: str
    starts: list[int] = Field(description="where each lane begins, (N)")
    length: int = Field(description="steps of a lane in one epoch")
    iterations: int = Field(description="updates in one epoch")
    left_out: int = Field(description="symbols at the end that no lane reads")
    passes: int
    updates: int
    blocks: list[list[int]] = Field(description="[start, stop] of every block, in a lane's own steps")


class Largest(BaseModel):
    """The number of Wh that an update changed most."""

    row: int
    column: int
    before: float | None
    gradient: float | None
    change: float | None
    after: float | None


class Change(BaseModel):
    """An update: after = before + change."""

    number: int = Field(description="counted from 1 over the whole run")
    norm: float | None = Field(description="of the change of all weights")
    gradient_norm: float | None = Field(description="before clipping")
    clip_rate: float | None = Field(description="by how much clipping shortened it; null where it did not")
    dWh: Table = Field(description="the change of Wh, (H, G·H)")
    largest: Largest


class Weights(BaseModel):
    """Wh, and how many updates it has seen."""

    number: int
    Wh: Table = Field(description="(H, G·H)")


class Frame(BaseModel):
    """One block: forward, backward, update."""

    frame: int = Field(description="in the order played")
    block: int = Field(description="in the order of the text")
    start: int
    stop: int = Field(description="exclusive")
    state: str = Field(
        description="zeros, carried, or wrong: carried from a block that is not the one before"
    )
    gap: float | None = Field(description="wrong: ‖state that arrives - state that belongs there‖")
    carried_difference: float | None = Field(description="max |state - the one left behind|: 0")
    h_in: Numbers = Field(description="(H)")
    h: Table = Field(description="(n, H)")
    ghost: Table = Field(description="(n, H), by the weights of the pass's beginning")
    drift: Numbers = Field(description="max |h - ghost| at each step, (n)")
    p: Table = Field(description="(n, V)")
    loss: Numbers
    loss_mean: float | None
    from_output: Numbers = Field(description="norm of what each state gets from its own loss, (n)")
    from_future: Numbers = Field(description="norm of what it gets from later steps, (n); 0 at the end")
    dh: Numbers = Field(description="norm of both together, (n)")
    handed_out: float | None = Field(description="norm of what would go to the block before")
    W: Weights
    update: Change


class FilmResult(BaseModel):
    """One pass over the text."""

    params: dict[str, Any]
    schedule: Schedule
    vocabulary: list[str]
    tokens: list[str]
    targets: list[str]
    pass_: int = Field(alias="pass")
    passes: int
    from_: int = Field(alias="from")
    order: list[int] = Field(description="which block is played when")
    losses: Numbers = Field(description="mean loss of every block played")
    changes: Numbers = Field(description="norm of every update's change of the weights")
    first_update: int = Field(description="updates made before this pass")
    frames: list[Frame]
    after: Weights


class Spread(BaseModel):
    """Over the seeds."""

    mean: float | None
    min: float | None
    max: float | None


class Final(Spread):
    """At the end, seed by seed."""

    each: Numbers


class Points(BaseModel):
    """A curve: one number each for every point."""

    u: list[int] = Field(description="updates made")
    steps: list[int] = Field(description="steps read by a lane")
    mean: Numbers
    min: Numbers
    max: Numbers
    accuracy: Numbers = Field(description="mean share of symbols predicted right; text only")
    grad: Numbers = Field(description="mean norm of the gradient since the point before")


class Sample(BaseModel):
    """What the first seed's model writes after u updates, at temperature 0.7."""

    u: int
    text: str


class Contestant(BaseModel):
    """One run of the race."""

    entry: str
    cell: str
    scheme: str
    state: str
    k: int | None
    k1: int | None
    cut: float | None
    cached_steps: int
    backward_steps: int
    updates: int
    steps: int
    points: Points
    final: Final | None
    accuracy: Spread | None
    learned_at: list[int | None] | None = Field(description="first measured update at which all was right")
    samples: list[Sample]


class RaceResult(BaseModel):
    """All contestants."""

    measure: str = Field(description="loss on the whole text, accuracy at the question, or squared error")
    chance: float | None
    match: str
    x_max: dict[str, int]
    contestants: list[Contestant]


class TrainingResult(BaseModel):
    """The whole of a training run."""

    params: dict[str, Any]
    schedule: Schedule | None
    film: FilmResult | None
    race: RaceResult


class Missed(BaseModel):
    """Lane 2 from zeros, and a single lane that brings its state along, by weights of a single lane."""

    at: int
    seeds: list[int]
    zeros: Table = Field(description="states of the first seed from `at` on, (24, H)")
    one: Table = Field(description="(24, H)")
    norms: dict[str, Numbers] = Field(description="h and difference at `at`, (S)")
    distance: Table = Field(description="‖Δh‖, (S, 60)")
    below: list[int | None] = Field(description="steps until it is below 0.01, (S)")
    first: dict[str, Any] = Field(description="mean loss of the first steps: zeros, one, (S)")
    half: dict[str, Numbers] = Field(description="mean loss from `at` to the end: two, one, (S)")


class Counted(Spread):
    """Loss on the whole text after so many updates."""

    count: int


class OtherLanes(BaseModel):
    """The same training with another number of lanes."""

    lanes: int
    updates_an_epoch: int
    steps: Counted = Field(description="as many passes over the text")
    updates: Counted = Field(description="as many updates as the lab's own run")


class LanesResult(BaseModel):
    """Empty where it would be too much work."""

    schedule: Schedule
    missed: Missed | None
    others: list[OtherLanes]


class Cell(BaseModel):
    """Final accuracy at one lag and block length; null while it is not known."""

    lag: int
    k: int
    mean: float | None
    min: float | None
    max: float | None


class MapResult(BaseModel):
    """Delayed recall by lag and block length."""

    lags: list[int]
    ks: list[int]
    hidden: int
    lanes: int
    seeds: int
    budget: int
    chance: float
    cells: list[Cell]
