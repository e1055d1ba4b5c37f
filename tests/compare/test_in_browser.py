"""The page Compare in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.helpers.browser import CHART, retype

Open = Callable[..., Page]


def test_what_was_set_on_a_page_survives_a_rate_that_cannot_be_used(open_page: Open):
    page = open_page("/compare?below=0.5")
    expect(page.locator(CHART)).to_have_count(2)
    page.get_by_role("combobox", name="Choose a run").click()
    page.get_by_role("option", name="3: ").click()
    retype(page, "Learning rate", "x")
    expect(page.get_by_test_id("stSidebar").get_by_role("alert")).to_contain_text("is not a number")
    expect(page.locator(CHART)).to_have_count(0)
    expect(page).to_have_url(re.compile("below=0.5"))
    expect(page).to_have_url(re.compile("rate=x"))
    retype(page, "Learning rate", "0.01")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page).to_have_url(re.compile("below=0.5"))
    expect(page.get_by_role("combobox", name="Choose a run")).to_have_value(re.compile("^3: "))


def test_a_click_on_the_sweep_adds_a_rate_that_stays_in_the_link_and_on_every_page_that_compares(open_page: Open):
    page = open_page("/compare?runs=mine: 0.02, <b>$x$</b>: adam 0.3")
    runs = page.get_by_role("textbox", name="Runs to compare")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page.locator(CHART).first).to_contain_text("2: <b>$x$</b>")
    assert page.get_by_test_id("stMain").locator("b", has_text="$x$").count() == 0
    swept = page.locator(CHART).nth(1)
    swept.scroll_into_view_if_needed()
    swept.click(position={"x": 320, "y": 100})
    expect(page.locator(CHART).first).to_contain_text("3: ")
    expect(runs).to_have_value(re.compile(r"mine: 0\.02, <b>\$x\$</b>: adam 0\.3, [\d.e-]+"))
    text = runs.input_value()
    page.get_by_role("link", name="Surface").first.click()
    expect(page.get_by_role("heading", name="Surface")).to_be_visible()
    page.get_by_text("Two samples: a bowl").click()
    expect(page.get_by_role("status").filter(has_text="condition number")).to_be_visible()
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", name="Gradient Descent Lab")).to_be_visible()
    expect(runs).to_have_count(0)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    page.get_by_role("link", name="Surface").first.click()
    expect(page.get_by_role("heading", name="Surface")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="condition number")).to_be_visible()
    expect(runs).to_have_value(text)
    expect(page).to_have_url(re.compile("runs=mine"))
    page.reload()
    expect(runs).to_have_value(text)


def test_the_axis_shows_everything_without_the_server(open_page: Open):
    sent: list[object] = []
    page = open_page("/")
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(page.url.split("?")[0] + "compare?runs=0.5&updates=30")
    chart = page.locator(CHART).first
    expect(page.locator(CHART)).to_have_count(2)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    before, shown = len(sent), chart.inner_html()
    page.get_by_role("checkbox", name="Zoom out to show everything").first.check()
    page.wait_for_function("([chart, shown]) => chart.innerHTML !== shown", arg=[chart.element_handle(), shown])
    assert 0 < len(sent) == before
