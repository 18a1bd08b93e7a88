"""What the answer holds is what its schema says, and what the mathematics says."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bptt.activations import ACTIVATIONS
from app.bptt.cells import CELLS, RESETS
from app.bptt.losses import LOSSES
from app.bptt.starts import STARTS
from app.bptt.truncation import SCHEMES
from app.labs.explorer.result import BpttResult
from tests.api.shapes import assert_shapes, nulls
from tests.arrays import assert_close
from tests.examples import examples

SENTENCE = "the quick brown fox"

texts = st.text(st.sampled_from("ab 가👍🏽é\u0301שx"), min_size=2, max_size=14)
parameters = st.fixed_dictionaries(
    {"text": texts},
    optional={
        "steps": st.integers(1, 24),
        "hidden": st.integers(1, 7),
        "activation": st.sampled_from(list(ACTIVATIONS)),
        "cell": st.sampled_from(list(CELLS)),
        "reset_gate": st.sampled_from(list(RESETS)),
        "init": st.sampled_from(list(STARTS)),
        "gain": st.floats(0, 3),
        "seed": st.integers(0, 9999),
        "loss": st.sampled_from(list(LOSSES)),
        "loss_at": st.sampled_from(["every", "last", "0"]),
        "reduction": st.sampled_from(["mean", "sum"]),
        "truncation": st.sampled_from(list(SCHEMES)),
        "k": st.integers(1, 30),
        "k1": st.integers(1, 30),
        "cut": st.floats(0, 0.9),
        "cut_seed": st.integers(0, 9999),
        "digits": st.integers(3, 17),
    },
)

MAY_BE_NULL = {  # in a run whose numbers are all finite
    ".kept",
    ".credit",
    ".by_k",
    ".by_k.cosine",
    ".by_k.relative_error",
    ".credit_c",
    ".credit_c_future",
    ".draws",
    *(
        f".draws.{kind}{part}.{measure}"
        for kind in ("biased", "unbiased")
        for part in ("", ".mean")
        for measure in ("cosine", "relative_error")
    ),
    *(
        f".schemes.{name}.{measure}"
        for name in SCHEMES
        for measure in ("cosine", "relative_error", "norm_ratio", "reach")
    ),
    ".k_full",
    ".forward.p",
    ".forward.loss",
    ".checks.finite_difference",
    ".overflow_at",
    ".jacobian.last_loss_ratio",
    ".jacobian.last_loss_ratio_Wh",
    *(
        f".comparison.{vectors}.{measure}"
        for vectors in ("Wx", "Wh", "b", "bh", "Wy", "by", "recurrent", "all")
        for measure in ("cosine", "relative_error", "norm_ratio")
    ),
}


def array(rows: Any) -> np.ndarray:
    return np.array(rows, dtype=float)


@examples(200)
@given(asked=parameters)
def test_every_answer_fits_its_schema_and_its_shapes(client, asked):
    response = client.get("/api/bptt", params=asked)
    if response.status_code == 422:
        assert response.json()["errors"][0]["code"] == "too_few_symbols"
        return
    answer = json.loads(response.content, parse_constant=pytest.fail)
    BpttResult.model_validate(answer)
    assert_shapes(answer)
    assert answer["params"]["steps"] == len(answer["tokens"]) == len(answer["targets"])
    assert set(nulls(answer)) <= MAY_BE_NULL
    assert answer["checks"]["passed"] is not False


@pytest.mark.parametrize("truncation", SCHEMES)
@pytest.mark.parametrize("loss_at", ["every", "last", "2,5,9"])
def test_the_parts_of_an_answer_agree_with_each_other(ask, truncation, loss_at):
    answer = ask(text=SENTENCE, truncation=truncation, k=4, k1=2, loss_at=loss_at, digits=17)
    T, forward = len(answer["tokens"]), answer["forward"]
    losses, p = array(forward["loss"]), array(forward["p"])
    has_loss = np.isfinite(losses)
    assert has_loss.sum() == {"every": T, "last": 1, "2,5,9": 3}[loss_at]
    assert_close(p.sum(1), 1)
    wanted = [answer["vocabulary"].index(symbol) for symbol in answer["targets"]]
    assert_close(losses[has_loss], -np.log(p[range(T), wanted])[has_loss])
    assert_close(forward["total_loss"], losses[has_loss].mean())
    kept, credit = array(answer["kept"]), array(answer["credit"])
    above = np.triu(np.ones((T, T), bool), 1)
    assert np.array_equal(np.isnan(kept), above)
    assert np.array_equal(np.isnan(credit), above | ~has_loss[:, None])
    counted = ~above & has_loss[:, None]
    assert answer["cells_total"] == counted.sum()
    assert answer["cells_kept"] == (kept[counted] != 0).sum()
    for part in ("full", "truncated"):
        g = {name: array(answer[part][name]) for name in ("dh_output", "dh_future", "dh", "dh_norm")}
        assert_close(g["dh"], g["dh_output"] + g["dh_future"])
        assert_close(g["dh_norm"], np.linalg.norm(g["dh"], axis=1))
        assert not g["dh_output"][~has_loss].any()
    assert answer["full"]["gradients"]["Wy"] == answer["truncated"]["gradients"]["Wy"]
    assert answer["checks"]["passed"] is True


def test_truncation_leaves_the_forward_pass_and_the_weights_alone(ask):
    usual = ask(text=SENTENCE, digits=17)
    for truncation in SCHEMES:
        other = ask(text=SENTENCE, truncation=truncation, k=5, k1=2, cut_seed=7, digits=17)
        for part in ("forward", "weights", "full", "credit"):
            assert other[part] == usual[part]


def test_length_crops_or_repeats_and_never_changes_the_weights(ask):
    whole = ask(text="hello", digits=17)
    assert whole["tokens"] == ["h", "e", "l", "l"]
    for steps, tokens in ((2, "he"), (4, "hell"), (7, "hellohe")):
        other = ask(text="hello", steps=steps, digits=17)
        assert "".join(other["tokens"]) == tokens
        assert other["weights"] == whole["weights"]
        assert other["vocabulary"] == ["h", "e", "l", "o"]


def test_k_beyond_the_length_is_full(ask):
    full = ask(text=SENTENCE, truncation="full")
    for truncation, k in (("blocks", 18), ("blocks", 1000), ("window", 999), ("tbptt", 1000)):
        answer = ask(text=SENTENCE, truncation=truncation, k=k, k1=3)
        assert answer["truncated"]["gradients"] == full["truncated"]["gradients"]
        assert answer["comparison"]["recurrent"]["relative_error"] < 1e-14


def test_the_known_counts(ask):
    answer = ask(text="ab", steps=17, k=4)
    assert (answer["cells_kept"], answer["cells_total"]) == (41, 153)
    assert [(b["start"], b["stop"]) for b in answer["blocks"]] == [
        (0, 4),
        (4, 8),
        (8, 12),
        (12, 16),
        (16, 17),
    ]
    assert answer["blocks"][1]["h_in"] == answer["forward"]["h"][3]
    assert (
        ask(text="ab", steps=20, truncation="tbptt", k1=5, k=10)["cost"]["truncated"]["backward_steps"] == 35
    )
    assert ask(text="ab", steps=9, truncation="window", k=3)["blocks"] == []


@pytest.mark.parametrize("truncation", ["blocks", "window", "tbptt"])
def test_by_k_is_what_asking_for_each_k_gives(ask, truncation):
    asked = {"text": SENTENCE, "truncation": truncation, "k1": 4, "digits": 17}
    answer = ask(**asked)
    by_k = answer["by_k"]
    assert by_k["k"] == list(range(4 if truncation == "tbptt" else 1, answer["k_full"] + 1))
    single = [ask(**asked, k=k) for k in by_k["k"]]
    assert by_k["cells_kept"] == [answer["cells_kept"] for answer in single]
    for measure in ("cosine", "relative_error"):
        assert_close(by_k[measure], [answer["comparison"]["recurrent"][measure] for answer in single])
    assert by_k["cells_kept"][-1] == answer["cells_total"]


@pytest.mark.parametrize("digits", [3, 5, 12])
def test_numbers_are_the_nearest_to_their_decimal_form(ask, digits):
    exact = ask(text=SENTENCE, steps=60, gain=0.4, digits=17)
    rounded = ask(text=SENTENCE, steps=60, gain=0.4, digits=digits)

    def compare(a: Any, b: Any) -> None:
        if isinstance(a, dict):
            for name in a:
                if name not in {"params", "checks"}:
                    compare(a[name], b[name])
        elif isinstance(a, list):
            assert len(a) == len(b)
            for x, y in zip(a, b, strict=True):
                compare(x, y)
        elif isinstance(a, float):
            assert len(f"{b!r}".replace("-", "").split("e")[0].replace(".", "").strip("0")) <= digits
            assert b == pytest.approx(a, rel=0.51 * 10.0 ** (1 - digits))

    compare(exact, rounded)
