"""The talk page: a list of stops in the fragment of its link; and what pages load to be part of a talk."""

import asyncio
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from ..lessons import LESSONS, TALKS, Lesson
from ..lessons.markup import plain
from ..serving.json_encoding import to_json
from ..serving.replies import NO_STORE, REVALIDATE
from ..words import CATALOGUES
from .assets import files
from .course import script_words, talk_names
from .rendering import GET, page

router = APIRouter(include_in_schema=False)
SECTION = "lessons/"
WHOLE_HOUR = "hour"
"""The ready-made talk that ``/lessons/hour`` opens where it has no list of its own."""


@router.api_route("/{language:language}/talk", methods=GET)
async def talk(request: Request, language: str) -> Response:
    """A talk. The server never sees it: it is in the fragment."""
    words = CATALOGUES[language]
    return await page(
        request,
        "talk.html",
        language,
        path="talk",
        section=SECTION,
        entry="talk",
        title=words["talk"]["title"],
        description=words["talk"]["description"],
        context=lambda: {"ready": talk_names(language)},
        data=lambda: {
            "words": script_words(words)["words"] | {"talk": words["talk"]},
            "course": _course(language),
            "moments": _moments(language),
            "ready": {name: texts[language] for name, texts in TALKS.items()},
        },
    )


@router.api_route("/{language:language}/talk.json", methods=GET)
async def data(request: Request, language: str) -> Response:
    """What a page loads once it is part of a talk: titles of the course, words and the style sheet."""

    async def make() -> bytes:
        return await asyncio.to_thread(lambda: to_json(_for_other_pages(language)))

    responses = request.app.state.responses
    answer: Response = await responses.answer(
        request, ("talk", language), make, "application/json", REVALIDATE
    )
    return answer


@router.api_route("/{language:language}/lessons/hour", methods=GET)
async def lecture_plan(request: Request, language: str) -> Response:
    """Where lists of stops were before: ``stops`` is taken along, and the page moves it to the fragment."""
    query = f"?{request.url.query}" if "stops" in request.query_params else f"#ready={WHOLE_HOUR}"
    return RedirectResponse(f"/{language}/talk{query}", 307, headers=NO_STORE)


def _for_other_pages(language: str) -> dict[str, Any]:
    return {
        "words": {"talk": CATALOGUES[language]["talk"]},
        "course": _course(language),
        "sheet": f"/static/{files.version}/css/talk-bar.css",
    }


def _course(language: str) -> list[dict[str, Any]]:
    """The titles of all steps, by lesson."""
    return [_listed(one, language) for one in LESSONS]


def _listed(lesson: Lesson, language: str) -> dict[str, Any]:
    prose = lesson.prose[language]
    return {
        "number": lesson.number,
        "id": lesson.id,
        "title": prose.title,
        "moments": [{"title": plain(words.title)} for words in prose.moment],
    }


def _sentence(question: str) -> str:
    """A question but for its sentences with live numbers; without any, the words of the lab are printed."""
    return plain(" ".join(said for said in re.split(r"(?<=[.?!])\s+", question) if "{" not in said))


def _moments(language: str) -> dict[str, dict[str, Any]]:
    """Of every step its picture and its sentence, for the hand-out."""
    return {
        f"{lesson.number}.{m}": {
            "link": moment.link,
            "veil": moment.veil,
            "sentence": _sentence(words.question),
        }
        for lesson in LESSONS
        for m, (moment, words) in enumerate(zip(lesson.moment, lesson.prose[language].moment, strict=True), 1)
    }
