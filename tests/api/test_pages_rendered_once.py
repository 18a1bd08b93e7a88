"""A page is rendered and compressed once for all links: only its preview is filled in for each."""

import re

import brotli
import pytest

from app.pages import rendering

PATHS = ["/ko/", "/en/", "/embed/ko/", "/ko/ab", "/en/training", "/ko/graph", "/ko/lessons/"]


@pytest.mark.parametrize("path", PATHS)
def test_many_links_are_one_rendering_and_one_compression(path, new_client, monkeypatch):
    rendered, spliced = [], []
    to_json, splice = rendering.to_json, rendering.splice
    monkeypatch.setattr(rendering, "to_json", lambda data: rendered.append(1) or to_json(data))
    monkeypatch.setattr(rendering, "splice", lambda *parts: spliced.append(parts[-1]) or splice(*parts))
    client = new_client()
    for n in range(20):
        for coding in ("br", "gzip"):
            answer = client.get(f"{path}?text=hello{n:04d}&k=3", headers={"accept-encoding": coding})
            assert answer.status_code == 200
    assert len(rendered) == 1
    assert sorted(spliced) == ["br", "gzip"]


def test_every_link_still_has_its_own_title_and_tag(new_client):
    client = new_client()
    seen = {}
    for text in ("hello", "banana", "<i>&amp;", "나랏말싸미"):
        answer = client.get("/ko/", params={"text": text})
        title = re.search(r"<title>(.*?)</title>", answer.text)[1]
        seen[title] = answer.headers["etag"]
        again = client.get("/ko/", params={"text": text}, headers={"if-none-match": seen[title]})
        assert again.status_code == 304
    assert len(seen) == len(set(seen.values())) == 4
    assert "&lt;i&gt;&amp;amp;, 2스텝씩 블록 · BPTT Explorer" in seen


def test_a_page_that_is_not_there_is_rendered_once_too(new_client, monkeypatch):
    rendered = []
    to_json = rendering.to_json
    monkeypatch.setattr(rendering, "to_json", lambda data: rendered.append(1) or to_json(data))
    client = new_client()
    for n in range(10):
        answer = client.get(f"/ko/nowhere{n}", headers={"accept": "text/html"})
        assert answer.status_code == 404
    assert len(rendered) == 1


def test_a_link_of_a_page_keeps_no_page(new_client):
    """Ten thousand texts must not push the results out of the cache."""
    client = new_client()
    client.get("/ko/?text=ab")
    before = client.app.state.cache._entries.currsize
    for n in range(50):
        packed = client.get(f"/ko/?text=ab{n}", headers={"accept-encoding": "br"})
        assert len(packed.content) > 10_000
    assert client.app.state.cache._entries.currsize - before < 2 * len(brotli.compress(packed.content))
