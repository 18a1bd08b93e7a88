"""What each page comes with: the data of its scripts, its place in the header, where it leads, redirects."""

import json
import re

import pytest

from app.lessons import GLOSSARIES, LESSONS, TALKS
from app.lessons.markup import plain
from app.pages.course import WORDS, talk_names
from app.pages.first_words import FIRST
from app.presets import GRAPH_PRESETS, PRESETS, TRAINING_PRESETS
from app.words import CATALOGUES, LANGUAGES

COMMON = {"language", "words", "public_url", "embedded", "engine"}
OF_A_LAB = {*COMMON, "controls", "explained"}
OF_A_LESSON = {*COMMON, "lesson", "glossary"}
COURSE = {"lessons", "share", "sharing", "visibility", "notices"}
PAGES = [  # path, data, words
    ("", {*OF_A_LAB, "all_words"}, {*FIRST[""]}),
    ("ab", OF_A_LAB, {*FIRST["ab"]}),
    ("training", {*OF_A_LAB, "stairs"}, {*FIRST["training"]}),
    ("graph", OF_A_LAB, {*FIRST["graph"]}),
    ("lessons/", COMMON, COURSE),
    ("lessons/glossary", COMMON, COURSE),
    ("lessons/truncated", OF_A_LESSON, COURSE),
    ("lessons/truncated/print", OF_A_LESSON, COURSE),
    ("talk", {*COMMON, "course", "moments", "ready"}, {*COURSE, "talk"}),
    ("live/", COMMON, {"join", "phone", "poll", "share"}),
    ("live/482913", COMMON, {"join", "phone", "poll", "share"}),
]
SECTIONS = {"": "", "ab": "", "training": "training", "graph": "graph"}  # all others are of the course


def page(client, path, **headers):
    answer = client.get(path, headers={"accept": "text/html", **headers}, follow_redirects=False)
    assert answer.headers["content-type"].startswith("text/html"), (path, answer)
    return answer


def data_of(answer):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', answer.text)[1])


def target(client, path, **headers):
    answer = client.get(path, headers={"accept": "text/html", **headers}, follow_redirects=False)
    assert answer.status_code == 307, (path, answer)
    assert answer.headers["cache-control"] == "no-store"
    return answer.headers["location"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "names", "words"), PAGES)
def test_a_page_comes_with_the_data_that_its_scripts_read_and_no_more(client, language, path, names, words):
    answer = page(client, f"/{language}/{path}")
    data = data_of(answer)
    assert data.keys() == names
    assert data["words"].keys() == words
    catalogue = CATALOGUES[language]
    own = catalogue.get({"graph": "graphlab"}.get(path, path), {})  # of a lab with its own parameters
    for part in words:
        more = own.get(part, {}) if part in {"params", "presets"} else {}
        if path in FIRST and part in {"params", "errors"}:  # tests/test_first_words.py has more on these
            assert data["words"][part].keys() <= (catalogue[part] | more).keys(), part
        else:
            assert data["words"][part] == catalogue[part] | more, part
    assert (data["language"], data["embedded"]) == (language, False)
    assert f'<html lang="{language}"' in answer.text
    other = next(one for one in LANGUAGES if one != language)
    there = path if "482913" not in path else "live/"
    if not path.startswith("live"):
        assert f'href="/{other}/{there}" hreflang="{other}"' in answer.text


@pytest.mark.parametrize("path", [path for path, _, _ in PAGES if not path.startswith("live")])
def test_the_header_marks_the_section_of_the_page(client, path):
    text = page(client, f"/en/{path}").text
    marked = re.findall(r'<a [^>]*href="/en/([^"]*)"[^>]* aria-current="page"', text)
    section = SECTIONS.get(path, "lessons/")
    assert {*marked} == ({"ab"} if path == "ab" else {section})
    for name in ("", "training", "graph", "lessons/"):
        assert f'href="/en/{name}"' in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 2, 8, len(LESSONS)])
def test_a_lesson_has_its_steps_its_terms_and_its_neighbours(client, language, number):
    lesson = LESSONS[number - 1]
    prose = lesson.prose[language]
    answer = page(client, f"/{language}/lessons/{lesson.id}")
    data = data_of(answer)
    assert (data["lesson"]["id"], data["lesson"]["number"]) == (lesson.id, number)
    moments = data["lesson"]["moments"]
    assert len(moments) == len(lesson.moment)
    for moment, state, words in zip(moments, lesson.moment, prose.moment, strict=True):
        assert moment["title"] == plain(words.title)
        assert moment["question"] == words.question
        assert moment["link"] == state.link
        assert not {"text", "answer"} & moment.keys()
    assert data["glossary"].keys() == GLOSSARIES[language].keys()
    neighbours = [one.id for one in LESSONS if abs(one.number - number) == 1]
    led = re.findall(rf'data-href="/{language}/lessons/(\w+)"', answer.text)
    assert led == neighbours
    assert f"<title>{prose.title} · {CATALOGUES[language]['site']['name']}</title>" in answer.text
    printed = page(client, f"/{language}/lessons/{lesson.id}/print").text
    assert printed.count("<section data-m=") == len(lesson.moment)
    assert f'href="/{"en" if language == "ko" else "ko"}/lessons/{lesson.id}/print"' in printed


def test_the_title_of_a_step_is_that_of_its_number_and_of_no_other(client):
    lesson, site = LESSONS[7], CATALOGUES["en"]["site"]["name"]
    prose = lesson.prose["en"]
    last = len(prose.moment)
    for number in ("1", "2", str(last)):
        title = f"8.{number} {plain(prose.moment[int(number) - 1].title)} · {prose.title} · {site}"
        assert f"<title>{title}</title>" in page(client, f"/en/lessons/{lesson.id}?m={number}").text
    for number in ("0", str(last + 1), "x", "", "01"):
        text = page(client, f"/en/lessons/{lesson.id}?m={number}").text
        assert f"<title>{prose.title} · {site}</title>" in text


def test_the_list_and_the_glossary_have_the_whole_course(client):
    text = page(client, "/en/lessons/").text
    assert re.findall(r'data-lesson="(\d+)" data-moments="(\d+)"', text) == [
        (str(one.number), str(len(one.moment))) for one in LESSONS
    ]
    assert re.findall(r'href="/en/talk#ready=(\w+)">([^<]+)<', text) == [*talk_names("en").items()]
    for path in ("lessons/", "lessons/glossary"):
        entries = page(client, f"/en/{path}").text
        assert all(f'id="{term}"' in entries or term in entries for term in GLOSSARIES["en"])
    about = CATALOGUES["en"]
    assert f"<title>{about['lessons']['title']}</title>" in text
    assert f"<title>{about['glossary']['title']}</title>" in page(client, "/en/lessons/glossary").text
    assert {*WORDS} == COURSE


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_talk_comes_with_the_titles_the_pictures_and_the_ready_made_talks(client, language):
    data = data_of(page(client, f"/{language}/talk"))
    assert data["ready"] == {name: texts[language] for name, texts in TALKS.items()}
    assert [one["number"] for one in data["course"]] == [one.number for one in LESSONS]
    steps = {f"{one.number}.{m}" for one in LESSONS for m in range(1, len(one.moment) + 1)}
    assert data["moments"].keys() == steps
    for listed, lesson in zip(data["course"], LESSONS, strict=True):
        prose = lesson.prose[language]
        assert (listed["id"], listed["title"]) == (lesson.id, prose.title)
        assert listed["moments"] == [{"title": plain(words.title)} for words in prose.moment]
        for m, (moment, words) in enumerate(zip(lesson.moment, prose.moment, strict=True), 1):
            its = data["moments"][f"{lesson.number}.{m}"]
            assert (its["link"], its["veil"]) == (moment.link, moment.veil)
            assert "{" not in its["sentence"]
            if "{" not in words.question:
                assert its["sentence"] == plain(words.question)
    names = talk_names(language)
    assert names.keys() == TALKS.keys()
    assert all(texts[language].startswith(f"# {names[name]}\n") for name, texts in TALKS.items())
    other = client.get(f"/{language}/talk.json").json()
    assert other["course"] == data["course"]
    assert other["words"] == {"talk": CATALOGUES[language]["talk"]}
    assert client.get(other["sheet"]).status_code == 200
    assert other["sheet"].endswith("/css/talk-bar.css")


def test_short_addresses_lead_to_lessons_and_steps(client):
    assert target(client, "/ko/8.2") == "/ko/lessons/truncated?m=2#m=2"
    assert target(client, "/en/8.1") == "/en/lessons/truncated?m=1#m=1"
    assert target(client, "/en/8") == "/en/lessons/truncated?m=1#m=1"
    assert target(client, "/en/008.002") == "/en/lessons/truncated?m=2#m=2"
    last = len(LESSONS[7].moment)
    assert target(client, f"/en/8.{last}") == f"/en/lessons/truncated?m={last}#m={last}"
    for path in (f"/en/8.{last + 1}", "/en/8.0", "/en/0.1", "/en/13", "/en/13.1", "/en/1000", "/en/8.1000"):
        answer = page(client, path)
        assert answer.status_code == 404, path
        assert answer.headers["cache-control"] == "no-store"
    for name in ("nothing", "nothing/print"):
        assert page(client, f"/en/lessons/{name}").status_code == 404
    for header, language in (("en-GB,en;q=0.9", "en"), ("ko", "ko"), ("", "ko"), ("fr", "ko")):
        answer = client.get("/8.2", headers={"accept-language": header}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, f"/{language}/8.2")
        assert answer.headers["vary"] == "Accept-Language"
        assert answer.headers["cache-control"] == "no-store"


def test_addresses_without_their_slash_lead_on(client):
    assert target(client, "/en/lessons") == "/en/lessons/"
    assert target(client, "/en/live") == "/en/live/"
    assert target(client, "/en") == "/en/"
    assert target(client, "/en?k=3") == "/en/?k=3"
    assert target(client, "/", **{"accept-language": "en"}) == "/en/"
    assert target(client, "/?k=3", **{"accept-language": "en"}) == "/en/?k=3"
    assert target(client, "/en/training/") == "/en/training"
    assert target(client, "/en/training/?lanes=2") == "/en/training?lanes=2"


def test_an_hour_that_was_linked_before_is_a_talk(client):
    assert target(client, "/en/lessons/hour") == "/en/talk#ready=hour"
    assert target(client, "/en/lessons/hour?x=1") == "/en/talk#ready=hour"
    assert target(client, "/en/lessons/hour?stops=8.2") == "/en/talk?stops=8.2"


def test_what_is_not_there_is_said_in_the_language_of_its_address_or_of_the_browser(client):
    for path, header, language in (
        ("/en/nothing", "ko", "en"),
        ("/ko/nothing", "en", "ko"),
        ("/nothing", "en", "en"),
        ("/nothing", "", "ko"),
        ("/embed/en/nothing", "ko", "en"),
    ):
        answer = page(client, path, **{"accept-language": header})
        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"
        assert f'<html lang="{language}"' in answer.text
        title = CATALOGUES[language]["not_found"]["title"]
        assert f"<title>{title}</title>" in answer.text
        assert f'href="/{language}/lessons/{LESSONS[-1].id}"' in answer.text
        assert data_of(answer)["words"].keys() == COURSE
    for path in ("/api/nothing", "/static/nothing", "/healthz/nothing"):
        answer = client.get(path, headers={"accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    answer = client.get("/en/nothing", headers={"accept": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")


@pytest.mark.parametrize(
    ("path", "presets"),
    [("", PRESETS), ("ab", PRESETS), ("training", TRAINING_PRESETS), ("graph", GRAPH_PRESETS)],
)
def test_a_lab_lists_its_own_examples_and_counts_those_of_the_others(client, path, presets):
    text = page(client, f"/en/{path}").text
    assert re.findall(r'data-preset="([^"]+)"', text) == ([*presets] if path != "ab" else [])
    if path != "ab":
        gallery = text[text.index('<dialog id="presets-dialog"') :]
        counts = re.findall(r'<a href="/en/(\w*)[^"]*"[^>]*>[^<]+<small>(\d+)</small>', gallery)
        assert counts == [
            ("", str(len(PRESETS))),
            ("training", str(len(TRAINING_PRESETS))),
            ("graph", str(len(GRAPH_PRESETS))),
        ]
    title = re.search("<title>(.*)</title>", text)[1]
    words = CATALOGUES["en"]
    assert title == words[{"training": "training", "graph": "graphlab"}.get(path, "site")]["title"]


@pytest.mark.parametrize("path", ["", "training", "graph"])
def test_a_page_for_a_frame_has_no_way_out_and_says_so(client, path):
    answer = page(client, f"/embed/en/{path}")
    assert data_of(answer)["embedded"] is True
    assert '<body class="embedded">' in answer.text
    assert re.search(r'<html lang="en" class="framed">', answer.text)
    assert 'class="brand"' not in answer.text
    whole = page(client, f"/en/{path}")
    assert 'class="brand"' in whole.text
    docked = "" if path == "graph" else ' class="docked start"' if not path else ' class="docked"'
    assert f'<html lang="en"{docked}>' in whole.text
    if not path:
        assert '<html lang="en" class="docked">' in page(client, "/en/?k=3").text
