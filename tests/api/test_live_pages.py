"""Pages of live lectures: a room's number, however typed, leads to its page in the browser's language."""

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.pages.first_words import FIRST
from app.words import CATALOGUES


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app())


@pytest.mark.parametrize("typed", ["482913", "482%20913", "482-913"])
@pytest.mark.parametrize(("header", "language"), [("ko-KR", "ko"), ("en;q=0.9, ko;q=0.1", "en")])
def test_the_address_on_the_wall_leads_to_the_room(client, typed, header, language):
    response = client.get(f"/{typed}", headers={"accept-language": header}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, f"/{language}/live/482913")
    assert response.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("path", ["/en/live", "/en/live/482 913"])
def test_an_address_has_one_spelling(client, path):
    response = client.get(path, follow_redirects=False)
    assert response.status_code == 307
    assert response.headers["location"] in {"/en/live/", "/en/live/482913"}


@pytest.mark.parametrize("path", ["/48291", "/4829131", "/48291a", "/en/live/48291", "/de/live/482913"])
def test_what_is_no_number_of_a_room_is_no_page(client, path):
    assert client.get(path, follow_redirects=False).status_code in {307, 404}
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("language", ["en", "ko"])
def test_one_page_serves_all_rooms_in_their_language(client, language):
    pages = [client.get(f"/{language}/live/{room}").text for room in ("482913", "100000")]
    assert pages[0].replace("482913", "100000") == pages[1]
    words = CATALOGUES[language]
    assert words["join"]["title"] in pages[0].replace("\u2060", "")
    assert f'lang="{language}"' in pages[0]


def test_a_lab_comes_with_the_button_and_without_the_words_of_a_lecture(client):
    text = client.get("/en/").text
    assert 'id="live"' in text
    assert not {"live", "poll", "phone", "join"} & {name for names in FIRST.values() for name in names}
    assert CATALOGUES["en"]["live"]["paused"] not in text
