"""Journeys in a real browser: what only a browser can show."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from gd_core import GradientDescent, Neuron, descend
from pages.parts.lessons import LESSONS
from tests.conftest import Server

Open = Callable[..., Page]
CHART = "[data-testid=stVegaLiteChart] .marks"
SCRUB = re.compile("^Update")  # the browser adds its value to the name


def verdict(page: Page) -> Locator:
    """The box that says what happened."""
    return page.get_by_test_id("stMain").get_by_role("status").filter(has_text="The mean squared error goes from")


def retype(page: Page, label: str, text: str) -> None:
    """Type a new text into a field of the sidebar."""
    field = page.get_by_role("textbox", name=label)
    field.fill(text)
    field.press("Enter")


def ready(page: Page) -> Page:
    """The page, once its chart is there."""
    expect(page.locator(CHART)).to_be_visible()
    return page


def test_the_page_opens_with_the_lessons_run(open_page: Open):
    page = ready(open_page("/many_updates"))
    expect(verdict(page)).to_contain_text("from 49 to 9.62711e-05 in 20 updates")
    expect(page.locator(CHART)).to_contain_text("Iterations")
    expect(page.locator(CHART)).to_contain_text("Mean squared error")


def test_a_link_opens_the_same_run_in_a_fresh_browser_on_a_fresh_server(open_page: Open, server: Server):
    page = ready(open_page("/many_updates"))
    retype(page, "Inputs", "[0.5 -2]")
    retype(page, "Weights at the start", "3, .25")
    retype(page, "Target", "-1.5")
    retype(page, "Learning rate", "0.01234567890123")
    retype(page, "Number of updates", "37")
    page.get_by_role("combobox", name="Activation").click()
    page.get_by_role("option", name="tanh").click()
    expect(verdict(page)).to_contain_text("with tanh that changes")
    expect(verdict(page)).to_contain_text("in 37 updates")
    says = verdict(page).inner_text()
    page.get_by_role("button", name="Share or download").click()
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


def test_scrubbing_sends_nothing_and_shows_the_numbers_of_that_update(open_page: Open):
    sent: list[object] = []
    page = open_page("/")
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.reload()
    page.get_by_role("link", name="Many updates").first.click()
    expect(page.get_by_role("radio", name="Slopes")).to_be_visible()  # the home page has such a chart too
    chart = ready(page).locator(CHART)
    expect(chart).to_contain_text("Update 0: error 7, mean squared error 49")
    scrub = page.get_by_role("slider", name=SCRUB)
    scrub.focus()
    assert sent, "the frames of this page are counted"
    before = len(sent)
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.get_by_role("radio", name="Slopes").check()
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), 2)
    expect(chart).to_contain_text("Update 2: error 3.6288, mean squared error 13.1682")
    for number in (*run.weights[2], *run.slopes[2]):
        expect(chart).to_contain_text(f"{abs(number):.6g}")
    scrub.fill("20")
    expect(chart).to_contain_text("Update 20: error 0.00981178")
    assert len(sent) == before


def test_the_scrub_bar_stays_where_it_is_while_the_learning_rate_is_dragged(open_page: Open):
    page = ready(open_page("/many_updates"))
    scrub = page.get_by_role("slider", name=SCRUB)
    scrub.fill("5")
    expect(page.locator(CHART)).to_contain_text("Update 5: error 1.35444")
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.011")
    expect(page.locator(CHART)).to_contain_text("Update 5: error 1.11078")
    expect(scrub).to_have_value("5")
    expect(rate).to_be_focused()


def test_a_typed_rate_moves_the_slider_and_the_arrow_keys_go_on_from_it(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Learning rate", "0.0123")
    rate = page.get_by_role("slider", name="Learning rate")
    expect(rate).to_have_attribute("aria-valuetext", "0.0123")
    rate.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.013")


def test_an_arrow_key_held_down_loses_no_press(open_page: Open):
    page = ready(open_page("/many_updates"))
    rate = page.get_by_role("slider", name="Learning rate")
    rate.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(rate).to_have_attribute("aria-valuetext", "0.1")
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.1")
    expect(page).to_have_url(re.compile(r"rate=0\.1(&|$)"))


def test_settings_typed_one_right_after_the_other_all_stay(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Learning rate", "0.0123")
    retype(page, "Number of updates", "7")
    expect(verdict(page)).to_contain_text("in 7 updates")
    expect(page).to_have_url(re.compile("rate=0.0123"))
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "0.0123")


def test_the_csv_is_the_whole_history_at_full_precision(open_page: Open, tmp_path: Path):
    page = ready(open_page("/many_updates?updates=3000&rate=0.07"))
    expect(verdict(page)).to_contain_text("in 3,000 updates")
    page.get_by_role("button", name="Share or download").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV", exact=True).click()
    download.value.save_as(tmp_path / "run.csv")
    header, *lines = (tmp_path / "run.csv").read_text().splitlines()
    assert header == "update,mse,prediction,error,slope_1,slope_2,slope_3,weight_1,weight_2,weight_3"
    table = np.array([[float(cell) for cell in line.split(",")] for line in lines])
    run = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.07), 3000)
    assert table[:, 0].tolist() == list(range(3001))
    assert (table[:, 1] == run.loss).all()
    assert (table[:, 4:7] == run.slopes).all()
    assert (table[:, 7:] == run.weights).all()


def test_bad_input_is_told_beside_the_field_and_what_was_typed_stays(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Inputs", "1, two, 3 <img src=x> $x$ **b**")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("alert")).to_contain_text("Entry 2 is not a number")
    expect(page.get_by_role("textbox", name="Inputs")).to_have_value("1, two, 3 <img src=x> $x$ **b**")
    expect(page.locator(CHART)).to_have_count(0)
    assert page.locator("img[src=x]").count() == 0
    retype(page, "Inputs", "1, 2, 3")
    expect(page.locator(CHART)).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="Entry")).to_have_count(0)


def test_what_was_set_on_a_page_survives_a_rate_that_cannot_be_used(open_page: Open):
    page = open_page("/compare?below=0.5")
    expect(page.locator(CHART)).to_have_count(2)
    page.get_by_role("combobox", name="Run to change").click()
    page.get_by_role("option", name="3: ").click()
    retype(page, "Learning rate", "x")
    expect(page.get_by_test_id("stSidebar").get_by_role("alert")).to_contain_text("is not a number")
    expect(page.locator(CHART)).to_have_count(0)
    expect(page).to_have_url(re.compile("below=0.5"))
    expect(page).to_have_url(re.compile("rate=x"))
    retype(page, "Learning rate", "0.01")
    expect(page.locator(CHART)).to_have_count(2)
    expect(page).to_have_url(re.compile("below=0.5"))
    expect(page.get_by_role("combobox", name="Run to change")).to_have_value(re.compile("^3: "))


def test_a_mangled_link_gets_sentences_and_no_traceback(open_page: Open):
    page = open_page("/many_updates?inputs=%3Cscript%3E&weights=%00&target=&rate=1e999&updates=-1")
    expect(page.get_by_test_id("stMain").get_by_role("alert")).to_contain_text("Please mend in the sidebar")
    expect(page.get_by_test_id("stSidebar").get_by_role("alert")).to_have_count(5)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_worked_neuron_fills_the_fields_and_the_address(open_page: Open):
    page = ready(open_page("/many_updates"))
    page.get_by_role("combobox", name="Neuron").click()
    page.get_by_role("option", name="Two inputs: 3, 4").click()
    expect(page.get_by_role("textbox", name="Inputs")).to_have_value("3, 4")
    expect(page).to_have_url(re.compile("inputs=3%2C\\+4"))
    expect(verdict(page)).to_contain_text("from 25")


def test_the_settings_follow_from_page_to_page_and_back(open_page: Open):
    page = ready(open_page("/many_updates?target=5"))
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Gradient Descent Lab")).to_be_visible()
    expect(page.get_by_role("textbox", name="Target")).to_have_value("5")
    page.get_by_test_id("stMain").get_by_role("link", name="Many updates").click()
    expect(page).to_have_url(re.compile("target=5"))
    expect(verdict(page)).to_contain_text("from 4 ")


def test_back_and_forward_walk_through_the_rates_and_never_leave_a_field_empty(open_page: Open):
    page = ready(open_page("/many_updates"))
    rate = page.get_by_role("textbox", name="Learning rate")
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    page.go_back()
    expect(rate).to_have_value("0.01")
    expect(verdict(page)).to_contain_text("0.72")
    page.go_forward()
    expect(rate).to_have_value("0.011")
    for name in ("Inputs", "Weights at the start", "Target", "Number of updates"):
        expect(page.get_by_role("textbox", name=name)).not_to_be_empty()


def test_an_emptied_field_says_what_to_type_and_stays_empty_after_a_reload(open_page: Open):
    page = ready(open_page("/many_updates"))
    retype(page, "Target", "")
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("alert")).to_contain_text("There is nothing here yet")
    page.reload()
    expect(sidebar.get_by_role("alert")).to_contain_text("There is nothing here yet")


def test_huge_numbers_stay_readable_in_the_tables(open_page: Open):
    page = ready(open_page("/many_updates?rate=10&updates=60"))
    expect(page.get_by_label("Every weight, update by update").locator("[role=gridcell]").first).to_be_attached()
    cells = page.get_by_label("Every weight, update by update").locator("[role=gridcell]").all_inner_texts()
    assert all(len(cell) <= 13 for cell in cells)


def test_the_log_axis_is_switched_without_the_server(open_page: Open):
    sent: list[object] = []
    page = open_page("/")
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(page.url.split("?")[0] + "many_updates")
    chart = ready(page).locator(CHART)
    before = len(sent)
    expect(chart).not_to_contain_text("0.01")
    page.get_by_role("checkbox", name="Log axis").check()
    expect(chart).to_contain_text("0.01")
    assert 0 < len(sent) == before
    page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(page).to_have_url(re.compile("rate=0.011"))
    expect(page.get_by_role("checkbox", name="Log axis")).to_be_checked()


def test_an_exploding_run_shows_no_nan_and_no_inf(open_page: Open):
    page = ready(open_page("/many_updates?rate=5&updates=10000"))
    expect(verdict(page)).to_contain_text("more than a float can hold")
    text = page.get_by_test_id("stMain").inner_text() + page.locator(CHART).inner_html()
    assert not re.search(r"\b(nan|inf|infinity|null|undefined)\b", text, re.IGNORECASE)
    page.get_by_role("slider", name=SCRUB).press("End")
    expect(page.locator(CHART)).not_to_contain_text("Update 0:")
    assert not re.search(r"NaN|Infinity|null|undefined", page.locator(CHART).inner_html())


def test_long_tables_scroll_to_their_last_row(open_page: Open):
    page = ready(open_page("/many_updates?updates=10000"))
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click()
    page.keyboard.press("Control+End")
    expect(table.locator("[role=gridcell]", has_text="10000").first).to_be_attached()


@pytest.mark.parametrize(
    ("path", "bars"),
    [
        ("learning_rate", ["Learning rate 10", "Update"]),
        ("slope", ["Nudge h"]),
        ("compare", ["Update"]),
        ("surface", ["Update"]),
    ],
)
def test_dragging_a_bar_in_a_picture_sends_nothing_and_changes_the_picture(open_page: Open, path: str, bars: list[str]):
    sent: list[object] = []
    page = open_page("/")
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(page.url.split("?")[0] + path)
    chart = page.locator(CHART).first if path in ("compare", "surface") else page.locator(CHART).last
    expect(page.get_by_test_id("stVegaLiteChart").last.locator(".marks")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    before = len(sent)
    for bar in bars:
        shown = chart.inner_html()
        slider = page.get_by_test_id("stMain").get_by_role("slider", name=re.compile(f"^{bar}"))
        slider.press("ArrowLeft" if path in ("compare", "surface") else "ArrowRight")
        page.wait_for_function("([chart, shown]) => chart.innerHTML !== shown", arg=[chart.element_handle(), shown])
    assert 0 < len(sent) == before


@pytest.mark.parametrize(
    "neuron",
    [
        "target=7",
        "inputs=0&weights=0",
        "inputs=1e50&weights=1e50&rate=1e50",
        "weights=0 0 0&target=0",
        "inputs=1&weights=500&activation=sigmoid",
        "inputs=1 1&weights=1 -1&target=3&activation=ReLU",
        "inputs=1e-8 1e8&weights=1 1&rate=1e-50&updates=1",
        "rate=10&updates=300",
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
        expect(page.get_by_test_id("stMain").get_by_role("status").or_(page.locator(CHART)).first).to_be_visible()
        for picture in page.locator(CHART).evaluate_all("all => all.map(marks => marks.innerHTML)"):
            assert not re.search(r"NaN|Infinity|undefined|null", picture)


def test_the_learning_rate_page_follows_the_drag_in_numbers(open_page: Open):
    page = ready(open_page("/learning_rate"))
    chart = page.locator(CHART)
    expect(chart).to_contain_text("Learning rate 0.01, update 1")
    expect(chart).to_contain_text("Weight 3: 1 - 0.01 × 42 = 0.58")
    expect(chart).to_contain_text("All weights: error × 0.72, creeps")
    page.get_by_test_id("stMain").get_by_role("slider", name=re.compile("^Learning rate 10")).fill("-1")
    expect(chart).to_contain_text("Weight 3: 1 - 0.1 × 42 = −3.2")
    expect(chart).to_contain_text("All weights: error × -1.8, explodes")
    expect(chart).to_contain_text("Weight 3 alone: error × -0.8, zig-zags in")
    page.get_by_role("slider", name=re.compile("^Update")).fill("2")
    expect(chart).to_contain_text("negative: to higher numbers")


def test_the_arrow_keys_walk_through_the_updates_but_not_from_within_a_field(open_page: Open):
    page = ready(open_page("/one_update"))
    for update, error in (("2", "from 5.04 to 3.6288"), ("3", "from 3.6288 to 2.61274")):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("status").filter(has_text=f"Update {update}:")).to_contain_text(error)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("status").filter(has_text="Update 2:")).to_be_visible()
    expect(page).to_have_url(re.compile("at=2"))
    page.get_by_role("slider", name="Update").press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text="Update 3:")).to_be_visible()
    page.get_by_role("textbox", name="Target").press("ArrowLeft")
    retype(page, "Target", "6")
    expect(page.get_by_role("status").filter(has_text="Update 3:")).to_be_visible()


def test_the_run_is_taken_home_as_a_script_and_a_notebook_that_agree_with_the_page(open_page: Open, tmp_path: Path):
    page = ready(open_page("/one_update?activation=tanh&target=0.5&weights=0.1,0.2,-0.3&rate=0.1"))
    for name, file in (("Script", "run.py"), ("Notebook", "run.ipynb")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        download.value.save_as(tmp_path / file)
    code = (tmp_path / "run.py").read_text()
    done = subprocess.run([sys.executable, "-I", tmp_path / "run.py"], capture_output=True, text=True, check=True)
    assert "updates checked" in done.stdout
    assert "sigmoid" not in code
    assert nbformat.read(tmp_path / "run.ipynb", as_version=4).cells[2].source in code


def test_a_worked_neuron_is_one_click_away_on_the_home_page(open_page: Open):
    page = ready(open_page("/?activation=tanh"))
    page.get_by_role("button", name="Two inputs: 3, 4").click()
    expect(page.locator(CHART)).to_contain_text("Update 0: error 5, mean squared error 25")
    expect(page.get_by_role("textbox", name="Inputs")).to_have_value("3, 4")


def test_an_exercise_is_solved_from_the_keyboard_told_to_a_screen_reader_and_handed_in(open_page: Open, tmp_path: Path):
    page = open_page("/practice?exercise=Weights&question=3")
    line = page.get_by_role("textbox", name=re.compile("a line of numpy"))
    line.press_sequentially("weights + learning_rate * slope")
    line.press("Enter")
    verdict = page.get_by_test_id("stMain").get_by_role("status")
    expect(verdict.filter(has_text="You added")).to_be_visible()
    expect(line).to_be_focused()
    line.fill("<img src=x onerror=alert(1)> **b** $x$")
    line.press("Enter")
    expect(verdict.filter(has_text="This is not one formula of numpy")).to_be_visible()
    expect(line).to_have_value("<img src=x onerror=alert(1)> **b** $x$")
    assert page.locator("img[src=x]").count() == 0
    line.fill("weights - learning_rate * slope")
    line.press("Enter")
    expect(verdict.filter(has_text="Right.")).to_be_visible()
    expect(page).to_have_url(re.compile("exercise=Weights.*question=3|question=3.*exercise=Weights"))
    page.get_by_role("textbox", name="Target").fill("5")
    page.get_by_role("textbox", name="Target").press("Enter")
    expect(page).to_have_url(re.compile("target=5"))
    expect(line).to_have_value("weights - learning_rate * slope")
    page.get_by_role("button", name="Share or hand in").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Receipt as JSON").click()
    download.value.save_as(tmp_path / "receipt.json")
    kept = json.loads((tmp_path / "receipt.json").read_text())
    assert [(attempt["answer"], attempt["right"], attempt["tried"]) for attempt in kept] == [
        ("weights + learning_rate * slope", False, 1),
        ("weights - learning_rate * slope", True, 2),
    ]


def test_wrong_lines_of_a_loop_are_drawn_beside_the_right_curve(open_page: Open):
    page = open_page("/practice?exercise=Many+updates")
    fields = page.get_by_role("textbox", name=re.compile("a line of numpy"))
    expect(fields).to_have_count(3)  # the browser may draw the last one first
    for place, line in enumerate(
        ["2 * error * input_data", "weights + learning_rate * slope", "get_mse(input_data, target, weights_updated)"]
    ):
        fields.nth(place).fill(line)
        fields.nth(place).press("Enter")
        expect(page.get_by_test_id("stMain").get_by_role("status")).to_have_count(place + 1)
    expect(page.locator(CHART)).to_contain_text("yours")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_attribute(
        "aria-label", re.compile("Your curve goes from 80.2816")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/practice?exercise=Bug+hunt&question=2",
        "/",
        "/learning_rate?rate=0.1",
        "/slope?activation=sigmoid&inputs=1 2 3 4 5 6 7 8 9 10&weights=-1 0 1 0 1 0 1 0 -1 0.123456",
        "/one_update?rate=0.02",
        "/many_updates?rate=0.2&updates=500",
        "/compare?updates=300",
        "/surface?inputs2=3 1 2",
    ],
)
def test_a_phone_shows_everything_within_its_width(open_page: Open, path: str, scheme: str):
    page = open_page(path, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    expect(page.get_by_role("heading").first).to_be_visible()
    expect(page.locator(CHART).last).to_be_visible()
    for right in page.locator(CHART).evaluate_all("all => all.map(marks => marks.getBoundingClientRect().right)"):
        assert right <= 390
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_the_chart_and_the_tables_have_names_for_a_screen_reader(open_page: Open):
    page = ready(open_page("/many_updates"))
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_attribute(
        "aria-label", re.compile("starting at a mean squared error of 49, over 20 updates")
    )
    for name in ("The slope of every weight, update by update", "Every weight, update by update"):
        expect(page.get_by_label(name).first).to_be_attached()


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
    page.get_by_role("button", name="Add a second sample").click()
    expect(page.get_by_role("status").filter(has_text="condition number")).to_be_visible()
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", name="Gradient Descent Lab")).to_be_visible()
    page.get_by_role("link", name="Surface").first.click()
    expect(page.get_by_role("status").filter(has_text="condition number")).to_be_visible()
    expect(runs).to_have_value(text)
    expect(page).to_have_url(re.compile("runs=mine"))
    page.reload()
    expect(runs).to_have_value(text)
