"""Sampling text from a model: each symbol is drawn from its predictions and fed back."""

import numpy as np

from ...bptt.arrays import Array, split_vectors
from ...bptt.losses import softmax
from ...bptt.tasks import Text
from ...bptt.training import Trainer
from ...bptt.weights import unflatten

LENGTH, TEMPERATURE = 60, 0.7


def sample(trainer: Trainer, row: Array, H: int, seed: int) -> str:
    """A sample from the weights ``row`` (n,), starting with the text's first symbol; the seed decides it."""
    text = trainer.stream
    if not isinstance(text, Text):
        raise TypeError("only a text can be sampled")
    vocabulary, params = text.sequence.vocabulary, unflatten(row, trainer.shapes(H))
    stream, state = np.random.RandomState(seed), np.zeros((trainer.cell.state_vectors, H))
    symbols = [str(text.sequence.tokens[0])]
    with np.errstate(all="ignore"):
        Wx, Wh, b = (split_vectors(params[name], len(trainer.cell.gates)) for name in ("Wx", "Wh", "b"))
        for _ in range(min(LENGTH, 4 * len(text.sequence.tokens))):
            u = Wx[:, vocabulary.index(symbols[-1])] + b
            state = trainer.cell.step(Wh, u, state, params.get("bh"))
            p = softmax((state[0] @ params["Wy"] + params["by"]) / TEMPERATURE)
            if not np.isfinite(p).all():
                break
            drawn = np.searchsorted(np.cumsum(p), stream.random_sample())
            symbols.append(vocabulary[min(int(drawn), len(vocabulary) - 1)])
    return "".join(symbols)
