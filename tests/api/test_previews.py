"""Link previews: what a page says about its link to programs that show it in a chat."""

import html
import re

import pytest
from starlette.testclient import TestClient

from app.lessons import LESSONS
from app.main import create_app
from app.presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from app.words import CATALOGUES, LANGUAGES

FOX = "text=the+quick+brown+fox+jumps+over+the+lazy+dog"


def preview(page: str) -> dict[str, str]:
    """The properties of a page, its description and its title."""
    head = page[: page.index("</head>")]
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', head)
    assert len(dict(found)) == len(found)
    title = re.search(r"<title>(.*?)</title>", head)[1]
    return {name: html.unescape(content) for name, content in found} | {"title": html.unescape(title)}


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/?v=1", "hello, blocks of 2 · BPTT Explorer"),
        ("/ko/?text=banana&k=3", "banana, 3스텝씩 블록 · BPTT Explorer"),
        ("/embed/en/?truncation=tbptt&k=1&k1=3", "hello, TBPTT(3, 3) · BPTT Explorer"),
        ("/en/?text=%3Cb%3E&truncation=full", "<b>, full BPTT · BPTT Explorer"),
        ("/en/?k=0", "BPTT Explorer: see backpropagation through time"),
        ("/en/?utm_source=x", "hello, blocks of 2 · BPTT Explorer"),
        ("/en/", "BPTT Explorer: see backpropagation through time"),
        ("/en/?text=" + "a" * 60, "a" * 40 + "…, blocks of 2 · BPTT Explorer"),
        ("/en/?text=banana&cell=lstm", "banana, LSTM, blocks of 2 · BPTT Explorer"),
        (f"/en/?v=1&{FOX}&truncation=window&k=4", "Window against blocks · BPTT Explorer"),
        ("/ko/?v=1&truncation=full", "끊지 않기 · BPTT Explorer"),
        (
            "/en/ab?text=banana&b=text%3Dbanana%26k%3D4",
            "banana, blocks of 2 | banana, blocks of 4 · BPTT Explorer",
        ),
        ("/en/ab?text=banana", "banana, blocks of 2 | banana, blocks of 2 · BPTT Explorer"),
        ("/en/ab?text=banana&b=k%3D0", "BPTT Explorer: see backpropagation through time"),
        ("/en/training?text=banana&k=3&cell=gru", "banana, GRU, blocks of 3 · Training · BPTT Explorer"),
        (
            "/en/training?text=banana&k=3&cuts=2,5",
            "banana, cut at t = 2, 5 · Training · BPTT Explorer",
        ),
        ("/en/training?task=adding", "adding problem, blocks of 2 · Training · BPTT Explorer"),
        (
            "/en/training?text=%40river-en",
            "The river is longer than anyone can see.…, blocks of 2 · Training · BPTT Explorer",
        ),
        ("/ko/training?v=1&k=1&lr=3", "무엇이 망가지나 · 학습 · BPTT Explorer"),
        ("/en/training?v=1", "hello, blocks of 2 · Training · BPTT Explorer"),
        ("/en/training", "Training lab: truncated BPTT as used in practice"),
        ("/en/graph?formula=x*y%2Bz", "x*y+z · Graph · BPTT Explorer"),
        ("/en/graph?preset=tied", "a tied weight · Graph · BPTT Explorer"),
        ("/en/graph", "Graph lab: backpropagation by hand · BPTT Explorer"),
        ("/en/lessons/blocks?m=2", "9.2 "),
        ("/en/lessons/blocks?m=99", None),
    ],
)
def test_titles_tell_links_apart(client, path, title):
    told = preview(client.get(path).text)
    assert told["title"] == told["og:title"]
    assert told["description"] == told["og:description"]
    if title is None:
        assert told["title"] == preview(client.get(path.partition("?")[0]).text)["title"]
    elif title.endswith(" "):
        assert told["title"].startswith(title)
    else:
        assert told["title"] == title


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("lab", "links"), [("", PRESETS), ("training", TRAINING_PRESETS), ("graph", GRAPH_PRESETS)]
)
def test_every_example_has_a_title_of_its_own(client, language, lab, links):
    queries = {link.partition("#")[0] for link in links.values()}
    told = [preview(client.get(f"/{language}/{lab}{query}").text) for query in queries]
    assert len({one["title"] for one in told}) == len(queries)
    assert all(one["description"] for one in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_a_lesson_has_a_title_of_its_own_under_its_short_address(client, language):
    titles = []
    for lesson in LESSONS:
        for m in range(1, len(lesson.moment) + 1):
            moved = client.get(f"/{language}/{lesson.number}.{m}", follow_redirects=False)
            assert moved.headers["location"] == f"/{language}/lessons/{lesson.id}?m={m}#m={m}"
            told = preview(client.get(moved.headers["location"]).text)
            assert told["title"].startswith(f"{lesson.number}.{m} ")
            titles.append(told["title"])
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("path", "image", "locale"),
    [
        ("/ko/?text=banana", "/preview-ko.png", "ko_KR"),
        ("/en/training", "/preview.png", "en_US"),
        ("/ko/lessons/blocks", "/preview-ko.png", "ko_KR"),
    ],
)
def test_url_and_image_are_absolute_and_of_the_language(path, image, locale, monkeypatch):
    for public, site in (("https://bptt.example/", "https://bptt.example"), ("", "http://hall.example:8000")):
        monkeypatch.setenv("BPTT_PUBLIC_URL", public)
        client = TestClient(create_app())
        told = preview(client.get(path, headers={"host": "hall.example:8000"}).text)
        assert told["og:url"] == site + path
        assert told["og:image"] == site + image
        assert told["og:locale"] == locale
        assert told["og:locale:alternate"] in {"ko_KR", "en_US"} - {locale}
        picture = client.get(image)
        assert picture.headers["content-type"] == told["og:image:type"] == "image/png"
        size = tuple(int.from_bytes(picture.content[i : i + 4], "big") for i in (16, 20))
        assert size == (int(told["og:image:width"]), int(told["og:image:height"]))
        assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
        assert told["og:image:alt"] == CATALOGUES[path[1:3]]["preview"]["image"]


def test_what_is_too_long_for_a_preview_is_left_out(client):
    page = client.get("/ko/?text=" + "%EA%B0%80" * 900).text
    assert "og:url" not in preview(page)
    assert preview(page)["title"].startswith("가" * 40 + "…")
    host = "a" * 5000
    told = preview(client.get("/ko/", headers={"host": host}).text)
    assert told["og:image"] == "/preview-ko.png"
    assert "og:url" not in told


def test_nothing_of_a_link_becomes_markup(client):
    page = client.get("/en/?text=%22%3E%3Cb%3E&x=%22%3E%3Ci%3E", headers={"host": 'x"><u>'}).text
    head = page[: page.index("</head>")]
    assert not re.search("<[biu]>", head)
