"""The form is the schema: what a control offers is accepted, what it shows as idle is ignored."""

import re
import unicodedata

import pytest
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from starlette.testclient import TestClient

from app.bptt.truncation import SCHEMES
from app.bptt.truncation.randomized import Randomized
from app.labs.explorer.params import BpttParams
from app.labs.explorer.run import run
from app.labs.graph.params import GraphParams
from app.labs.graph.run import run as run_graph
from app.labs.parameters import normalize
from app.labs.training.params import TrainingParams
from app.main import create_app
from app.pages import form
from app.serving.json_encoding import to_json
from app.words import CATALOGUES, LANGUAGES

CONTROLS = {control.name: control for control in form.controls()}
NUMERIC = [control for control in CONTROLS.values() if control.kind in {"integer", "number"}]
CHOSEN = [control for control in CONTROLS.values() if control.kind == "choice"]
IDLE = [
    (control.name, truncation)
    for control in CONTROLS.values()
    for truncation in SCHEMES
    if truncation not in control.only_with.get("truncation", list(SCHEMES))
]

BY_LINK_ALONE = {"trained", "at_update"}  # a link of the training lab brings them


def named(control):
    return control.name


def refusal(**asked):
    with pytest.raises(ValidationError) as caught:
        BpttParams(**asked)
    return caught.value.errors()[0]["type"]


def test_every_parameter_has_one_control_in_the_order_of_a_link():
    assert list(CONTROLS) == list(BpttParams.model_fields)


@pytest.mark.parametrize("control", CONTROLS.values(), ids=named)
def test_a_control_starts_at_the_default(control):
    assert control.default == BpttParams.model_fields[control.name].default
    assert control.group in {"main", *form.GROUPS} or control.name in BY_LINK_ALONE


@pytest.mark.parametrize("control", NUMERIC, ids=named)
def test_the_ends_of_a_slider_are_the_bounds_of_the_answer(control):
    for end in (control.minimum, control.maximum):
        assert getattr(BpttParams(**{control.name: end}), control.name) == end
    assert refusal(**{control.name: control.minimum - control.step}) == "greater_than_equal"
    assert refusal(**{control.name: control.maximum + control.step}) == "less_than_equal"


@pytest.mark.parametrize("control", NUMERIC, ids=named)
def test_every_place_of_a_slider_is_legal(control):
    assert control.step > 0
    places = (control.maximum - control.minimum) / control.step
    assert places == pytest.approx(round(places))
    if control.kind == "integer":
        assert control.step == 1


@pytest.mark.parametrize("control", CHOSEN, ids=named)
def test_every_choice_is_answered_and_no_other(control):
    for choice in control.choices:
        assert run(BpttParams(**{control.name: choice}))["params"][control.name] == choice
    code = "not_steps" if control.own else "literal_error"  # or a list of one's own
    assert refusal(**{control.name: "something else"}) == code


def test_the_limits_of_the_text_are_those_of_the_answer():
    limits = CONTROLS["text"].limits
    too_far = {
        "too_few_symbols": "a" * (limits["too_few_symbols"] - 1),
        "too_many_symbols": "a" * (limits["too_many_symbols"] + 1),
        "too_long": "e\u0316" * (limits["too_long"] // 2 + 1),
        "not_numbers": f"1 {limits['not_numbers'] + 1}",
        "too_many_different": "".join(chr(0x4E00 + i) for i in range(limits["too_many_different"] + 1)),
    }
    assert limits.keys() == too_far.keys()
    for code, text in too_far.items():
        unit = "number" if code == "not_numbers" else "char"
        assert refusal(text=text, steps=2, unit=unit) == code


def test_a_text_of_just_the_limit_is_read():
    limits = CONTROLS["text"].limits
    just_within = {
        "a" * limits["too_few_symbols"]: "char",
        "a" * limits["too_many_symbols"]: "char",
        "e\u0316" * (limits["too_long"] // 2): "char",
        f"1 -{limits['not_numbers']}": "number",
        "".join(chr(0x4E00 + i) for i in range(limits["too_many_different"])): "char",
    }
    for text, unit in just_within.items():
        assert BpttParams(text=text, steps=1, unit=unit).text == text


def test_the_length_of_a_text_is_that_of_its_composed_form():
    decomposed = unicodedata.normalize("NFD", "\u1f82")  # as many as four make one
    assert len(decomposed) == 4
    assert normalize(3 * decomposed, 3) == "\u1f82" * 3
    for text in (3 * decomposed + "\u0345", "abcd"):
        with pytest.raises(PydanticCustomError, match="too_long"):
            normalize(text, 3)
    assert normalize("abc", 3) == "abc"


def test_a_number_moves_by_ones_unless_finer_steps_make_a_difference():
    """At the arrows of its field."""
    finer = {
        BpttParams: {"gain": 0.05, "gate_bias": 0.5, "cut": 0.05, "lr": 0.01},
        TrainingParams: {"gain": 0.05, "gate_bias": 0.5, "lr": 0.01, "clip_at": 0.1},
        GraphParams: {"lr": 0.05},
    }
    for lab, expected in finer.items():
        numeric = [each for each in form.controls(lab) if each.kind in {"integer", "number"}]
        assert {each.name: each.step for each in numeric if each.step != 1} == expected


FREE = {"init": ["gain", "orthogonal", "identity"]}
"""The starts of the weights that are no framework's."""


def test_what_is_shown_as_idle():
    expected = {
        "activation": {"cell": ["rnn"]},
        "reset_gate": {"cell": ["gru"]},
        "c0": {"cell": ["lstm"]},
        "init": {"weights": [""], "trained": [""]},
        "gain": {"weights": [""], "trained": [""], **FREE},
        "gate_bias": {"cell": ["lstm", "gru"], "weights": [""], "trained": [""], **FREE},
        "seed": {"weights": [""], "trained": [""]},
        "loss": {"unit": ["char", "word"]},
        "vocabulary": {"unit": ["char", "word"]},
        "k": {"truncation": ["blocks", "window", "tbptt"]},
        "k1": {"truncation": ["tbptt"]},
        "cut": {"truncation": ["randomized"]},
        "cut_seed": {"truncation": ["randomized"]},
        "cuts": {"truncation": ["cuts"]},
    }
    assert {name: control.only_with for name, control in CONTROLS.items() if control.only_with} == expected
    assert {name: c.not_with for name, c in CONTROLS.items() if c.not_with} == {
        "gain": {"recurrence": ["zero"]},
        "lr": {"updates": ["0"]},
        "initial_state": {"updates": ["0"]},
    }


def test_the_draws_that_the_page_writes_cut_among_the_first_steps():
    """At every cut probability that cuts at all; the default, which old links mean, cuts none of 14 edges."""
    short, longer = CONTROLS["cut_seed"].draws
    for cut in (0.01, 0.1, 0.3, 0.6, 0.9):
        assert Randomized(cut, short).uncut_edges(2).tolist() == [False, False]
        for T in (3, 4, 9, 40):
            assert Randomized(cut, longer).uncut_edges(T).tolist()[:3] == [False, True, False]
    assert Randomized(0.3, longer).uncut_edges(9).tolist() == [
        False,
        True,
        False,
        True,
        False,
        *[True] * 3,
        False,
    ]
    assert CONTROLS["cut_seed"].default == 0
    assert Randomized(0.3, 0).uncut_edges(15).tolist() == [False, *[True] * 14]
    assert [name for name, control in CONTROLS.items() if control.draws] == ["cut_seed"]


def shown(controls, asked):
    """What the form shows: the given values, within the bounds that others set (page/query.js)."""
    values = {one.name: asked.get(one.name, one.default) for one in controls}

    def applies(one):
        beside = [str(values[name]) in wanted for name, wanted in one.only_with.items()]
        return all(beside) and not any(str(values[name]) in kept for name, kept in one.not_with.items())

    by_name = {one.name: one for one in controls}
    for one in controls:
        for other, choose in ((one.at_least, max), (one.at_most, min)):
            if other and applies(one) and applies(by_name[other]):
                values[one.name] = choose(values[one.name], values[other])
        if one.idle_value and not applies(one):
            values[one.name] = one.idle_value
    return values


@pytest.mark.parametrize(
    "asked",
    [
        *(
            {"truncation": name, "k1": 5, "k": 3}
            for name in ("blocks", "full", "window", "tbptt", "randomized", "cuts")
        ),
        {"truncation": "tbptt", "k1": 3, "k": 5},
        {"truncation": "tbptt", "k1": 900},
        {"truncation": "cuts", "cuts": "1,3"},
        {"unit": "number", "text": "1 2 3", "loss": "cross_entropy"},
        {"unit": "word", "text": "a b a", "loss": "squared_error", "cell": "gru", "activation": "relu"},
        {
            "hidden": 1,
            "gain": 0,
            "gate_bias": -3,
            "loss_at": "last",
            "reduction": "sum",
            "updates": 3,
            "lr": 2.5,
        },
        {
            "truncation": "randomized",
            "cut": 0,
            "cut_seed": 9999,
            "k": 1000,
            "seed": 3,
            "weights": "",
            "steps": 1,
        },
    ],
    ids=str,
)
def test_the_form_shows_the_values_that_the_answer_used(asked):
    values = shown(CONTROLS.values(), asked)
    used = run(BpttParams(**asked))["params"]
    assert {name: values[name] for name in used if name != "steps"} == {
        name: value for name, value in used.items() if name != "steps"
    }


@pytest.mark.parametrize("preset", ["ar", "chain"])
@pytest.mark.parametrize("tau", [1, 3, 4, 12])
def test_the_form_of_the_graph_lab_shows_the_values_that_the_answer_used(preset, tau):
    asked = {"preset": preset, "n": 3, "tau": tau}
    assert run_graph(GraphParams(**asked))["params"] == shown(form.controls(GraphParams), asked)


@pytest.mark.parametrize(("name", "truncation"), IDLE)
def test_an_idle_control_changes_nothing(name, truncation):
    control = CONTROLS[name]
    answers = set()
    ends = ["1,3", "999"] if name == "cuts" else [control.minimum, control.maximum]
    for value in (control.default, *ends):
        answer = run(BpttParams(text="banana", truncation=truncation, **{name: value}))
        shown = {part: answer[part] for part in answer if part not in ("params", "schemes")}
        answers.add(to_json(shown))  # the strip of all schemes shows those with a k at every k
    assert len(answers) == 1


@pytest.mark.parametrize("control", [c for c in CONTROLS.values() if c.group], ids=named)
def test_a_control_that_is_not_idle_changes_the_answer(control):
    truncation = control.only_with.get("truncation", ["blocks"])[0]
    cell = control.only_with.get("cell", ["rnn"])[0]
    values = control.choices or [control.default, control.minimum, control.maximum]
    own = ["0.5"] * (2 * 8 + 8 * 8 + 8 + 8 * 2 + 2)
    texts = {
        "cuts": ["", "1,4"],
        "text": ["1 2 1", "1 1 2"],
        "targets": ["", "2 1 2"],
        "vocabulary": ["", "2 1"],
        "weights": ["", ",".join(own)],
        "h0": ["", ",".join(["0.5"] * 8)],
        "c0": ["", ",".join(["0.5"] * 8)],
    }
    values = texts.get(control.name, values)
    answers = set()
    for value in values:
        asked = {"text": "1 2 1", "unit": "word", "steps": 6, "truncation": truncation, "cell": cell}
        asked |= {"seed": 3, "updates": 1} | {control.name: value}
        if control.name == "truncation":
            asked["k1"] = 2
        answer = run(BpttParams(**asked))
        answers.add(to_json({part: answer[part] for part in answer if part != "params"}))
    assert len(answers) > 1


def test_the_form_as_data_is_the_form():
    assert [entry["name"] for entry in form.as_data()] == list(CONTROLS)
    assert all(entry["minimum"] == CONTROLS[entry["name"]].minimum for entry in form.as_data())


def test_the_groups_behind_more_hold_every_control_that_is_not_in_the_bar():
    used = {control.group for control in CONTROLS.values()}
    assert used - {None} == {"main", *form.GROUPS}


@pytest.mark.parametrize(
    ("name", "steps", "code"), [("hidden", 640, "too_wide"), ("updates", 100, "too_many_updates")]
)
def test_what_is_bounded_together_with_the_steps_is_so_for_the_page_too(name, steps, code):
    control = CONTROLS[name]
    most = control.times_steps // steps
    assert control.minimum < most < control.maximum
    assert getattr(BpttParams(steps=steps, **{name: most}), name) == most
    assert refusal(steps=steps, **{name: most + 1}) == code
    for language in LANGUAGES:
        assert f"{control.times_steps:,}" in CATALOGUES[language]["errors"][code]


@pytest.mark.parametrize("path", ["/en/", "/ko/training", "/en/graph", "/ko/ab", "/embed/en/"])
def test_a_control_shares_its_id_with_nothing_else_of_its_page(path):
    page = TestClient(create_app()).get(path).text
    named = re.findall(r"""\sid=["']([^"']+)["']""", page)
    assert [name for name in set(named) if named.count(name) > 1] == []
    assert named
