"""Cost model: updates, steps, seconds and memory of a run, estimated within a factor of two."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ...bptt.cells import CELLS
from ...bptt.lanes import Lanes
from ...bptt.truncation.cuts import Cuts
from .contestants import Contestant

MAX_SECONDS = 20
REPEAT_SECONDS = 5  # that repeating part of a run may take
MAX_NUMBERS = 12_000_000  # stored at once for a backward pass
POINTS = 40  # of a curve
PER_STEP = {"rnn": (5, 0.008, 0.0003), "lstm": (24, 0.1, 0.0006), "gru": (30, 0.064, 0.0008)}  # µs
PER_ROW, PER_UPDATE = 0.17, 140.0  # µs
FEW_SYMBOLS, PER_SYMBOL, PER_SYMBOL_AND_H = 30, 0.005, 0.0003  # µs, for symbols beyond 30


class Workload(Protocol):
    """The parameters on which the cost of a run depends."""

    @property
    def task(self) -> str: ...
    @property
    def symbols(self) -> Sequence[object]: ...
    @property
    def series(self) -> Lanes: ...
    @property
    def k(self) -> int: ...
    @property
    def cell(self) -> str: ...
    @property
    def hidden(self) -> int: ...
    @property
    def lanes(self) -> int: ...
    @property
    def seeds(self) -> int: ...
    @property
    def match(self) -> str: ...
    @property
    def budget(self) -> int: ...
    @property
    def lag(self) -> int: ...
    @property
    def cues(self) -> int: ...
    @property
    def distractors(self) -> int: ...


class Race(Workload, Protocol):
    """The parameters of a race."""

    @property
    def contestants(self) -> list[Contestant]: ...


@dataclass(frozen=True)
class Plan:
    """Updates of a contestant, steps a lane reads, and steps of all backward passes and of the longest."""

    updates: int
    steps: int
    computed: int
    longest: int


def plan(params: Workload, one: Contestant) -> Plan:
    """What a contestant does within the budget."""
    if params.task in ("episodes", "adding"):
        T = params.lag + (params.task == "episodes")
        last_cut = max((t for t in one.settings.get("cuts", ()) if t < T), default=0)
        longest = min(one.settings.get("k", T), T - last_cut)
        return Plan(params.budget, params.budget * T, params.budget * T, longest)
    endless = params.task == "recall"
    n = params.budget if endless else replace(params.series, k=one.k or params.k).length
    if one.scheme == "cuts":
        return _cuts_plan(params, one, n)
    new, window = steps_an_update(one, n)
    if not endless:
        new, window = min(new, n), min(window, n)
    per_epoch = math.ceil(n / new)
    if params.match == "updates":
        updates = params.budget
        steps = math.ceil(updates * new) if endless else _read(updates, per_epoch, new, n)
    elif endless:
        updates, steps = math.ceil(n / new), n
    else:  # the last block is completed
        updates = _made(params.budget, per_epoch, new, n)
        steps = _read(updates, per_epoch, new, n)
    if one.random:
        return _random_plan(params, new, n)
    return Plan(updates, steps, math.ceil(updates * window), math.ceil(window))


def stream_length(params: Race) -> int:
    """Steps of the contestant that reads most: so long is the stream that all of them read."""
    return max(plan(params, one).steps for one in params.contestants)


def _cuts_plan(params: Workload, one: Contestant, n: int) -> Plan:
    """Counts of blocks of unequal length; a pass over n steps repeats them."""
    windows = Cuts(one.settings["cuts"]).backward_windows(n)
    if params.match == "updates":
        passes, rest = divmod(params.budget, len(windows))
        updates, steps = params.budget, passes * n + (windows[rest - 1].stop if rest else 0)
    else:  # the last block is completed
        passes, rest = divmod(params.budget, n)
        begun = sum(window.start < rest for window in windows)
        updates = passes * len(windows) + begun
        steps = passes * n + (windows[begun - 1].stop if begun else 0)
    return Plan(updates, steps, steps, max(len(window) for window in windows))


def _random_plan(params: Workload, mean: float, n: int) -> Plan:
    """Expected counts for random cuts, which may by chance leave all n steps in one piece."""
    by_updates = params.match == "updates"
    updates = params.budget if by_updates else max(1, round(params.budget / mean))
    steps = round(params.budget * mean) if by_updates else params.budget
    return Plan(updates, steps, steps, n)


def steps_an_update(one: Contestant, n: int) -> tuple[float, float]:
    """New steps and steps of the backward pass of one update in n steps; means where cuts are random."""
    if one.scheme == "full":
        return n, n
    if one.random:
        mean = n / (
            1 + (n - 1) * one.settings["cut"]
        )  # an edge between two steps is cut with this probability
        return mean, mean
    if one.scheme == "blocks":
        return one.settings["k"], one.settings["k"]
    k1 = one.settings.get("k1", 1)
    return k1, max(k1, one.settings["k"])


def seconds(params: Workload, one: Contestant) -> float:
    """Estimated time of one contestant on one core."""
    planned = plan(params, one)
    batches, S = (params.seeds, 1) if one.random else (1, params.seeds)
    step, row = _microseconds(params, one.cell)
    work = planned.computed * (step + S * params.lanes * row) + PER_UPDATE * planned.updates
    if params.task == "text":
        work += min(POINTS, planned.updates) * params.series.L * (step + S * row) / 2
    return batches * work / 1e6


def affordable(params: Workload) -> int:
    """How many updates of the lab's own run, for the first seed, may be repeated within REPEAT_SECONDS."""
    return int(REPEAT_SECONDS / seconds_of(params, params.lanes, 1, seeds=1))


def seconds_of(params: Workload, lanes: int, updates: int, seeds: int | None = None) -> float:
    """Estimated time of so many updates in blocks of k with this number of lanes, on one core."""
    step, row = _microseconds(params, params.cell)
    steps = max(stop - start for start, stop in replace(params.series, N=lanes).blocks)
    rows = (seeds or params.seeds) * lanes
    return updates * (steps * (step + rows * row) + PER_UPDATE) / 1e6


def cached_numbers(params: Workload, one: Contestant) -> int:
    """Numbers that the longest backward pass stores."""
    V = _symbols(params)
    floats = one.cell_type().cached_floats(V, params.hidden) + 3 * V
    return plan(params, one).longest * (1 if one.random else params.seeds) * params.lanes * floats


def _microseconds(params: Workload, cell: str) -> tuple[float, float]:
    """Microseconds of a step, and of each row (lane and seed) in it."""
    step, by_h, by_hh = PER_STEP[cell]
    H, more = params.hidden, max(0, _symbols(params) - FEW_SYMBOLS)
    gates = len(CELLS[cell].gates)
    by_symbol = PER_SYMBOL + PER_SYMBOL_AND_H * H * (0.6 + 0.4 * gates)
    return step, PER_ROW + by_h * H + by_hh * H * H + by_symbol * more


def _symbols(params: Workload) -> int:
    return len(set(params.symbols)) if params.task == "text" else params.cues + params.distractors + 1


def _made(steps: int, per_epoch: int, new: float, n: int) -> int:
    """Updates until so many steps are read, in epochs of n steps."""
    epochs, rest = divmod(steps, n)
    return max(1, epochs * per_epoch + math.ceil(rest / new))


def _read(updates: int, per_epoch: int, new: float, n: int) -> int:
    """Steps read in so many updates."""
    epochs, rest = divmod(updates, per_epoch)
    return epochs * n + min(n, math.ceil(rest * new))
