"""Every lesson in every language: the same moments, sound links, and no number that is not recomputed."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from app.lessons import GLOSSARIES, LESSONS
from app.lessons.markup import names, pieces, plain, walk
from app.words import LANGUAGES
from tests.lessons.answers import Answers, Claim, ask, said

ROOT = Path(__file__).parents[2]
MOMENTS = [(lesson, m) for lesson in LESSONS for m in range(len(lesson.moment))]
EVERY = pytest.mark.parametrize(("lesson", "m"), MOMENTS, ids=lambda it: getattr(it, "id", it))
CONCEPTS = set(range(1, 59))
LOOKS = "only veil show look hide theme view notation panel t s of at lit over fold wire shapes gate side"
LOOKS += " it update pair minutes"
LONGEST = {"ko": 270, "en": 480}  # characters: six lines beside the lab


def prose_of(lesson, m):
    return {language: prose.moment[m] for language, prose in lesson.prose.items()}


def claim_of(lesson, m) -> Claim:
    claims = import_module(f"tests.lessons.claims.{lesson.id}")
    moment = lesson.moment[m]
    a, b = Answers(moment.link), Answers(moment.link_b) if moment.link_b else None
    return getattr(claims, f"moment_{m + 1}")(a, b)


def test_there_are_twelve_lessons_and_at_least_74_moments():
    assert [lesson.number for lesson in LESSONS] == list(range(1, len(LESSONS) + 1))
    assert len(LESSONS) >= 12
    assert len(MOMENTS) >= 74
    assert all(3 <= len(lesson.moment) <= 7 for lesson in LESSONS)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_lesson_speaks_every_language_and_follows_known_ones(lesson):
    assert set(lesson.prose) == set(LANGUAGES)
    before = {other.id for other in LESSONS if other.number < lesson.number}
    assert set(lesson.before) <= before


def test_glossaries_have_the_same_terms():
    assert set(GLOSSARIES) == set(LANGUAGES)
    ko, en = GLOSSARIES["ko"], GLOSSARIES["en"]
    assert list(ko) == list(en)
    assert len(ko) >= 45
    assert all(re.search("[가-힣]|BPTT", term.term) for term in ko.values())


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_terms_are_in_the_glossary(lesson):
    for language, prose in lesson.prose.items():
        texts = [text for words in prose.moment for text in (words.text, words.question, words.answer)]
        used = set().union(*(names(text, "term") for text in [*texts, prose.goal, *prose.known]))
        assert used <= set(GLOSSARIES[language])
        assert used, "a lesson explains its terms"


@EVERY
def test_both_languages_say_the_same(lesson, m):
    moment, words = lesson.moment[m], prose_of(lesson, m)
    ko, en = words["ko"], words["en"]
    for name in ("question", "answer", "a", "b"):
        assert bool(getattr(ko, name)) == bool(getattr(en, name)), name
    assert bool(ko.a and ko.b) == bool(moment.link_b)
    assert set(ko.choices) == set(en.choices)
    for name in ("text", "question", "answer"):
        assert names(getattr(ko, name), "live") == names(getattr(en, name), "live"), name
    for language, its in words.items():
        assert its.title
        assert len(plain(its.text)) <= LONGEST[language], len(plain(its.text))
        for text in (its.text, its.question, its.answer, its.title):
            assert not re.search(
                r"[*{}\]\[]", "".join(p.text for p in walk(pieces(text)) if p.kind == "text")
            ), text


@EVERY
def test_a_question_has_a_rule_and_an_answer(lesson, m):
    moment, words = lesson.moment[m], prose_of(lesson, m)["en"]
    if words.question:
        assert moment.rule
        assert words.answer
    live = names(words.text, "live") | names(words.question, "live") | names(words.answer, "live")
    assert moment.rule or not live
    rules = "".join(path.read_text() for path in (ROOT / "static/js/lessons/rules").glob("*.js"))
    if moment.rule:
        assert len(re.findall(rf"^export (?:function|const) {moment.rule}\b", rules, re.MULTILINE)) == 1
    assert not names(words.text, "live") or not moment.veil or words.question


@EVERY
def test_links_are_sound_and_short(lesson, m):
    moment = lesson.moment[m]
    for link in filter(None, (moment.link, moment.link_b)):
        answers = Answers(link)
        assert set(answers.seen) <= set(LOOKS.split()), link
        what = {"": "bptt", "training": "training/film", "graph": "graph"}[answers.page]
        if answers.page == "training" and "task=" in answers.query:
            continue  # no text, no film; the walk in the browser opens it
        ask(what, answers.query)
    assert set(Answers("?v=1" + moment.reveal).seen) <= set(LOOKS.split())


@EVERY
def test_every_number_in_a_text_is_recomputed(lesson, m):
    claim, moment = claim_of(lesson, m), lesson.moment[m]
    in_links = [
        value for value, _ in said(re.sub(r"[=,&#.]", lambda c: c[0] if c[0] == "." else " ", moment.link))
    ]
    in_links += [
        value for value, _ in said(re.sub("[=,&#+]", " ", (moment.link_b or "") + " " + moment.reveal))
    ]
    numbers = [float(one) for one in claim.numbers] + in_links
    numbers += [float(one) for one in claim.values.values() if isinstance(one, (int, float))]
    moments = {f"{one.number}.{n + 1}" for one, n in MOMENTS}
    for words in prose_of(lesson, m).values():
        for text in (words.title, words.text, words.question, words.answer, *words.choices.values()):
            for value, near in said(text):
                claimed = any(abs(abs(value) - abs(one)) <= near * (1 + 1e-9) for one in numbers)
                assert claimed or f"{value:g}" in moments, (value, text)


@EVERY
def test_live_numbers_and_answers_are_claimed(lesson, m):
    claim, words = claim_of(lesson, m), prose_of(lesson, m)["en"]
    live = (names(text, "live") for text in (words.text, words.question, words.answer))
    assert set().union(*live) <= set(claim.values)
    assert bool(claim.right) == bool(words.question)


def test_every_concept_has_a_moment():
    assert set().union(*(moment.rows for lesson in LESSONS for moment in lesson.moment)) >= CONCEPTS
