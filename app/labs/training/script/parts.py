"""What all training scripts share: the run that they repeat, its windows, and its first weights."""

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from ....bptt.arrays import Array
from ....bptt.cells import Cell
from ....bptt.lanes import Lanes
from ....bptt.tasks import Stream, Text
from ....bptt.training import Trainer
from ...source_text import literal
from ..contestants import Contestant
from ..cost_model import plan, stream_length
from ..meters import goals
from ..params import TrainingParams
from ..setup import lab_itself, setup

OVERLAPPING = ("window", "tbptt")
"""Schemes whose windows begin before the last one ended: the states of inner steps are needed again."""

WINDOWS = {
    "full": "windows = [(0, length)]  # the whole lane: nothing is cut",
    "blocks": "k = {k}  # steps of a block\nwindows = [(a, min(a + k, length)) for a in range(0, length, k)]",
    "cuts": "bounds = [0, *(t for t in {cuts} if t < length), length]\n"
    "windows = list(zip(bounds, bounds[1:]))  # a gradient stays between two of them",
    "window": "k = {k}  # each loss goes back so many steps\n"
    "windows = [(max(0, s + 1 - k), s + 1, s) for s in range(length)]",
    "tbptt": """k1, k2 = {k1}, {k}
ends = range(k1, length + k1, k1)  # every k1 steps the newest k1 losses go back k2 steps
windows = [(max(0, end - k2), min(end, length), end - k1) for end in ends]""",
    "randomized": '''cut = {cut!r}
scale = 1 / (1 - cut)  # of a gradient along an edge that is not cut


def segments(seed, epoch):
    """New cuts in every epoch: each edge with probability ``cut``."""
    draw = np.random.RandomState((seed, epoch) if epoch else seed).random_sample(length - 1)
    bounds = [0, *(1 + np.flatnonzero(draw < cut)).tolist(), length]
    return list(zip(bounds, bounds[1:]))''',
}
"""The windows (start, stop) of an epoch; those that overlap say from which step on losses count."""

SHUFFLED = '''

def shuffled(epoch):
    """The blocks in an order of this epoch."""
    return [windows[i] for i in np.random.RandomState([{seed}, epoch]).permutation(len(windows))]'''

INITIAL = '''def initial(seed):
    """The first weights on the page: every gate of Wh has spectral radius {gain!r}."""
    draw = np.random.RandomState(seed)
    Wx = 0.5 * draw.standard_normal(({D}, G * H))
    Wh = draw.standard_normal((H, G * H))
    Wy = draw.standard_normal((H, V)) / np.sqrt(H)
    {scaled}
    b = np.repeat({bias}, H)
    return {{"Wx": Wx, "Wh": {Wh}, "b": b, {own}"Wy": Wy, "by": np.zeros(V)}}'''

PACKED = '''PACKED = {{
{rows}
}}  # float64 in base64: for each seed all weights in the order of the shapes


def initial(seed):
    """The first weights on the page, by its start: {init}."""
    import base64

    shapes = {shapes}
    row, start, W = np.frombuffer(base64.b64decode("".join(PACKED[seed])), dtype="<f8"), 0, {{}}
    for name, shape in shapes.items():
        stop = start + int(np.prod(shape))
        W[name] = row[start:stop].reshape(shape).copy()
        start = stop
    return W'''


@dataclass(frozen=True)
class Run:
    """What a script repeats: the lab's own run, or a contestant of its race."""

    params: TrainingParams
    one: Contestant
    is_own: bool

    @classmethod
    def of(cls, params: TrainingParams, entry: str) -> "Run":
        """The contestant with this entry; for none the lab's own run, without a film the first contestant."""
        named = {one.entry: one for one in params.contestants}
        if not entry and params.task == "text":
            return cls(params, lab_itself(params), True)
        return cls(params, named[entry] if entry else params.contestants[0], False)

    @cached_property
    def trainer(self) -> Trainer:
        """The trainer whose updates the script repeats."""
        return setup(self.params, steps=stream_length(self.params)).trainer(self.one)

    @property
    def stream(self) -> Stream:
        """The data."""
        return self.trainer.stream

    @property
    def is_text(self) -> bool:
        """Whether the data is a text, whose symbols are read as positions in the vocabulary."""
        return self.params.task == "text"

    @property
    def text(self) -> Text:
        """The text in its lanes."""
        return cast(Text, self.stream)

    @property
    def lanes(self) -> Lanes:
        """The lanes of the text."""
        return self.text.lanes

    @property
    def episodic(self) -> bool:
        """Whether an epoch is one episode, with one update and one loss at its end."""
        return self.stream.episodic

    @property
    def begins_late(self) -> bool:
        """Whether there can be steps of an episode before the window, from whose state it starts."""
        if not self.episodic or not self.carried:
            return False
        return self.one.random or self.trainer.backward_windows()[-1].start > 0

    @property
    def asks(self) -> bool:
        """Whether only some of the steps have a loss, which ``read`` tells."""
        return self.params.task == "recall"

    @property
    def D(self) -> str:
        """The name of the number of inputs."""
        return "V" if self.is_text else "D"

    @property
    def adds(self) -> bool:
        """Whether the loss is half the squared error of a number, not the cross-entropy of a symbol."""
        return self.params.task == "adding"

    @property
    def reads(self) -> str:
        """The call that returns inputs and targets of the steps start ... stop - 1."""
        return "read(start, stop, epoch)" if self.is_text else "read(seed, start, stop, epoch)"

    @property
    def names(self) -> str:
        """What that call returns."""
        return "x, y, asked" if self.asks else "x, y"

    @property
    def imports(self) -> str:
        """What its data needs besides what every script imports."""
        return "import functools\n" if self.asks else ""

    @property
    def yields(self) -> str:
        """What the script measures after every update."""
        return "the loss" if self.is_text else "the scores"

    @property
    def ahead(self) -> str:
        """The inputs of an episode before the window, as source."""
        return "read(seed, 0, start, epoch)[0]"

    @property
    def cell(self) -> Cell:
        """Its cell."""
        return self.trainer.cell

    @property
    def gates(self) -> int:
        """The number of its gates."""
        return len(self.cell.gates)

    @property
    def form(self) -> str:
        """Its cell by the name that the scripts have for it."""
        return f"gru_{self.one.reset_gate}" if self.one.cell == "gru" else self.one.cell

    @property
    def overlaps(self) -> bool:
        """Whether a window begins before the one before it ended."""
        return self.one.scheme in OVERLAPPING and not self.episodic

    @property
    def trims(self) -> bool:
        """Whether only the losses of the newest steps of a window count."""
        return self.overlaps or self.episodic

    @property
    def window(self) -> str:
        """What the loop over the windows calls the parts of one."""
        return "start, stop, newest" if self.trims else "start, stop"

    @property
    def trimmed(self) -> str:
        """Leaves the targets of the newest steps, as source; nothing for a window whose losses all count."""
        if not self.trims:
            return ""
        if self.asks:
            return "y, asked = y[newest - start :], asked[newest - start :]"
        return "y = y[newest - start :]"

    @property
    def new(self) -> str:
        """The steps that an update reads for the first time, as source."""
        if self.episodic:
            return "length"
        return "stop - max(start, newest)" if self.overlaps else "stop - start"

    @property
    def carried(self) -> bool:
        """Whether a window starts from the state that the steps before it left."""
        return self.trainer.settings.carried

    @property
    def never_resets(self) -> bool:
        """Whether an epoch goes on from the state that the one before it left."""
        return self.carried and not self.trainer.settings.reset

    @property
    def divisor(self) -> int | None:
        """The number by which the sum of a block's losses is divided, if it is not that of its steps."""
        return self.trainer.settings.divisor

    @property
    def masked(self) -> bool:
        """Whether losses are left out: of the padding of lanes, or of steps that ask nothing."""
        if not self.is_text:
            return self.asks
        return bool(self.lanes.lengths) and not self.text.counts_padding

    @property
    def counted(self) -> str:
        """The rows of the mask for the losses of a window as source."""
        if self.asks:
            return "asked"
        return "mask[newest:stop]" if self.overlaps else "mask[start:stop]"

    @property
    def holds_Wh(self) -> bool:
        """Whether no update changes Wh."""
        return "Wh" in self.trainer.settings.held


def window_list(run: Run) -> str:
    """The windows of an epoch in order of time."""
    return WINDOWS[run.one.scheme].format(**run.one.settings) + _order(run)


def _order(run: Run) -> str:
    seed = run.trainer.settings.shuffle
    return "" if seed is None else "\n" + SHUFFLED.format(seed=seed)


def windows(run: Run) -> str:
    """The windows of an epoch as source, in the order in which they run."""
    if run.episodic:
        return f"last({'segments(seed, epoch)' if run.one.random else 'windows'})"
    if run.one.random:
        return "segments(seed, epoch)"
    return "windows" if run.trainer.settings.shuffle is None else "shuffled(epoch)"


def by_steps(run: Run) -> bool:
    """Whether the curve is measured by the steps read: where cuts are random, updates do not count them."""
    return run.one.random and run.is_text and run.params.match == "steps"


def goals_of(run: Run) -> str:
    """After how many updates, or steps, the loss on the whole text is measured."""
    total = run.params.budget if by_steps(run) else plan(run.params, run.one).updates
    after = goals(run.params, total)
    every = range(after[0], after[-1] + 1)
    written = repr(every if every.start else range(every.stop)) if after == [*every] else literal(after)
    return f"goals = {written}  # {'steps' if by_steps(run) else 'updates'}"


def initial(run: Run) -> str:
    """The function of a seed that returns the first weights."""
    if run.one.init != "gain":
        return _packed(run)
    by_gate = "np.split(Wh, G, axis=1)"
    scaled = (
        f"gates = [{run.params.gain!r} * gate / abs(np.linalg.eigvals(gate)).max() for gate in {by_gate}]"
    )
    if run.params.hidden == 1:
        scaled = f"gates = [np.full((1, 1), {run.params.gain!r})] * G"
    bias = run.cell.initial_bias(1)
    return INITIAL.format(
        D=run.D,
        gain=run.params.gain,
        scaled=scaled,
        bias=literal(bias.tolist()),
        Wh="np.zeros_like(Wh)" if run.holds_Wh else "np.concatenate(gates, axis=1)",
        own='"bh": np.zeros(H), ' if run.cell.recurrent_bias else "",
    )


def _packed(run: Run) -> str:
    """The same for weights that are not drawn by the script, but written in it."""
    rows = setup(run.params).first_weights(run.trainer, run.one.init)
    seeds = range(run.params.seed, run.params.seed + run.params.seeds)
    written = "\n".join(
        f"    {seed}: [\n{_lines(row)}\n    ]," for seed, row in zip(seeds, rows, strict=True)
    )
    shapes = {name: tuple(shape) for name, shape in run.trainer.shapes(run.params.hidden).items()}
    return PACKED.format(rows=written, shapes=repr(shapes).replace("'", '"'), init=run.one.init)


def _lines(row: Array) -> str:
    text = base64.b64encode(np.ascontiguousarray(row, dtype="<f8").tobytes()).decode()
    return "\n".join(f'        "{text[i : i + 100]}",' for i in range(0, len(text), 100))
