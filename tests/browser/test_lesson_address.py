"""The address of a lesson is its complete state: one of two states, the answer, and the moved lab."""

import re

from playwright.sync_api import Page, expect

from tests.browser.explorer import still
from tests.browser.lesson import SLOW, choices, lab, moment, open_moment, wait_for_lab

SECOND = "#switch [data-which=b]"


def test_each_change_is_in_the_address_and_a_reload_brings_it_back(page: Page) -> None:
    open_moment(page, "ko", "truncated", 2)
    wait_for_lab(page)
    expect(page).to_have_url(re.compile(r"#m=2$"))
    choices(page, 2)
    page.locator(SECOND).click()
    expect(page).to_have_url(re.compile(r"#m=2&s=b$"))
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile(r"#m=2&s=b&answered=1$"))
    own = lab(page).locator("#graph")
    wait_for_lab(page)
    page.reload()
    expect(moment(page, 2).locator(".answer")).to_be_visible(timeout=SLOW)
    expect(page.locator(SECOND)).to_have_attribute("aria-pressed", "true")
    wait_for_lab(page)
    still(page.frames[-1])
    expect(page).to_have_url(re.compile(r"#m=2&s=b&answered=1$"))
    expect(own).to_be_visible()
    expect(page.locator("#return")).to_be_hidden()


def test_what_the_reader_changes_in_the_lab_is_in_the_address(page: Page) -> None:
    open_moment(page, "en", "hello", 2)
    wait_for_lab(page)
    choices(page, 2)
    field = lab(page).locator("#text")
    field.fill("banana")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"#m=2&lab=[^&]*text%3Dbanana[^&]*$"))
    page.reload()
    expect(lab(page).locator("#text")).to_have_value("banana", timeout=SLOW)
    expect(page.locator("#return")).to_be_visible()
    expect(page.locator("#open")).to_have_attribute("href", re.compile("text=banana"))
    expect(moment(page, 2).locator(".answer")).to_be_hidden()  # still covered
    page.locator("#language").click()
    expect(page).to_have_url(re.compile(r"/ko/.*#m=2&lab=[^&]*banana"))
    expect(lab(page).locator("#text")).to_have_value("banana", timeout=SLOW)
    page.locator("#return").click()
    expect(page).to_have_url(re.compile(r"/ko/.*#m=2$"))
    expect(lab(page).locator("#text")).to_have_value("hello", timeout=SLOW)


def test_a_moment_is_left_as_it_is_and_back_returns_to_it(page: Page) -> None:
    open_moment(page, "en", "bptt", 2)
    choices(page, 2)
    page.keyboard.press("a")
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile(r"#m=3$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"#m=2&answered=1$"))
    expect(moment(page, 2).locator(".answer")).to_be_visible()
    page.evaluate("location.hash = 'm=2'")
    expect(moment(page, 2).locator(".answer")).to_be_hidden()
    expect(page.locator("#next")).to_contain_text("Skip")
