"""The style rules of the texts, English and Korean, as far as a machine can check them.

Catalogues, lessons and glossary: one name for a thing, one spelling, numbers and units in one form, polite
endings, and Korean particles that follow what is filled in before them.
"""

import html
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.lessons import GLOSSARIES, LESSONS, TALKS
from app.lessons.markup import names, pieces, plain, walk
from app.main import create_app
from app.words import CATALOGUES, LANGUAGES, bound


def flat(node: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, child in node.items():
            yield from flat(child, f"{prefix}{key}.")
    else:
        yield prefix.rstrip("."), str(node)


def lessons(language: str) -> Iterator[tuple[str, str]]:
    """Every sentence of the course and where it is."""
    for lesson in LESSONS:
        prose = lesson.prose[language]
        yield f"{lesson.number}.goal", prose.goal
        yield from ((f"{lesson.number}.known", text) for text in prose.known)
        for m, its in enumerate(prose.moment, 1):
            yield from (
                (f"{lesson.number}.{m}", text) for text in (its.text, its.question, its.answer) if text
            )


def short_texts(language: str) -> Iterator[tuple[str, str]]:
    """Titles and choices of the course: headings may end as headings do."""
    for lesson in LESSONS:
        prose = lesson.prose[language]
        yield from ((f"{lesson.number}.title", text) for text in (prose.title, prose.short))
        for m, its in enumerate(prose.moment, 1):
            yield from (
                (f"{lesson.number}.{m}", text) for text in (its.title, its.a, its.b, *its.choices.values())
            )


def glossary(language: str) -> Iterator[tuple[str, str]]:
    for name, term in GLOSSARIES[language].items():
        yield from ((f"glossary.{name}", text) for text in (term.term, term.meaning))


def talks(language: str) -> Iterator[tuple[str, str]]:
    """Every title and note of the ready-made talks."""
    for name, its in TALKS.items():
        for line in its[language].splitlines():
            yield from (
                (f"talks.{name}", field.strip("# ")) for field in line.split("|") if field.strip("# ")
            )


def texts(language: str) -> list[tuple[str, str]]:
    return [
        *flat(CATALOGUES[language]),
        *lessons(language),
        *short_texts(language),
        *glossary(language),
        *talks(language),
    ]


def offenders(pattern: str, language: str, but: str = r"(?!)") -> list[tuple[str, str]]:
    """Texts in which the pattern occurs, but for the places that may have it."""
    return [
        (key, text)
        for key, text in texts(language)
        if not re.match(but, key)
        and any(re.search(pattern, said) for said in (named(text), plain(named(text))))
    ]


def named(text: str) -> str:
    """A text whose placeholders have a name that no rule is about."""
    return re.sub(r"\{\w+", "{x", text)


ENGLISH = {
    "the target, not what is wanted": r"\bwanted\b",
    "overflow": r"too large to hold|ran away",
    "discarded, cut off": r"thrown? away",
    "passes, not hands": r"\bhand(s|ed)? (on|back|h|to|no)|\{\w+\} hands\b",
    "a backward pass, not a walk": r"\bwalk(s|ed|ing)?\b",
    "a random sample, not a draw": r"\b(a|one|each|this|which|single|all|of|\d+|\{\w+\}) draws?\b|\bby lot\b",
    "the norm of a gradient": r"[Ll]ength of (the|a) gradient|gradient of length",
    "appears, not stands": r"\bstands?\b",
    "this, not this very": r"\b(this|these) very\b",
    "per, not a": r"\b(steps?|updates?|losses|terms?|passes) an? (lane|epoch|pass|step|update)\b",
    "examples": r"worth opening|\bPresets?\b",
    "export": r"Take (it )?away",
    "a step of a lesson": r"\b[Mm]oments?\b",
    "imperative": r"(^|\. )Empty:",
    "American spelling": r"colour|\bgrey|learnt|behaviour|centre\b"
    r"|(memor|general|penal|optim|initial|normal|summar|real)is(e|ing|ation)",
    "no space before the percent sign": r"[\d}] %",
    "a zero before the point": r"(^|[\s(])\.\d",
    "thousands with commas": r"(?<![\d.@#=&:])\d{5,}(?!\d*·)",
    "curly quotes": r"\w'\w|\s\"|\"\s",
}


@pytest.mark.parametrize("rule", ENGLISH)
def test_english_keeps_the_rule(rule):
    found = offenders(ENGLISH[rule], "en", but=r"sharing\.loopback|errors\.formula|12\.2|glossary\.(softmax)")
    assert not found, (rule, found)


CUT = "잘린|잘라|잘리|잘림|잘렸|자르"
KOREAN = {
    "끊다 is truncation; 자르다 is nothing": CUT,
    "스텝 counts, 시각 is a point": r"(?<!시)[\d}₁₂TLknN*]\)?시각",
    "시각, not 시점": "시점",
    "시퀀스, not 수열": "수열",
    "영벡터, not 영 상태": "영 상태",
    "에폭, not 한 바퀴": "한 바퀴",
    "추첨, not 뽑기": "뽑|제비",
    "신경망, not 망": r"(?<!신경)(?<![가-힣])망(?=[ 은이의에을과도A-Z.,)]|$)",
    "항, not 몫": "몫",
    "보정, not 무게": "무게",
    "고정, not 세워 두다": "세워 두|묶어 놓",
    "입력, not 먹이다": "먹[이여일]",
    "비교, not 견주다": "견주|견줄|견줍|견준",
    "장면, not 순간": "순간",
    "탐색기, not 탐색": r"탐색(?!기)",
    "내보내기, not 가져가기": "가져가기",
    "비교 대상, not 참가자": "참가자",
    "지연, not 시차": "시차",
    "질문, not 물음": "물음",
    "전진 모드, not 순방향": "순방향",
    "joined units": r"[\d}] (%|개|번)(?![가-힣])|[\d}] %",
    "ranges with ~": r"[\d}]–[\d{]",
    "joined suffix 별": r" 별[ ,.)]",
    "thousands with commas": r"(?<![\d.@#=&:])\d{4,}",
    "one particle, not two": r"은\(는\)|는\(은\)|을\(를\)|이\(가\)|\(으\)로|와\(과\)|과\(와\)",
}


@pytest.mark.parametrize("rule", KOREAN)
def test_korean_keeps_the_rule(rule):
    found = offenders(KOREAN[rule], "ko", but=r"sharing\.loopback|errors\.formula|12\.2")
    assert not found, (rule, found)


def test_a_walk_in_korean_is_a_step_of_descent():
    """걸음 is a step down the slope; a step in time is 스텝."""
    assert not offenders("걸음", "ko", but=r"graphlab\.|learning\.none|2\.|12\.1|glossary\.lr")


VARIES = "은|는|이|가|을|를|과|와|으로|로|이라|라"


def test_a_particle_after_a_filled_in_value_is_chosen_by_its_sound():
    """A particle with two forms follows a placeholder only by a mark such as {k|은/는}."""
    for key, text in texts("ko"):
        said = re.sub(r"\{(n|of)\}과", "", text)  # a lesson's number
        assert not re.search(rf"\}}[’”*]*({VARIES})(?=[ ,.:)]|$)", said), (key, text)
        pairs = set(re.findall(r"\{\w+\|\|?([^}]+)\}", text))
        assert pairs <= {"은/는", "이/가", "을/를", "과/와", "으로/로", "이라/라"}, (key, text)


def test_korean_sentences_are_polite():
    """합니다, never 한다, wherever a sentence ends."""
    for key, text in [*flat(CATALOGUES["ko"]), *lessons("ko"), *talks("ko")]:
        said = re.sub("“[^”]*”|마다|다대다", "", plain(text.replace("**", "")))
        assert not re.search(r"(?<![니시])다(?=[.:]|$)", said), (key, said)


def test_a_step_of_a_lesson_says_jiyo_once_at_most():
    """-지요 is a warm word; a lesson has two at most."""
    for lesson in LESSONS:
        prose = lesson.prose["ko"]
        said = [its.text + its.question + its.answer for its in prose.moment]
        assert all(text.count("지요") <= 1 for text in said)
        assert sum(text.count("지요") for text in said) <= 2, lesson.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_glossary_is_linked_from_a_lesson(language):
    linked = set().union(*(names(text, "term") for _, text in lessons(language)))
    assert linked == set(GLOSSARIES[language])


@pytest.mark.parametrize(
    ("language", "place", "said"),
    [
        ("ko", "10.2", "미니배치’가 여기의 레인 1, 2"),
        ("en", "10.2", "first and second mini-batch are lanes 1 and 2"),
        ("ko", "4.4", "Time RNN 계층"),
        ("en", "4.4", "Time RNN"),
        ("ko", "8.5", "self.dh"),
        ("en", "8.5", "self.dh"),
    ],
)
def test_the_names_of_the_course_stand_beside_ours(language, place, said):
    assert said in " ".join(plain(text) for key, text in lessons(language) if key == place)


def test_clipping_and_truncation_share_no_korean_verb():
    clipping = " ".join(text for key, text in texts("ko") if "clip" in key)
    assert "클리핑" in clipping
    assert not re.search(f"끊|절단|{CUT}", clipping)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_control_and_its_name_elsewhere_are_one(language):
    """What is called one thing in the header, in a dialog and among what can be hidden."""
    words = CATALOGUES[language]
    assert words["presets"]["button"] == words["presets"]["title"] == words["visibility"]["presets"]
    assert words["training"]["presets"]["title"] == words["presets"]["title"]
    assert words["export"]["button"] == words["export"]["title"] == words["visibility"]["take"]
    assert words["site"]["theme"] == words["visibility"]["theme"]
    assert words["player"]["end"] == words["graphlab"]["player"]["end"]


PAGES = ["", "training", "graph", "lessons/", "lessons/glossary", "talk"]
PAGES += [f"lessons/{lesson.id}" for lesson in LESSONS]


@pytest.mark.parametrize("page", PAGES)
def test_no_line_of_a_korean_page_begins_with_a_particle(page):
    """A bracket, a quote or a percent sign is joined to the Hangul after it, by a word joiner (U+2060)."""
    response = TestClient(create_app()).get(f"/ko/{page}")
    assert response.status_code == 200
    blocks = re.sub(r"</?(d[dlt]|p|li|div|h\d|t[dh]|label|button|option)\b[^>]*>", " ", response.text)
    said = html.unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", "", blocks, flags=re.DOTALL))
    assert not re.findall(r".{9}[)”’%⌋](?=[가-힣]).{9}", said)


def test_a_particle_is_joined_to_what_stands_before_it():
    assert bound("f(x)는 3%의 “글”을") == "f(x)\u2060는 3%\u2060의 “글”\u2060을"
    assert bound("f(x) 는, 3% of it") == "f(x) 는, 3% of it"


def test_a_particle_of_a_lesson_follows_its_number_or_stands_alone():
    kinds = [(it.kind, it.text) for it in walk(pieces("k = {k|은/는} “{k}”{k||이라/라}고 (*f(x)*은)"))]
    assert kinds.count(("live", "k")) == 2
    assert kinds.count(("of", "k")) == 2
    assert [text for kind, text in kinds if kind == "particle"] == ["은/는", "이라/라"]
    assert ("text", "\u2060은)") in kinds
    assert plain("*f(x)*은") == "f(x)은"
