"""Building the bundle when it is needed, and saying so."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest

from app.pages import bundle, fonts
from app.pages.assets import plotly_version
from app.pages.sheets import SHEETS


@pytest.fixture
def build(monkeypatch, tmp_path):
    """How often it is built, with a folder of its own."""
    built = []
    monkeypatch.setattr(bundle, "LEAN", tmp_path)
    monkeypatch.setattr(bundle, "is_lean", lambda: (tmp_path / "made.json").exists())
    monkeypatch.setattr(bundle, "build", lambda: built.append(True))
    monkeypatch.setattr("sys.argv", ["bundle", "--if-needed"])
    return built


def test_it_is_built_when_it_is_missing_and_that_is_said(build, capsys):
    bundle.main()
    assert build == [True]
    assert "Building the bundle" in capsys.readouterr().out


def test_it_is_not_built_again_unless_its_recipe_has_changed(build, tmp_path, capsys):
    (tmp_path / "made.json").write_text(f'{{"recipe": "{bundle._recipe()}"}}')
    bundle.main()
    assert (build, capsys.readouterr().out) == ([], "")
    (tmp_path / "made.json").write_text('{"recipe": "an older one"}')
    bundle.main()
    assert build == [True]


@pytest.mark.parametrize("error", [FileNotFoundError("deno"), subprocess.CalledProcessError(1, "deno")])
def test_a_failure_is_said_and_does_not_keep_the_site_from_being_served(build, monkeypatch, capsys, error):
    def fail() -> None:
        raise error

    monkeypatch.setattr(bundle, "build", fail)
    bundle.main()
    assert "twenty times the bytes" in capsys.readouterr().out


def test_built_by_itself_it_fails_where_it_cannot_be_built(build, monkeypatch):
    def fail() -> None:
        raise FileNotFoundError("deno")

    monkeypatch.setattr(bundle, "build", fail)
    monkeypatch.setattr("sys.argv", ["bundle"])
    with pytest.raises(FileNotFoundError):
        bundle.main()


DENO = """#!{python}
import json, os, sys
from pathlib import Path
log = Path("calls.json")
calls = json.loads(log.read_text()) if log.exists() else []
names = ("NO_COLOR", "DENO_NO_UPDATE_CHECK")
calls.append({{"arguments": sys.argv[1:], "environment": {{name: os.environ.get(name) for name in names}}}})
log.write_text(json.dumps(calls))
if sys.argv[1] == "run":
    if Path("fails").exists():
        sys.exit(3)
    to = Path(json.loads(sys.argv[-1])["to"])
    assert not list(to.iterdir())
    (to / "explorer.js").write_text("let a = 1;" * 100)
    (to / "explorer.css").write_text("p {{}}" * 100)
    print(json.dumps({{"chunks": {{"explorer": ["a.js"]}}}}))
else:
    print("installed")
"""


@pytest.fixture
def project(monkeypatch, tmp_path):
    """A folder like the project's, with a Deno that writes what it is told, and fonts made at once."""
    for name in bundle.RECIPE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    package = tmp_path / "node_modules" / "plotly.js" / "package.json"
    package.parent.mkdir(parents=True)
    package.write_text(json.dumps({"version": plotly_version()}))
    deno = tmp_path / "bin" / "deno"
    deno.parent.mkdir()
    deno.write_text(DENO.format(python=sys.executable))
    deno.chmod(0o755)
    made = []

    def build(packages: Path, folder: Path) -> None:
        made.append(packages)
        for name in fonts.NAMES:
            (folder / name).write_text(f"{name} {len(made)}")

    static = tmp_path / "static"
    (static / "lean").mkdir(parents=True)
    (static / "lean" / "old.js").write_text("old")
    monkeypatch.setenv("PATH", f"{deno.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setattr(bundle, "STATIC", static)
    monkeypatch.setattr(bundle, "LEAN", static / "lean")
    monkeypatch.setattr(bundle.fonts, "build", build)
    return SimpleNamespace(folder=tmp_path, lean=static / "lean", package=package, fonts=made)


def test_a_bundle_is_made_beside_the_old_one_packed_and_put_in_its_place(project, capsys):
    bundle.build()
    install, run = json.loads((project.folder / "calls.json").read_text())
    usual = ["--quiet", "--config=deno.assets.json", "--frozen"]
    assert install["arguments"] == ["install", *usual]
    assert run["arguments"][:-1] == ["run", *usual, "--allow-all", "deno.assets.js"]
    asked = json.loads(run["arguments"][-1])
    assert asked["from"] == str(project.lean.parent)
    assert asked["to"] == str(project.lean.with_name("lean.new"))
    assert asked["sheets"] == {page: [*sheets] for page, sheets in SHEETS.items()}
    assert run["environment"] == {"NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"}
    names = ["explorer.css", "explorer.js", "fonts.licenses.txt"]
    packed = [f"{name}{ending}" for name in names for ending in ("", ".br", ".gz")]
    assert sorted(path.name for path in project.lean.iterdir()) == sorted(
        [*packed, "made.json", "math.woff2", "text.woff2"]
    )
    for name in names:
        body = (project.lean / name).read_bytes()
        small = (project.lean / f"{name}.gz").read_bytes()
        assert brotli.decompress((project.lean / f"{name}.br").read_bytes()) == gzip.decompress(small) == body
        assert small == gzip.compress(body, 9, mtime=0)
        assert (project.lean / f"{name}.br").read_bytes() == brotli.compress(body, quality=11)
    made = json.loads((project.lean / "made.json").read_text())
    assert made == {
        "of": bundle.made_of(),
        "recipe": bundle._recipe(),
        "chunks": {"explorer": ["a.js"]},
    }
    assert not project.lean.with_name("lean.new").exists()
    said = capsys.readouterr().out
    sizes = {ending: (project.lean / f"explorer.js{ending}").stat().st_size for ending in (".br", ".gz")}
    assert f"static/lean/explorer.js: 1,000 bytes, packed {sizes}" in said
    assert "woff2" not in said


def test_fonts_are_taken_from_the_old_bundle_for_as_long_as_the_recipe_is_the_same(project):
    bundle.build()
    project.lean.with_name("lean.new").mkdir()  # of a build that was interrupted
    (project.lean.with_name("lean.new") / "half.js").write_text("")
    bundle.build()
    assert project.fonts == [project.folder / "node_modules"]
    assert (project.lean / "text.woff2").read_text() == "text.woff2 1"
    assert not (project.lean / "half.js").exists()
    (project.folder / "deno.assets.lock").write_text("newer")
    bundle.build()
    assert len(project.fonts) == 2
    assert (project.lean / "text.woff2").read_text() == "text.woff2 2"


def test_two_versions_of_plotly_make_no_bundle_and_leave_the_old_one(project):
    project.package.write_text(json.dumps({"version": "0.1"}))
    with pytest.raises(SystemExit, match=rf"names plotly.js 0.1, Python holds {plotly_version()}"):
        bundle.build()
    assert [path.name for path in project.lean.iterdir()] == ["old.js"]


def test_what_deno_refuses_is_an_error_and_leaves_the_old_one(project):
    (project.folder / "fails").write_text("")
    with pytest.raises(subprocess.CalledProcessError):
        bundle.build()
    assert [path.name for path in project.lean.iterdir()] == ["old.js"]
