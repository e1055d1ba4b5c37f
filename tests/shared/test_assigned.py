"""An assignment in use: what it locks is shown and stays, what it hides is not drawn, and what is done is counted."""

from functools import cache
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.lessons import LESSONS
from pages.shared import assigned, fields
from pages.shared.assigned import KEYS, LED
from pages.shared.assignment import Assignment, Step
from pages.shared.quiz.exercises import Numbers, draw_question
from pages.shared.quiz.misconceptions import SLOPE
from pages.shared.sidebar import DEFAULTS
from tests.helpers.app import FOLDERS, WITHOUT_NEURON, errors, shown, visit

SLOPES = Step("practice", "Slope", 2)
# What no assignment holds: where a learner looks, the columns of a table, what a teacher sets.
NOT_HELD = {"at", "sample", "network_update", "network_step", "columns"}
OTHER_MARKS = "size\trooms\tprice\n2,104\t3\t399,900\n1,600\t\t329,900\n852\t2\t179,900"
# What has a page draw the fields that it draws only then.
SHOWS = {
    "surface": {"inputs2": "3 1 2"},
    "network": {"network_batch": "mini-batch", "typed": "true"},
    "your_data": {"data": "Typed table", "table": OTHER_MARKS, "batch": "mini-batch", "size": "1"},
}
NEURON = {
    "inputs": "3, 4, 1",
    "weights": "1, 2, 0",
    "target": "6",
    "activation": "tanh",
    "rate": "0.02",
    "updates": "7",
}


def used(folder: str = "slope", steps: tuple[Step, ...] = (Step("slope"),), **said: Any) -> AppTest:
    """A page while an assignment that says this is in use."""
    return visit(folder, assignment=Assignment(steps=steps, **said).text())


def drawn(app: AppTest) -> dict[str, Any]:
    """The fields on a page that can be held, by key."""
    kinds = (app.text_input, app.text_area, app.selectbox, app.radio, app.checkbox, app.toggle)
    return {field.key: field for kind in kinds for field in kind if field.key in KEYS}


def said(app: AppTest, keys: set[str]) -> dict[str, Any]:
    """What a link to the page says of these fields."""
    return {key: value for key, value in app.session_state[fields.LINK].items() if key in keys}


def line(app: AppTest) -> list[str]:
    """The texts that are no markdown: title, instruction, how much is done."""
    return [text.value for text in app.text]


def test_every_field_of_every_page_can_be_held_or_is_an_exception_with_a_name():
    found: set[str] = set()
    for folder in ("", *(lesson.folder for lesson in LESSONS)):
        found |= {*visit(folder, **SHOWS.get(folder, {})).session_state[fields.LINK]}
    assert found == KEYS | NOT_HELD


@cache
def locked(folder: str) -> AppTest:
    """A page with everything set and locked, for tests that change nothing on it."""
    return used(folder, settings={**NEURON, **SHOWS.get(folder, {})}, locked=tuple(KEYS))


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_locked_is_shown_as_it_was_set_and_cannot_be_changed(folder: str):
    settings, app = {**NEURON, **SHOWS.get(folder, {})}, locked(folder)
    assert not app.exception
    found = drawn(app)
    assert all(field.disabled for field in found.values())
    assert {*said(visit(folder, **settings), KEYS)} == {*found}
    assert said(app, {*settings}) == {key: value for key, value in settings.items() if key in found}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_hidden_is_not_drawn_and_the_page_follows_it_all_the_same(folder: str):
    settings = {**NEURON, **SHOWS.get(folder, {})}
    app = used(folder, settings=settings, hidden=tuple(KEYS))
    assert not app.exception
    assert {*drawn(app)} <= LED
    assert said(app, KEYS) == said(locked(folder), KEYS)
    assert shown(app) == shown(locked(folder))


def test_a_lock_without_a_setting_holds_what_the_field_says_by_itself():
    app = used("your_data", locked=("rate", "updates"))
    assert said(app, {"rate", "updates"}) == {"rate": DEFAULTS["rate"], "updates": DEFAULTS["updates"]}


def test_what_is_not_locked_begins_as_it_was_set_and_is_the_learners_then():
    app = used(settings=NEURON)
    assert said(app, {*NEURON}) == NEURON
    app.text_input(key="rate").set_value("0.5").run()
    app.switch_page("many_updates/page.py").run()
    assert said(app, {*NEURON}) == {**NEURON, "rate": "0.5"}
    again = visit("slope", rate="0.5", assignment=app.session_state[assigned.LINK])
    assert said(again, {*NEURON}) == {**NEURON, "rate": "0.5"}


def test_no_address_changes_what_is_locked():
    text = Assignment(steps=(SLOPES,), settings={"rate": "0.02"}, locked=("rate", "updates")).text()
    app = visit("many_updates", assignment=text, rate="0.9", updates="3")
    assert said(app, {"rate", "updates"}) == {"rate": "0.02", "updates": "20"}


def test_no_button_and_no_message_changes_what_is_locked():
    app = used("network", settings={"rate": "0.02"}, locked=("inputs", "rate"))
    assert all(button.disabled for button in app.button if button.label in ("Make it learn", "Dead ReLUs"))
    assert not any("Two inputs" in button.label for button in app.button)
    app = used("many_updates", settings={"rate": "0.02"}, locked=("rate",))
    assert app.select_slider[0].disabled
    app.session_state["rate"] = "5"
    assert said(app.run(), {"rate"}) == {"rate": "0.02"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"settings": {"rate": "<b>"}},
        {"settings": {"rate": "-1"}, "locked": ("rate",)},
        {"settings": {"activation": "<b>"}, "hidden": ("activation",)},
        {"settings": {"predict": "$x$"}},
        {"settings": {"nothing": "1"}},
        {"locked": ("nothing", "<b>")},
        {"hidden": ("![](http://x)",), "settings": {"rate": "none", "updates": "none"}},
        {"steps": (Step("slope"), Step("nowhere"))},
    ],
)
def test_a_part_that_does_not_fit_is_left_out_with_one_sentence(wrong: dict[str, Any]):
    app = used(**wrong)
    for _ in range(2):
        assert not app.exception
        assert [box.value for box in app.warning] == [assigned.LEFT_OUT]
        assert not errors(app)
        assert said(app, {*DEFAULTS}) == DEFAULTS
        app.run()


@pytest.mark.parametrize("folder", FOLDERS)
def test_of_settings_that_are_all_mangled_none_is_used(folder: str):
    wrong = dict.fromkeys(KEYS - {"exercise", "question"}, "<b>\0")
    app = used(folder, settings=wrong, locked=tuple(KEYS - {"hidden"}))
    assert [box.value for box in app.warning if not box.icon] == [assigned.LEFT_OUT] or folder in WITHOUT_NEURON
    assert not app.exception
    assert not errors(app)


@pytest.mark.parametrize("text", ["x", "<b>", Assignment(steps=(Step("nowhere"),)).text()])
def test_a_damaged_link_gets_one_sentence_and_the_page_is_there(text: str):
    app = visit("slope", assignment=text)
    assert len(errors(app)) == 1
    assert not app.exception
    assert said(app, {*DEFAULTS}) == DEFAULTS


TYPED = "<b>b</b> $x$ **x** ![](http://x) :smile: [a](http://a)"


def test_what_was_typed_is_shown_as_text():
    app = used("assignment", title=TYPED, instruction=TYPED)
    app.text_input(key="name").set_value(TYPED).run()
    assert line(app) == [TYPED, TYPED]
    app.switch_page("slope/page.py").run()
    assert line(app) == [f"{TYPED}: 1 of 1 done"]
    assert "**x**" not in shown(app)
    assert not any("**x**" in link.proto.label for link in app.get("page_link"))


def solve(app: AppTest, seed: int) -> None:
    """Answer both parts of a question about slopes correctly."""
    question = draw_question("Slope", seed)
    truth = question.values(Numbers(SLOPE), SLOPE.solution)[0]
    for place, answer in enumerate((" ".join(map(str, truth)), SLOPE.solution)):
        app.text_input(key=f"Slope {seed} {place}").set_value(answer).run()


def test_next_question_does_not_lead_out_of_an_assignment_but_a_question_of_ones_own_leads_on():
    made = Assignment("Slopes", steps=(Step("practice", "Slope", 1),))
    (only,) = made.seeds(made.steps[0], "")
    app = visit("practice", assignment=made.text(), question=str(only))
    assert next(button for button in app.button if button.label == "Next question").disabled
    solve(app, only)
    assert next(button for button in app.button if button.label == "Next question").disabled
    app.text_input(key="question").set_value(str(only + 1)).run()
    assert not next(button for button in app.button if button.label == "Next question").disabled


def test_pages_and_questions_are_counted_and_the_next_question_is_the_next_of_the_learners_own():
    made = Assignment("Slopes", steps=(Step("slope"), SLOPES), own=True, number=3, locked=("question",))
    app = visit("assignment", assignment=made.text())
    assert app.get("page_link")[1].proto.disabled, "a learner with no name has no questions"
    app.text_input(key="name").set_value("Ada").run()
    assert not app.get("page_link")[1].proto.disabled
    app.switch_page("slope/page.py").run()
    assert line(app) == ["Slopes: 1 of 3 done"]
    first, second = made.seeds(SLOPES, "ada")
    assert f"question={first}" in app.get("page_link")[0].proto.query_string
    app.switch_page("practice/page.py").run()
    assert app.text_input(key="question").disabled
    solve(app, first)
    next(button for button in app.button if button.label == "Next question").click().run()
    solve(app, second)
    assert line(app) == ["Slopes: 3 of 3 done"]
    assert next(button for button in app.button if button.label == "Next question").disabled


@pytest.mark.parametrize("folder", ["slope", "your_data"])
def test_the_foot_of_a_page_leads_back_to_the_assignment_and_not_on_to_what_nobody_asked_for(folder: str):
    assert used(folder, (Step("slope"), SLOPES)).get("page_link")[-1].proto.page == "assignment"


def test_two_assignments_do_not_mix():
    one, other = (Assignment(title=title, steps=(Step("slope"), Step("surface"))).text() for title in ("One", "Other"))
    app = visit("slope", assignment=one)
    assert line(app) == ["One: 1 of 2 done"]
    app.session_state.progress["name"] = "Ada"
    app.text_input(key=assigned.LINK).set_value(other).run()
    app.switch_page("surface/page.py").run()
    assert line(app) == ["Other: 2 of 2 done"]
    assert app.session_state.progress["name"] == ""
    app.text_input(key=assigned.LINK).set_value(one).run()
    assert (line(app), app.session_state.progress["name"]) == (["One: 2 of 2 done"], "Ada")


def test_an_assignment_is_left_and_everything_is_the_learners_again():
    app = used("assignment", settings={"rate": "0.02"}, locked=("rate",))
    next(button for button in app.button if button.label == "Leave this assignment").click().run()
    assert not line(app)
    app.switch_page("many_updates/page.py").run()
    assert not app.text_input(key="rate").disabled
    assert not line(app)
