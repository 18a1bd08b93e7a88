"""What every page with a network promises, one test a promise over the table of `loops`."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from tests.browser.explorer import address_of, query_of, until
from tests.browser.framed import ask, wait_to_hear
from tests.browser.loops import (
    LOOPS,
    SOON,
    Loop,
    drag,
    entries,
    looked,
    open_page,
    redraw,
    value_of,
    visit,
    wait_for,
)
from tests.pairwise import only

# The loop is written once (page/loop.js), so that two pages are enough for each of its promises; each page is
# looked at four times. `make test-all` looks at every promise on every page.


@only("explorer", "compare", loop=LOOPS)
def test_a_link_is_read_forgivingly_and_reloading_reproduces_it(page: Page, loop: Loop) -> None:
    value, said, limit = loop.beyond
    hash_ = {name: it for name, it in loop.hash.items() if name != "hide"} | {"theme": "dark"}
    hide = ",".join(filter(None, [loop.hash.get("hide"), loop.control, "share"]))
    visit(page, loop.link({"hide": hide, "zzz": "1"}, hash_, yyy="1", **{loop.control: value}))
    picture, notices = page.locator(loop.seen), page.locator("#notices")
    expect(picture).to_contain_text(limit, timeout=SOON)
    expect(notices).to_contain_text(said)
    expect(notices).not_to_contain_text(re.compile("yyy|zzz"))
    assert "zzz" not in query_of(page)
    assert "yyy" not in loop.asked(page)
    assert "hide" not in query_of(page)
    assert looked(page) == hash_ | {"hide": hide}
    expect(page.locator(f"#control-{loop.control}")).to_be_hidden()
    expect(page.locator("#share")).to_be_hidden()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    limited, numbers = address_of(page), picture.inner_text()

    page.keyboard.press("]")  # moves k, but not where it is hidden
    redraw(page)
    assert address_of(page) == limited
    expect(notices.locator("[data-name=link]")).to_have_count(1)
    page.keyboard.press("q")
    expect(page.locator("#qr-dialog")).to_be_hidden()

    page.reload(timeout=SOON)
    expect(picture).to_have_text(numbers, timeout=SOON)
    expect(notices).to_be_empty()
    assert address_of(page) == limited


@only("training", "compare", loop=LOOPS)
def test_a_change_is_one_entry_of_the_history_and_back_and_forward_redraw(
    page: Page, tolerated: list[str], loop: Loop
) -> None:
    tolerated.append("422")  # a formula that is half typed
    first, last = loop.values[0], loop.values[3]
    open_page(page, loop)
    before, there = entries(page), address_of(page)
    drag(page, loop, loop.values[1:4])
    wait_for(page, loop, last)
    assert loop.asked(page)[loop.control] == last
    assert entries(page) == before + 1
    moved = address_of(page)

    name, text, where = loop.half_typed
    whole = page.locator(f"#{name}").input_value()
    page.locator(f"#{name}").fill(text)
    expect(page.locator(where)).not_to_be_empty()
    assert address_of(page) == moved
    page.go_back()
    wait_for(page, loop, first)
    assert address_of(page) == there
    expect(page.locator(f"#{name}")).to_have_value(whole)
    expect(page.locator(where)).to_be_empty()
    page.go_forward()
    wait_for(page, loop, last)
    assert address_of(page) == moved


@only("explorer", "graph", loop=LOOPS)
def test_keys_and_the_theme_do_the_same_everywhere(page: Page, loop: Loop) -> None:
    second = loop.values[1]
    open_page(page, loop)
    before, there = entries(page), address_of(page)
    page.keyboard.press("]")
    if "k" in loop.without:
        assert address_of(page) == there
        page.keyboard.press("[")
        assert address_of(page) == there
    else:
        wait_for(page, loop, second)
        page.keyboard.press("[")
        assert entries(page) == before + 2
    wait_for(page, loop, loop.values[0])
    assert address_of(page) == there

    for key, dialog in (("q", "#qr-dialog"), ("?", "#keys-dialog")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()

    before, html = entries(page), page.locator("html")
    page.locator("#theme").click()
    expect(html).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(re.compile("[#&]theme=dark"))
    page.locator("#theme").click()
    expect(html).not_to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(there)
    assert entries(page) == before
    wait_for(page, loop, loop.values[0])


@only("training", "graph", loop=LOOPS)
def test_what_is_hidden_keeps_its_value_whatever_else_is_changed(page: Page, loop: Loop) -> None:
    name, value = loop.hidden
    hash_ = dict(loop.hash) | {"hide": ",".join(filter(None, [loop.hash.get("hide"), name]))}
    visit(page, loop.link(None, hash_, **{name: value}))
    wait_for(page, loop, loop.values[0])
    drag(page, loop, loop.values[1:2])
    wait_for(page, loop, loop.values[1])
    assert loop.asked(page)[name] == value
    before = entries(page)
    reset = page.locator("#reset:is(button), #defaults")
    if "reset" in loop.without:
        expect(reset).to_have_count(0)
    else:
        page.locator("#more").click()
        reset.click()
        expect(page.locator(f"#{loop.control}")).to_have_value(loop.values[0])
        assert loop.asked(page) == {"v": "1", name: value}
        assert looked(page)["hide"] == hash_["hide"]
        assert entries(page) == before + 1
        page.go_back()
        wait_for(page, loop, loop.values[1])

    if "gallery" in loop.without:
        expect(page.locator("[data-presets]")).to_have_count(0)
        return
    page.locator("[data-presets]:visible").first.click()
    example = page.locator("#presets-dialog [data-preset]").last
    search = urlsplit(example.get_attribute("href") or "").query
    example.click()
    assert urlsplit(address_of(page)).query == search
    assert looked(page)["hide"] == hash_["hide"]
    assert entries(page) == before + 1
    page.go_back()
    wait_for(page, loop, loop.values[1])


@only("explorer", "compare", loop=LOOPS)
def test_what_the_server_refuses_leaves_the_last_picture_and_else_the_default(
    page: Page, tolerated: list[str], loop: Loop
) -> None:
    tolerated.append("422")
    name, value, said = loop.refused
    notices = page.locator("#notices")
    visit(page, loop.link(**{name: value}))
    expect(notices).to_contain_text(said, timeout=SOON)
    expect(notices).to_contain_text("The default is shown.")
    wait_for(page, loop, loop.values[0])
    assert name not in until(page, lambda: loop.asked(page), lambda asked: name not in asked)

    page.evaluate(
        """(refused) => {
          const { href } = location;
          history.pushState(null, "", refused);
          history.pushState(null, "", href);
        }""",
        loop.link(**{name: f"{value}2"}),
    )
    picture = page.locator(loop.seen).inner_text()
    page.go_back()
    expect(notices).to_contain_text("The previous result is still shown.")
    expect(notices).to_contain_text(said)
    assert loop.asked(page)[name] == f"{value}2"
    assert page.locator(loop.seen).inner_text() == picture
    page.go_forward()
    wait_for(page, loop, loop.values[0])
    redraw(page)
    expect(notices.locator(".bad")).to_have_count(0)
    drag(page, loop, loop.values[1:2])
    wait_for(page, loop, loop.values[1])
    expect(notices.locator(".bad")).to_have_count(0)
    page.go_back()
    wait_for(page, loop, loop.values[0])
    page.go_back()
    redraw(page)
    expect(notices.locator(".bad")).to_have_count(1)
    assert page.locator(loop.seen).inner_text() == picture


@only("training", "graph", loop=LOOPS)
def test_an_older_answer_never_replaces_a_newer_and_only_the_newest_questions_are_asked(
    page: Page, loop: Loop
) -> None:
    old, newer, newest, *others = loop.values[1:8]
    held: list[Route] = []
    holding = {old}

    def hold(route: Route) -> None:
        if value_of(loop, route.request.url) in holding:
            held.append(route)
        else:
            route.continue_()

    open_page(page, loop)
    page.route(loop.answers, hold)
    drag(page, loop, [old])
    drag(page, loop, [newer])
    wait_for(page, loop, newer)
    page.evaluate(
        """(seen) => {
          window.said = [];
          const tell = () => said.push(document.querySelector(seen)?.textContent ?? "");
          const everything = { subtree: true, childList: true, characterData: true };
          new MutationObserver(tell).observe(document.body, everything);
        }""",
        loop.seen,
    )
    with page.expect_response(lambda response: value_of(loop, response.url) == old) as answer:
        held.pop().continue_()
    answer.value.finished()
    drag(page, loop, [newest])
    wait_for(page, loop, newest)
    said = page.evaluate("said")
    assert any(loop.shows[newest] in text for text in said)
    assert not any(loop.shows[old] in text for text in said)

    holding.update(others)
    drag(page, loop, others)
    page.evaluate("fetch('/healthz').then((answer) => answer.text())")  # what was asked before has come by
    at_once = len(others) if "at_once" in loop.differs else loop.at_once
    assert [value_of(loop, route.request.url) for route in held] == others[:at_once]
    holding.clear()
    for route in held:
        route.continue_()
    wait_for(page, loop, others[-1])
    assert loop.asked(page)[loop.control] == others[-1]


@only("graph", "compare", loop=LOOPS)
def test_without_a_network_the_picture_stays_until_it_is_back(
    page: Page, tolerated: list[str], loop: Loop
) -> None:
    tolerated.append("Failed to load resource")
    first, value = loop.values[:2]
    open_page(page, loop)
    page.context.set_offline(True)
    drag(page, loop, [value])
    expect(page.locator("#notices")).to_contain_text("The server cannot be reached")
    expect(page.locator(loop.seen)).to_contain_text(loop.shows[first])
    assert loop.asked(page)[loop.control] == value
    page.context.set_offline(False)
    wait_for(page, loop, value)
    expect(page.locator("#notices")).to_be_empty()

    happens: dict[str, Callable[[], object]] = {
        "online": lambda: page.evaluate("dispatchEvent(new Event('online'))"),
        "pageshow": lambda: page.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
        ),
        "the system's theme": lambda: page.emulate_media(color_scheme="dark"),
        "resize": lambda: page.set_viewport_size({"width": 1000, "height": 1000}),
    }
    drawn = page.locator(loop.drawing).first
    small = drawn.bounding_box()
    heard = {name for name, happen in happens.items() if is_redrawn_by(page, loop, happen)}
    assert heard == set(happens)
    large = drawn.bounding_box()
    assert small
    assert large
    assert (large["width"], large["height"]) != (small["width"], small["height"])


def is_redrawn_by(page: Page, loop: Loop, happen: Callable[[], object]) -> bool:
    """Whether a control that was moved behind the page's back stands again where the address has it."""
    slider = page.locator(f"#{loop.control}")
    redraw(page)
    there = slider.input_value()
    slider.evaluate("(slider) => { slider.value = slider.max }")
    assert slider.input_value() != there
    happen()
    redraw(page)
    is_back = slider.input_value() == there
    slider.evaluate("(slider, there) => { slider.value = there }", there)
    return is_back


@only("explorer", "training", loop=LOOPS)
def test_in_a_frame_it_tells_where_it_stands_and_goes_where_it_is_asked(
    page: Page, in_lesson: Callable[..., Frame], loop: Loop
) -> None:
    if "frame" in loop.without:
        assert page.request.get(f"/embed{loop.path}").status == 404
        return
    search, hash_ = loop.framed
    hash_ = hash_.replace(",", "%2C")
    lab = in_lesson(f"/embed{loop.path}{search}{hash_}")
    wait_to_hear(page, {"bptt": "here", "search": search, "hash": hash_})
    before = entries(page)
    other = f"{search}&{loop.control}={loop.values[1]}"
    ask(page, other, hash_)
    wait_to_hear(page, {"bptt": "here", "search": other, "hash": hash_})
    expect(lab.locator(f"#{loop.control}")).to_have_value(loop.values[1])
    assert entries(page) == before


def test_a_race_is_run_for_the_value_that_a_drag_ends_at_alone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: "/events?" in request.url and asked.append(request.url))
    visit(page, "/en/training?v=1&budget=10&seeds=1")
    run = page.locator("#run")
    expect(run).to_have_attribute("data-state", "done", timeout=SOON)
    drag(page, LOOPS["training"], ["3", "4", "3", "1"])
    expect(run).not_to_have_attribute("data-state", "done")
    expect(run).to_have_attribute("data-state", "done", timeout=SOON)
    assert [value_of(LOOPS["training"], url) for url in asked] == ["2", "1"]


@pytest.mark.parametrize(
    ("before", "control", "value", "after"),
    [
        ("/en/?v=1&text=banana&steps=3&k=1#t=1", "#text", "bananas", "/en/?v=1&text=bananas&k=1#t=1"),
        (
            "/en/training?v=1&lr=0.2&contest=1,2#update=3&hide=race",
            "#task",
            "recall",
            "/en/training?v=1&task=recall&lr=0.2#hide=race",
        ),
        (
            "/en/graph?v=1&preset=chain&lr=0.2&steps=1#at=u1&only=f",
            "[data-exact=n]",
            "4",
            "/en/graph?v=1&preset=chain&n=4&lr=0.2#only=f",
        ),
        ("/en/ab?v=1&b=text%3Dbanana%26steps%3D3", "#text", "bananas", "/en/ab?v=1&b=text%3Dbananas"),
    ],
    ids=["the length", "the contestants", "the moment and the steps made", "the length of B"],
)
def test_a_change_takes_back_what_belonged_to_the_value_before(
    page: Page, before: str, control: str, value: str, after: str
) -> None:
    visit(page, before)
    expect(page.locator("#loading")).to_be_hidden(timeout=SOON)
    changed = page.locator(control)
    if changed.evaluate("(it) => it.localName") == "select":
        changed.select_option(value)
    else:
        changed.fill(value)
        changed.press("Enter")
    expect(page).to_have_url(after)
