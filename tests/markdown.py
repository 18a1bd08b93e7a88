"""The documentation as text: its files, sections, tables, links and anchors."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in (ROOT, ROOT / "docs", ROOT / "findings") for path in folder.glob("*.md"))
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    """A file of the documentation by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A text without its blocks of code."""
    return _FENCED.sub("", text)


def section(text: str, title: str) -> str:
    """What is below a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table, headings and rules left out."""
    lines = re.findall(r"^\|(.*)\|$", text, re.MULTILINE)
    tables = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)] for line in lines]
    rules = [i for i, cells in enumerate(tables) if all(re.fullmatch("-+", cell) for cell in cells)]
    return [cells for i, cells in enumerate(tables) if i not in rules and i + 1 not in rules]


def names(cell: str) -> list[str]:
    """What a cell has between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def links(text: str) -> list[str]:
    """Where links and pictures lead."""
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(text)))


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to headings."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
