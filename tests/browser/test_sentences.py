"""Sentences under the explorer's panels on seeded random links in both languages, recomputed.

A sentence is found by its text in the catalogue, and what is filled in is held against the API's answer:
counts, shares, ratios, trends, the largest and the closest, and in English singular and plural.
"""

import random
import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.presets import PRESETS
from app.words import CATALOGUES
from tests.browser.explorer import open_explorer

SHOWN = ("norms", "credit", "schemes", "comparison", "cost", "jacobian")
TEXTS = ("ab", "hello", "banana", "abcab", "the quick brown fox", "안녕하세요", "나랏말싸미 듕귁에", "aaaa")
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
COUNTED = ("step", "update", "cell", "pair", "term", "seed", "lane", "block", "segment", "number", "time")


def link(seed: int) -> tuple[str, dict[str, Any]]:
    """A language and what is asked; only values that a link may hold."""
    draw = random.Random(seed)
    text, scheme = draw.choice(TEXTS), draw.choice(("full", "blocks", "window", "tbptt", "randomized"))
    asked: dict[str, Any] = {"v": 1, "text": text}
    if draw.random() < 0.5:
        asked["steps"] = draw.choice((1, 2, 3, 8, 40, len(text)))
    if draw.random() < 0.4:
        asked["cell"] = draw.choice(("lstm", "gru"))
    asked["activation"] = draw.choice(("tanh", "tanh", "sigmoid", "relu", "identity"))
    asked |= {"hidden": draw.choice((1, 2, 5, 8)), "gain": draw.choice((0, 0.5, 0.9, 1, 1.2, 1.6))}
    asked |= {"seed": draw.randrange(300), "loss_at": draw.choice(("every", "every", "last"))}
    asked["truncation"] = scheme
    if scheme in ("blocks", "window", "tbptt"):
        asked["k"] = draw.choice((1, 2, 3, 5, 40))
    if scheme == "tbptt":
        asked["k1"] = draw.choice((1, 2, 4))
    if scheme == "randomized":
        asked |= {"cut": draw.choice((0, 0.1, 0.5)), "cut_seed": draw.randrange(20)}
    return ("en", "ko")[seed % 2], asked


def number(text: str) -> float:
    """A number as pages write it: 1.3 × 10⁻⁵, −0.26, 1,284, 33%, < 0.1%."""
    mantissa, _, exponent = (
        text.strip("<> ").replace("%", "").replace(",", "").replace("\u00a0", "").partition("×10")
    )
    value = float(mantissa.translate(RAISED)) * 10.0 ** int(exponent.translate(RAISED) or 0)
    return value / 100 if "%" in text else value


def near(text: str, value: float) -> bool:
    """Whether a printed number is this value, to the figures printed."""
    if text.startswith("<"):
        return 0 < value < number(text) * 1.01
    if text.startswith(">"):
        return value > number(text) * 0.99
    mantissa = text.partition("×")[0].strip().rstrip("%")
    decimals = len(mantissa.partition(".")[2])
    scale = number(text) / (number(mantissa) or 1) if number(text) else (0.01 if "%" in text else 1)
    return abs(number(text) - value) <= 0.51 * scale * 10.0**-decimals + 1e-4 * abs(value)


def trend(ratio: float) -> set[str]:
    """The words that fit; two where a rounded ratio may be on either side."""
    edges = [(0.01, "vanishes", "shrinks"), (0.8, "shrinks", "steady"), (1.25, "steady", "grows")]
    edges.append((100.0, "grows", "explodes"))
    for edge, below, above in edges:
        if abs(ratio / edge - 1) < 1e-3:
            return {below, above}
    return {next((below for edge, below, _ in edges if ratio < edge), "explodes")}


class Captions:
    """Captions of a page, and what a sentence of the catalogue says in them."""

    def __init__(self, page: Page, language: str, answer: dict[str, Any]) -> None:
        self.words, self.answer, self.language = CATALOGUES[language], answer, language
        self.captions = {name: self._caption(page, name) for name in SHOWN}

    def _caption(self, page: Page, name: str) -> str:
        caption = page.locator(f"#{name}-caption")
        caption.scroll_into_view_if_needed()
        expect(caption).not_to_be_empty()
        text = caption.inner_text().replace("\u2060", "").replace("\n", "")
        return re.sub(r"[^\S\u00a0]+", " ", text)  # numbers keep their no-break spaces

    def says(self, key: str) -> dict[str, str] | None:
        """What the sentence's places hold; None if its panel does not say it."""
        panel, name = key.split(".")
        pieces = re.split(r"(\{\w+(?:\|\|?[^}]+)?\})", self.words[panel][name].replace("**", ""))
        pattern, seen = "", set[str]()
        for piece in pieces:
            mark = re.fullmatch(r"\{(\w+)(?:(\|\|?)([^}/]+)/([^}]+))?\}", piece)
            if not mark:
                pattern += re.escape(re.sub(r"\b([A-Za-z]+)_([A-Za-z0-9]+)", r"\1\2", piece))
                continue
            place, bars, one, other = mark.groups()
            if bars != "||":
                value = ".+?" if place in ("scheme", "trend") else r"(?:[<>] )?[\S\u00a0]+?"
                pattern += f"(?P={place})" if place in seen else f"(?P<{place}>{value})"
                seen.add(place)
            if one:
                gap = " " if self.language == "en" and bars == "|" else ""
                pattern += rf"{gap}(?:{re.escape(one)}|{re.escape(other)})"
        found = re.search(rf"{pattern}(?!\S)", self.captions[panel])
        return found.groupdict() | {"said": found[0]} if found else None

    def word_of(self, text: str) -> str:
        return next(str(name) for name, word in self.words["trend"].items() if word == text)


def sizes(answer: dict[str, Any], part: str) -> np.ndarray:
    return np.array(answer[part]["dh_norm"], dtype=float)


def check_norms(page: Captions) -> None:
    exact, cut = sizes(page.answer, "full"), sizes(page.answer, "truncated")
    T, same = len(exact), np.isclose(exact, cut, rtol=3e-5, atol=0)
    if same.all():
        assert page.says("norms.nothing_cut") or page.says("norms.cut_was_nothing")
        assert bool(page.says("norms.nothing_cut")) == (
            page.answer["cells_kept"] == page.answer["cells_total"]
        )
        stretches = page.answer["jacobian"]["sigma_max"][1:]
        nothing = bool(stretches) and all(size == 0 for size in stretches)
        assert bool(page.says("norms.passes_nothing")) == nothing
        back = page.says("norms.way_back")
        assert bool(back) == bool(T > 2 and exact[0] and exact[-1] and not nothing)
        if back:
            assert back["n"] == str(T - 1)
            assert near(back["last"], exact[-1])
            assert near(back["first"], exact[0])
            assert page.word_of(back["trend"]) in trend(exact[0] / exact[-1])
        return
    empty = int(np.count_nonzero((exact != 0) & (cut == 0)))
    arrives = page.says("norms.nothing_arrives")
    assert (arrives and int(arrives["n"].split()[-1])) == (empty or None)
    gap = page.says("norms.largest_gap_else" if empty else "norms.largest_gap")
    both = (exact != 0) & (cut != 0) & ~same
    assert bool(gap) == bool(both.any())
    if gap:
        apart = np.abs(np.log(np.where(both, cut, 1) / np.where(both, exact, 1)))
        t = int(gap["t"])
        assert apart[t] >= apart.max() * (1 - 1e-3)
        assert near(gap["exact"], exact[t])
        assert near(gap["cut"], cut[t])
    steps = page.says("norms.last_steps")
    if steps:
        n = int(steps["n"])
        assert same[-n:].all()
        assert not same[-n - 1]
    if page.says("norms.last_step"):
        assert same[-1]
        assert not same[-2]


def credit_of(answer: dict[str, Any]) -> np.ndarray:
    table = np.array(answer["credit"], dtype=float)
    inside = np.array(answer["credit_c"], dtype=float) if answer.get("credit_c") else 0
    return np.asarray(np.hypot(table, inside))


def check_credit(page: Captions) -> None:
    answer, table = page.answer, credit_of(page.answer)
    kept, total = answer["cells_kept"], answer["cells_total"]
    lost = page.says("credit.lost")
    assert bool(lost) == bool(kept < total and np.nansum(table))
    assert bool(page.says("credit.lost_nothing")) == bool(kept < total and not np.nansum(table))
    if lost:
        weights = np.minimum(1, np.nan_to_num(np.array(answer["kept"], dtype=float)))
        share = 1 - np.nansum(weights * table) / np.nansum(table)
        assert (lost["kept"], lost["total"]) == (str(kept), str(total))
        assert near(lost["share"], share)
    past = page.says("credit.past")
    if past:
        lag = int(past["n"])
        rows = [s for s in range(lag, len(table)) if np.isfinite(table[s, 0])]
        start, end = (np.mean([table[s, s - by] for s in rows]) for by in (0, lag))
        assert lag > 1
        assert near(past["from"], start)
        assert near(past["to"], end)
        assert page.word_of(past["trend"]) in trend(end / start)


def check_schemes(page: Captions) -> None:
    answer, names = page.answer, page.words["schemes"]["names"]
    errors = {
        name: scheme["relative_error"]
        for name, scheme in answer["schemes"].items()
        if name != "full" and scheme["relative_error"] is not None
    }
    keys = ("closest", "closest_here", "ties", "ties_here", "exact")
    said = {key: found for key in keys if (found := page.says(f"schemes.{key}"))}
    if not errors:
        assert not said
        return
    least = min(errors.values())
    closest = [name for name, error in errors.items() if error <= least * (1 + 2e-5)]
    chosen = answer["params"]["truncation"] in closest
    key = "exact" if least == 0 else ("ties" if len(closest) > 1 else "closest") + ("_here" if chosen else "")
    assert key in said
    assert said[key]["scheme"].split(", ") == [names[name] for name in closest]
    if key != "exact":
        assert near(said[key]["error"], least)
    if key.startswith("closest"):
        assert int(said[key]["steps"].split()[0]) == answer["schemes"][closest[0]]["backward_steps"]


def check_comparison(page: Captions) -> None:
    answer, cut = page.answer, page.says("comparison.caption_cut")
    if cut:
        like = answer["comparison"]["recurrent"]
        assert (cut["kept"], cut["total"]) == (str(answer["cells_kept"]), str(answer["cells_total"]))
        for name, value in (("cosine", like["cosine"]), ("error", like["relative_error"])):
            assert cut[name] == "–" if value is None else near(cut[name], value)
    elif zero := page.says("comparison.caption_zero"):
        assert (zero["kept"], zero["total"]) == (str(answer["cells_kept"]), str(answer["cells_total"]))
        assert answer["comparison"]["recurrent"]["cosine"] is None
        assert not np.any(answer["full"]["gradients"]["Wh"])
    else:
        assert answer["cells_kept"] == answer["cells_total"]


def check_cost(page: Captions) -> None:
    full, cut = page.answer["cost"]["full"], page.answer["cost"]["truncated"]
    less = cut["cached_steps"] < full["cached_steps"]
    assert bool(page.says("cost.memory_less")) == less
    assert bool(page.says("cost.memory_same")) != less
    work = (cut["backward_steps"] > full["backward_steps"]) - (cut["backward_steps"] < full["backward_steps"])
    for key, sign in (("work_more", 1), ("work_same", 0), ("work_less", -1)):
        assert bool(page.says(f"cost.{key}")) == (work == sign)
    updates = page.says("cost.updates")
    assert (updates and int(updates["n"])) == (cut["updates"] if cut["updates"] > 1 else None)


def check_jacobian(page: Captions) -> None:
    told, T = page.answer["jacobian"], len(page.answer["tokens"])
    above = page.says("jacobian.above_one")
    assert above
    assert int(above["n"]) == sum(sigma is not None and sigma > 1 for sigma in told["sigma_max"])
    ratio, alone = told["last_loss_ratio"], told["last_loss_ratio_Wh"]
    said = page.says("jacobian.ratio")
    assert bool(said) == bool(ratio is not None and T > 2)
    if not said:
        return
    row = credit_of(page.answer)[-1]
    assert ratio == pytest.approx(row[0] / row[-1], rel=1e-3)
    assert near(said["ratio"], ratio)
    assert page.word_of(said["trend"]) in trend(ratio)
    if page.says("jacobian.slopes"):
        assert alone >= 1
        assert ratio < 0.8
    if page.says("jacobian.Wh_too") or page.says("jacobian.Wh_too_above"):
        assert alone < 0.8
        assert ratio < 0.8
    for key in ("slopes", "Wh_too", "Wh_too_above", "Wh_alone"):
        by_Wh = page.says(f"jacobian.{key}")
        if by_Wh:
            assert near(by_Wh["alone"], alone)


def check_plurals(page: Captions) -> None:
    if page.language == "en":
        text, nouns = " ".join(page.captions.values()), "|".join(COUNTED)
        assert not re.findall(rf"(?<!\S)1 (?:{nouns})s\b", text)
        assert not re.findall(rf"(?<!\S)(?!1 )\d+ (?:{nouns})\b", text)


def check(page: Page, language: str, query: str) -> None:
    open_explorer(page, f"/{language}/?{query}#open={','.join(SHOWN)}")
    answer = page.evaluate("query => fetch(`/api/bptt?${query}`).then((it) => it.json())", query)
    shown = Captions(page, language, answer)
    for of_panel in (check_norms, check_credit, check_schemes, check_comparison, check_cost):
        of_panel(shown)
    check_jacobian(shown)
    check_plurals(shown)


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=() if n < 2 else pytest.mark.exhaustive) for n in range(40)]
)
def test_every_sentence_of_a_random_link_is_recomputed_from_its_answer(page: Page, seed: int) -> None:
    language, asked = link(seed)
    check(page, language, urlencode(asked))


FIRST_SCREEN = {"vanishing": "vanishes", "exploding": "explodes", "sigma": "vanishes", "scalar": "grows"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n == "sigma" else pytest.mark.exhaustive) for n in FIRST_SCREEN]
)
def test_the_first_screen_of_a_preset_says_what_its_title_does(page: Page, name: str) -> None:
    query = urlsplit(PRESETS[name]).query
    check(page, "en", query)
    trend_said = CATALOGUES["en"]["trend"][FIRST_SCREEN[name]]
    for panel in ("norms", "jacobian"):
        expect(page.locator(f"#{panel}-caption")).to_contain_text(f": {trend_said}.")
