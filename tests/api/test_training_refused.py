"""What the training lab refuses: which parameter is to blame, its limit, and a sentence in both languages."""

import json
import re
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.labs.training.contestants import canonical
from app.labs.training.cost_model import cached_numbers
from app.labs.training.params import TrainingParams
from app.words import CATALOGUES
from tests.examples import examples

HEAVY = "text=" + "ab" * 1000 + "&hidden=128&seeds=10&contest=lstm.full"
WIDE = "contest=full&match=updates&budget=1&hidden=1&text=" + quote(
    ("".join(chr(0x4E00 + i) for i in range(256)) * 8)[:2001]
)
REFUSED = {
    "text=a": ("text", "too_few_symbols", 2),
    "text=": ("text", "too_few_symbols", 2),
    "text=" + "ab" * 1001: ("text", "too_many_symbols", 2001),
    "text=" + quote("e\u0316" * 1400): ("text", "too_long", 2600),
    "text=" + "a" * 20_000: ("text", "too_long", 2600),
    "text=" + quote("".join(chr(0x4E00 + i) for i in range(257))): ("text", "too_many_different", 256),
    "k=0": ("k", "too_small", 1),
    "k=1001": ("k", "too_large", 1000),
    "k=2.0": ("k", "not_integer", None),
    "cuts=0": ("cuts", "not_cuts", 1999),
    "cuts=2,2000": ("cuts", "not_cuts", 1999),
    "cuts=2;5": ("cuts", "not_cuts", 1999),
    "cuts=" + "1," * 201: ("cuts", "too_long", 400),
    "lr=-0.1": ("lr", "too_small", 0),
    "lr=10.1": ("lr", "too_large", 10),
    "lr=nan": ("lr", "not_number", None),
    "hidden=0": ("hidden", "too_small", 1),
    "hidden=129": ("hidden", "too_large", 128),
    "gain=3.1": ("gain", "too_large", 3),
    "gate_bias=-4": ("gate_bias", "too_small", -3),
    "seed=10000": ("seed", "too_large", 9999),
    "lanes=0": ("lanes", "too_small", 1),
    "lanes=65": ("lanes", "too_large", 64),
    "lanes=3": ("lanes", "too_many_lanes", 2),
    "text=ab&lanes=2": ("lanes", "too_many_lanes", 1),
    "clip_at=0": ("clip_at", "too_small", 0.001),
    "clip_at=101": ("clip_at", "too_large", 100),
    "budget=0": ("budget", "too_small", 1),
    "budget=100001": ("budget", "too_large", 100_000),
    "seeds=0": ("seeds", "too_small", 1),
    "seeds=11": ("seeds", "too_large", 10),
    "task=recall&lag=0": ("lag", "too_small", 1),
    "task=recall&lag=65": ("lag", "too_large", 64),
    "task=recall&distractors=27": ("distractors", "too_large", 26),
    "task=recall&cues=1": ("cues", "too_small", 2),
    "task=recall&cues=9": ("cues", "too_large", 8),
    "task=recall&gap=33": ("gap", "too_large", 32),
    "task=copy": ("task", "not_a_choice", "'text', 'recall', 'episodes' or 'adding'"),
    "state=wrong": ("state", "not_a_choice", "'carried' or 'zeros'"),
    "cell=elman": ("cell", "not_a_choice", "'rnn', 'lstm' or 'gru'"),
    "reading=code": ("reading", "not_a_choice", "'formula' or 'book'"),
    "shuffle=2": ("shuffle", "not_a_choice", "'0' or '1'"),
    "optimizer=adagrad": ("optimizer", "not_a_choice", "'sgd', 'adam', 'momentum' or 'rmsprop'"),
    "clip=value": ("clip", "not_a_choice", "'none', 'norm' or 'element'"),
    "v=2": ("v", "not_a_choice", "'1'"),
    "digits=2": ("digits", "too_small", 3),
    "kk=2": ("kk", "unknown", None),
    "k=2&k=3": ("k", "repeated", None),
    "contest=shuffled.full,full": ("contest", "no_blocks_to_shuffle", "shuffled.full"),
    "contest=shuffled.window:5": ("contest", "no_blocks_to_shuffle", "shuffled.window:5"),
    "task=recall&contest=shuffled.5": ("contest", "no_blocks_to_shuffle", "shuffled.5"),
    "contest=0": ("contest", "no_contestant", "0"),
    "contest=1,,2": ("contest", "no_contestant", ""),
    "contest=1,elman.2": ("contest", "no_contestant", "elman.2"),
    "contest=tbptt:5": ("contest", "no_contestant", "tbptt:5"),
    "contest=randomized:0.95": ("contest", "no_contestant", "randomized:0.95"),
    "contest=cuts": ("contest", "no_contestant", "cuts"),
    "contest=cuts:0:3": ("contest", "no_contestant", "cuts:0:3"),
    "contest=cuts:2.5": ("contest", "no_contestant", "cuts:2.5"),
    "contest=full.3": ("contest", "no_contestant", "full.3"),
    "contest=gru.lstm.3": ("contest", "no_contestant", "gru.lstm.3"),
    "contest=lstm.after.3": ("contest", "no_contestant", "lstm.after.3"),
    "contest=gru.after.before.3": ("contest", "no_contestant", "gru.after.before.3"),
    "reset_gate=inside": ("reset_gate", "not_a_choice", "'before' or 'after'"),
    "contest=1001": ("contest", "no_contestant", "1001"),
    "contest=2.5": ("contest", "no_contestant", "2.5"),
    "contest=1,2,3,4,5,6,7,8,9": ("contest", "too_many_contestants", 8),
    "contest=" + "1," * 101: ("contest", "too_long", 200),
    "contest=" + "1." * 99 + "1!": ("contest", "no_contestant", ("1." * 99)[:40]),
    "task=recall&contest=full": ("contest", "endless", "full"),
    "task=recall&contest=1,randomized:0.5": ("contest", "endless", "randomized:0.5"),
    "task=recall&contest=1,cuts:2:5": ("contest", "endless", "cuts:2:5"),
    "task=adding&lag=1": ("lag", "lag_of_adding", 2),
    HEAVY: ("contest", "walk_too_long", "lstm.full"),
    # 2000 steps x 6 seeds x (256 inputs + 2 states + 3 x 256 outputs) = 12.3 million numbers
    WIDE + "&seeds=6": ("contest", "walk_too_long", "full"),
    "budget=100000": ("budget", "too_much_work", 20),
}
ELSEWHERE = {
    "/film?task=recall": ("task", "no_film", "text"),
    "/film?pass=21": ("pass", "no_such_pass", 20),
    "/film?pass=0": ("pass", "too_small", 1),
    "/film?from=-1": ("from", "too_small", 0),
    "/film?task=adding&pass=9": ("task", "no_film", "text"),
    "/lanes?task=recall": ("task", "no_lanes", "text"),
    "/map": ("task", "no_stairs", "recall"),
    "/map?task=episodes": ("task", "no_stairs", "recall"),
    "/map/events?task=adding": ("task", "no_stairs", "recall"),
    "/map?task=recall&budget=100000": ("budget", "too_much_work", 20),
    "/events?k=0": ("k", "too_small", 1),
    "/events?budget=100000": ("budget", "too_much_work", 20),
}


def the_problem(client, path):
    response = client.get("/api/training" + path)
    assert response.status_code == 422, response.text[:200]
    assert response.headers["cache-control"] == "no-store"
    assert len(response.content) < 3000
    (found,) = response.json()["errors"]
    return found


PARTICLE = re.compile(r"\{(\w+)\|[^|}]+\}")  # a value and the Korean particle that fits it


@pytest.mark.parametrize("path", [*(f"?{query}" for query in REFUSED), *ELSEWHERE])
def test_it_says_which_parameter_is_to_blame_and_its_limit(client, path):
    found = the_problem(client, path)
    expected = ELSEWHERE.get(path) or REFUSED[path[1:]]
    assert (found["parameter"], found["code"], found["limit"]) == expected
    said = {"parameter": found["parameter"], "limit": found["limit"], "given": found["given"]}
    sentences = {language: words["errors"][found["code"]] for language, words in CATALOGUES.items()}
    assert found["message"] == sentences["en"].format(**said)
    assert sentences["ko"] != sentences["en"]
    for sentence in sentences.values():
        written = PARTICLE.sub(r"{\1}", sentence).format(**said)
        assert found["parameter"] in written
        assert "{" not in written.replace(str(found["given"]), "")
        assert ("{limit}" in PARTICLE.sub(r"{\1}", sentence)) == (found["limit"] is not None)


@pytest.mark.parametrize(
    "query",
    [
        "text=" + quote("".join(chr(0x4E00 + i) for i in range(256))),
        pytest.param("text=" + "ab" * 1000 + "c", marks=pytest.mark.exhaustive),
        "hidden=128&contest=2",
        "text=%40river-en&lanes=64&contest=10&budget=20",
        "text=%40river-ko&lanes=64&contest=10&budget=20&reading=book",
        "text=ab&contest=1,full,window:1000,tbptt:1000:1,randomized:0,randomized:0.9",
        "text=ab&reading=book&k=1000&budget=2",
        "text=abc&reading=book&k=1000&contest=1000,1&budget=7",
        "text=abcd&reading=book&lanes=1&reset=never&shuffle=1&k=1&contest=1,2,full",
        "k=1000&divide=k&contest=1000,3",
        "reset=never&shuffle=1&reading=book&lanes=2&text=hello%20you",
        "lr=10&optimizer=adam&cell=lstm",
        "lr=10&activation=relu&gain=3&clip=element",
        "contest=,".rstrip(","),
        "contest=lstm.10,gru.zeros.window:5,tbptt.5:10,randomized.0.5",
        "task=recall&lag=64&budget=10",
        "task=recall&lag=1&gap=0&distractors=1&budget=10&match=updates",
        "task=episodes&lag=1&budget=3&contest=blocks.1,tbptt:1:1,randomized:0.5",
        "task=adding&lag=2&budget=3",
        "task=adding&lag=64&budget=3&cell=gru&state=zeros",
    ],
)
def test_at_the_edges_there_is_an_answer(client, query):
    for path in ("", "/film", "/lanes") if "task" not in query else ("",):
        response = client.get(f"/api/training{path}?{query}&seeds=1")
        assert response.status_code == 200, response.text[:300]
        json.loads(response.content, parse_constant=pytest.fail)


@pytest.mark.parametrize(
    ("cell", "a_step"), [("rnn", 256 + 2 * 5), ("lstm", 256 + 7 * 5), ("gru", 256 + 4 * 5)]
)
def test_the_memory_of_a_backward_pass_counts_what_the_cell_and_the_readout_store(cell, a_step):
    """Of the readout: outputs, probabilities and their gradient, 256 numbers each."""
    symbols = "".join(chr(0x4E00 + i) for i in range(256))
    params = TrainingParams(text=symbols * 2, hidden=5, lanes=2, seeds=3, contest=f"{cell}.7")
    (one,) = params.contestants
    assert cached_numbers(params, one) == 7 * 2 * 3 * (a_step + 3 * 256)


def test_a_film_goes_as_far_as_it_can_be_made_again_in_time(client):
    """The race may be of cheap contestants, while the lab's own run, which is filmed, is dear."""
    query = "text=%40river-en&cell=lstm&hidden=128&lanes=64&k=7&contest=rnn.full&seeds=1&budget=40000"
    film = client.get(f"/api/training/film?{query}").json()
    assert 100 < film["passes"] < film["schedule"]["passes"]
    found = the_problem(client, f"/film?{query}&pass={film['passes'] + 1}")
    assert (found["parameter"], found["limit"]) == ("pass", film["passes"])


RUN = "v=1&text=hello&k=1"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"trained": RUN, "at_update": 81}, ("at_update", "too_large", 80)),
        ({"trained": RUN, "at_update": -1}, ("at_update", "too_small", 0)),
        ({"trained": RUN, "text": "hallo"}, ("trained", "trained_otherwise", None)),
        ({"trained": RUN, "hidden": 4}, ("trained", "trained_otherwise", None)),
        ({"trained": RUN, "cell": "gru"}, ("trained", "trained_otherwise", None)),
        (
            {"trained": f"{RUN}&cell=gru", "cell": "gru", "reset_gate": "after"},
            ("trained", "trained_otherwise", None),
        ),
        ({"trained": RUN, "unit": "word"}, ("trained", "trained_otherwise", None)),
        ({"trained": RUN, "targets": "elloo"}, ("trained", "trained_otherwise", None)),
        ({"trained": RUN, "unit": "number", "text": "hello"}, ("trained", "trained_otherwise", None)),
        ({"trained": "task=recall"}, ("trained", "not_a_run", None)),
        ({"trained": "k=0"}, ("trained", "not_a_run", None)),
        ({"trained": "nonsense"}, ("trained", "not_a_run", None)),
        ({"trained": "budget=100000"}, ("trained", "not_a_run", None)),
    ],
)
def test_the_explorer_looks_into_a_run_only_where_it_is_its_own(client, asked, expected):
    response = client.get("/api/bptt", params=asked)
    assert response.status_code == 422, response.text[:200]
    (found,) = response.json()["errors"]
    assert (found["parameter"], found["code"], found["limit"]) == expected


@pytest.mark.parametrize("trained", ["%", "=", "&&", "k=1&k=2", "v=7", "contest=" + "1." * 99 + "1!", "\0"])
def test_whatever_is_given_as_a_run_is_no_failure(client, trained):
    response = client.get("/api/bptt", params={"trained": trained})
    assert response.status_code in {200, 422}


words = st.sampled_from(
    [
        "rnn",
        "lstm",
        "gru",
        "blocks",
        "full",
        "window",
        "tbptt",
        "randomized",
        "cuts",
        "zeros",
        "after",
        "keras",
        "shuffled",
    ]
)
numbers = st.sampled_from(["1", "2", "007", "0.1", "10.0", "1000", "1001", "0.9", "1e3", "9" * 40])
entries = st.lists(words | numbers | st.text(".:,! 가1", max_size=3), max_size=5).flatmap(
    lambda parts: st.sampled_from([".", ":"]).map(lambda mark: mark.join(parts))
)


@settings(examples(300), deadline=10_000)
@given(entries | st.text(max_size=200))
@example("1." * 99 + "1!")
@example("a" * 199 + "1")
@example("1.1." * 49 + "x")
def test_an_entry_is_read_in_one_way_or_none_and_quickly(written):
    read = canonical(written)
    assert read is None or canonical(read) == read


@examples(60)
@given(
    st.lists(entries, max_size=3).map(",".join) | st.text(max_size=30),
    st.sampled_from(["text", "recall", "episodes", "adding"]),
    st.sampled_from(["formula", "book"]),
    st.sampled_from(["steps", "updates"]),
)
def test_any_contest_is_run_or_refused(client, contest, task, reading, match):
    asked = {"contest": contest, "task": task, "reading": reading, "match": match}
    response = client.get("/api/training", params={**asked, "budget": 3, "seeds": 1, "lag": 2})
    assert response.status_code in {200, 422}, response.text[:300]
    if response.status_code == 200:
        race = json.loads(response.content, parse_constant=pytest.fail)["race"]
        again = ",".join(one["entry"] for one in race["contestants"])
        assert client.get("/api/training", params={**asked, "contest": again}).status_code == 200
    else:
        assert response.json()["errors"][0]["parameter"] == "contest"


def test_the_cuts_of_an_entry_are_sorted_and_named_once():
    assert canonical("gru.zeros.cuts:9:2:5:2") == "gru.zeros.cuts:2:5:9"
    assert canonical("gru.zeros.after.3") == "gru.after.zeros.3"
    assert canonical("shuffled.zeros.3") == "zeros.shuffled.3"
    assert canonical("shuffled.ordered.3") is None
    assert TrainingParams(contest="cuts:5:2,cuts:2:5").contest == "cuts:2:5"


def test_an_entry_that_means_a_run_already_named_is_left_out():
    named = TrainingParams(contest="10,blocks.10,carried.10,zeros.10,rnn.10,full,10,tbptt:10:10").contestants
    assert [one.entry for one in named] == ["10", "zeros.10", "full", "tbptt:10:10"]
    named = TrainingParams(contest="gru.10,gru.before.10,gru.after.10", reset_gate="after").contestants
    assert [one.entry for one in named] == ["gru.10", "gru.before.10"]
    named = TrainingParams(contest="10,ordered.10,shuffled.10,ordered.full,full,ordered.window:5").contestants
    assert [one.entry for one in named] == ["10", "shuffled.10", "ordered.full", "ordered.window:5"]
    named = TrainingParams(task="recall", contest="10,ordered.10").contestants
    assert [one.entry for one in named] == ["10"], "only a text can be shuffled"


@pytest.mark.parametrize(("entry", "same"), [("full", "randomized:0"), ("window:3", "tbptt:1:3")])
def test_an_entry_of_another_scheme_that_trains_the_same_way_is_left_out(client, entry, same):
    asked = {"text": "banana", "seeds": 2, "budget": 40, "lanes": 2, "shuffle": 1, "divide": "k"}
    named = TrainingParams(contest=f"{same},zeros.{entry},{entry},zeros.{same}").contestants
    assert [one.entry for one in named] == [same, f"zeros.{entry}"]
    finals = [
        client.get("/api/training", params={**asked, "contest": one}).json()["race"]["contestants"][0][
            "final"
        ]
        for one in (entry, same)
    ]
    assert finals[0] == finals[1]
