"""The training lab's answers as schemas; n are the steps of a block, S the seeds, null is not finite."""

from typing import Annotated, Any

from pydantic import Field

from ..results import Matrix, Part, Value, Vector

Places = list[int]


def _says(description: str) -> Any:
    return Field(description=description)


class Schedule(Part):
    """Which steps of a text are read when, in closed form."""

    task: Annotated[str, _says("text")]
    L: Annotated[int, _says("inputs of the text")]
    lanes: Annotated[int, _says("N")]
    k: Annotated[int, _says("the block length")]
    reading: Annotated[str, _says("formula or book")]
    starts: Annotated[Places, _says("shape (N): where each lane begins")]
    length: Annotated[int, _says("steps of a lane in one epoch")]
    iterations: Annotated[int, _says("updates in one epoch")]
    left_out: Annotated[int, _says("symbols at the end that no lane reads")]
    passes: Annotated[int, _says("epochs that the budget allows, the last perhaps cut short")]
    updates: Annotated[int, _says("updates that the budget allows")]
    blocks: Annotated[list[Places], _says("shape (iterations, 2): start and stop in a lane's own steps")]


class Largest(Part):
    """The number of Wh that an update changed most: after = before + change."""

    row: Annotated[int, _says("of Wh")]
    column: Annotated[int, _says("of Wh")]
    before: Annotated[Value, _says("the update")]
    gradient: Annotated[Value, _says("after clipping")]
    change: Annotated[Value, _says("-lr · gradient for sgd")]
    after: Annotated[Value, _says("the update")]


class Change(Part):
    """What an update did."""

    number: Annotated[int, _says("counted from 1 over the whole run")]
    norm: Annotated[Value, _says("of the change of all weights")]
    gradient_norm: Annotated[Value, _says("before clipping")]
    clip_rate: Annotated[Value, _says("by how much clipping shortened the gradient; null where it did not")]
    dWh: Annotated[Matrix, _says("shape (H/every, GH/every): the change of Wh")]
    largest: Largest


class Recurrent(Part):
    """Wh at a moment."""

    number: Annotated[int, _says("updates made")]
    Wh: Annotated[Matrix, _says("shape (H/every, GH/every)")]


class Frame(Part):
    """One block of lane 1: forward, backward, update."""

    frame: Annotated[int, _says("its number in the order played")]
    block: Annotated[int, _says("its number in the order of the text")]
    start: Annotated[int, _says("first step")]
    stop: Annotated[int, _says("exclusive")]
    state: Annotated[str, _says("zeros, carried, or wrong: carried from a block that is not the one before")]
    came_from: Annotated[int | None, _says("the block of the text whose last state arrives; null for zeros")]
    gap: Annotated[Value, _says("wrong: ‖state that arrives - state that belongs there‖")]
    carried_difference: Annotated[Value, _says("max |state that arrives - state that was left|: 0")]
    h_in: Annotated[Vector, _says("shape (H): the state that arrives")]
    h: Annotated[Matrix, _says("shape (n, H)")]
    ghost: Annotated[Matrix, _says("shape (n, H): h by the weights with which the pass began")]
    drift: Annotated[Vector, _says("shape (n): max |h - ghost|")]
    p: Annotated[Matrix, _says("shape (n, V)")]
    loss: Annotated[Vector, _says("shape (n)")]
    loss_mean: Annotated[Value, _says("over the block and all lanes")]
    from_output: Annotated[Vector, _says("shape (n): norm of what each state gets from its own loss")]
    from_future: Annotated[Vector, _says("shape (n): of what it gets from later steps; 0 at the block's end")]
    dh: Annotated[Vector, _says("shape (n): of both together")]
    handed_out: Annotated[Value, _says("norm of what would go to the block before, were it not cut")]
    W: Recurrent
    update: Change


class FilmResult(Part):
    """One pass over the text, and up to 12 of its blocks."""

    params: Annotated[dict[str, Any], _says("every parameter, resolved")]
    schedule: Schedule
    vocabulary: Annotated[list[str], _says("shape (V)")]
    tokens: Annotated[list[str], _says("shape (L)")]
    targets: Annotated[list[str], _says("shape (L)")]
    number: Annotated[int, Field(alias="pass", description="which pass, from 1")]
    passes: Annotated[int, _says("how many there are")]
    first: Annotated[int, Field(alias="from", description="the first frame, in the order played")]
    order: Annotated[Places, _says("shape (iterations): which block is played when")]
    losses: Annotated[Vector, _says("shape (iterations): mean loss of every block, as played")]
    changes: Annotated[Vector, _says("shape (iterations): norm of every update's change of all weights")]
    every: Annotated[
        int, _says("of Wh and its changes every so many rows and columns are given; 1 up to 64²")
    ]
    first_update: Annotated[int, _says("updates made before this pass")]
    frames: Annotated[list[Frame], _says("block after block, as played")]
    after: Recurrent


class Spread(Part):
    """A number over the seeds."""

    mean: Annotated[Value, _says("of all seeds")]
    min: Annotated[Value, _says("of all seeds")]
    max: Annotated[Value, _says("of all seeds")]


class Final(Spread):
    """A number over the seeds, and seed by seed."""

    each: Annotated[Vector, _says("shape (S)")]


class Points(Part):
    """A curve of P points."""

    u: Annotated[Places, _says("shape (P): updates made")]
    steps: Annotated[Places, _says("shape (P): steps read by a lane")]
    mean: Annotated[Vector, _says("shape (P)")]
    min: Annotated[Vector, _says("shape (P)")]
    max: Annotated[Vector, _says("shape (P)")]
    accuracy: Annotated[Vector, _says("shape (P): mean share of symbols predicted right; text only")]
    grad: Annotated[Vector, _says("shape (P): mean norm of the gradients since the point before")]


class Sample(Part):
    """What the first seed's model writes, at temperature 0.7."""

    u: Annotated[int, _says("updates made")]
    text: Annotated[str, _says("begins with the text's first symbol")]


class Contestant(Part):
    """One run of the race, over all seeds."""

    entry: Annotated[str, _says("as a link writes it")]
    cell: Annotated[str, _says("rnn, lstm or gru")]
    scheme: Annotated[str, _says("how its gradients are truncated")]
    state: Annotated[str, _says("carried or zeros")]
    k: Annotated[int | None, _says("steps kept")]
    k1: Annotated[int | None, _says("tbptt: losses an update")]
    cut: Annotated[float | None, _says("randomized: the probability that an edge is cut")]
    cached_steps: Annotated[int, _says("steps remembered at once, of a lane")]
    backward_steps: Annotated[int, _says("steps walked back in all, of a lane")]
    updates: Annotated[int, _says("made in all")]
    steps: Annotated[int, _says("read in all, by a lane")]
    points: Points
    final: Annotated[Final | None, _says("at the end; of recall and adding over the last quarter")]
    accuracy: Annotated[Spread | None, _says("at the end; text only")]
    learned_at: Annotated[
        list[int | None] | None,
        _says("shape (S): the first measured update at which all was right; text only"),
    ]
    samples: Annotated[list[Sample], _says("at up to five moments; text only")]


class RaceResult(Part):
    """All contestants."""

    measure: Annotated[str, _says("loss on the whole text, accuracy at the question, or squared error")]
    chance: Annotated[float | None, _says("what guessing reaches")]
    match: Annotated[str, _says("steps or updates")]
    x_max: Annotated[dict[str, int], _says("most steps and most updates")]
    contestants: Annotated[list[Contestant], _says("in the order of the link")]


class TrainingResult(Part):
    """The whole of a training run."""

    params: Annotated[dict[str, Any], _says("every parameter, resolved")]
    schedule: Annotated[Schedule | None, _says("text only")]
    film: Annotated[FilmResult | None, _says("of the first pass; text only")]
    race: RaceResult


class Apart(Part):
    """Two states at the start of lane 2."""

    h: Annotated[Vector, _says("shape (S): norm of the one that a single lane brings along")]
    difference: Annotated[Vector, _says("shape (S): norm of their difference")]


class First(Part):
    """Mean losses of the first steps of lane 2."""

    steps: Annotated[int, _says("how many")]
    zeros: Annotated[Vector, _says("shape (S): from zeros")]
    one: Annotated[Vector, _says("shape (S): from the state of a single lane")]


class Half(Part):
    """Mean losses from the start of lane 2 to the end of the text."""

    two: Annotated[Vector, _says("shape (S): from zeros")]
    one: Annotated[Vector, _says("shape (S): from the state of a single lane")]


class Missed(Part):
    """Lane 2 from zeros beside a single lane that brings its state along; weights of a single lane."""

    at: Annotated[int, _says("where lane 2 starts")]
    seeds: Annotated[Places, _says("shape (S)")]
    zeros: Annotated[Matrix, _says("shape (24, H): states of the first seed from there on")]
    one: Annotated[Matrix, _says("shape (24, H)")]
    norms: Apart
    distance: Annotated[Matrix, _says("shape (S, 60): ‖Δh‖ step by step")]
    below: Annotated[list[int | None], _says("shape (S): steps until it is below 0.01")]
    first: First
    half: Half


class Counted(Spread):
    """Loss on the whole text after so many updates."""

    count: Annotated[int, _says("updates")]


class OtherLanes(Part):
    """The lab's own run with another number of lanes."""

    lanes: Annotated[int, _says("N")]
    updates_an_epoch: Annotated[int, _says("iterations")]
    steps: Annotated[Counted, _says("as many passes over the text")]
    updates: Annotated[Counted, _says("as many updates")]


class LanesResult(Part):
    """What lanes change; nothing where that would be too much work."""

    schedule: Schedule
    missed: Annotated[Missed | None, _says("with two lanes or more")]
    others: Annotated[list[OtherLanes], _says("by number of lanes")]


class MapCell(Spread):
    """Final accuracy at one lag and block length; null while it is not known."""

    lag: Annotated[int, _says("steps from the cue to the question")]
    k: Annotated[int, _says("the block length")]


class MapResult(Part):
    """Delayed recall by lag and block length, for a small network."""

    lags: Annotated[Places, _says("shape (lags)")]
    ks: Annotated[Places, _says("shape (block lengths)")]
    hidden: Annotated[int, _says("H")]
    lanes: Annotated[int, _says("N")]
    seeds: Annotated[int, _says("S")]
    budget: Annotated[int, _says("steps a lane, or updates")]
    chance: Annotated[float, _says("what guessing reaches")]
    cells: Annotated[list[MapCell], _says("lag by lag")]
