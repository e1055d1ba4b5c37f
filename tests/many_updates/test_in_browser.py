"""The page Many updates and the sidebar in a real browser."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.problems import Neuron
from pages.shared.numbers import THIN
from pages.shared.numbers import number as written
from tests.helpers.browser import CHART, SCRUB, all_drawn, listened, point_at, ready, retype, share, verdict

Open = Callable[..., Page]
WEIGHTS = "Every weight, update by update"
LONGEST_CELL = 16  # characters


def test_the_page_opens_with_the_lessons_run_and_a_button_fills_in_another(open_page: Open):
    page = ready(open_page("/many_updates"))
    expect(verdict(page)).to_contain_text("from 49 to 9.627 × 10⁻⁵ in 20 updates")
    expect(page.locator(CHART)).to_contain_text("Update")
    expect(page.locator(CHART)).to_contain_text("Mean squared error")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_attribute(
        "aria-label", re.compile("starting at a mean squared error of 49, over 20 updates")
    )
    expect(page.get_by_role("slider", name="Update 0")).to_be_visible()
    for name in ("Weight curves", "Slope curves"):
        expect(page.get_by_role("radio", name=name)).to_be_visible()
    page.get_by_text("Tables", exact=True).click()
    for name in ("The slope of every weight, update by update", WEIGHTS):
        expect(page.get_by_label(name).first).to_be_attached()
    page.get_by_role("button", name="Two inputs: 3, 4").click()
    expect(page.get_by_role("textbox", name="Inputs")).to_have_value("3, 4")
    expect(page).to_have_url(re.compile("inputs=3%2C\\+4"))
    expect(verdict(page)).to_contain_text("from 25")


def test_scrubbing_and_the_switches_send_nothing_and_show_the_numbers_of_that_update(open_page: Open):
    page, sent = listened(open_page, "many_updates")
    chart = page.locator(CHART)
    expect(chart).to_contain_text("Error 7, mean squared error 49")
    scrub = page.get_by_role("slider", name=SCRUB)
    for update in (10, 20, 0):
        point_at(page, update / 20)
        expect(scrub).to_have_value(str(update))
        expect(chart).to_contain_text(f"Update {update}")
    page.get_by_role("heading").first.hover()
    expect(scrub).to_have_value("0")
    scrub.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.get_by_role("radio", name="Slope curves").check()
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), 2)
    expect(chart).to_contain_text("Error 3.629, mean squared error 13.17")
    for number in (*run.weights[2], *run.slopes[2]):
        expect(chart).to_contain_text(written(abs(number)))
    scrub.fill("20")
    expect(chart).to_contain_text("Error 0.009812")
    expect(chart).not_to_contain_text("10⁻⁴")
    page.get_by_role("checkbox", name="Log axis").check()
    expect(chart).to_contain_text("10⁻⁴")
    assert not sent
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    expect(page.get_by_role("checkbox", name="Log axis")).to_be_checked()


def test_the_scrub_bar_stays_where_it_is_while_the_learning_rate_is_dragged(open_page: Open):
    page = ready(open_page("/many_updates"))
    scrub = page.get_by_role("slider", name=SCRUB)
    point_at(page, 5 / 20)
    expect(page.locator(CHART)).to_contain_text("Error 1.354")
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.011")
    expect(page.locator(CHART)).to_contain_text("Error 1.111")
    expect(scrub).to_have_value("5")
    expect(rate).to_be_focused()


def test_settings_typed_in_succession_all_stay_and_an_arrow_key_held_down_goes_on_from_them(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Learning rate", "0.0123")
    retype(page, "Number of updates", "7")
    expect(verdict(page)).to_contain_text("in 7 updates")
    expect(page).to_have_url(re.compile("rate=0.0123"))
    rate = page.get_by_role("slider", name="Learning rate")
    expect(rate).to_have_attribute("aria-valuetext", "0.0123")
    rate.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.013")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(rate).to_have_attribute("aria-valuetext", "0.13")
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.13")
    expect(page).to_have_url(re.compile(r"rate=0\.13(&|$)"))


def test_the_csv_is_the_whole_history_at_full_precision_and_the_tables_scroll_to_its_end(
    open_page: Open, tmp_path: Path
):
    page = ready(open_page("/many_updates?updates=10000&rate=0.07"))
    expect(verdict(page)).to_contain_text(f"in 10{THIN}000 updates")
    page.get_by_text("Tables", exact=True).click()
    shown = page.get_by_test_id("stDataFrame").first
    expect(shown.locator("[role=gridcell]").first).to_be_attached()
    all_drawn(page)
    shown.click()
    expect(shown.get_by_test_id("data-grid-canvas")).to_be_focused()
    page.keyboard.press("Control+End")
    expect(shown.locator("[role=gridcell]", has_text="10000").first).to_be_attached()
    share(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV", exact=True).click()
    download.value.save_as(tmp_path / "run.csv")
    header, *lines = (tmp_path / "run.csv").read_text().splitlines()
    assert header == "update,mse,prediction,error,slope_1,slope_2,slope_3,weight_1,weight_2,weight_3"
    table = np.array([[float(cell) for cell in line.split(",")] for line in lines])
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.07), 10_000)
    assert table[:, 0].tolist() == list(range(10_001))
    assert (table[:, 1] == run.loss).all()
    assert (table[:, 4:7] == run.slopes).all()
    assert (table[:, 7:] == run.weights).all()


def test_bad_input_is_told_beside_the_field_and_what_was_typed_stays_also_where_it_is_nothing(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Inputs", "1, two, 3 <img src=x> $x$ **b**")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("alert")).to_contain_text("Entry 2 is not a number")
    expect(page.get_by_role("textbox", name="Inputs")).to_have_value("1, two, 3 <img src=x> $x$ **b**")
    expect(page.get_by_test_id("stMain")).to_contain_text("that can be used: 1, 2, 3 and 0, 2, 1.")
    expect(page.locator(CHART)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    retype(page, "Inputs", "1, 2, 3")
    expect(page.get_by_test_id("stMain")).not_to_contain_text("that can be used")
    expect(page.get_by_role("alert").filter(has_text="Entry")).to_have_count(0)
    retype(page, "Target", "")
    expect(sidebar.get_by_role("alert")).to_contain_text("There is nothing here yet")
    page.reload()
    expect(sidebar.get_by_role("alert")).to_contain_text("There is nothing here yet")


def test_a_mangled_link_gets_sentences_and_no_traceback(open_page: Open):
    page = open_page("/many_updates?inputs=%3Cscript%3E&weights=%00&target=&rate=1e999&updates=-1")
    expect(page.get_by_test_id("stMain").get_by_text("that can be used")).to_have_count(4)
    expect(page.get_by_test_id("stSidebar").get_by_role("alert")).to_have_count(5)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_back_and_forward_walk_through_the_rates_and_never_leave_a_field_empty(open_page: Open):
    page = ready(open_page("/many_updates"))
    rate = page.get_by_role("textbox", name="Learning rate")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    page.go_back()
    expect(rate).to_have_value("0.01")
    expect(page.get_by_test_id("stMain")).to_contain_text("0.72")
    page.go_forward()
    expect(rate).to_have_value("0.011")
    for name in ("Inputs", "Weights at the start", "Target", "Number of updates"):
        expect(page.get_by_role("textbox", name=name)).not_to_be_empty()


def test_an_exploding_run_shows_no_nan_and_no_inf_and_its_tables_stay_readable(open_page: Open):
    page = ready(open_page("/many_updates?rate=5&updates=10000"))
    expect(page.get_by_test_id("stMain")).to_contain_text("more than a float can hold")
    text = page.get_by_test_id("stMain").inner_text() + page.locator(CHART).inner_html()
    assert not re.search(r"\b(nan|inf|infinity|null|undefined)\b", text, re.IGNORECASE)
    page.get_by_role("slider", name=SCRUB).press("End")
    expect(page.locator(CHART)).not_to_contain_text("Update 0")
    assert not re.search(r"NaN|Infinity|null|undefined", page.locator(CHART).inner_html())
    page.get_by_text("Tables", exact=True).click()
    cells = page.get_by_label(WEIGHTS).locator("[role=gridcell]")
    expect(cells.first).to_be_attached()
    assert all(len(cell) <= LONGEST_CELL for cell in cells.all_inner_texts())
