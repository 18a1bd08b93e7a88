"""Ready-made talks: the same stops in both languages, as long as they say, none leaning on a missing one."""

import re

import pytest

from app.lessons import LESSONS, TALKS
from app.lessons.markup import plain
from app.words import LANGUAGES

MINUTES = {"truncation": 15, "hour": 50}
STEPS = {
    f"{lesson.number}.{m + 1}": {language: prose.moment[m] for language, prose in lesson.prose.items()}
    for lesson in LESSONS
    for m in range(len(lesson.moment))
}
LEANS = {  # what a step takes up from another one, beside what its text names by a number
    "2.7": ["2.5"],
    "5.2": ["5.1"],
    "6.2": ["6.1"],
    "6.6": ["6.4"],
    "7.3": ["7.1"],
    "8.6": ["8.1"],
    "9.3": ["8.2", "9.1"],
}


def stops(name: str, language: str) -> list[list[str]]:
    """The fields of every line but the name."""
    lines = TALKS[name][language].splitlines()
    assert lines[0].startswith("# ")
    return [[field.strip() for field in line.split("|")] for line in lines[1:]]


def steps(name: str) -> list[str]:
    return [fields[0] for fields in stops(name, "en") if fields[0] in STEPS]


def test_there_are_two_with_the_film_and_the_sums():
    assert set(TALKS) == set(MINUTES)
    assert {"9.1", "2.7", "6.6", "8.2"} <= set(steps("hour"))
    assert {"9.1", "8.2", "8.5"} <= set(steps("truncation"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MINUTES)
def test_a_talk_is_as_long_as_it_says_and_opens_what_there_is(name, language):
    lines = stops(name, language)
    assert sum(int(minutes.removesuffix("'")) for _, minutes, *_ in lines) == MINUTES[name]
    assert str(MINUTES[name]) in TALKS[name][language].splitlines()[0]
    for opens, _, title, note in lines:
        assert opens in STEPS or (opens.startswith(f"/{language}/?v=1&") and title), opens
        assert note


@pytest.mark.parametrize("name", MINUTES)
def test_the_languages_have_the_same_stops(name):
    ko, en = ([[its[0].replace("/ko/", "/en/"), its[1]] for its in stops(name, it)] for it in ("ko", "en"))
    assert ko == en


@pytest.mark.parametrize("name", MINUTES)
def test_no_stop_leans_on_a_step_that_is_missing_or_comes_later(name):
    listed = steps(name)
    assert len(set(listed)) == len(listed)
    numbers = [tuple(map(int, step.split("."))) for step in listed]
    assert numbers == sorted(numbers)
    for step in listed:
        assert all(listed.index(other) < listed.index(step) for other in LEANS.get(step, [])), step
        words = STEPS[step]["en"]
        said = plain(f"{words.text} {words.question} {words.answer}")
        assert set(re.findall(r"\((?:in )?(\d{1,2}\.[1-7])\b", said)) & set(STEPS) <= set(listed), step
