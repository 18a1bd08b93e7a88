"""Bad input is answered with the parameter and its limit, never with a failure, never with much of itself."""

import json
from urllib.parse import quote, quote_from_bytes, unquote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.api.explorer import BpttQuery
from app.words import CATALOGUES
from tests.examples import examples

BAD = {
    "text=": ("text", "too_few_symbols", 2),
    "text=a": ("text", "too_few_symbols", 2),
    "text=" + quote("👩‍👩‍👧‍👦"): ("text", "too_few_symbols", 2),
    "text=" + "a" * 1002: ("text", "too_many_symbols", 1001),
    "steps=5&text=" + quote("e\u0316" * 800): ("text", "too_long", 1300),
    "text=" + "a" * 30_000: ("text", "too_long", 1300),
    "steps=5&text=" + quote("".join(chr(0x4E00 + i) for i in range(257))): (
        "text",
        "too_many_different",
        256,
    ),
    "steps=0": ("steps", "too_small", 1),
    "steps=-1": ("steps", "too_small", 1),
    "steps=1001": ("steps", "too_large", 1000),
    "steps=" + "9" * 5000: ("steps", "too_large", 1000),
    "steps=-" + "9" * 5000: ("steps", "too_small", 1),
    "steps=" + "0" * 5000 + "1001": ("steps", "too_large", 1000),
    "steps=5_0": ("steps", "not_integer", None),
    "steps=50.0": ("steps", "not_integer", None),
    "steps=%205": ("steps", "not_integer", None),
    "steps=%2B5": ("steps", "not_integer", None),
    "steps=": ("steps", "not_integer", None),
    "steps=" + quote("５"): ("steps", "not_integer", None),
    "steps=5%0A": ("steps", "not_integer", None),
    "steps=--5": ("steps", "not_integer", None),
    "steps=-": ("steps", "not_integer", None),
    "steps=null": ("steps", "not_integer", None),
    "k=": ("k", "not_integer", None),
    "hidden=8.0": ("hidden", "not_integer", None),
    "seed=true": ("seed", "not_integer", None),
    "digits=": ("digits", "not_integer", None),
    "k=0": ("k", "too_small", 1),
    "k=1001": ("k", "too_large", 1000),
    "k1=0": ("k1", "too_small", 1),
    "k1=1001": ("k1", "too_large", 1000),
    "hidden=0": ("hidden", "too_small", 1),
    "hidden=65": ("hidden", "too_large", 64),
    "gain=-0.1": ("gain", "too_small", 0),
    "gain=3.1": ("gain", "too_large", 3),
    "gain=NaN": ("gain", "not_number", None),
    "gain=inf": ("gain", "not_number", None),
    "gain=1e999": ("gain", "too_large", 3),
    "gain=-1e999": ("gain", "too_small", 0),
    "gain=" + "9" * 5000: ("gain", "too_large", 3),
    "gain=1_0": ("gain", "not_number", None),
    "gain=1e": ("gain", "not_number", None),
    "gain=0x1": ("gain", "not_number", None),
    "gain=%201": ("gain", "not_number", None),
    "gain=1%0A": ("gain", "not_number", None),
    "gain=%2B1": ("gain", "not_number", None),
    "gain=" + quote("１"): ("gain", "not_number", None),
    "gain=.": ("gain", "not_number", None),
    "gain=": ("gain", "not_number", None),
    "gate_bias=-3.1": ("gate_bias", "too_small", -3),
    "gate_bias=5.1": ("gate_bias", "too_large", 5),
    "seed=-1": ("seed", "too_small", 0),
    "seed=10000": ("seed", "too_large", 9999),
    "cut=-0.01": ("cut", "too_small", 0),
    "cut=0.91": ("cut", "too_large", 0.9),
    "cut=nan": ("cut", "not_number", None),
    "cut_seed=-1": ("cut_seed", "too_small", 0),
    "cut_seed=10000": ("cut_seed", "too_large", 9999),
    "digits=2": ("digits", "too_small", 3),
    "digits=18": ("digits", "too_large", 17),
    "cell=elman": ("cell", "not_a_choice", None),
    "unit=letter": ("unit", "not_a_choice", None),
    "unit=word&text=hello": ("text", "too_few_symbols", 2),
    "unit=number&text=1 two": ("text", "not_numbers", 1000),
    "unit=number&text=1,1001": ("text", "not_numbers", 1000),
    "unit=number&text=1,nan": ("text", "not_numbers", 1000),
    "unit=number&text=1": ("text", "too_few_symbols", 2),
    "unit=number&text=1 2&targets=x y": ("targets", "not_numbers", 1000),
    "truncation=Blocks": ("truncation", "not_a_choice", None),
    "truncation=": ("truncation", "not_a_choice", None),
    "activation=Tanh": ("activation", "not_a_choice", None),
    "loss=mse": ("loss", "not_a_choice", None),
    "loss_at=": ("loss_at", "not_a_choice", None),
    "loss_at=first": ("loss_at", "not_steps", 999),
    "loss_at=1,-2": ("loss_at", "not_steps", 999),
    "loss_at=1000": ("loss_at", "not_steps", 999),
    "loss_at=" + "9" * 400: ("loss_at", "not_steps", 999),
    "loss_at=" + "1," * 3000: ("loss_at", "too_long", 5000),
    "loss_at=1,4": ("loss_at", "loss_beyond", 3),
    "loss_at=0,4&targets=·ell·": ("targets", "no_loss_left", 1),
    "targets=·····": ("targets", "no_loss_left", 1),
    "unit=number&text=1 2&targets=· x": ("targets", "not_numbers", 1000),
    "reduction=max": ("reduction", "not_a_choice", None),
    "cell=" + "gru" * 200: ("cell", "not_a_choice", None),
    "v=2": ("v", "not_a_choice", None),
    "v=": ("v", "not_a_choice", None),
    "v=01": ("v", "not_a_choice", None),
    "k=2&k=3": ("k", "repeated", None),
    "k=2&k=2": ("k", "repeated", None),
    "v=1&v=1": ("v", "repeated", None),
    "text=abc&k=2&text=" + "d" * 500: ("text", "repeated", None),
    "targets=abc": ("targets", "targets_count", 5),
    "targets=abcdef": ("targets", "targets_count", 5),
    "targets=" + "a" * 30_000: ("targets", "too_long", 1300),
    "steps=5&text="
    + quote("".join(chr(0x4E00 + i) for i in range(200)))
    + "&targets="
    + quote("".join(chr(0x5E00 + i) for i in range(200))): ("targets", "too_many_different", 256),
    "text=" + "a" * 1001 + "&targets=" + "b" * 1001: ("steps", "steps_needed", 1000),
    "K=2": ("K", "unknown", None),
    "utm_source=x": ("utm_source", "unknown", None),
    "%00=1": ("\x00", "unknown", None),
    "truncation=cuts&cuts=4": ("cuts", "cut_beyond", 3),  # hello: the last step is 3
    "truncation=cuts&cuts=1,2,9,7": ("cuts", "cut_beyond", 3),
    "text=ab&truncation=cuts&cuts=1": ("cuts", "cut_beyond", 0),
    "cuts=0": ("cuts", "not_cuts", 999),
    "cuts=1,1000": ("cuts", "not_cuts", 999),
    "cuts=1;2": ("cuts", "not_cuts", 999),
    "cuts=-1": ("cuts", "not_cuts", 999),
    "cuts=" + "9" * 4_990: ("cuts", "not_cuts", 999),
    "cuts=" + "1," * 2_501: ("cuts", "too_long", 5_000),
    "weights=1": ("weights", "weights_count", 140),
    "weights=1, 2": ("weights", "weights_count", 140),
    "weights=1;2": ("weights", "not_numbers", 100),
    "weights=nan": ("weights", "not_numbers", 100),
    "weights=100.1": ("weights", "not_numbers", 100),
    "weights=-1e999": ("weights", "not_numbers", 100),
    "weights=" + "1" * 20_001: ("weights", "too_long", 20_000),
    "weights=,": ("weights", "weights_count", 140),
    "weights=f32:AACAPw": ("weights", "weights_count", 140),
    "weights=f32:AACA": ("weights", "not_packed", None),
    "weights=f32:AACAPw%3D%3D": ("weights", "not_packed", None),
    "weights=f64:AACAPw": ("weights", "not_packed", None),
    "weights=f32:AACAfw": ("weights", "not_numbers", 100),  # ∞
    "weights=f32:AADAfw": ("weights", "not_numbers", 100),  # not a number
    "weights=f32:AADKQg": ("weights", "not_numbers", 100),  # 101
    "weights=f32:" + "A" * 20_000: ("weights", "too_long", 20_000),
    "vocabulary=abc": ("vocabulary", "not_in_vocabulary", None),
    "vocabulary=helloo": ("vocabulary", "twice_in_vocabulary", None),
    "vocabulary=" + "helo" * 400: ("vocabulary", "too_long", 1300),
    "vocabulary=" + quote("helo" + "".join(chr(0x4E00 + i) for i in range(253))): (
        "vocabulary",
        "too_many_different",
        256,
    ),
    "unit=word&text=a+b&vocabulary=a+c": ("vocabulary", "not_in_vocabulary", None),
    "targets=yyyyn&vocabulary=helon": ("vocabulary", "not_in_vocabulary", None),
    "cell=lstm&hidden=1&weights=1,2": ("weights", "weights_count", 32),
    "updates=-1": ("updates", "too_small", 0),
    "updates=501": ("updates", "too_large", 500),
    "updates=41&steps=1000": ("updates", "too_many_updates", 40),
    "lr=-0.1": ("lr", "too_small", 0),
    "lr=10.1": ("lr", "too_large", 10),
    "hidden=33&steps=1000": ("hidden", "too_wide", 32),
    "hidden=64&steps=501": ("hidden", "too_wide", 63),
    "from=-1": ("from", "too_small", 0),
    "from=1000": ("from", "too_large", 999),
    "start=1": ("start", "unknown", None),
    "x" * 400 + "=" + "y" * 400: ("x" * 100, "unknown", None),
    quote("<script>" * 40) + "=1": (("<script>" * 40)[:100], "unknown", None),
}
GOOD = {
    "nothing": "",
    "version": "v=1",
    "all of them": "v=1&text=hello&steps=4&unit=char&cell=rnn&activation=tanh&hidden=8&gain=1&gate_bias=1"
    "&seed=0&loss=cross_entropy&loss_at=every&reduction=mean&truncation=blocks&k=2&k1=1&cut=.3&cut_seed=0&digits=5",
    "k beyond T": "k=1000",
    "leading zeros": "k=" + "0" * 40 + "3",
    "many digits": "gain=0." + "3" * 5000,
    "tiny": "gain=1e-400",
    "minus zero": "seed=-0&gain=-0",
    "emoji": "text=" + quote("👩‍👩‍👧‍👦👍🏽🇰🇷"),
    "combining": "text=" + quote("e\u0301\u0301\u0301x"),
    "lone combining": "text=" + quote("\u0301a"),
    "right to left": "text=" + quote("שלום"),
    "marked right to left": "text=" + quote("\u202eabc\u2066\ufeff"),
    "line ends": "text=a%0D%0Ab%0A%0Dc",
    "spaces": "text=+%20%09",
    "pasted Korean": "text=" + quote("\u1112\u1161\u11ab\u1100\u1173\u11af"),
    "a joiner alone": "text=" + quote("\u200d\u200da"),
    "flags": "text=" + quote("🇰🇷🇰🇷🇰"),
    "private use": "text=" + quote("\ue000\uffff\U0010ffff"),
    "nul": "text=a%00b",
    "html": "text=" + quote("<script>alert(1)</script>"),
    "broken utf-8": "text=%ff%fe%fd",
    "surrogates": "text=%ED%A0%80a",
    "a surrogate pair in pieces": "text=%ED%A0%BD%ED%B8%80",
    "cut-off utf-8": "text=a%F0%9F%91",
    "1300 code points": "steps=3&text=" + quote("e\u0316" * 650),
    "decomposed but short": "steps=3&text=" + quote("e\u0301" * 1001),
    "1001 symbols": "steps=3&text=" + "ab" * 500 + "c",
    "256 different": "steps=3&text=" + quote("".join(chr(0x4E00 + i) for i in range(256))),
    "overflow": "text=ab&steps=200&activation=relu&gain=3&hidden=64&reduction=sum&loss=squared_error",
    "no memory": "gain=0",
    "one unit": "hidden=1",
    "T = 1": "steps=1",
}


numbers = st.from_regex(r"[-+]?[0-9_]{0,6}(\.[0-9]{0,6})?([eE][-+]?[0-9]{1,5})?", fullmatch=True)

SENTENCES = CATALOGUES["en"]["errors"]


def reflected(given: str, answer: object) -> bool:
    """Whether some text of the answer repeats more than 100 characters of what was given."""
    texts = [answer] if isinstance(answer, str) else answer
    if isinstance(answer, dict):
        texts = list(answer.values())
    if not isinstance(texts, list):
        return False
    return any(
        any(given[i : i + 101] in text for i in range(max(0, len(given) - 100)))
        if isinstance(text, str)
        else reflected(given, text)
        for text in texts
    )


def test_a_long_echo_would_be_noticed():
    assert reflected("a" * 50 + "b" * 51, {"errors": [{"message": "x" + "a" * 50 + "b" * 51}]})
    assert not reflected("a" * 100, {"errors": [{"message": "a" * 100}]})


@pytest.mark.parametrize("query", BAD, ids=[f"{i} {query[:20]}" for i, query in enumerate(BAD)])
def test_bad_input_is_named_with_its_limit(client, query):
    response = client.get(f"/api/bptt?{query}")
    parameter, code, limit = BAD[query]
    assert response.status_code == 422
    (first, *_) = json.loads(response.content, parse_constant=pytest.fail)["errors"]
    assert (first["parameter"], first["code"]) == (parameter, code)
    assert limit is None or first["limit"] == limit
    assert all(len(first[part]) <= 200 for part in ("given", "message"))
    assert len(first["given"]) <= 100
    assert parameter in first["message"]
    assert limit is None or str(limit) in first["message"]
    assert not reflected(unquote_plus(query, errors="replace"), response.json())


@pytest.mark.parametrize("name", GOOD)
def test_odd_but_legal_input_is_answered(client, name):
    response = client.get(f"/api/bptt?{GOOD[name]}")
    assert response.status_code == 200
    json.loads(response.content, parse_constant=pytest.fail)


def test_several_mistakes_are_all_named(client):
    answer = client.get("/api/bptt?hidden=0&gain=9&text=a&k=x&who=me")
    assert answer.status_code == 422
    assert {error["parameter"] for error in answer.json()["errors"]} == {"hidden", "gain", "text", "k", "who"}
    crowd = client.get("/api/bptt?" + "&".join(f"x{i}=1" for i in range(900)))
    assert crowd.status_code == 422
    assert len(crowd.json()["errors"]) == 20


def test_leading_zeros_do_not_change_a_number(ask):
    assert ask(seed="0" * 30 + "12") == ask(seed=12)
    assert ask(k="03") == ask(k=3)


def test_what_is_composed_and_what_is_decomposed_is_one_text(client):
    answers = {
        client.get("/api/bptt", params={"text": text, "hidden": 2}).content
        for text in ("한글é", "\u1112\u1161\u11ab\u1100\u1173\u11afe\u0301")
    }
    assert len(answers) == 1


def test_the_same_question_has_the_same_bytes_however_it_is_put(client):
    questions = ("", "v=1", "text=hello&k=2", "k=2&text=hello", "steps=4", "gain=1.0", "gain=1e0")
    assert len({client.get(f"/api/bptt?{question}").content for question in questions}) == 1


@examples(300)
@given(
    raw=st.binary(max_size=300)
    | st.tuples(
        st.sampled_from([f"{name}=".encode() for name in BpttQuery.model_fields]),
        st.binary(max_size=60) | st.text(max_size=40).map(str.encode) | numbers.map(str.encode),
    ).map(b"".join)
)
@example(raw=b"text=" + b"\xed\xa0\x80" * 10)
@example(raw=b"gain=1e-400")
@example(raw=b"&&=&=&text")
def test_any_bytes_are_answered_and_never_echoed_at_length(client, raw):
    response = client.get("/api/bptt?" + quote_from_bytes(raw, safe="=&%+;"))
    assert response.status_code in {200, 422}
    answer = json.loads(response.content, parse_constant=pytest.fail)
    if response.status_code == 422:
        assert 1 <= len(answer["errors"]) <= 20
        assert all(error["code"] in SENTENCES for error in answer["errors"])
        assert not reflected(raw.decode(errors="replace"), answer)
