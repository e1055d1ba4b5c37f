"""Journeys through the exercises in a real browser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from pages.shared.quiz.misconceptions import WEIGHTS
from tests.helpers.browser import CHART

Open = Callable[..., Page]
LINE_OF_NUMPY = re.compile("a line of numpy")


def test_an_exercise_is_solved_from_the_keyboard_told_to_a_screen_reader_and_handed_in(open_page: Open, tmp_path: Path):
    page = open_page("/practice?exercise=Weights&question=3")
    line = page.get_by_role("textbox", name=LINE_OF_NUMPY)
    line.press_sequentially("weights + learning_rate * slope")
    line.press("Enter")
    main = page.get_by_test_id("stMain")
    said = main.get_by_role("status").or_(main.get_by_role("alert"))
    expect(said).to_contain_text(WEIGHTS.misconceptions["weights + learning_rate * slope"])
    expect(line).to_be_focused()
    line.fill("<img src=x onerror=alert(1)> **b** $x$")
    page.get_by_role("button", name="Check").first.click()
    expect(said).to_have_count(1)
    expect(said).not_to_contain_text("Not yet.")
    expect(line).to_have_value("<img src=x onerror=alert(1)> **b** $x$")
    assert page.locator("img[src=x]").count() == 0
    line.fill("weights - learning_rate * slope")
    line.press("Enter")
    expect(said).to_contain_text("Right.")
    expect(page).to_have_url(re.compile("exercise=Weights.*question=3|question=3.*exercise=Weights"))
    expect(page.get_by_role("textbox", name="Target")).to_have_count(0)
    page.get_by_role("button", name="Share or hand in").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Receipt as JSON").click()
    download.value.save_as(tmp_path / "receipt.json")
    kept = json.loads((tmp_path / "receipt.json").read_text())["attempts"]
    assert [(attempt["answer"], attempt["right"], attempt["tried"]) for attempt in kept] == [
        ("weights + learning_rate * slope", False, 1),
        ("weights - learning_rate * slope", True, 2),
    ]


def test_wrong_lines_of_a_loop_are_drawn_beside_the_right_curve(open_page: Open):
    page = open_page("/practice?exercise=Many+updates&question=0")
    fields = page.get_by_role("textbox", name=LINE_OF_NUMPY)
    expect(fields).to_have_count(3)  # the browser may draw the last one first
    for place, line in enumerate(
        ["2 * error * input_data", "weights + learning_rate * slope", "get_mse(input_data, target, weights_updated)"]
    ):
        fields.nth(place).fill(line)
        fields.nth(place).press("Enter")
        expect(page.get_by_test_id("stMain").get_by_text(re.compile("^(Right|Not yet)"))).to_have_count(place + 1)
    expect(page.locator(CHART)).to_contain_text("yours")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_attribute(
        "aria-label", re.compile("Your curve goes from 80.28")
    )
