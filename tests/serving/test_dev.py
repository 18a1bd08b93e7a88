"""``make dev``: scripts as written, and a server that restarts when a file changes."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from app.pages.assets import made_of
from tests.load import each
from tests.server import ROOT, serving

PATIENCE = 60  # s


@pytest.fixture
def checkout(tmp_path):
    """A copy of what is served, with a small bundle that is up to date."""
    for name in ("app", "static", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("lean", "__pycache__"))
    bundle = tmp_path / "static" / "lean"
    bundle.mkdir()
    (bundle / "made.json").write_bytes(orjson.dumps({"of": made_of(), "chunks": {"explorer": []}}))
    return tmp_path


def page(address: str) -> str:
    return asyncio.run(each(address, ["/en/"], "identity"))[0].body.decode()


def commands(target: str) -> list[str]:
    """The words of the commands that a target of make runs."""
    return subprocess.run(
        ["make", "--no-print-directory", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


@pytest.mark.parametrize(("target", "then"), [("run", "bptt-explorer"), ("wheel", "build")])
def test_what_is_given_to_readers_is_bundled_first(target, then):
    words = commands(target)
    assert words.index("app.pages.bundle") < words.index(then)
    assert ("--if-needed" in words) == (target == "run")


def test_the_target_turns_the_bundle_off_and_reloading_on():
    words = commands("dev")
    assert "BPTT_BUNDLE=0" in words
    assert words[-2:] == ["bptt-explorer", "--reload"]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("bundle", "served"), [("1", "lean/explorer.js"), ("0", "js/explorer.js")])
def test_without_the_bundle_pages_name_the_scripts_as_written(checkout, bundle, served):
    shown = subprocess.run(
        [sys.executable, "-c", "from app.pages.assets import scripts; print(scripts('explorer')[0])"],
        cwd=checkout,
        env=os.environ | {"BPTT_BUNDLE": bundle},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == served


@pytest.mark.exhaustive
def test_a_change_of_a_file_is_served_without_a_restart_by_hand(checkout, tmp_path, monkeypatch):
    monkeypatch.setenv("BPTT_BUNDLE", "0")
    command = (sys.executable, "-m", "app", "--reload")
    with serving(tmp_path / "log", command=command, cwd=checkout) as address:
        before = page(address)
        add(checkout / "static/js/explorer.js", "\n// changed here\n")
        now = page_after(address, before)
        path = re.search(r'<script type="module" src="([^"]+)"', now)[1]
        source = asyncio.run(each(address, [path], "identity"))[0].body
        assert source.endswith(b"// changed here\n")
        add(checkout / "templates/page.html", "\n<!-- changed here -->\n")
        assert "<!-- changed here -->" in page_after(address, now)


def add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def page_after(address: str, before: str) -> str:
    """The page once it is another one."""
    deadline = time.monotonic() + PATIENCE
    while (now := answered(address)) in (None, before):
        assert time.monotonic() < deadline, "the server has not noticed"
        time.sleep(0.2)
    return now


def answered(address: str) -> str | None:
    """The page; None while the server restarts."""
    try:
        return page(address)
    except (OSError, asyncio.IncompleteReadError):
        return None
