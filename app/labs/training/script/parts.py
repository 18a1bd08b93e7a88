"""What all training scripts share: the text in lanes, the windows, the first weights, and what is printed."""

import base64
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from ....bptt.arrays import Array
from ....bptt.cells import Cell
from ....bptt.lanes import Lanes
from ....bptt.tasks import Text
from ....bptt.training import Trainer
from ...source_text import ascii_only, literal
from ..contestants import Contestant
from ..cost_model import plan
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

READ = '''def read(start, stop, epoch):
    """Inputs and targets of the steps start ... stop - 1 of an epoch in every lane, (steps, N)."""
    at = {at}
    return inputs[at], targets[at]'''

PAD = '''def pad(row):
    """The pieces of a row as columns, the shorter ones padded with symbol 0: (length, N)."""
    padded = np.zeros((length, N), dtype=int)
    for lane, (first, steps) in enumerate(zip(starts, lengths)):
        padded[:steps, lane] = row[first : first + steps]
    return padded


'''

MASK = """# Padding: lanes are pieces of the text, the longest first, and the others padded to its length.
# The mask leaves out the losses of the padding, and a mean divides by the number of those that remain.
{state}
mask = np.arange(length)[:, None] < lengths"""

NO_MASK = """# Padding: lanes are pieces of the text, the longest first, and the others padded to its length.
# The losses of the padding count here, as where a mask was forgotten: the right one would be
# mask = np.arange(length)[:, None] < lengths"""

OVER_PADDING = "# The state runs on over the padding, where only a loss would read it."
FROM_PADDING = "# The state runs on over the padding, and is carried from there to what is read next."

PADDED = '''padded_inputs, padded_targets = pad(inputs), pad(targets)
{mask}


def read(start, stop, epoch):
    """Inputs and targets of the steps start ... stop - 1 of every lane, (steps, N); padding is symbol 0."""
    return padded_inputs[start:stop], padded_targets[start:stop]'''

INITIAL = '''def initial(seed):
    """The first weights on the page: every gate of Wh has spectral radius {gain!r}."""
    draw = np.random.RandomState(seed)
    Wx = 0.5 * draw.standard_normal((V, G * H))
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

RUN = '''
def curve(seed):
    """Losses of the updates; updates made, steps read and the loss on the whole text at the goals."""
    model, losses, steps, points = network(seed), [], 0, []
    updates = train(model, seed)
    for goal in goals:
        while {unit} < goal:
            loss, new, model = next(updates)
            losses.append(float(loss))
            steps += new
        points.append((len(losses), steps, float(whole_text(model))))
    return losses, points


runs = [curve(seed) for seed in seeds]
{passes}by_seed = [points for _, points in runs]
ends = [points[-1][-1] for points in by_seed]
for points in zip(*by_seed):
    found = [loss for *_, loss in points]
    if np.isfinite(ends).any():  # a seed that diverges is left out
        found = [loss for loss, end in zip(found, ends) if np.isfinite(end)]
    made, read_so_far = (round(sum(counts) / len(counts)) for counts in list(zip(*points))[:2])
    mean = sum(found) / len(found)
    numbers = ", ".join(f"{{number:.5g}}" for number in (mean, min(found), max(found)))
    print(f"after {{made}} updates, {{read_so_far}} steps = {{numbers}}")
print("each seed at the end = " + " ".join(f"{{end:.5g}}" for end in ends))
'''

PASSES = """losses, _ = runs[0]
for i in range(0, len(losses), len(windows)):  # of the film: first seed, block by block as they are read
    row = " ".join(f"{loss:.5g}" for loss in losses[i : i + len(windows)])
    print(f"pass {i // len(windows) + 1} = {row}")
"""


@dataclass(frozen=True)
class Run:
    """What a script repeats: the lab's own run, or a contestant of its race."""

    params: TrainingParams
    one: Contestant
    is_own: bool

    @classmethod
    def of(cls, params: TrainingParams, entry: str) -> "Run":
        """The lab's own run for no entry, else the contestant with this entry."""
        named = {one.entry: one for one in params.contestants}
        return cls(params, named[entry], False) if entry else cls(params, lab_itself(params), True)

    @cached_property
    def trainer(self) -> Trainer:
        """The trainer whose updates the script repeats."""
        return setup(self.params).trainer(self.one)

    @property
    def text(self) -> Text:
        """The text in its lanes."""
        return cast(Text, self.trainer.stream)

    @property
    def lanes(self) -> Lanes:
        """The lanes of the text."""
        return self.text.lanes

    @property
    def cell(self) -> Cell:
        """Its cell."""
        return self.trainer.cell

    @property
    def form(self) -> str:
        """Its cell by the name that the scripts have for it."""
        return f"gru_{self.one.reset_gate}" if self.one.cell == "gru" else self.one.cell

    @property
    def overlaps(self) -> bool:
        """Whether a window begins before the one before it ended."""
        return self.one.scheme in OVERLAPPING

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
        """Whether lanes are padded, and the losses of the padding left out."""
        return bool(self.lanes.lengths) and not self.text.counts_padding

    @property
    def counted(self) -> str:
        """The rows of the mask for the losses of a window as source."""
        return "mask[newest:stop]" if self.overlaps else "mask[start:stop]"

    @property
    def holds_Wh(self) -> bool:
        """Whether no update changes Wh."""
        return "Wh" in self.trainer.settings.held


def head(run: Run, library: str) -> str:
    """Comments that describe the run."""
    params, one, lanes = run.params, run.one, run.lanes
    name = params.text if len(params.text) <= 60 else params.text[:60] + "…"
    kind = f"{one.cell} ({params.activation})" if one.cell == "rnn" else one.cell
    kind += f" (reset {one.reset_gate} Wh)" if one.cell == "gru" else ""
    settings = ", ".join(f"{key} = {value}" for key, value in one.settings.items())
    scheme = one.scheme + (f", {settings}" if settings else "")
    order = "carried" if run.carried else "zeros"
    update = f"{params.optimizer}, lr = {params.lr!r}, clip: {params.clip}"
    about = f"{name!r}, L = {lanes.L}, N = {lanes.N}, {kind}, H = {params.hidden}"
    padding = f"; padding: {params.padding}" if lanes.lengths else ""
    return (
        f"# BPTT Explorer: this training run with {library}.\n# {ascii_only(about)}\n"
        f"# truncation: {scheme}; state: {order}; {update}{padding}\n"
        "# It prints the losses on screen. Rounding grows in a long run, and differs between processors.\n"
    )


def data(run: Run, pad: str = PAD) -> str:
    """The text as literals, its lanes, and the windows of an epoch; ``pad`` pads lanes of unequal length."""
    lanes, sequence, gates = run.lanes, run.text.sequence, len(run.cell.gates)
    place = {str(symbol): i for i, symbol in enumerate(sequence.vocabulary)}
    text = [place[str(symbol)] for symbol in [*sequence.tokens, sequence.targets[-1]]]
    lengths = [f"lengths = np.array({literal([*lanes.lengths])})  # their own"] if lanes.lengths else []
    at = "np.arange(start, stop)[:, None] + starts"
    if not lanes.same_every_epoch:  # positions go on where the epoch before ended
        at = f"({at} + epoch * length) % {lanes.series}"
    parts = [
        f"vocabulary = {literal(sequence.vocabulary)}",
        f"text = np.array({literal(text)})  # the positions of its symbols",
        "inputs, targets = text[:-1], text[1:]",
        f"V, H, G = len(vocabulary), {run.params.hidden}, {gates}  # symbols, hidden units, gates",
        f"N, length = {lanes.N}, {lanes.length}  # lanes, and steps of each in an epoch",
        f"starts = np.array({literal(lanes.starts)})",
        *lengths,
        f"seeds = range({run.params.seed}, {run.params.seed + run.params.seeds})",
        goals_of(run),
        WINDOWS[run.one.scheme].format(**run.one.settings) + _order(run),
    ]
    read = READ.format(at=at)
    if lanes.lengths:
        goes_on = run.never_resets or (run.carried and run.trainer.settings.shuffle is not None)
        mask = MASK.format(state=FROM_PADDING if goes_on else OVER_PADDING) if run.masked else NO_MASK
        read = pad + PADDED.format(mask=mask)
    return "\n".join(parts) + f"\n\n\n{read}\n\n\n{initial(run)}\n"


def _order(run: Run) -> str:
    seed = run.trainer.settings.shuffle
    return "" if seed is None else "\n" + SHUFFLED.format(seed=seed)


def windows(run: Run) -> str:
    """The windows of an epoch as source, in the order in which they run."""
    if run.one.random:
        return "segments(seed, epoch)"
    return "windows" if run.trainer.settings.shuffle is None else "shuffled(epoch)"


def by_steps(run: Run) -> bool:
    """Whether the curve is measured by the steps read: where cuts are random, updates do not count them."""
    return run.one.random and run.params.match == "steps"


def goals_of(run: Run) -> str:
    """After how many updates, or steps, the loss on the whole text is measured."""
    total = run.params.budget if by_steps(run) else plan(run.params, run.one).updates
    after = goals(run.params, total)
    written = f"range({len(after)})" if after == [*range(len(after))] else literal(after)
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


def what_is_printed(run: Run) -> str:
    """The end of a script: it trains every seed, and prints the losses on screen."""
    passes = PASSES if run.is_own else ""
    return RUN.format(unit="steps" if by_steps(run) else "len(losses)", passes=passes)
