"""The page Learning rate in a real browser: what is dragged is followed at once, and asked of the server once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gd_core.regimes import Regime
from pages.shared.numbers import number
from tests.helpers.browser import CHART, SCRUB, all_drawn, listened, verdict

Open = Callable[..., Page]


def where(page: Page, text: str) -> tuple[float, float]:
    """The middle of a text in the picture: of the last, where it stands in several places."""
    box = page.locator(CHART).get_by_text(text, exact=True).last.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_rate_is_dragged_on_the_ruler_and_everything_follows_on_release(open_page: Open):
    page, sent = listened(open_page, "learning_rate")
    chart, field = page.locator(CHART), page.get_by_role("textbox", name="Learning rate")
    expect(chart).to_contain_text(f"All weights: error × 0.72, {Regime.CONVERGES}")
    page.mouse.move(*where(page, "converges"))
    page.mouse.down()
    page.mouse.move(*where(page, "diverges"), steps=8)
    expect(chart).to_contain_text(re.compile(f"All weights: error × .?1\\.[0-9]+, {Regime.DIVERGES}"))
    assert not sent
    expect(field).to_have_value("0.01")
    page.mouse.up()
    expect(field).not_to_have_value("0.01")
    rate = float(field.input_value())
    assert 2 / 28 < rate < 3 / 28
    assert len(sent) == 1
    expect(page).to_have_url(re.compile(f"rate={rate}"))
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", str(rate))
    expect(verdict(page, "The slope is")).to_contain_text(number(rate))
    field.fill("0.01")
    field.press("Enter")
    expect(chart).to_contain_text(f"All weights: error × 0.72, {Regime.CONVERGES}")


def test_the_start_is_dragged_on_the_curve_and_its_path_comes_along(open_page: Open):
    page, sent = listened(open_page, "learning_rate?rate=0.05")
    chart = page.locator(CHART)
    expect(chart).to_contain_text("Weight 3: 1 − 0.05 × 42")
    x, y = where(page, "1")  # of the axis
    to_x, _ = where(page, "−1")
    page.mouse.move(x, y - 100)
    page.mouse.down()
    page.mouse.move(to_x, y - 100, steps=6)
    expect(chart).not_to_contain_text("Weight 3: 1 − 0.05 × 42")
    assert not sent
    page.mouse.up()
    field = page.get_by_role("textbox", name="Weights at the start")
    expect(field).not_to_have_value("0, 2, 1")
    weight = float(field.input_value().split(", ")[2])
    assert weight == pytest.approx(-1, abs=0.06)
    expect(verdict(page, "The slope is")).to_contain_text(f"{number(weight)} − 0.05")
    assert where(page, "−1")[0] == to_x, "the axis stays"


@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_a_tap_on_a_phone_picks_a_rate(open_page: Open, activation: str):
    page, sent = listened(open_page, f"learning_rate?activation={activation}", phone=True)
    name = "diverges" if activation == "identity" else "goes far past"
    page.locator(CHART).get_by_text(name, exact=True).last.scroll_into_view_if_needed()
    page.touchscreen.tap(*where(page, name))
    expect(page).to_have_url(re.compile("rate="))
    assert len(sent) == 1


def test_the_arrow_keys_move_the_rate_and_the_picture_and_an_update_is_shown_without_the_server(open_page: Open):
    page, sent = listened(open_page, "learning_rate")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page.locator(CHART)).to_contain_text("Learning rate 0.011, update 0")
    all_drawn(page)
    sent.clear()
    page.get_by_role("slider", name=SCRUB).fill("1")
    expect(page.locator(CHART)).to_contain_text("Learning rate 0.011, update 1")
    assert not sent
