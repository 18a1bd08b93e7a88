"""The lean files that `make assets` makes: the same page from less than half the bytes, and few requests."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson
import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from tests import project
from tests.browser.explorer import drag_to, open_panels, wait_for_picture
from tests.server import serving


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which they have been made."""
    return project.bundled(tmp_path_factory.mktemp("lean") / "copy", compressed=True)


@pytest.fixture(scope="module")
def lean(copy: Path) -> Iterator[str]:
    """A server of that copy."""
    with serving(copy / "log", cwd=copy) as address:
        yield address


def opened(page: Page, address: str) -> list[Response]:
    """What came over the wire until the first picture."""
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    page.goto(f"{address}/en/?v=1")
    wait_for_picture(page)
    return came


def size(came: list[Response]) -> int:
    return sum(response.request.sizes()["responseBodySize"] for response in came)


@pytest.mark.exhaustive
@pytest.mark.fresh_context
def test_the_first_picture_takes_less_than_half_the_bytes_and_a_tenth_of_the_requests(
    page: Page, new_context: Callable[..., BrowserContext], as_written: str, lean: str, tolerated: list[str]
) -> None:
    tolerated += [lean, as_written]
    few = opened(page, lean)
    many = opened(new_context().new_page(), as_written)
    assert "lean/explorer.js" in " ".join(response.url for response in few)
    assert size(few) < size(many) / 2
    assert len(few) < len(many) / 5


@pytest.mark.exhaustive
def test_the_lean_page_does_what_the_other_does(page: Page, lean: str, tolerated: list[str]) -> None:
    tolerated.append(lean)
    opened(page, lean)
    drag_to(page, "k", 1)
    expect(page.locator("#note-k")).to_have_text("= 4 blocks")
    open_panels(page)
    page.goto(f"{lean}/ko/ab")
    expect(page.locator("#graph-b .main-svg").first).to_be_visible()


@pytest.mark.exhaustive
def test_scripts_that_have_changed_since_are_served_as_they_are(tmp_path: Path) -> None:
    """A stale lean file would hide a developer's change."""
    copy = project.bundled(tmp_path / "copy")
    asked = [
        sys.executable,
        "-c",
        "from app.pages.assets import IS_LEAN, scripts; print(IS_LEAN, scripts('explorer')[0])",
    ]

    def said() -> str:
        return subprocess.run(asked, cwd=copy, check=True, capture_output=True, text=True).stdout.strip()

    assert said() == "True lean/explorer.js"
    with (copy / "static" / "js" / "plot" / "scale.js").open("a") as script:
        script.write("\n// changed\n")
    assert said() == "False js/explorer.js"


def test_every_package_in_the_bundled_plotly_is_in_the_notice_and_its_license_beside_the_file(bundled: Path):
    lean = bundled / "static" / "lean"
    notices = (project.ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    licenses = (lean / "plotly.licenses.txt").read_text(encoding="utf-8")
    table = set(re.findall(r"[@\w./-]+", " ".join(re.findall(r"^\| (.*?) \|", notices, re.MULTILINE))))
    packages = orjson.loads((lean / "made.json").read_bytes())["packages"]
    assert {"plotly.js", "@plotly/d3"} <= set(packages)
    for package in packages:
        assert f"==== {package} " in licenses
        assert package in table or package == "plotly.js"
    assert "Copyright (c) 2010-2016, Michael Bostock" in licenses
