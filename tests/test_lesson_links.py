"""The links from panels to the course lead to moments that look at them."""

import re

import pytest

from app.lesson_links import LESSON_LINKS
from app.lessons import LESSONS


@pytest.mark.parametrize(("part", "moment"), LESSON_LINKS.items())
def test_the_moment_that_explains_a_part_looks_at_it(part, moment):
    lesson, place = map(int, moment.split("."))
    found = next(each for each in LESSONS if each.number == lesson).moment[place - 1]
    links = found.link + (found.link_b or "") + found.reveal
    assert part in ",".join(re.findall(r"(?:look|panel)=([\w,]+)", links)).split(",")
