"""The home page in a real browser: the rate is dragged on its ruler, and the lessons show which were opened."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from gd_core.regimes import Regime
from pages.lessons import LESSONS
from pages.shared.verdict import heading
from tests.helpers.browser import CHART, listened, verdict

Open = Callable[..., Page]


def test_the_rate_is_dragged_on_home_and_the_lessons_begin(open_page: Open):
    page, sent = listened(open_page, "?target=5")
    ruler = page.locator(CHART).first
    expect(ruler).to_contain_text("error × 0.72")
    expect(verdict(page)).to_contain_text(heading(Regime.CONVERGES).strip("*"))
    zones = [ruler.get_by_text(zone, exact=True).bounding_box() for zone in ("converges", "diverges")]
    (x, y), (to_x, _) = [(zone["x"] + zone["width"] / 2, zone["y"] + 5) for zone in zones if zone]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, y, steps=8)
    expect(ruler).to_contain_text(f", {Regime.DIVERGES}")
    assert not sent
    page.mouse.up()
    expect(verdict(page)).to_contain_text(heading(Regime.DIVERGES).strip("*"))
    assert len(sent) == 1
    expect(page).to_have_url(re.compile("rate="))
    page.get_by_role("button", name=f"Start: {LESSONS[0].title}").click()
    expect(page.get_by_role("heading", name=LESSONS[0].title, exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Target")).to_have_value("5")
