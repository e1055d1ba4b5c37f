"""The page Slope in a real browser: a weight is dragged, its slope follows at once, and the server is asked once."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.helpers.browser import CHART, listened, retype

Open = Callable[..., Page]


def test_a_weight_is_dragged_by_mouse_and_by_keys_and_its_slope_follows(open_page: Open):
    page, sent = listened(open_page, "slope")
    picture = page.locator(CHART).first
    field, bar = page.get_by_role("textbox", name="Weights at the start"), page.get_by_role("slider", name="Weight 3")
    expect(picture).to_contain_text("2 × 7")
    expect(picture).to_contain_text("rise 42")
    ticks = [picture.get_by_text(text, exact=True).first.bounding_box() for text in ("1", "−2")]
    (x, y), (to_x, _) = ((box["x"] + box["width"] / 2, box["y"] - 100) for box in ticks if box)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, y, steps=8)
    expect(picture).to_contain_text("2 × −2")
    expect(picture).to_contain_text("rise −12")
    assert not sent
    expect(field).to_have_value("0, 2, 1")
    page.mouse.up()
    expect(field).to_have_value("0, 2, -2")
    assert len(sent) == 1
    expect(page).to_have_url(re.compile("weights=0%2C\\+2%2C\\+-2"))
    expect(page.get_by_test_id("stMain").get_by_role("status").first).to_contain_text("slope of weight 3 is −12")
    expect(bar).to_have_value("-2")

    bar.press("ArrowRight")
    expect(picture).to_contain_text("2 × −1.85")
    expect(field).to_have_value("0, 2, -1.95")
    assert len(sent) == 2

    retype(page, "Weights at the start", "0, 2, 1")
    expect(picture).to_contain_text("2 × 7")
    expect(bar).to_have_value("1")
    page.get_by_role("slider", name="Nudge h").press("ArrowLeft")
    expect(page.get_by_test_id("stMain")).to_contain_text("With h = 0.0001")
    expect(picture).to_contain_text("2 × 7")


def test_a_tap_on_a_phone_picks_a_weight(open_page: Open):
    page, sent = listened(open_page, "slope?activation=tanh", phone=True)
    page.locator(CHART).first.tap(position={"x": 200, "y": 100})
    expect(page).to_have_url(re.compile("weights=0%2C\\+2%2C\\+-"))
    assert len(sent) == 1
