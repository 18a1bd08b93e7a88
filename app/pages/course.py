"""The course pages: lessons, glossary and printable lessons."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.convertors import IntegerConvertor, register_url_convertor

from ..lessons import GLOSSARIES, LESSONS, TALKS, Lesson, by_id
from ..lessons.markup import pieces, plain
from ..serving.replies import NO_STORE
from ..words import CATALOGUES, preferred
from .rendering import GET, page


class _Ordinal(IntegerConvertor):
    """The number of a lesson or a step, so short that Python reads it as an integer."""

    regex = "[0-9]{1,3}"


register_url_convertor("ordinal", _Ordinal())
router = APIRouter(include_in_schema=False)
SECTION = "lessons/"
WORDS = ("lessons", "share", "sharing", "visibility", "notices")
"""The parts of the catalogue that the scripts of these pages use."""


@router.api_route("/{language:language}/{lesson:ordinal}.{moment:ordinal}", methods=GET)
async def step(language: str, lesson: int, moment: int) -> Response:
    """A short URL: /ko/8.2 is the second step of lesson 8.

    The fragment is for the browser. Previews are made by programs that send the query alone.
    """
    target = next((one for one in LESSONS if one.number == lesson), None)
    if not target or not 1 <= moment <= len(target.moment):
        raise HTTPException(404, headers=NO_STORE)
    path = f"/{language}/lessons/{target.id}"
    return RedirectResponse(f"{path}?m={moment}#m={moment}", 307, headers=NO_STORE)


@router.api_route("/{lesson:ordinal}.{moment:ordinal}", methods=GET)
async def step_in_any_language(request: Request, lesson: int, moment: int) -> Response:
    """The same in the preferred language of the browser."""
    language = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(
        f"/{language}/{lesson}.{moment}", 307, headers=NO_STORE | {"Vary": "Accept-Language"}
    )


@router.api_route("/{language:language}/{number:ordinal}", methods=GET)
async def lesson_by_number(language: str, number: int) -> Response:
    """/ko/8 is lesson 8."""
    return await step(language, number, 1)


@router.api_route("/{language:language}/lessons", methods=GET)
async def without_slash(language: str) -> Response:
    """Redirect to the URL with its final slash."""
    return RedirectResponse(f"/{language}/{SECTION}", 307, headers=NO_STORE)


@router.api_route("/{language:language}/lessons/", methods=GET)
async def lessons(request: Request, language: str) -> Response:
    """The list of lessons."""
    return await _page(request, "lessons.html", language, path=SECTION, entry="course", about="lessons")


@router.api_route("/{language:language}/lessons/glossary", methods=GET)
async def glossary(request: Request, language: str) -> Response:
    """The terms of the course."""
    name = f"{SECTION}glossary"
    return await _page(request, "glossary.html", language, path=name, entry="course", about="glossary")


@router.api_route("/{language:language}/lessons/{name}", methods=GET)
async def lesson(request: Request, language: str, name: str) -> Response:
    """A lesson: text and questions beside the live lab."""
    return await _lesson(request, "lesson.html", language, name, "lesson")


@router.api_route("/{language:language}/lessons/{name}/print", methods=GET)
async def printed(request: Request, language: str, name: str) -> Response:
    """A printable lesson: all steps with their pictures, and the answers at the end."""
    return await _lesson(request, "lesson-print.html", language, name, "lesson-print", "/print")


async def _page(
    request: Request, template: str, language: str, *, path: str, entry: str, about: str
) -> Response:
    words = CATALOGUES[language]
    return await page(
        request,
        template,
        language,
        path=path,
        section=SECTION,
        entry=entry,
        title=words[about]["title"],
        description=words[about]["description"],
        context=lambda: {"lessons": LESSONS, "glossary": GLOSSARIES[language], "talks": talk_names(language)},
        data=lambda: script_words(words),
    )


async def _lesson(
    request: Request, template: str, language: str, name: str, entry: str, ending: str = ""
) -> Response:
    words = CATALOGUES[language]
    if name not in by_id:
        raise HTTPException(404, headers=NO_STORE)
    current, prose = by_id[name], by_id[name].prose[language]
    place = LESSONS.index(current)
    title, number = prose.title, request.query_params.get("m", "")
    if number in {str(m + 1) for m in range(len(prose.moment))}:
        title = f"{current.number}.{number} {plain(prose.moment[int(number) - 1].title)} · {title}"
    return await page(
        request,
        template,
        language,
        path=f"{SECTION}{name}{ending}",
        section=SECTION,
        entry=entry,
        title=f"{title} · {words['site']['name']}",
        description=prose.goal,
        context=lambda: {
            "lesson": current,
            "prose": prose,
            "pieces": pieces,
            "plain": plain,
            "lessons": LESSONS,
            "next": LESSONS[place + 1] if place + 1 < len(LESSONS) else None,
            "previous": LESSONS[place - 1] if place else None,
        },
        data=lambda: (
            script_words(words)
            | {
                "lesson": {"id": name, "number": current.number, "moments": _moments(current, language)},
                "glossary": {term: its.model_dump() for term, its in GLOSSARIES[language].items()},
            }
        ),
    )


def talk_names(language: str) -> dict[str, str]:
    """The names of the ready-made talks."""
    return {name: texts[language].split("\n", 1)[0].removeprefix("# ") for name, texts in TALKS.items()}


def script_words(words: dict[str, Any]) -> dict[str, Any]:
    """The words that the scripts of these pages use."""
    return {"words": {part: words[part] for part in WORDS}}


def _moments(lesson: Lesson, language: str) -> list[dict[str, Any]]:
    """The steps of a lesson as data for the scripts: the state and the words of each."""
    return [
        moment.model_dump() | words.model_dump(exclude={"text", "answer"}) | {"title": plain(words.title)}
        for moment, words in zip(lesson.moment, lesson.prose[language].moment, strict=True)
    ]
