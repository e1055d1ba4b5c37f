"""Set an assignment: what is chosen comes out of the link, and the code is that link."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import assigned, assignment, fields
from pages.shared.assignment import (
    LARGEST,
    LONGEST_INSTRUCTION,
    LONGEST_TITLE,
    MOST_QUESTIONS,
    MOST_STEPS,
    Assignment,
    Step,
)
from pages.shared.sidebar import DEFAULTS
from pages.teach import model
from tests.helpers.app import errors, shown, visit

TYPED = "<b>b</b> $x$ **x** ![](http://x)"
NEURON = {"inputs": "3, 4", "weights": "1, 2", "target": "6", "activation": "tanh", "rate": "1/50", "updates": "7"}


def link(app: AppTest) -> str:
    """The link that is shown."""
    return app.code[0].value


def made(app: AppTest) -> Assignment:
    """The assignment of the link that is shown."""
    page, text = link(app).split("?assignment=")
    assert page.endswith("assignment")
    return assignment.read(text)


def test_the_link_is_there_at_first_sight():
    default = made(visit("teach"))
    assert default.steps == (Step("slope"), Step("practice", "Slope", 3))
    assert (default.settings, default.locked, default.hidden, default.own) == ({}, (), (), False)


def test_a_link_opens_exactly_what_was_set():
    app = visit("teach", **NEURON, predict="true")
    app.text_input(key="title").set_value(TYPED)
    app.text_area(key="instruction").set_value(f"First\n{TYPED}")
    app.pills(key="steps").set_value(["Practice: Bug hunt", "Surface", "Practice: Slope"]).run()
    app.text_input(key="questions_Bug hunt").set_value("5")
    app.text_input(key="draw").set_value("77")
    app.checkbox(key="own").check()
    app.pills(key="locked").set_value(["Learning rate", "Question number", "Inputs"])
    app.pills(key="unseen").set_value(["Target", "Inputs"]).run()
    steps = (Step("practice", "Bug hunt", 5), Step("surface"), Step("practice", "Slope", 3))
    assert made(app) == Assignment(
        TYPED, f"First\n{TYPED}", steps, own=True, number=77, settings={**NEURON, "predict": "true"},
        locked=("rate", "question"), hidden=("target", "inputs"),
    )  # fmt: skip
    assert TYPED not in shown(app)
    assert shown(app).count("5 questions") == 1


def test_what_is_as_usual_is_in_the_link_only_where_it_is_held():
    app = visit("teach", updates="7")
    assert made(app).settings == {"updates": "7"}
    app.pills(key="locked").set_value(["Learning rate", "Exercise"]).run()
    assert made(app).settings == {"updates": "7", "rate": DEFAULTS["rate"]}


@pytest.mark.parametrize("wrong", ["0", "21", "-1", "x", "1.5", "", "<b>", "1e999"])
def test_a_number_of_questions_that_cannot_be_gets_one_sentence_and_no_link(wrong: str):
    app = visit("teach", questions_Slope=wrong)
    assert len(errors(app)) == 1
    assert not app.code
    assert not app.exception


def test_without_a_step_there_is_one_sentence_and_no_link():
    app = visit("teach")
    app.pills(key="steps").set_value([]).run()
    assert len(errors(app)) == 1
    assert not app.code


def test_a_setting_that_cannot_be_used_is_not_handed_on():
    app = visit("teach", rate="<b>")
    assert len(errors(app)) == 1
    assert made(app).settings == {}


def test_the_largest_assignment_fits_its_bounds_and_says_that_its_code_does_not():
    chance = "".join(chr(0x4E00 + 7919 * place % 20000) for place in range(LONGEST_INSTRUCTION))
    app = visit("teach", **{f"questions_{step.exercise}": str(MOST_QUESTIONS) for step in model.STEPS.values()})
    app.text_input(key="title").set_value(chance[:LONGEST_TITLE])
    app.text_area(key="instruction").set_value(chance)
    app.pills(key="steps").set_value([*model.STEPS]).run()
    assert made(app).instruction == chance
    assert len(made(app).steps) == len(model.STEPS) <= MOST_STEPS
    assert len(link(app)) < LARGEST
    assert not model.qr_code("x" * 3000)


def test_the_code_is_black_on_white_with_its_quiet_zone():
    code = model.qr_code("http://127.0.0.1/assignment?assignment=x")
    assert 'fill="#fff"' in code
    assert 'stroke="#000"' in code
    assert "M4 4.5" in code  # the first row of modules begins four modules in


def test_every_control_that_is_offered_is_one_that_can_be_held():
    assert {*model.CONTROLS.values()} <= assigned.KEYS


@pytest.mark.parametrize(
    ("address", "only_here"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost", True),
        ("http://[::1]:1", True),
        ("https://lab.example", False),
    ],
)
def test_a_link_that_only_this_computer_can_open_is_told(address: str, only_here: bool):
    assert fields.only_here(f"{address}/assignment?assignment=x") is only_here
