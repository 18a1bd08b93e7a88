"""What the training scripts read: a text in its lanes, or a task that they draw as the lab does.

Every task is one function here and an entry in ``TASKS``; the scripts of all frameworks share it. It writes
the numbers of the task and ``read``, the data of steps. Those of the other tasks than text have to be the
same as in ``app/bptt/tasks``: each draws them from a ``RandomState`` of its own, which NumPy never changes.
"""

from collections.abc import Callable

from ...source_text import literal
from .parts import Run, goals_of, initial, window_list

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

RECALL = '''@functools.cache
def stream(seed):
    """Symbols of all lanes, and the cue that each question asks for, -1 where there is none: (length, N)."""
    both = [lane(seed, number) for number in range(N)]
    return [np.stack(rows, axis=1) for rows in zip(*both)]


def lane(seed, number):
    """Delayed recall: a cue, ``lag`` steps later the question what it was; distractors before and between."""
    draw = np.random.RandomState([seed, number])
    symbols, asked = cues + draw.randint(distractors, size=length), np.full(length, -1)
    episodes = length // (lag + 1) + 1
    gaps, shown = draw.randint(gap + 1, size=episodes), draw.randint(cues, size=episodes)
    questions = np.cumsum(gaps + lag + 1) - 1
    questions = questions[questions < length]
    symbols[questions - lag] = asked[questions] = shown[: len(questions)]
    symbols[questions] = cues + distractors
    return symbols, asked


def read(seed, start, stop, epoch):
    """The steps start ... stop - 1 of every lane: inputs (steps, N, D), cues, and where one is asked for."""
    symbols, asked = (rows[start:stop] for rows in stream(seed))
    return np.eye(D)[symbols], np.maximum(asked, 0), asked >= 0


'''

EPISODES = '''def read(seed, start, stop, epoch):
    """Delayed recall in episodes: a cue, distractors, then the question what it was.

    Inputs (steps, N, D) and cues of the steps start ... stop - 1 of one episode in every lane.
    """
    draw = np.random.RandomState([seed, epoch])  # new episodes in every epoch
    symbols = cues + draw.randint(distractors, size=(length, N))
    symbols[0] = shown = draw.randint(cues, size=N)
    symbols[-1] = cues + distractors
    return np.eye(D)[symbols[start:stop]], np.tile(shown, (stop - start, 1))


'''

ADDING = '''def read(seed, start, stop, epoch):
    """The adding problem: the sum of two numbers, one of each half of the episode, that have a mark.

    Inputs (steps, N, 2), a number and its mark, and sums of the steps start ... stop - 1 of an episode.
    """
    draw = np.random.RandomState([seed, epoch])  # new episodes in every epoch
    x = np.zeros((length, N, D))
    x[:, :, 0] = draw.random_sample((length, N))
    for low, high in ((0, length // 2), (length // 2, length)):
        x[draw.randint(low, high, size=N), np.arange(N), 1] = 1
    total = (x[:, :, 0] * x[:, :, 1]).sum(axis=0)
    return x[start:stop], np.tile(total, (stop - start, 1))


'''

ACCURACY = '''def score(o, y):
    """1 where the output of the right symbol is the highest, else 0; NaN where outputs are not finite."""
    return np.where(np.isfinite(o).all(axis=-1), o.argmax(axis=-1) == y, np.nan)'''

ERROR = '''def score(o, y):
    """The squared errors."""
    return (o[..., 0] - y) ** 2'''

LAST = '''


def last(windows):
    """The last window of an episode, from the state after the steps before it; its one loss is at the end."""
    return [(a, b, b - 1) for a, b, *_ in windows[-1:]]'''


def data(run: Run, pad: str = PAD) -> str:
    """The task, the windows of an epoch and the first weights; ``pad`` pads lanes of unequal length."""
    numbers, read = TASKS[run.params.task](run, pad)
    params = run.params
    seeds = f"seeds = range({params.seed}, {params.seed + params.seeds})"
    windows = window_list(run) + (LAST if run.episodic else "")
    return "\n".join([*numbers, seeds, goals_of(run), windows]) + f"\n\n\n{read}\n\n\n{initial(run)}\n"


def _text(run: Run, pad: str) -> tuple[list[str], str]:
    """The text as literals, and its lanes."""
    lanes, sequence = run.lanes, run.text.sequence
    place = {str(symbol): i for i, symbol in enumerate(sequence.vocabulary)}
    text = [place[str(symbol)] for symbol in [*sequence.tokens, sequence.targets[-1]]]
    lengths = [f"lengths = np.array({literal([*lanes.lengths])})  # their own"] if lanes.lengths else []
    at = "np.arange(start, stop)[:, None] + starts"
    if not lanes.same_every_epoch:  # positions go on where the epoch before ended
        at = f"({at} + epoch * length) % {lanes.series}"
    numbers = [
        f"vocabulary = {literal(sequence.vocabulary)}",
        f"text = np.array({literal(text)})  # the positions of its symbols",
        "inputs, targets = text[:-1], text[1:]",
        f"V, H, G = len(vocabulary), {run.params.hidden}, {run.gates}  # symbols, hidden units, gates",
        f"N, length = {lanes.N}, {lanes.length}  # lanes, and steps of each in an epoch",
        f"starts = np.array({literal(lanes.starts)})",
        *lengths,
    ]
    if not lanes.lengths:
        return numbers, READ.format(at=at)
    goes_on = run.never_resets or (run.carried and run.trainer.settings.shuffle is not None)
    mask = MASK.format(state=FROM_PADDING if goes_on else OVER_PADDING) if run.masked else NO_MASK
    return numbers, pad + PADDED.format(mask=mask)


def _recall(run: Run, _pad: str) -> tuple[list[str], str]:
    """The endless stream of delayed recall."""
    params = run.params
    numbers = [
        f"lag, gap = {params.lag}, {params.gap}  # steps from cue to question; most between episodes",
        *_symbols(run),
        f"N, length = {params.lanes}, {run.stream.length}  # lanes, and steps of each, read once",
    ]
    return numbers, RECALL + ACCURACY


def _episodes(run: Run, _pad: str) -> tuple[list[str], str]:
    """Separate episodes of delayed recall."""
    numbers = [
        *_symbols(run),
        f"N, length = {run.params.lanes}, {run.stream.length}  # episodes, their steps",
    ]
    return numbers, EPISODES + ACCURACY


def _adding(run: Run, _pad: str) -> tuple[list[str], str]:
    """The adding problem."""
    numbers = [
        f"D, V, H, G = 2, 1, {run.params.hidden}, {run.gates}  # inputs, outputs, hidden units, gates",
        f"N, length = {run.params.lanes}, {run.stream.length}  # episodes, their steps",
    ]
    return numbers, ADDING + ERROR


def _symbols(run: Run) -> list[str]:
    params, H = run.params, run.params.hidden
    return [
        f"cues, distractors = {params.cues}, {params.distractors}  # symbols; the last one is the question",
        f"D, V, H, G = cues + distractors + 1, cues, {H}, {run.gates}  # inputs, outputs, units, gates",
    ]


TASKS: dict[str, Callable[[Run, str], tuple[list[str], str]]] = {
    "text": _text,
    "recall": _recall,
    "episodes": _episodes,
    "adding": _adding,
}
"""The numbers of a task, line by line, and the functions that read it."""
