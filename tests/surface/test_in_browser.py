"""The page Surface in a real browser: the start is dragged over two weights at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.shared.theme import GUTTER
from tests.helpers.browser import CHART, SCRUB, changed, listened

Open = Callable[..., Page]
TALL = 340


def place(page: Page, across: float, up: float) -> tuple[float, float]:
    """The pixels of a point of the surface, as shares of the picture from its left and its top."""
    box = page.locator(f"{CHART} .background").nth(1).bounding_box()
    assert box
    return box["x"] + GUTTER + across * (box["width"] - GUTTER), box["y"] + up * box["height"]


def start(page: Page) -> list[float]:
    """The weights at the start, as the sidebar has them."""
    return [
        float(weight) for weight in page.get_by_label("Weights at the start").input_value().replace(",", " ").split()
    ]


def test_the_start_is_dragged_over_two_weights_and_asked_of_the_server_once(open_page: Open):
    page, sent = listened(open_page, "surface?inputs=3 4&weights=1 2&target=6")
    chart = page.locator(CHART).first
    # Error 5 at (1, 2), so the minimum is 5 / |inputs| = 1 away, and the picture goes 1.5 up and down from there.
    page.mouse.move(*place(page, 0.5, 0.3))
    page.mouse.down()
    page.mouse.move(*place(page, 0.5, 0.75), steps=6)
    expect(chart).to_contain_text(re.compile(r"Start \(0\.4, 0\.42?\d*\): loss 9"))
    assert not sent
    assert start(page) == [1, 2]
    page.mouse.up()
    expect(page.get_by_label("Weights at the start")).to_have_value(re.compile("^0.4, "))
    expect(page).to_have_url(re.compile("weights=0.4"))
    assert len(sent) == 1
    assert start(page) == pytest.approx([0.4, 0.44], abs=0.06)
    expect(chart).to_contain_text(re.compile(r"Start \(0\.4, 0\.4"))
    page.get_by_label("Weights at the start").fill("1, 2")
    page.get_by_label("Weights at the start").press("Enter")
    expect(chart).to_contain_text("Start (1, 2): loss 25, slopes (30, 40)")
    sent.clear()
    shown = chart.inner_html()
    page.get_by_role("slider", name=SCRUB).press("ArrowLeft")
    changed(page, chart, shown)
    assert not sent
    page.get_by_text("Two samples: a bowl").click()
    expect(page).to_have_url(re.compile("inputs2=4[+]3"))
    page.get_by_text("One sample: a trough").click()
    expect(page.get_by_label("Its target")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("inputs2"))


def test_a_tap_on_a_phone_starts_elsewhere(open_page: Open):
    page, sent = listened(open_page, "surface?inputs=3 4&weights=1 2&target=6", phone=True)
    page.locator(CHART).first.scroll_into_view_if_needed()
    page.touchscreen.tap(*place(page, 0.5, 0.25))
    expect(page).to_have_url(re.compile("weights=0.4"))
    assert len(sent) == 1
