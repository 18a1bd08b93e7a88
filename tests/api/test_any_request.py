"""Random requests never fail, whatever the path and the parameters."""

import json
import re
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.pages.assets import files
from app.serving.headers import HEADERS
from tests.api.shapes import assert_shapes
from tests.examples import examples

WITHOUT_TITLE = re.compile(
    r'(?<=class="docked) start(?=">)'  # the start page has no query
    r'|<title>[^<>]*</title>\s*(<meta (name|property)="[a-z:_]+" content="[^"<>]*">\s*)*'
)
often = examples(200)
SCRIPT = f"/static/{files.version}/js/explorer.js"
SURE = {"/", "/ko/", "/en/", "/healthz", "/openapi.json", SCRIPT}


@often
@given(path=st.text(max_size=60), query=st.binary(max_size=60))
@example(path="static/\0", query=b"")
@example(path="static/" + "a" * 5000, query=b"")
@example(path="static/../../etc/passwd", query=b"")
@example(path="static/js", query=b"")
@example(path="/example.org/%2e%2e", query=b"")
@example(path="\\example.org", query=b"")
@example(path="ko\r\nx: y", query=b"\r\nx: y")
@example(path="{language}/", query=b"")
def test_any_path_is_found_or_not_found(client, path, query):
    target = "/" + quote(path, safe="/") + ("?" + quote_from_bytes(query, safe="=&%+;") if query else "")
    response = client.get("http://testserver" + target, follow_redirects=False)
    assert response.status_code in {200, 307, 404, 422}
    assert all(response.headers[name] == value for name, value in HEADERS.items())
    assert "x" not in response.headers
    if response.status_code == 307:
        assert urlsplit(response.headers["location"]).netloc in {"", "testserver"}
    if response.status_code == 404:
        assert response.json() == {"detail": "Not Found"}


@often
@given(path=st.sampled_from(sorted(SURE)), query=st.binary(max_size=200))
def test_a_page_is_the_same_for_every_query_but_for_its_title(client, path, query):
    response = client.get(f"{path}?" + quote_from_bytes(query, safe="=&%+;"), follow_redirects=False)
    assert response.status_code == (307 if path == "/" else 200)
    page, plain = response.text, client.get(path, follow_redirects=False).text
    assert WITHOUT_TITLE.sub("", page) == WITHOUT_TITLE.sub("", plain)


@often
@given(header=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80))
@example(header="en;q=" + "9" * 400)
@example(header="en;q=inf,ko;q=nan")
@example(header="," * 500)
def test_any_accept_language_leads_to_a_page(client, header):
    response = client.get("/", headers={"accept-language": header}, follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] in {"/ko/", "/en/"}


symbols = st.lists(
    st.sampled_from(["a", "b", " ", "1", "2", "-.5", "12e1", ",", "가", "👍🏽", "hello", "·"]), max_size=7
)
togethers = st.fixed_dictionaries(
    {},
    optional={
        "text": symbols.map(" ".join) | symbols.map("".join),
        "targets": symbols.map(" ".join) | symbols.map("".join),
        "weights": st.lists(st.integers(-101, 101).map(str), max_size=9).map(",".join) | st.just("0,1;2"),
        "unit": st.sampled_from(["char", "word", "number"]),
        "steps": st.integers(1, 9) | st.sampled_from([201, 1000, 1001]),
        "cell": st.sampled_from(["rnn", "lstm", "gru"]),
        "hidden": st.integers(1, 2) | st.just(64),
        "updates": st.integers(0, 3) | st.just(500),
        "lr": st.floats(0, 10),
        "loss": st.sampled_from(["cross_entropy", "squared_error"]),
        "loss_at": st.sampled_from(["every", "last", "0", "0,2", "7, 1"]),
        "from": st.integers(0, 999),
    },
)
TOGETHER = {
    *("too_few_symbols", "not_numbers", "targets_count", "weights_count", "too_wide", "too_many_updates"),
    *("too_large", "loss_beyond", "no_loss_left"),
}


@examples(120)
@given(asked=togethers)
@example(asked={"unit": "number", "text": "1 2", "targets": "1 2", "hidden": 1, "weights": ".5,.1,0,2,0"})
@example(asked={"unit": "number", "text": "1 2 3", "targets": "· 1 ·", "hidden": 2})
@example(asked={"text": "abc", "targets": "a··", "loss_at": "0,2"})
@example(asked={"unit": "word", "targets": " "})
@example(asked={"unit": "number", "text": "1000 -1000", "updates": 3, "lr": 10, "cell": "gru"})
def test_parameters_that_go_together_are_answered_and_others_refused_by_name(client, asked):
    response = client.get("/api/bptt", params=asked)
    answer = json.loads(response.content, parse_constant=pytest.fail)
    if response.status_code == 422:
        for error in answer["errors"]:
            assert error["code"] in TOGETHER
            assert error["parameter"] in asked
            assert error["parameter"] in error["message"]
            assert str(error["limit"]) in error["message"]
        return
    assert response.status_code == 200
    assert_shapes(answer)
    assert answer["params"]["steps"] == len(answer["tokens"]) == len(answer["targets"])
    assert len(answer["training"]["loss"]) == asked.get("updates", 0) + 1
    if asked.get("unit") == "number":
        assert answer["vocabulary"] == []
        assert answer["params"]["loss"] == "squared_error"
        assert all(isinstance(token, float) for token in answer["tokens"])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["/", "/ko/", "/api/bptt", "/healthz", SCRIPT])
def test_only_reading_is_possible(client, method, path):
    response = client.request(method, path, follow_redirects=False)
    assert response.status_code == 405
    assert all(response.headers[name] == value for name, value in HEADERS.items())


@pytest.mark.parametrize(
    "path", [*sorted(SURE - {"/openapi.json"}), "/api/bptt", "/api/bptt?k=0", "/nowhere", "/ko"]
)
def test_head_says_what_get_says_without_the_body(client, path):
    got, head = (client.request(m, path, follow_redirects=False) for m in ("GET", "HEAD"))
    assert head.status_code == got.status_code
    assert not head.content
    for name in ("content-type", "location", *HEADERS):
        assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize("path", ["/api/bptt", "/api/bptt?k=0", "/healthz", "/openapi.json"])
def test_data_says_that_it_is_json(client, path):
    assert client.get(path).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en; q=0.8, ko; q=0.2", "en"),
        ("ko ;q=0.2 , en ; q=0.8", "en"),
        ("EN-GB;Q=0.9, fr", "en"),
        ("en;q=0.5, en-US;q=0.9, ko;q=0.7", "en"),
        ("ko;q=0, en;q=0.001", "en"),
        ("en;q=1.5, ko;q=0.1", "ko"),
        ("en;q=-1", "ko"),
        ("en;level=1;q=0.4, ko;q=0.3", "en"),
        ("en, ko", "en"),
        ("korean", "ko"),
        ("english", "ko"),
        ("*;q=0.1, en;q=0.5", "en"),
    ],
)
def test_weights_of_languages_are_read_as_the_standard_writes_them(client, header, language):
    response = client.get("/", headers={"accept-language": header}, follow_redirects=False)
    assert response.headers["location"] == f"/{language}/"


@pytest.mark.parametrize("path", ["/ko/", "/api/bptt", "/api/bptt?k=0", "/nowhere", SCRIPT])
def test_the_headers_let_a_page_load_nothing_from_elsewhere(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == ("'self'" if path == "/ko/" else "'none'")
    assert not any("://" in sources or "*" in sources for sources in rules.values())
