"""Cache keys: a request that differs from an earlier one in any parameter has a result of its own."""

import json
import re

import pytest

ASKED = {
    "/api/bptt": {"text": "abcab", "digits": 4},
    "/api/walk": {"text": "abcab", "digits": 4},
    "/api/pair": {"text": "abcab", "s": 3, "digits": 4},
    "/api/formats": {"text": "abcab", "gain": 0.5, "digits": 4},
    "/api/graph": {"preset": "product", "digits": 4},
    "/api/training": {"text": "abcabc", "budget": 6, "seeds": 1, "digits": 4},
    "/api/training/film": {"text": "abcabc", "budget": 20, "seeds": 1, "k": 2, "digits": 4},
    "/api/training/lanes": {"text": "abcabcabc", "budget": 6, "seeds": 1, "digits": 4},
    "/api/training/map": {"task": "recall", "budget": 40, "seeds": 1, "digits": 4},
}
CHANGES = [
    *((path, {"digits": 17}) for path in ASKED),
    ("/api/walk", {"walk": 1, "k": 2}),
    ("/api/pair", {"s": 2}),
    ("/api/pair", {"t": 1}),
    ("/api/formats", {"loss_scale": 9}),
    ("/api/graph", {"values": "x:0.7"}),
    ("/api/training/film", {"pass": 2}),
    ("/api/training/film", {"from": 1}),
]


def result(client, path, asked):
    response = client.get(path, params=asked)
    assert response.status_code == 200, response.text
    return response.content


@pytest.mark.parametrize(("path", "change"), CHANGES, ids=str)
def test_whoever_asks_second_has_the_answer_to_the_second_question(path, change, client, new_client):
    result(client, path, ASKED[path])
    second = result(client, path, ASKED[path] | change)
    assert second == result(new_client(), path, ASKED[path] | change)
    assert second != result(client, path, ASKED[path])


def test_two_urls_that_decode_alike_do_not_share_an_answer(new_client):
    """%3F in a path is a letter of it, and no start of a query."""
    client = new_client()
    assert client.get("/api/bptt?k=3").status_code == 200
    for path in ("/api/bptt%3Fk=3", "/api/bptt%3Fk=3?"):
        assert client.get(path).status_code == 404, path


def test_a_page_has_its_own_title_wherever_the_spaces_are(new_client):
    """The parts of a page's key stay apart: title and description both hold what a link says."""
    titles = {
        re.search("<title>(.*?)</title>", new_client().get("/en/", params={"text": text}).text)[1]
        for text in ("a b", "a", "b a")
    }
    client = new_client()
    again = {
        re.search("<title>(.*?)</title>", client.get("/en/", params={"text": text}).text)[1]
        for text in ("a b", "a", "b a")
    }
    assert len(titles) == 3
    assert again == titles


def test_the_events_of_a_run_have_the_digits_that_are_asked_for(client):
    asked = ASKED["/api/training"] | {"text": "abcabd"}
    lengths = []
    for digits in (4, 17):
        events = client.get("/api/training/events", params=asked | {"digits": digits}).text
        done = next(part for part in events.split("\n\n") if "event: done" in part)
        losses = json.loads(done.split("data: ", 1)[1])["race"]["contestants"][0]["points"]["mean"]
        lengths.append(max(len(str(loss)) for loss in losses))
    assert lengths[0] <= 6 < 12 < lengths[1]
