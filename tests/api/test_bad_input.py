"""Bad input is answered with the parameter and its limit, never with a failure, never with much of itself."""

import json
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

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
    "text=" + "a" * 300: ("steps", "steps_needed", 200),
    "steps=0": ("steps", "too_small", 1),
    "steps=-1": ("steps", "too_small", 1),
    "steps=201": ("steps", "too_large", 200),
    "steps=" + "9" * 5000: ("steps", "too_large", 200),
    "steps=5_0": ("steps", "not_integer", None),
    "steps=50.0": ("steps", "not_integer", None),
    "steps=%205": ("steps", "not_integer", None),
    "steps=%2B5": ("steps", "not_integer", None),
    "steps=": ("steps", "not_integer", None),
    "steps=" + quote("５"): ("steps", "not_integer", None),
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
    "gain=1_0": ("gain", "not_number", None),
    "seed=10000": ("seed", "too_large", 9999),
    "cut=0.91": ("cut", "too_large", 0.9),
    "cut_seed=-1": ("cut_seed", "too_small", 0),
    "digits=2": ("digits", "too_small", 3),
    "digits=18": ("digits", "too_large", 17),
    "cell=lstm": ("cell", "not_a_choice", None),
    "unit=word": ("unit", "not_a_choice", None),
    "truncation=Blocks": ("truncation", "not_a_choice", None),
    "v=2": ("v", "not_a_choice", None),
    "k=2&k=3": ("k", "repeated", None),
    "k=2&k=2": ("k", "repeated", None),
    "targets=abc": ("targets", "unknown", None),
    "weights=1": ("weights", "unknown", None),
    "updates=1": ("updates", "unknown", None),
    "lr=1": ("lr", "unknown", None),
    "from=1": ("from", "unknown", None),
    "x" * 400 + "=1": ("x" * 100, "unknown", None),
}
GOOD = {
    "nothing": "",
    "version": "v=1",
    "k beyond T": "k=1000",
    "emoji": "text=" + quote("👩‍👩‍👧‍👦👍🏽🇰🇷"),
    "combining": "text=" + quote("e\u0301\u0301\u0301x"),
    "lone combining": "text=" + quote("\u0301a"),
    "right to left": "text=" + quote("שלום"),
    "nul": "text=a%00b",
    "html": "text=" + quote("<script>alert(1)</script>"),
    "broken utf-8": "text=%ff%fe%fd",
    "surrogates": "text=%ED%A0%80a",
    "1001 symbols": "steps=3&text=" + "ab" * 500 + "c",
    "256 different": "steps=3&text=" + quote("".join(chr(0x4E00 + i) for i in range(256))),
    "overflow": "text=ab&steps=200&activation=relu&gain=3&hidden=64&reduction=sum&loss=squared_error",
    "no memory": "gain=0",
    "one unit": "hidden=1",
    "T = 1": "steps=1",
}


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


@pytest.mark.parametrize("name", GOOD)
def test_odd_but_legal_input_is_answered(client, name):
    response = client.get(f"/api/bptt?{GOOD[name]}")
    assert response.status_code == 200
    json.loads(response.content, parse_constant=pytest.fail)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=300)
    | st.tuples(
        st.sampled_from([b"text=", b"steps=", b"k=", b"gain=", b"truncation=", b"cut="]),
        st.binary(max_size=60),
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
        assert all(
            len(error["given"]) <= 100 and len(error["parameter"]) <= 100 for error in answer["errors"]
        )
