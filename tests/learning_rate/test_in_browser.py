"""The page Learning rate in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from gd_core.regimes import Regime
from tests.helpers.browser import CHART, ready

Open = Callable[..., Page]


def test_the_learning_rate_page_follows_the_drag_in_numbers(open_page: Open):
    page = ready(open_page("/learning_rate"))
    chart = page.locator(CHART)
    expect(chart).to_contain_text("Learning rate 0.01, update 1")
    expect(chart).to_contain_text("Weight 3: 1 - 0.01 × 42 = 0.58")
    expect(chart).to_contain_text(f"All weights: error × 0.72, {Regime.CONVERGES}")
    page.get_by_test_id("stMain").get_by_role("slider", name=re.compile("^Learning rate 10")).fill("-1")
    expect(chart).to_contain_text("Weight 3: 1 - 0.1 × 42 = −3.2")
    expect(chart).to_contain_text(f"All weights: error × -1.8, {Regime.DIVERGES}")
    expect(chart).to_contain_text(f"Weight 3 alone: error × -0.8, {Regime.OSCILLATES_AND_CONVERGES}")
    page.get_by_role("slider", name=re.compile("^Update")).fill("2")
    expect(chart).to_contain_text("negative: to higher numbers")
