"""Table of the lab pages for test_page_loop: how each keeps its state in the URL and redraws its picture.

A page lists what does not apply to it in ``without`` and what it does not do yet in ``differs``, each with
the reason. `test_page_loop` fails if a page behaves differently, so the table stays true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Frame, Page, expect

from tests.browser.explorer import hash_of, query_of

SOON = 60_000  # ms until a picture is drawn, on a machine that is busy
TEXT = "bananas" * 4  # of 27 steps and a target


@dataclass(frozen=True)
class Loop:
    """One page; of its answers only those to ``control`` are looked at."""

    path: str
    control: str  # its slider
    seen: str  # the part of the picture that tells the control's values apart
    shows: Mapping[str, str]  # what ``seen`` says at each value, the default first
    answers: str  # pattern of the API's addresses
    drawing: str  # as large as the window allows
    beyond: tuple[str, str, str]  # a value out of range, the notice on it, what ``seen`` says at the limit
    refused: tuple[str, str, str]  # a parameter and a value that only the server can refuse, and its words
    half_typed: tuple[str, str, str]  # a field, what it cannot take, and where that is said
    hidden: tuple[str, str]  # a parameter and a value that a hidden control keeps
    query: Mapping[str, str] = field(default_factory=dict)
    hash: Mapping[str, str] = field(default_factory=dict)
    at_once: int = 2  # questions under way at most, while a control is dragged
    framed: tuple[str, str] = ("", "")  # query and hash of a page in a frame
    second: bool = False  # the controls set the question in b=
    without: Mapping[str, str] = field(default_factory=dict)
    differs: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> list[str]:
        return list(self.shows)

    def link(
        self, beside: Mapping[str, str] | None = None, looked: Mapping[str, str] | None = None, **asked: str
    ) -> str:
        """The page at its default and what is ``asked``; ``beside`` are further keys of the query."""
        usual, question = dict(self.query), dict(self.query) | asked
        query = {"v": "1"} | (usual | {"b": urlencode(question)} if self.second else question)
        hash_ = urlencode(self.hash if looked is None else looked, safe=",")
        return f"{self.path}?{urlencode(query | dict(beside or {}))}{hash_ and f'#{hash_}'}"

    def asked(self, page: Page) -> dict[str, str]:
        """What the address asks, of two questions the one that the controls set."""
        query = query_of(page)
        return dict(parse_qsl(query["b"])) if self.second else query


OF_K = {"2": 14, "3": 9, "4": 7, "5": 6, "6": 5, "7": 4, "8": 4, "9": 3, "14": 2}  # blocks of 27 steps
PAIRS = {"2": 40, "3": 54, "4": 66, "5": 78, "6": 90, "7": 105, "8": 114, "9": 135, "14": 196}
TRAINED = ("trained", "nonsense", "Trained weights must be the query of a training run")
K_BEYOND = "0 is outside 1 … 1,000"
TOO_SHORT = ("text", "a", "#notices")

LOOPS = {
    "explorer": Loop(
        path="/en/",
        query={"text": TEXT},
        control="k",
        seen="#note-k",
        shows={k: f"= {n} blocks" for k, n in OF_K.items()},
        answers="**/api/*/bptt?*",
        drawing="#graph .main-svg",
        beyond=("0", K_BEYOND, "= 27 blocks"),
        refused=TRAINED,
        half_typed=TOO_SHORT,
        hidden=("gain", "0.5"),
        framed=("?v=1", "#t=2&show=k,panels&only=fwd.*&look=credit"),
    ),
    "training": Loop(
        path="/en/training",
        query={"text": TEXT},
        hash={"hide": "race"},  # which is then not run
        control="k",
        seen="#film-said",
        shows={
            k: f"/{3 * n} Block " for k, n in OF_K.items()
        },  # each block goes forward, backward and is updated
        answers="**/api/*/training/film?*",
        drawing="#film-strip svg",
        beyond=("0", K_BEYOND, "/81 Block "),
        refused=("contest", "nonsense", "is not a valid contestant"),
        half_typed=TOO_SHORT,
        hidden=("gain", "0.5"),
        at_once=3,
        framed=("?v=1", "#at=1.0.4&show=film,k&look=weights"),
    ),
    "graph": Loop(
        path="/en/graph",
        hash={"at": "u1"},
        control="lr",
        seen="#table tbody tr:first-child td:last-child",  # x after a step
        shows={f"0.{n}": f"{4 - 0.3 * n:.1f}" for n in range(1, 10)},
        answers="**/api/*/graph?*",
        drawing="#node-svg svg",
        beyond=("9", "Learning rate: 9 is outside 0 … 2", "−2"),
        refused=("values", "zz", "write values as x:4"),
        half_typed=("formula", "(x", "#formula-error"),
        hidden=("tau", "3"),
        framed=("?v=1", "#at=b1&show=lr,ledger&only=p&look=ledger"),
        without={"k": "no graph has a block length: [ and ] mean nothing"},
    ),
    "compare": Loop(
        path="/en/ab",
        query={"text": TEXT},
        second=True,
        control="k",
        seen="#facts-b",
        shows={k: f"{n} of 378 pairs" for k, n in PAIRS.items()},
        answers="**/api/*/bptt?*",
        drawing="#graph-a .main-svg",
        beyond=("0", K_BEYOND, "27 of 378 pairs"),
        refused=TRAINED,
        half_typed=TOO_SHORT,
        hidden=("gain", "0.5"),
        without={
            "gallery": "an example is one question",
            "reset": "there is no default for two questions",
            "frame": "two pictures have no room beside a lesson",
        },
        differs={"at_once": "every value that a control is dragged over is asked"},
    ),
}


def visit(page: Page, link: str) -> None:
    """Go there; the first page of a fresh server takes long on a machine that is busy."""
    page.goto(link, timeout=SOON)


def open_page(page: Page, loop: Loop, **asked: str) -> None:
    visit(page, loop.link(**asked))
    wait_for(page, loop, loop.values[0])


def wait_for(page: Page | Frame, loop: Loop, value: str) -> None:
    """The picture is that of this value of the control, and the control stands there."""
    expect(page.locator(loop.seen)).to_contain_text(loop.shows[value], timeout=SOON)
    expect(page.locator(f"#{loop.control}")).to_have_value(value)


def drag(page: Page, loop: Loop, values: list[str]) -> None:
    """Over these values of the slider, and let go."""
    page.locator(f"#{loop.control}").evaluate(
        """(slider, values) => {
          for (const value of values) {
            slider.value = value;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
          slider.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        values,
    )


def entries(page: Page) -> int:
    return page.evaluate("history.length")


def redraw(page: Page) -> None:
    """Whatever was asked to be redrawn in the next frame, or by an observer in the one after, has been."""
    page.evaluate(
        """() => new Promise((done) => {
          const wait = (frames) => frames ? requestAnimationFrame(() => wait(frames - 1)) : done();
          wait(4);
        })"""
    )


def value_of(loop: Loop, url: str) -> str:
    """The value of the control that the API is asked for."""
    return dict(parse_qsl(urlsplit(url).query)).get(loop.control, loop.values[0])


def looked(page: Page) -> dict[str, str]:
    """What the hash says."""
    return dict(parse_qsl(hash_of(page)))
