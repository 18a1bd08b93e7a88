"""No lesson rests on a number that another kind of processor would change."""

import pytest

from tests.lessons.answers import Answers
from tests.lessons.test_lessons import LESSONS

LINKS = sorted(
    {
        link
        for lesson in LESSONS
        for moment in lesson.moment
        for link in (moment.link, moment.link_b)
        if link and not link.startswith("graph")
    }
)


# Races are run anew for each file of tests: `make test-all` looks at theirs.
@pytest.mark.parametrize(
    "link", [pytest.param(it, marks=pytest.mark.exhaustive if "race" in it else ()) for it in LINKS]
)
def test_the_run_of_a_lesson_is_not_sensitive_to_rounding(link):
    answers = Answers(link)
    if answers.page == "":
        assert not answers.bptt["training"]["sensitive"]
        return
    shown = answers.seen.get("show", "").split(",")
    if "film" in shown:
        assert not answers.film["sensitive"]
    if answers.seen.get("look") == "missed":
        assert not answers.lanes["missed"]["sensitive"]
        assert all(
            run[part]["change"] == 0 for run in answers.lanes["others"] for part in ("steps", "updates")
        )
    if "race" in shown:
        assert all(one["sensitive_from"] is None for one in answers.race["contestants"])
