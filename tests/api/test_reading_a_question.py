"""How much work reading a question is, counted: texts are split once, and length is bounded before that."""

from dataclasses import replace

import pytest

from app.labs import parameters
from app.serving.request_limits import MAX_PARAMETERS, MAX_PATH


@pytest.fixture
def splits(monkeypatch):
    """The units and texts that are split into symbols, as often as they are."""
    parameters._symbols.cache_clear()
    seen = []
    for name, unit in list(parameters.UNITS.items()):
        monkeypatch.setitem(
            parameters.UNITS,
            name,
            replace(unit, read=lambda text, unit=unit: seen.append((unit.name, text)) or unit.read(text)),
        )
    read = parameters.numbers
    monkeypatch.setattr(
        parameters, "numbers", lambda text, limit: seen.append((limit, text)) or read(text, limit)
    )
    return seen


@pytest.mark.parametrize(
    "query",
    [
        "text=banana",
        "text=banana&targets=nanana",
        "text=a+b+c&unit=word",
        "text=1+2+3&unit=number&targets=3+2+1",
        "text=ab&hidden=1&weights=" + "%2C".join(["1"] * 8),
    ],
)
def test_a_question_splits_each_text_once(query, splits, new_client):
    client = new_client()
    assert client.get(f"/api/bptt?{query}").status_code == 200
    assert client.get(f"/ko/?{query}").status_code == 200
    assert len(splits) == len(set(splits)), splits


def test_a_training_question_splits_its_text_once(splits, new_client):
    assert new_client().get("/api/training/film?text=banana&budget=5").status_code == 200
    assert splits.count(("char", "banana")) == 1


@pytest.mark.parametrize("path", ["/api/bptt", "/api/training", "/api/graph", "/ko/"])
@pytest.mark.parametrize("letter", ["a", "\u0344", "\ufb2c"])
def test_what_is_too_long_is_not_split(path, letter, splits, client):
    client.get(path, params={"text": letter * 2700})
    assert not [text for _, text in splits if letter in text]


def test_more_parameters_than_there_could_be_are_refused_unread(client):
    def query(n: int) -> str:
        return "&".join(f"x{i}=1" for i in range(n))

    assert client.get(f"/ko/?{query(MAX_PARAMETERS)}").status_code == 200
    for path in ("/ko/", "/api/bptt", "/nowhere"):
        response = client.get(f"{path}?{query(MAX_PARAMETERS + 1)}")
        assert response.status_code == 400
        assert response.text == "The query has more than 1000 parameters."
        assert "content-security-policy" in response.headers


def test_a_path_longer_than_any_is_not_found(client):
    for path in ("/ko/lessons/" + "a" * MAX_PATH, "/a" * MAX_PATH, "/ko/" + "1" * 9000):
        assert client.get(path).json() == {"detail": "Not Found"}
    assert len(client.get("/ko/lessons/" + "a" * 900, headers={"accept": "text/html"}).text) > 1000
