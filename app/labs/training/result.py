"""Result models of /api/training; n is the number of steps of a block, S of seeds; null is not finite."""

from typing import Literal

from ..results import Matrix, Params, Part, Value, Vector, field, tensor

Integers = list[int]


class Schedule(Part):
    """The reading schedule of a text: its lanes and blocks."""

    task: str = field("Always text.")
    L: int = field("Number of inputs in the text.")
    lanes: int = field("N, the number of lanes.")
    k: int = field("The block length, where the lab has no cuts of its own.")
    cuts: Integers = tensor("C", "the steps of a lane before which a block ends; none for blocks of k")
    reading: Literal["formula", "book"] = field("How lane starts are computed.")
    starts: Integers = tensor("N", "where each lane starts")
    length: int = field("Steps of a lane in one epoch.")
    iterations: int = field("Updates in one epoch.")
    left_out: int = field("Symbols at the end that no lane reads.")
    lengths: Integers = tensor("N", "steps of each lane, where they have their own; none for equal lanes")
    passes: int = field("Epochs within the budget, an incomplete last one included.")
    updates: int = field("Updates within the budget.")
    blocks: list[tuple[int, int]] = tensor("iterations, 2", "start and stop in the steps of a lane")


class LargestChange(Part):
    """The entry of Wh that an update changed most: after = before + change."""

    row: int = field("Its row.")
    column: int = field("Its column.")
    before: Value = field("Its value before the update.")
    gradient: Value = field("Its gradient, after clipping.")
    change: Value = field("Its change; -lr · gradient for SGD.")
    after: Value = field("Its value after the update.")


class FilmUpdate(Part):
    """The update after a block."""

    number: int = field("Its number in the run, from 1.")
    norm: Value = field("Norm of the change of all weights.")
    gradient_norm: Value = field("Norm of the gradient before clipping.")
    clip_rate: Value = field("Gradient norm after clipping divided by before; null if it was not clipped.")
    dWh: Matrix = tensor("H/every, GH/every", "the change of Wh")
    largest: LargestChange


class RecurrentWeights(Part):
    """Wh after some updates."""

    number: int = field("The number of updates.")
    Wh: Matrix = tensor("H/every, GH/every")


class Frame(Part):
    """One block of lane 1: forward pass, backward pass and update."""

    frame: int = field("Its index in the order of reading.")
    block: int = field("Its index in the text.")
    start: int = field("The first step.")
    stop: int = field("The step after the last.")
    state: Literal["zeros", "carried", "wrong"] = field(
        "The initial state: zeros, carried from the preceding block, or wrong: carried from another block."
    )
    came_from: int | None = field("The block whose final state enters; null for zeros.")
    gap: Value = field("For a wrong state: ‖state that enters - state of the preceding block‖.")
    carried_difference: Value = field("max |state that enters - final state of the block it came from|: 0.")
    h_in: Vector = tensor("H", "the state that enters")
    h: Matrix = tensor("n, H", "states")
    ghost: Matrix = tensor("n, H", "states with the weights from the start of the pass")
    drift: Vector = tensor("n", "max |h - ghost|")
    p: Matrix = tensor("n, V", "predicted probabilities")
    loss: Vector = tensor("n", "loss of each step")
    loss_mean: Value = field("Mean loss of the block, over all lanes.")
    from_output: Vector = tensor("n", "norm of the part of ∂L/∂h_t from the output of the same step")
    from_future: Vector = tensor("n", "norm of the part from later steps; 0 at the end of the block")
    dh: Vector = tensor("n", "norm of ∂L/∂h_t")
    handed_out: Value = field("Norm of the gradient that truncation keeps from the preceding block.")
    W: RecurrentWeights
    update: FilmUpdate


class FilmResult(Part):
    """One pass over the text, with up to 12 of its blocks in detail."""

    params: Params = field("All parameters, with resolved defaults.")
    schedule: Schedule
    vocabulary: list[str] = tensor("V", "symbols in order of first appearance")
    tokens: list[str] = tensor("L", "inputs")
    targets: list[str] = tensor("L", "target outputs")
    number: int = field("Which pass, from 1.", alias="pass")
    passes: int = field("How many passes can be requested.")
    first: int = field("Index of the first frame, in the order of reading.", alias="from")
    order: Integers = tensor("iterations", "index of each block in the text, in the order of reading")
    losses: Vector = tensor("iterations", "mean loss of each block, in the order of reading")
    changes: Vector = tensor("iterations", "norm of each update, in the order of reading")
    every: int = field("Wh and its changes have every so many rows and columns; 1 up to 64².")
    first_update: int = field("Updates before this pass.")
    frames: list[Frame] = field("Blocks in the order of reading.")
    sensitive: bool = field("Whether five digits of this pass may differ on another kind of processor.")
    after: RecurrentWeights


class Spread(Part):
    """A number over the seeds; null if none of them has one."""

    mean: Value = field("Mean over the seeds that do not diverge.")
    min: Value = field("Minimum over the seeds that do not diverge.")
    max: Value = field("Maximum over the seeds that do not diverge.")


class FinalSpread(Spread):
    """A number over the seeds, and of each seed."""

    each: Vector = tensor("S", "by seed")


class Curve(Part):
    """A learning curve with P points."""

    u: Integers = tensor("P", "updates so far; randomized: the rounded mean over the seeds")
    steps: Integers = tensor("P", "steps read by a lane so far; randomized: the rounded mean over the seeds")
    mean: Vector = tensor("P", "mean over the seeds that do not diverge")
    min: Vector = tensor("P", "minimum over the seeds that do not diverge")
    max: Vector = tensor("P", "maximum over the seeds that do not diverge")
    accuracy: Vector = tensor("P", "mean accuracy; text only")
    grad: Vector = tensor("P", "mean gradient norm since the preceding point")


class TextSample(Part):
    """Text sampled from the first seed's model at temperature 0.7."""

    u: int = field("Updates so far.")
    text: str = field("Begins with the text's first symbol.")


class Contestant(Part):
    """One run of the race, over all seeds."""

    entry: str = field("As it is written in a link.")
    cell: str = field("rnn, lstm or gru.")
    scheme: str = field("Its truncation scheme.")
    state: str = field("carried or zeros.")
    k: int | None = field("Block length or window; null for schemes without one.")
    k1: int | None = field("tbptt: steps between backward passes.")
    cut: float | None = field("randomized: the probability that an edge is cut.")
    cuts: list[int] | None = tensor(
        "C", "cuts: the steps t between which and t - 1 no gradient flows; only of this scheme.", default=None
    )
    cached_steps: int = field("The largest number of steps stored at once, for a lane.")
    backward_steps: int = field("Steps of all backward passes together, of a lane.")
    updates: int = field(
        "Updates in all; randomized: the rounded mean over the seeds, each with its own cuts."
    )
    steps: int = field("Steps read in all, by a lane; randomized: the rounded mean over the seeds.")
    updates_by_seed: Integers | None = tensor(
        "S", "updates of each seed at the end; null for schemes in which all make the same number"
    )
    points: Curve
    final: FinalSpread | None = field("At the end; for tasks, over the last quarter of the updates.")
    accuracy: Spread | None = field("At the end; text only.")
    learned_at: list[int | None] | None = tensor(
        "S", "the first measured update at which every symbol was predicted; text only"
    )
    diverged_at: list[int | None] = tensor(
        "S", "the update after which the weights are not finite; null where they are"
    )
    sensitive_from: int | None = field(
        "The point (in updates) from which five digits may differ on another kind of processor, because a "
        "run from weights that differ in the last bit has moved that far. Null where they are the same."
    )
    final_change: Value = field(
        "Largest change of a seed's final value if its initial weights are changed in the last bit, "
        "measured on the first two seeds; 0 while five digits are the same, null until the end."
    )
    samples: list[TextSample] = field("At up to five points of the run; text only.")
    reset_gate: str | None = field(
        "gru: where the reset gate is applied, before or after Wh; else null.", default=None
    )
    init: str = field("How its initial weights are drawn.", default="gain")
    shuffled: bool = field("Whether the blocks of an epoch are read in random order.", default=False)


class AxisLimits(Part):
    """The largest values on the two possible horizontal axes."""

    steps: int = field("Steps read by a lane.")
    updates: int = field("Updates.")


class RaceResult(Part):
    """All contestants."""

    measure: Literal["loss", "accuracy", "error"] = field(
        "Loss on the whole text, accuracy of the answers, or their squared error."
    )
    chance: float | None = field("Accuracy of guessing.")
    match: Literal["steps", "updates"] = field("Which budget all contestants share.")
    x_max: AxisLimits
    contestants: list[Contestant] = field("In the order of the link.")


class TrainingResult(Part):
    """A whole training run."""

    params: Params = field("All parameters, with resolved defaults.")
    schedule: Schedule | None = field("Text only.")
    film: FilmResult | None = field("The first pass; text only.")
    race: RaceResult


class StateNorms(Part):
    """Norms of states at the start of lane 2."""

    h: Vector = tensor("S", "norm of the state that a single lane carries there")
    difference: Vector = tensor("S", "norm of its difference from zeros")


class FirstLosses(Part):
    """Mean losses of the first steps of lane 2."""

    steps: int = field("How many steps.")
    zeros: Vector = tensor("S", "from zeros")
    one: Vector = tensor("S", "from the state of a single lane")


class RemainingLosses(Part):
    """Mean losses from the start of lane 2 to the end of the text."""

    two: Vector = tensor("S", "from zeros")
    one: Vector = tensor("S", "from the state of a single lane")


class ColdStart(Part):
    """Lane 2, which starts from zeros, beside a single lane that carries its state there; same weights."""

    at: int = field("Where lane 2 starts.")
    sensitive: bool = field("Whether five digits may differ on another kind of processor.")
    seeds: Integers = tensor("S", "the seeds")
    zeros: Matrix = tensor("24, H", "states of the first seed, from zeros")
    one: Matrix = tensor("24, H", "states of the first seed, from the state of a single lane")
    norms: StateNorms
    distance: Matrix = tensor("S, 60", "norm of the state difference, step by step")
    below: list[int | None] = tensor("S", "steps until the difference is below 0.01; null if it never is")
    first: FirstLosses
    half: RemainingLosses


class LossAfter(Spread):
    """Loss on the whole text after a number of updates."""

    count: int = field("The number of updates.")
    diverged: int = field("Seeds whose loss is not finite.")
    change: Value = field(
        "Largest change of a seed's loss if its initial weights are changed in the last bit, measured on the "
        "first two seeds; 0 while five digits are the same."
    )


class LanesRun(Part):
    """The lab's own run with another number of lanes."""

    lanes: int = field("N, the number of lanes.")
    updates_an_epoch: int = field("Updates in one epoch.")
    steps: LossAfter = field("After as many passes over the text as the lab's own run.")
    updates: LossAfter = field("After as many updates as the lab's own run.")


class Counted(Part):
    """Loss and gradient of one block, counted in one way."""

    loss: Value = field("Mean of the losses that count.")
    norm: Value = field("Norm of the gradient, before clipping.")


class PaddedBlock(Part):
    """A block at the initial weights of the first seed, with its padding masked and counted."""

    start: int = field("The first step of a lane.")
    stop: int = field("The step after the last.")
    padded: int = field("Steps of padding, over all lanes.")
    steps: int = field("Steps of all lanes, padding included.")
    masked: Counted
    counted: Counted
    cosine: Value = field("Cosine between the two gradients; null where one is zero.")
    relative_error: Value = field("‖counted - masked‖ / ‖masked‖; null where masked is zero.")


class PaddedRun(Part):
    """The lab's own run, with its padding masked or counted while it is trained."""

    padding: Literal["masked", "counted"] = field("How it is trained.")
    reported: LossAfter = field("Final loss as this run counts it, over its lanes.")
    real: LossAfter = field("Final loss on the symbols of the lanes, without padding.")


class PaddingResult(Part):
    """What a forgotten mask does to lanes of unequal length."""

    lengths: Integers = tensor("N", "steps of each lane, without its padding")
    symbol: str = field("What shorter lanes are padded with, as inputs and as targets.")
    blocks: list[PaddedBlock] = field("Blocks of the first epoch in order of time.")
    runs: list[PaddedRun] = field("Masked, then counted; none where they would take too long.")


class LanesResult(Part):
    """The effect of the number of lanes; without runs where they would take too long."""

    schedule: Schedule
    missed: ColdStart | None = field("With two lanes or more of equal length.")
    others: list[LanesRun] = field("By number of lanes; none for lanes of unequal length.")
    padding: PaddingResult | None = field("Only with lanes of unequal length.", default=None)


class MapCell(Spread):
    """Final accuracy at one lag and one block length; null until it is known."""

    lag: int = field("Steps from the cue to the question.")
    k: int = field("The block length.")
    diverged: int = field("Seeds that diverged.", default=0)
    change: Value = field(
        "Change of the first seed's value if its initial weights are changed in the last bit; 0 while five "
        "digits are the same.",
        default=0.0,
    )


class MapResult(Part):
    """Accuracy of delayed recall by lag and block length, for a small network."""

    lags: Integers = tensor("lags")
    ks: Integers = tensor("block lengths")
    hidden: int = field("H, the hidden size.")
    lanes: int = field("N, the number of lanes.")
    seeds: int = field("S, the number of seeds.")
    budget: int = field("Steps of a lane, or updates.")
    chance: float = field("Accuracy of guessing.")
    cells: list[MapCell] = field("Lag by lag.")
