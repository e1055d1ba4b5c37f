"""Journeys in a real browser: a teacher sets an assignment, and a learner does it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from pages.shared import assignment
from pages.shared.assignment import Assignment, Step
from pages.shared.quiz.exercises import Numbers, draw_question
from pages.shared.quiz.misconceptions import SLOPE
from tests.helpers.browser import CHART, all_drawn
from tests.helpers.servers import Server

Open = Callable[..., Page]
MENU, MAIN = "stSidebarNav", "stMain"


def said(page: Page) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def test_a_teacher_sets_an_assignment_and_a_learner_does_it_in_a_frame(open_page: Open, server: Server):
    page = open_page("/teach")
    code = page.get_by_test_id(MAIN).get_by_test_id("stCode")
    first = code.inner_text()
    page.get_by_text("Each learner gets questions of their own").click()
    expect(code).not_to_have_text(first)
    all_drawn(page)
    page.get_by_role("button", name="Surface", exact=True).press("Enter")
    expect(page.get_by_role("listitem").filter(has_text=re.compile("^Surface$"))).to_be_visible()  # the steps
    all_drawn(page)
    link = code.inner_text().strip()
    expect(page.get_by_role("link", name="Open as a learner")).to_have_attribute("href", link)
    text = link.split("assignment=")[1]
    made = assignment.read(text)
    assert [step.page for step in made.steps] == ["slope", "practice", "surface"]

    learner = open_page(f"{link.removeprefix(server.url)}&embed=true")
    name = learner.get_by_role("textbox", name="Your name")
    name.fill("Ada <b>**x**")
    name.press("Enter")
    seeds = made.seeds(made.steps[1], "Ada <b>**x**")
    main = learner.get_by_test_id(MAIN)
    expect(main.get_by_role("link", name="Practice: Slope, 0 of 3 solved")).to_have_attribute(
        "href", re.compile(f"question={seeds[0]}")
    )
    main.get_by_role("link", name="Slope", exact=True).click()
    expect(main.get_by_text("1 of 5 done")).to_be_visible()
    all_drawn(learner)
    main.get_by_role("link", name="Practice: Slope").click()
    expect(learner.get_by_role("textbox", name="Question number")).to_have_value(str(seeds[0]))
    question = draw_question("Slope", seeds[0])
    truth = question.values(Numbers(SLOPE), SLOPE.solution)[0]
    for field, answer in zip(
        ("in numbers", "a line of numpy"), (" ".join(map(str, truth)), SLOPE.solution), strict=True
    ):
        box = learner.get_by_role("textbox", name=re.compile(field))
        box.fill(answer)
        box.press("Enter")
    expect(main.get_by_text("2 of 5 done")).to_be_visible()
    all_drawn(learner)
    learner.get_by_role("button", name="Next question").click()
    expect(learner.get_by_role("textbox", name="Question number")).to_have_value(str(seeds[1]))
    assert said(learner) == {"assignment": text, "embed": "true", "question": str(seeds[1])}

    for menu in ("Home", "Compare", "Assignment"):
        learner.get_by_test_id(MENU).get_by_role("link", name=menu, exact=True).click()
        expect(main.get_by_text("2 of 5 done")).to_be_visible()
        expect(learner).to_have_url(re.compile(f"assignment={text}"))
        assert said(learner)["embed"] == "true"
        all_drawn(learner)
        if menu == "Home":
            main.get_by_role("button", name=re.compile("^Start")).click()
            expect(learner).to_have_url(re.compile(f"/learning_rate.*assignment={text}"))
            assert said(learner)["embed"] == "true"
            all_drawn(learner)
    expect(name).to_have_value("Ada <b>**x**")
    learner.reload()
    expect(learner.get_by_role("progressbar")).to_be_visible()
    assert said(learner) == {"assignment": text, "embed": "true"}


def test_what_is_locked_cannot_be_dragged_and_goes_back(open_page: Open):
    made = Assignment("", steps=(Step("learning_rate"),), settings={"rate": "0.02"}, locked=("rate", "weights"))
    page = open_page(f"/learning_rate?assignment={made.text()}")
    picture = page.locator(CHART)
    expect(picture).to_contain_text("error × 0.44")
    all_drawn(page)
    box = picture.bounding_box()
    assert box
    page.mouse.move(box["x"] + 84, box["y"] + 122)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 122, steps=8)
    expect(picture).not_to_contain_text("error × 0.44")
    page.mouse.up()
    expect(picture).to_contain_text("error × 0.44")
    expect(page.get_by_role("textbox", name="Learning rate")).to_be_disabled()
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.02")
