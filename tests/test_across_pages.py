"""Journeys in a real browser across all pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.lessons import LESSONS
from tests.helpers.browser import CHART, SCRUB, all_drawn, choose, ready, retype, share, verdict
from tests.helpers.servers import Server

Open = Callable[..., Page]


def test_a_link_opens_the_same_run_in_a_fresh_browser_on_a_fresh_server(open_page: Open, server: Server):
    page = ready(open_page("/many_updates"))
    retype(page, "Inputs", "[0.5 -2]")
    retype(page, "Weights at the start", "3, .25")
    retype(page, "Target", "-1.5")
    retype(page, "Learning rate", "0.01234567890123")
    retype(page, "Number of updates", "37")
    expect(verdict(page, "in 37 updates")).to_have_count(1)
    choose(page, "Activation", "tanh")
    expect(page.get_by_test_id("stMain")).to_contain_text("with tanh that changes")
    all_drawn(page)
    expect(verdict(page, "in 37 updates")).to_have_count(1)
    says = verdict(page).inner_text()
    share(page)
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert link.startswith(server.url + "/many_updates?")

    fresh = Server()
    other = open_page(link.removeprefix(server.url), fresh.url)
    try:
        ready(other)
        expect(other.get_by_role("textbox", name="Learning rate")).to_have_value("0.01234567890123")
        assert verdict(other).inner_text() == says
        expect(other).to_have_url(link.replace(server.url, fresh.url))
    finally:
        other.context.close()  # before its server goes
        fresh.stop()


def test_the_settings_follow_from_page_to_page_and_back(open_page: Open):
    page = ready(open_page("/many_updates?target=5"))
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Gradient Descent Lab")).to_be_visible()
    expect(page.get_by_role("textbox", name="Target")).to_have_value("5")
    page.get_by_test_id("stMain").get_by_role("link", name="Many updates").click()
    expect(page).to_have_url(re.compile("target=5"))
    expect(verdict(page)).to_contain_text("from 4 ")


def test_a_tap_on_the_curves_is_at_that_update(open_page: Open):
    page = open_page("/many_updates", phone=True)
    expect(page.get_by_role("slider", name=SCRUB)).to_have_value("0")
    page.locator(CHART).first.tap(position={"x": 360, "y": 80})
    expect(page.get_by_role("slider", name=SCRUB)).to_have_value("20")
    expect(page.locator(CHART)).to_contain_text("Error 0.009812")


@pytest.mark.parametrize(
    "neuron",
    [
        "inputs=0&weights=0&activation=sigmoid",  # nothing moves
        "inputs=1e50&weights=1e50&rate=1e50",  # everything is too large
        "inputs=1e-8 1e8&weights=1 1&rate=1e-50&updates=1",  # too small to be seen beside the other
    ],
)
def test_an_extreme_neuron_is_drawn_on_every_page_without_a_complaint(open_page: Open, neuron: str):
    page = open_page(f"/?{neuron}")
    # Practice has neurons of its own.
    for title in ("Gradient Descent Lab", *(lesson.title for lesson in LESSONS if lesson.title != "Practice")):
        if title != "Gradient Descent Lab":
            page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
        expect(
            page.get_by_test_id("stMain").get_by_test_id("stAlertContainer").or_(page.locator(CHART)).first
        ).to_be_visible()
        for picture in page.locator(CHART).evaluate_all("all => all.map(marks => marks.innerHTML)"):
            assert not re.search(r"NaN|Infinity|undefined|null", picture)
