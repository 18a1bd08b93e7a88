"""Building the bundle when it is needed, and saying so."""

import subprocess

import pytest

from app.pages import bundle


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
