"""The pages in a real browser: nothing from elsewhere, no error, axe finds nothing, and the keyboard reaches everything."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from onrecord.record import Record
from tests.web.conftest import DISPUTE, addresses, ids
from tests.web.test_web_pages import NAMES

PHONE = {"viewport": {"width": 320, "height": 700}}


def problems(page: Page) -> list[str]:
    """What axe finds, each with the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("page", [{"color_scheme": "light"}], indirect=True, ids=["light"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_accessible_and_asks_nobody_else(page: Page, site: str, sample_record: Record, name: str) -> None:
    page.goto(site + addresses(sample_record)[name])
    assert problems(page) == []


@pytest.mark.parametrize("page", [{**PHONE, "color_scheme": "dark"}], indirect=True, ids=["dark-320"])
def test_pages_in_the_dark_on_a_telephone(page: Page, site: str, sample_record: Record) -> None:
    for name in ("search", "dispute", "page reader", "matrix"):
        page.goto(site + addresses(sample_record)[name])
        assert problems(page) == [], name


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["320"])
def test_no_page_is_wider_than_a_telephone(page: Page, site: str, sample_record: Record) -> None:
    for name, address in addresses(sample_record).items():
        page.goto(site + address, wait_until="domcontentloaded")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, f"{name} is {wide} px wide"


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["320"])
def test_a_ledger_on_a_telephone_is_read_without_moving_sideways(page: Page, site: str) -> None:
    page.goto(site + DISPUTE)
    for region in page.locator(".scroll:has(.ledger)").all():
        assert region.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    demands = page.get_by_role("region", name="Table: Demands")
    expect(demands.get_by_role("columnheader", name="How it stands")).to_have_count(1)
    expect(demands.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(5)
    assert problems(page) == []


@pytest.mark.parametrize("name", ["volume", "sources"])
def test_charts_are_drawn(page: Page, site: str, sample_record: Record, name: str) -> None:
    page.goto(site + addresses(sample_record)[name])
    plots = page.locator(".plot")
    for number in range(plots.count()):
        expect(plots.nth(number)).to_have_attribute("data-ready", "yes")
        assert plots.nth(number).locator("svg path").count() > 4


def test_the_reader_works_by_keyboard_alone(page: Page, site: str, sample_record: Record) -> None:
    page.goto(f"{site}/page/{ids(sample_record)['page']}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("j")
    first = page.locator(".ref").first
    expect(first).to_be_focused()
    tip = page.locator("#tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(re.compile("act|kind|speakers", re.IGNORECASE))
    assert first.get_attribute("aria-describedby") == "tip"
    page.keyboard.press("j")
    expect(page.locator(".ref").nth(1)).to_be_focused()
    expect(page.locator(".notes li.on")).to_have_count(1)
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    assert page.url.endswith("#n1")


def test_a_pointer_shows_who_says_what_and_furniture_can_go(page: Page, site: str, sample_record: Record) -> None:
    page.goto(f"{site}/page/{ids(sample_record)['page']}")
    page.locator(".hl:not(.event)").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    furniture = page.locator(".furniture").first
    expect(furniture).to_be_visible()
    page.get_by_label("Show what is not the article").uncheck()
    expect(furniture).to_be_hidden()


def test_a_search_narrows_without_a_new_page(page: Page, site: str) -> None:
    page.goto(f"{site}/search")
    page.get_by_label("Act", exact=True).select_option("deny")
    expect(page).to_have_url(re.compile("act=deny"))
    expect(page.locator("#results .label.deny").first).to_be_visible()
    page.get_by_label("Said by").fill("Karvelia")
    page.get_by_label("Said by").press("Enter")
    expect(page).to_have_url(re.compile("by=Karvelia"))
    expect(page.get_by_role("link", name=re.compile("by Karvelia"))).to_be_visible()
    page.go_back()
    expect(page).not_to_have_url(re.compile("by=Karvelia"))


def test_the_slider_moves_the_day(page: Page, site: str) -> None:
    page.goto(site + DISPUTE)
    slider = page.get_by_label("Day of the state of play")
    slider.focus()
    slider.press("Home")
    expect(page.locator("#state")).to_contain_text("on 14 January 2031")
    assert page.get_by_label("As known from reports published by").input_value() == "2031-01-14"
    expect(page).to_have_url(re.compile("on=2031-01-14"))


def test_the_theme_is_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/volume")
    expect(page.locator(".plot").first).to_have_attribute("data-ready", "yes")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch to dark colours").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.goto(f"{site}/about")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_everything_can_be_read_without_scripts(page: Page, site: str, sample_record: Record) -> None:
    page.goto(site + DISPUTE)
    page.get_by_label("As known from reports published by").fill("2031-03-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#state")).to_contain_text("on 1 March 2031")
    page.goto(f"{site}/page/{ids(sample_record)['page']}")
    page.locator(".ref").first.click()
    assert page.url.endswith("#n1")
    expect(page.locator(".notes .why").first).to_be_visible()
    page.goto(f"{site}/volume")
    expect(page.get_by_role("cell").first).to_be_visible()
    page.goto(f"{site}/search?q=border&act=accuse")
    expect(page.locator("#results mark").first).to_be_visible()
    page.goto(f"{site}/check")
    page.get_by_label("The draft").fill('Ekermark said: "a border of paper".')
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="1 quotation")).to_be_visible()


def test_a_brief_is_printed_with_its_sources_and_nothing_else(page: Page, site: str, sample_record: Record) -> None:
    page.goto(site + addresses(sample_record)["brief"])
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator("#source-1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_map_draws_the_places_of_the_samples(page: Page, site: str) -> None:
    page.goto(f"{site}/map")
    plot = page.locator(".plot")
    expect(plot).to_have_attribute("data-ready", "yes")
    assert plot.locator("svg path").count() > 100
    for place in ("Dravno", "Halvik", "Lindhavn"):
        expect(plot.locator("svg text", has_text=place)).to_have_count(1)
    expect(page.get_by_role("row", name="Dravno")).to_contain_text("Karvelia")


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["320"])
def test_the_map_of_a_telephone_names_only_what_it_has_room_for(page: Page, site: str) -> None:
    page.goto(f"{site}/map")
    plot = page.locator(".plot")
    expect(plot).to_have_attribute("data-ready", "yes")
    boxes = [one.bounding_box() for one in plot.locator("svg text").all()]
    shown = [(b["x"], b["y"], b["x"] + b["width"], b["y"] + b["height"]) for b in boxes if b is not None]
    assert len(shown) >= 3
    assert not [
        (a, b) for a in shown for b in shown if a < b and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
