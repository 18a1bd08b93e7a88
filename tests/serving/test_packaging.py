"""However it is installed, it serves its pages, its files and its numbers."""

import asyncio
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from app.pages.assets import files
from tests.load import each
from tests.server import ROOT, serving


def uv() -> str:
    """The one that `make` uses."""
    found = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    assert Path(found).exists(), "make test brings uv"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([uv(), "build", "--quiet", "--wheel", "--out-dir", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_pages_scripts_words_and_nothing_of_the_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "templates/explorer.html",
        "static/js/explorer.js",
        "static/css/site.css",
        "static/preview.png",
        "locales/ko.json",
    ):
        assert f"app/{needed}" in names
    for license_file in ("LICENSE", "THIRD_PARTY_NOTICES.md"):
        assert [name for name in names if name.endswith(f".dist-info/licenses/{license_file}")]
    parts = {part for name in names for part in Path(name).parts}
    assert not parts & {"tests", "docs", "node_modules"}
    assert not [part for part in parts if part.startswith("test_") or ".test." in part]
    assert sorted(name for name in names if name.endswith(".png")) == [
        "app/static/preview-ko.png",
        "app/static/preview.png",
    ]


def test_the_screenshots_of_the_documentation_do_not_change_the_version_of_the_static_files():
    assert files.names("", ".png") == ["preview-ko.png", "preview.png"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("source", ["wheel", "checkout", "editable"])
def test_it_serves_from_anywhere(source, wheel, tmp_path, monkeypatch):
    command = {
        "wheel": [uv(), "tool", "run", "--quiet", "--from", str(wheel), "bptt-explorer"],
        "checkout": [uv(), "tool", "run", "--quiet", "--from", str(ROOT), "bptt-explorer"],
        "editable": [uv(), "run", "--quiet", "--project", str(ROOT), "--locked", "bptt-explorer"],
    }[source]
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("PATH", os.environ["PATH"])
    with serving(tmp_path / "log", command=command, cwd=tmp_path) as address:
        page = asyncio.run(each(address, ["/ko/?v=1"], "identity"))[0]
        script = re.search(r'<script type="module" src="([^"]+)"', page.body.decode())[1]
        plotly = re.search(r'<script src="([^"]+)" id="plotly"', page.body.decode())[1]
        engine = re.search(r'"engine":"(\w+)"', page.body.decode())[1]
        asked = [script, plotly, f"/api/{engine}/bptt?v=1", "/en/ab", "/preview.png", "/readyz"]
        replies = asyncio.run(each(address, asked))
    assert [reply.status for reply in replies] == [200] * len(asked)
    assert replies[0].headers["cache-control"].endswith("immutable")
