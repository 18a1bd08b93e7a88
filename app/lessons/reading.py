"""Loader and schema of lessons (TOML)."""

import re
import tomllib
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_HERE = Path(__file__).parent
_FOLDER = re.compile(r"(\d\d)-([a-z]+)")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Moment(_Part):
    """What a moment is in every language: a state of a lab, and what is asked about it."""

    link: str = Field(pattern=r"^(training|graph)?\?v=1", description="lab, query and hash of the state")
    link_b: str | None = Field(
        None, pattern=r"^(training|graph)?\?v=1", description="a second state beside it"
    )
    rows: list[int] = Field(min_length=1, description="concepts that it shows, by their numbers")
    rule: str | None = Field(
        None, description="what works out answer and live numbers (static/js/lessons/rules)"
    )
    needs: list[str] = Field([], description="answers of the lab that the rule reads; empty: the lab's own")
    several: bool = Field(False, description="whether more than one choice may be right")
    veil: list[str] = Field([], description="marks and parts that show the answer, covered until it is given")
    reveal: str = Field("", pattern="^(#.+)?$", description="what the lab looks at once it is given")


class Words(_Part):
    """What a moment says in one language; the markup is that of ``markup.py``."""

    title: str
    text: str
    a: str = Field("", description="name of the first of two states")
    b: str = Field("", description="and of the second")
    question: str = ""
    choices: dict[str, str] = Field({}, description="words for the rule's choices")
    answer: str = ""


class Prose(_Part):
    """A lesson in one language."""

    title: str
    short: str = Field(description="where there is little room")
    brief: str = Field(description="the goal in a few words, for the list of lessons")
    goal: str
    known: list[str] = Field(min_length=3, max_length=3, description="what one knows now")
    moment: list[Words]


class _States(_Part):
    before: list[str] = Field(description="lessons to have seen")
    moment: list[Moment]


class Lesson(_States):
    """A lesson in all its languages."""

    number: int
    id: str
    prose: dict[str, Prose]

    @model_validator(mode="after")
    def _same_moments(self) -> Self:
        for language, prose in self.prose.items():
            if len(prose.moment) != len(self.moment):
                raise ValueError(f"{self.id} has {len(self.moment)} moments, not so in {language}")
        return self


class Term(_Part):
    """An entry of the glossary."""

    term: str
    other: str = Field(description="the same in the other language")
    meaning: str


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _languages(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.toml") if path.stem != "moments")


def _lesson(folder: Path, number: str, name: str) -> Lesson:
    prose = {path.stem: _toml(path) for path in _languages(folder)}
    return Lesson(number=int(number), id=name, prose=prose, **_toml(folder / "moments.toml"))


LESSONS: list[Lesson] = [
    _lesson(folder, *found.groups())
    for folder in sorted(_HERE.iterdir())
    if (found := _FOLDER.fullmatch(folder.name))
]
"""In the order of the course."""

GLOSSARIES: dict[str, dict[str, Term]] = {
    path.stem: {name: Term.model_validate(term) for name, term in _toml(path).items()}
    for path in _languages(_HERE / "glossary")
}
"""By language, then by the name that texts refer to."""

TALKS: dict[str, dict[str, str]] = {
    name: {
        language: (_HERE / "talks" / f"{name}.{language}.txt").read_text("utf-8") for language in GLOSSARIES
    }
    for name in sorted({path.name.split(".")[0] for path in (_HERE / "talks").glob("*.txt")}, reverse=True)
}
"""Ready-made talks as texts (static/js/talk/format.js), by name and language; the shortest first."""

by_id = {lesson.id: lesson for lesson in LESSONS}
