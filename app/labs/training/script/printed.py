"""What the training scripts print: the losses on a text, or how right the answers of a task are."""

from ...source_text import ascii_only
from ..meters import LAST
from .parts import Run, by_steps

TEXT = '''
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

ANSWERS = '''
def curve(seed):
    """At the goals updates made, steps read and mean score since the goal before; the mean score of the end.

    The end is what comes after {late} of the updates. Whether the run diverged is the last part.
    """
    model, made, steps, points, late, diverged = network(seed), 0, 0, [], [], False
    updates = train(model, seed)
    for goal in goals:
        scores = []
        while made < goal:
            found, new, model = next(updates)
            made, steps = made + 1, steps + new
            scores.extend(np.ravel(found))
            if made > {late} * goals[-1]:
                late.extend(np.ravel(found))
        points.append((made, steps, mean(scores)))
        diverged = diverged or not np.isfinite(scores).all()
    return points, mean(late), diverged


def mean(scores):
    """Their mean; NaN where nothing was asked."""
    return sum(scores) / len(scores) if scores else np.nan


runs = [curve(seed) for seed in seeds]
kept = [points for points, _, diverged in runs if not diverged] or [points for points, *_ in runs]
for points in zip(*kept):  # of the seeds, but for those that diverge
    made, read_so_far, _ = points[0]
    found = [score for *_, score in points if np.isfinite(score)] or [np.nan]
    numbers = ", ".join(f"{{number:.5g}}" for number in (mean(found), min(found), max(found)))
    print(f"after {{made}} updates, {{read_so_far}} steps = {{numbers}}")
print("each seed at the end = " + " ".join(f"{{end:.5g}}" for _, end, _ in runs))
'''

NAMES = {"recall": "delayed recall", "episodes": "delayed recall in episodes", "adding": "adding problem"}
WHAT = {"text": "losses", "recall": "accuracy", "episodes": "accuracy", "adding": "squared error"}
"""What the race shows of a task."""


def what_is_printed(run: Run) -> str:
    """The end of a script: it trains every seed, and prints the numbers on screen."""
    if not run.is_text:
        return ANSWERS.format(late=LAST)
    return TEXT.format(unit="steps" if by_steps(run) else "len(losses)", passes=PASSES if run.is_own else "")


def head(run: Run, library: str) -> str:
    """Comments that describe the run."""
    params, one = run.params, run.one
    kind = f"{one.cell} ({params.activation})" if one.cell == "rnn" else one.cell
    kind += f" (reset {one.reset_gate} Wh)" if one.cell == "gru" else ""
    settings = ", ".join(f"{key} = {value}" for key, value in one.settings.items())
    scheme = one.scheme + (f", {settings}" if settings else "")
    update = f"{params.optimizer}, lr = {params.lr!r}, clip: {params.clip}"
    about = f"{_about(run)}, N = {run.stream.batch_size}, {kind}, H = {params.hidden}"
    padding = f"; padding: {params.padding}" if run.is_text and run.lanes.lengths else ""
    return (
        f"# BPTT Explorer: this training run with {library}.\n# {ascii_only(about)}\n"
        f"# truncation: {scheme}; state: {_state(run)}; {update}{padding}\n"
        f"# It prints the {WHAT[params.task]} on screen. "
        "Rounding grows in a long run, and differs between processors.\n"
    )


def _state(run: Run) -> str:
    """From where a block starts, and in which order the blocks are read."""
    shuffled = "; blocks shuffled in every epoch" if run.trainer.settings.shuffle is not None else ""
    if not run.carried:
        return f"zeros at every block{shuffled}"
    if run.episodic or not run.is_text:
        return "carried"
    reset = "never reset" if run.never_resets else "zeros at every epoch"
    return f"carried, {reset}{shuffled}"


def _about(run: Run) -> str:
    """The data in a few words."""
    params = run.params
    if run.is_text:
        name = params.text if len(params.text) <= 60 else params.text[:60] + "\u2026"
        return f"{name!r}, L = {run.lanes.L}"
    return f"{NAMES[params.task]}, lag = {params.lag}"
