"""The page Compare in a real browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.helpers.browser import CHART, SCRUB, changed, choose, listened, point_at, retype

Open = Callable[..., Page]
CURVES = 0.825  # their share of the picture's width


def test_a_click_on_a_name_shows_one_run_alone_and_another_click_all_without_the_server(open_page: Open):
    page, sent = listened(open_page, "compare?runs=0.003, 0.06")
    name = page.locator(CHART).first.get_by_text("1: 0.003", exact=True).first
    choice, curves = page.get_by_role("combobox", name="Show"), page.locator(CHART).first.locator(".mark-line path")
    name.click()
    expect(choice.locator("option:checked")).to_have_text("run 1 alone")
    expect(curves.and_(page.locator("[opacity='0.12']"))).to_have_count(2)
    name.click()
    expect(choice.locator("option:checked")).to_have_text("all runs")
    expect(curves.and_(page.locator("[opacity='0.12']"))).to_have_count(0)
    choice.select_option("run 2 alone")
    expect(curves.and_(page.locator("[opacity='0.12']"))).to_have_count(2)
    assert not sent


def test_the_rate_is_dragged_on_the_sweep_and_everything_follows_on_release(open_page: Open):
    page, sent = listened(open_page, "compare?runs=0.003")
    swept = page.locator(CHART).nth(1)
    swept.scroll_into_view_if_needed()
    expect(swept).to_contain_text("Your learning rate: 0.01")
    box = swept.bounding_box()
    assert box
    x, y = box["x"] + 0.6 * box["width"], box["y"] + 100
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    expect(swept).not_to_contain_text("Your learning rate: 0.01")
    assert not sent
    page.mouse.up()
    field = page.get_by_role("textbox", name="Learning rate")
    expect(field).not_to_have_value("0.01")
    assert len(sent) == 1
    rate = field.input_value()
    assert float(rate) < 0.01
    expect(page).to_have_url(re.compile(f"rate={rate}"))
    expect(swept).to_contain_text(f"Your learning rate: {rate}")
    expect(page.locator(CHART).first).to_contain_text("0: yours")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(swept).not_to_contain_text(f"Your learning rate: {rate}")


def test_a_tap_on_a_phone_sets_the_rate_on_the_sweep(open_page: Open):
    page, sent = listened(open_page, "compare?runs=0.003", phone=True)
    swept = page.locator(CHART).nth(1)
    swept.scroll_into_view_if_needed()
    swept.tap(position={"x": 200, "y": 100})
    expect(page).to_have_url(re.compile("rate="))
    assert len(sent) == 1


def test_what_was_set_on_a_page_survives_a_rate_that_cannot_be_used(open_page: Open):
    page = open_page("/compare?below=0.5")
    expect(page.locator(CHART)).to_have_count(2)
    choose(page, "Choose a run", "3: ")
    retype(page, "Learning rate", "x")
    expect(page.get_by_test_id("stSidebar").get_by_role("alert")).to_contain_text("is not a number")
    expect(page.get_by_test_id("stMain")).to_contain_text("the last learning rate that can be used: 0.01.")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page).to_have_url(re.compile("below=0.5"))
    expect(page).to_have_url(re.compile("rate=x"))
    retype(page, "Learning rate", "0.01")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page).to_have_url(re.compile("below=0.5"))
    # While the page is drawn, the one of before may still stand elsewhere on it.
    expect(page.get_by_role("combobox", name="Choose a run").first).to_have_value(re.compile("^3: "))


def test_your_run_is_added_and_stays_in_the_link_and_on_every_page_that_compares(open_page: Open):
    page = open_page("/compare?rate=0.05&runs=mine: 0.02, <b>$x$</b>: adam 0.3")
    runs = page.get_by_role("textbox", name="Runs to compare")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page.locator(CHART).first).to_contain_text("2: <b>$x$</b>")
    assert page.get_by_test_id("stMain").locator("b", has_text="$x$").count() == 0
    page.get_by_role("button", name="Add my run").click()
    expect(page.locator(CHART).first).to_contain_text("3: ")
    expect(runs).to_have_value("mine: 0.02, <b>$x$</b>: adam 0.3, 0.05")
    text = runs.input_value()
    page.get_by_role("link", name="Surface").first.click()
    expect(page.get_by_role("heading", name="Surface")).to_be_visible()
    page.get_by_text("Two samples: a bowl").click()
    expect(page.get_by_text("condition number").first).to_be_visible()
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", name="Gradient Descent Lab")).to_be_visible()
    expect(runs).to_have_count(0)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    page.get_by_role("link", name="Surface").first.click()
    expect(page.get_by_role("heading", name="Surface")).to_be_visible()
    expect(page.get_by_text("condition number").first).to_be_visible()
    expect(runs).to_have_value(text)
    expect(page).to_have_url(re.compile("runs=mine"))
    page.reload()
    expect(runs).to_have_value(text)


def test_the_axis_shows_everything_and_bar_and_pointer_every_update_without_the_server(open_page: Open):
    page, sent = listened(open_page, "compare?runs=0.5&updates=30")
    chart, scrub = page.locator(CHART).first, page.get_by_role("slider", name=SCRUB)
    expect(page.locator(CHART)).to_have_count(2)
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    shown = chart.inner_html()
    page.get_by_role("checkbox", name="Zoom out to show everything").first.check()
    changed(page, chart, shown)
    shown = chart.inner_html()
    scrub.press("ArrowLeft")
    changed(page, chart, shown)
    for update in (20, 0):
        point_at(page, CURVES * update / 30)
        expect(scrub).to_have_value(str(update))
        expect(chart).to_contain_text(f"Update {update}")
    page.get_by_role("heading").first.hover()
    expect(scrub).to_have_value("0")
    assert not sent
