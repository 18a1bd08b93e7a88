"""The pages of the course: its lessons, glossary, and the hour of a lecturer."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from ..lessons import GLOSSARIES, LESSONS, Lesson, by_id
from ..lessons.markup import pieces, plain
from ..serving.replies import NOT_KEPT
from ..words import CATALOGUES, preferred
from .rendering import GET, known, page

router = APIRouter(include_in_schema=False)
ROOM = "lessons/"
SAID = ("lessons", "hour", "share", "sharing", "hiding", "notices")
"""Of the catalogue, what these pages' scripts say."""


@router.api_route("/{language}/{lesson:int}.{moment:int}", methods=GET)
async def short(language: str, lesson: int, moment: int) -> Response:
    """An address for walls and codes: /ko/8.2 is the second moment of lesson 8."""
    found = next((one for one in LESSONS if one.number == lesson), None)
    if not found or not 1 <= moment <= len(found.moment):
        raise HTTPException(404, headers=NOT_KEPT)
    return RedirectResponse(f"/{known(language)}/lessons/{found.id}#m={moment}", 307, headers=NOT_KEPT)


@router.api_route("/{lesson:int}.{moment:int}", methods=GET)
async def shorter(request: Request, lesson: int, moment: int) -> Response:
    """The same without a language: the reader's own."""
    language = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(
        f"/{language}/{lesson}.{moment}", 307, headers=NOT_KEPT | {"Vary": "Accept-Language"}
    )


@router.api_route("/{language}/{number:int}", methods=GET)
async def whole(language: str, number: int) -> Response:
    """/ko/8 is lesson 8."""
    return await short(language, number, 1)


@router.api_route("/{language}/lessons", methods=GET)
async def slash(language: str) -> Response:
    """An address without its last letter."""
    return RedirectResponse(f"/{known(language)}/{ROOM}", 307, headers=NOT_KEPT)


@router.api_route("/{language}/lessons/", methods=GET)
async def lessons(request: Request, language: str) -> Response:
    """All lessons."""
    return await _page(request, "lessons.html", language, path=ROOM, entry="course", about="lessons")


@router.api_route("/{language}/lessons/glossary", methods=GET)
async def glossary(request: Request, language: str) -> Response:
    """The terms of the course."""
    name = f"{ROOM}glossary"
    return await _page(request, "glossary.html", language, path=name, entry="course", about="glossary")


@router.api_route("/{language}/lessons/hour", methods=GET)
async def hour(request: Request, language: str) -> Response:
    """An hour as a list of links and codes: that of the course, or a list of one's own."""
    return await _page(
        request, "lesson-plan.html", language, path=f"{ROOM}hour", entry="lesson-plan", about="hour"
    )


@router.api_route("/{language}/lessons/{name}", methods=GET)
async def lesson(request: Request, language: str, name: str) -> Response:
    """A lesson: text and question beside the live lab."""
    return await _lesson(request, "lesson.html", language, name, "lesson")


@router.api_route("/{language}/lessons/{name}/print", methods=GET)
async def printed(request: Request, language: str, name: str) -> Response:
    """A lesson on paper: all moments with their pictures, answers at the end."""
    return await _lesson(request, "lesson-print.html", language, name, "lesson-print", "/print")


async def _page(
    request: Request, template: str, language: str, *, path: str, entry: str, about: str
) -> Response:
    words = CATALOGUES[known(language)]
    return await page(
        request,
        template,
        language,
        path=path,
        room=ROOM,
        entry=entry,
        title=words[about]["title"],
        description=words[about]["description"],
        given=lambda: {"lessons": LESSONS, "glossary": GLOSSARIES[language]},
        data=lambda: said(words) | {"course": [_told(one, language) for one in LESSONS]},
    )


async def _lesson(
    request: Request, template: str, language: str, name: str, entry: str, ending: str = ""
) -> Response:
    words = CATALOGUES[known(language)]
    if name not in by_id:
        raise HTTPException(404, headers=NOT_KEPT)
    this, prose = by_id[name], by_id[name].prose[language]
    place = LESSONS.index(this)
    return await page(
        request,
        template,
        language,
        path=f"{ROOM}{name}{ending}",
        room=ROOM,
        entry=entry,
        title=f"{prose.title} · {words['site']['name']}",
        description=prose.goal,
        given=lambda: {
            "lesson": this,
            "prose": prose,
            "pieces": pieces,
            "plain": plain,
            "lessons": LESSONS,
            "next": LESSONS[place + 1] if place + 1 < len(LESSONS) else None,
            "previous": LESSONS[place - 1] if place else None,
        },
        data=lambda: (
            said(words)
            | {
                "lesson": {"id": name, "number": this.number, "moments": _moments(this, language)},
                "glossary": {term: its.model_dump() for term, its in GLOSSARIES[language].items()},
            }
        ),
    )


def said(words: dict[str, Any]) -> dict[str, Any]:
    """The words of these pages' scripts."""
    return {"words": {part: words[part] for part in SAID}}


def _moments(lesson: Lesson, language: str) -> list[dict[str, Any]]:
    """What the page's scripts are told of a lesson's moments: state and words of each."""
    return [
        moment.model_dump() | words.model_dump(exclude={"text", "answer"}) | {"title": plain(words.title)}
        for moment, words in zip(lesson.moment, lesson.prose[language].moment, strict=True)
    ]


def _told(lesson: Lesson, language: str) -> dict[str, Any]:
    """A lesson in a list."""
    prose = lesson.prose[language]
    return {
        "number": lesson.number,
        "id": lesson.id,
        "title": prose.title,
        "moments": [
            {"title": plain(words.title), "hour": moment.hour}
            for moment, words in zip(lesson.moment, prose.moment, strict=True)
        ],
    }
