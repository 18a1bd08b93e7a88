"""Pages, redirects, methods and headers."""

import pytest

from app.pages.assets import files
from app.serving.headers import HEADERS

SCRIPT = f"/static/{files.version}/js/explorer.js"


@pytest.mark.parametrize("path", ["/", "/ko/", "/en/", "/api/bptt", "/healthz", SCRIPT])
def test_head_works_wherever_get_does(client, path):
    got, head = client.get(path), client.head(path)
    assert got.status_code == head.status_code == 200
    assert not head.content


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.3,ko;q=0.4", "ko"),
        ("fr-FR,fr;q=0.9,en;q=0.1", "en"),
        ("fr", "ko"),
        ("*", "ko"),
        ("", "ko"),
        ("en;q=x, ,;;q=", "ko"),
        ("en;q=0", "ko"),
    ],
)
def test_the_front_address_reads_accept_language_and_keeps_the_query(client, header, language):
    query = "v=1&text=%EA%B0%80%EB%82%98&k=1"
    response = client.get(f"/?{query}", headers={"accept-language": header}, follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] == f"/{language}/?{query}"
    assert "Accept-Language" in response.headers["vary"]


@pytest.mark.parametrize(
    "path",
    ["/ko/", "/api/bptt", "/api/bptt?k=0", "/healthz", "/nowhere", SCRIPT, "/static/none"],
)
def test_every_response_carries_the_headers(client, path):
    response = client.get(path)
    for name, value in HEADERS.items():
        assert response.headers[name] == value


@pytest.mark.parametrize(
    ("path", "status"), [("/fr/", 404), ("/ko", 200), ("/nowhere", 404), ("/static/../app/main.py", 404)]
)
def test_what_is_not_there_is_not_found(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize("path", ["/api/training/events", "/api/training/map/events"])
def test_the_headers_of_a_stream_are_those_of_its_answer(client, path):
    response = client.head(path, params={"text": "ab", "budget": 4, "seeds": 1})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert not response.content
    assert client.head(path, params={"budget": 0}).status_code == 422


@pytest.mark.parametrize("place", ["{}", "1.{}", "{}.1"])
@pytest.mark.parametrize("prefix", ["/", "/ko/"])
def test_long_digits_are_the_number_of_no_lesson(client, prefix, place):
    for digits in (4, 4301, 9000):
        assert client.get(prefix + place.format("1" * digits)).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/api/bptt").status_code == 405
    assert client.request(method, "/ko/").status_code == 405


def test_pages_hold_no_inline_script_or_style(client):
    page = client.get("/ko/?text=<script>&y=<blink>&x='\"><script>").text
    assert page.count("<script") == 3
    assert 'style="' not in page
    assert "built-in" not in page
    assert "<style" not in page
    assert "<blink>" not in page
    assert "&lt;script&gt;" in page  # in its title


def test_the_answer_to_another_method_lists_all_methods_of_a_path(client):
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        documented = {name.upper() for name in operations} - {"PARAMETERS"}
        response = client.request("PATCH", path.replace("{room}", "123456"))
        assert response.status_code == 405, path
        assert {*response.headers["allow"].split(", ")} - {"HEAD"} == documented, path
