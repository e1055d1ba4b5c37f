"""Worksheets: what is asked, the keys, and the file that is printed."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pages.shared import parse
from pages.shared.quiz.exercises import EXERCISES, LARGEST_SEED, Choice, Code, draw_question
from pages.shared.quiz.judge import judge
from pages.worksheets import model, sheet
from tests.helpers.app import visit

PRACTICE = "https://lab.example/practice"
ROW = re.compile(r"<tr><td>([^<]*) (\d+) ([abc])</td><td>([^<]*)</td></tr>")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_printed_key_is_right_and_its_question_is_on_the_sheet(exercise: str):
    printed = sheet.document(model.sheets({exercise: 5}, 1, 20), PRACTICE)
    sheets, _, keys = printed.rpartition("<section>")
    asked = {str(seed): text for seed, text in enumerate(sheets.split('<div class="question">'))}
    seen = set()
    for row in ROW.finditer(keys):
        of, seed, letter, key = map(unescape, row.groups())
        question, place = draw_question(of, int(seed)), "abc".index(letter)
        part = question.parts[place]
        answers = [key] if isinstance(part, Choice | Code) else key.split(" = ")
        for answer in answers:  # a fraction is given with its digits
            given = answer if isinstance(part, Choice | Code) else parse.numbers(answer, "", most=3)
            assert judge(question, part, given).right, row[0]
        on_paper = unescape(asked[seed])
        assert f"{letter})" in on_paper
        assert all(f"<li>{option}</li>" in on_paper for option in getattr(part, "options", ()))
        assert model.code(question) in on_paper
        seen.add((of, int(seed), place))
    assert seen == {
        (exercise, seed, place) for seed in range(1, 101) for place in range(len(draw_question(exercise, seed).parts))
    }


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_printed_gives_no_answer_away(exercise: str):
    printed = sheet.document(model.sheets({exercise: 5}, 1, 1), PRACTICE)
    asked = unescape(printed.rpartition("<section>")[0])
    for seed in range(1, 6):
        question = draw_question(exercise, seed)
        for part in question.parts:
            if isinstance(part, Code):
                assert model.key(question, part) not in asked
                assert not question.bug or question.lines[part.line] not in asked


def test_what_is_code_in_a_sentence_is_printed_as_code():
    printed = sheet.document(model.sheets(dict.fromkeys(EXERCISES, 1), 1, 1), PRACTICE)
    assert "<code>weights</code>" in printed
    assert "`" not in printed


def test_no_two_sheets_share_a_question_and_the_numbers_begin_anew_after_the_largest():
    sheets = model.sheets({"Slope": 2, "Weights": 1}, LARGEST_SEED - 2, 3)
    assert sheets == [
        {"Slope": [LARGEST_SEED - 2, LARGEST_SEED - 1], "Weights": [LARGEST_SEED - 2]},
        {"Slope": [LARGEST_SEED, 1], "Weights": [LARGEST_SEED]},
        {"Slope": [2, 3], "Weights": [2]},
    ]


def test_a_page_without_a_question_offers_no_file():
    app = visit("worksheets")
    assert len(app.get("download_button")) == 1
    for exercise in ("slope", "weights"):
        app.selectbox(key=f"of_{exercise}").set_value("0")
    assert not app.run().get("download_button")
    assert not app.exception


def test_the_file_prints_on_any_paper_asks_nobody_and_its_codes_lead_to_its_questions(
    open_page: Callable[..., Page], browser: Browser, tmp_path: Path
):
    page = open_page("/worksheets?of_slope=2&of_weights=0&of_read_the_curve=1&of_bug_hunt=1&first_question=7&sheets=3")
    with page.expect_download() as download:
        page.get_by_role("button", name="Worksheets to print").click()
    file = tmp_path / "worksheets.html"
    download.value.save_as(file)
    asked: list[str] = []
    with browser.new_context() as context:
        context.route("http**", lambda route: route.abort())
        context.on("request", lambda request: asked.append(request.url))
        paper = context.new_page()
        paper.goto(file.as_uri())
        assert paper.locator("script").count() == 0
        links = paper.get_by_role("link", name="The same questions in the lab")
        address = links.nth(5).get_attribute("href")
        pages = [len(re.findall(rb"/Type\s*/Page\b", paper.pdf(format=size))) for size in ("A4", "Letter")]
        # No question is higher than a page, so none is split; each sheet and the keys begin a page of their own.
        paper.emulate_media(media="print")
        heights = paper.locator(".question").evaluate_all("all => all.map(one => one.offsetHeight)")
        begins = paper.locator("section").evaluate_all("all => all.map(one => getComputedStyle(one).breakBefore)")
    assert asked == [file.as_uri()]
    assert all(3 + 1 <= count <= 3 * 3 + 1 for count in pages)
    assert max(heights) < 245 / 25.4 * 96
    assert begins == ["auto", "page", "page", "page"]
    page.goto(address or "")
    page.get_by_text("input_data = np.array").first.wait_for()
    assert model.code(draw_question("Bug hunt", 9)) in page.get_by_test_id("stMain").inner_text()
