"""Every page, run as the server runs it but without a browser."""

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from gd_core.activations import ACTIVATIONS
from pages.lessons import LESSONS, TEACHING, Lesson
from pages.shared.sidebar import DEFAULTS
from pages.your_data.datasets import DATASETS
from tests.helpers.app import FOLDERS, INDEX, NOT_A_NUMBER, WITHOUT_NEURON, errors, shown, verdicts, visit

READ_A_NEURON = [folder for folder in FOLDERS if folder not in WITHOUT_NEURON]


@cache
def opened(folder: str) -> AppTest:
    """A page as it opens, for tests that change nothing on it."""
    return visit(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_opens_without_an_exception_or_an_error(folder: str):
    app = opened(folder)
    assert not app.exception
    assert not errors(app)
    assert app.title[0].value


@pytest.mark.parametrize("folder", READ_A_NEURON)
def test_every_page_with_a_sidebar_has_the_same(folder: str):
    app = opened(folder)
    own = next(iter(DATASETS.values()))
    begins = DEFAULTS | ({"rate": own.rate, "updates": own.updates} if folder == "your_data" else {})
    begins |= {"rate": "3", "updates": "200"} if folder == "network" else {}
    assert {field.key: field.value for field in app.sidebar.text_input} | {"activation": "identity"} == begins
    assert app.sidebar.selectbox(key="activation").value == "identity"


def test_home_leads_to_every_lesson():
    links = [link.proto.page for link in opened("").get("page_link")]
    assert links == [page.folder for page in (*LESSONS, *TEACHING)]


@pytest.mark.parametrize(("lesson", "follows"), [*pairwise(LESSONS)], ids=lambda lesson: lesson.title)
def test_a_lesson_leads_to_the_one_after_it(lesson: Lesson, follows: Lesson):
    assert [link.proto.page for link in opened(lesson.folder).get("page_link")] == [follows.folder]


def test_the_last_lesson_leads_nowhere():
    assert not opened(LESSONS[-1].folder).get("page_link")


@pytest.mark.parametrize(
    ("folder", "link"),
    [
        ("compare", {"below": "0.5", "runs": "0.02, mine: 0.03"}),
        ("surface", {"across": "2", "inputs2": "3 1 2", "target2": "4"}),
        ("learning_rate", {"weight": "1"}),
        ("one_update", {"at": "3"}),
        ("your_data", {"data": "Penguins", "batch": "single sample (SGD)", "seed": "5"}),
        ("network", {"network_data": "Ring", "hidden": "2, 2", "network_batch": "mini-batch", "network_size": "8"}),
    ],
)
def test_a_text_that_cannot_be_used_leaves_the_last_picture_and_what_was_set_on_the_page(
    folder: str, link: dict[str, str]
):
    app = AppTest.from_file(INDEX, default_timeout=90)
    app.run()
    app.switch_page(f"{folder}/page.py")
    app.query_params.update(link)
    app.text_input(key="rate").set_value("0.02").run()
    before, charts, said = dict(app.query_params), drawn(app), verdicts(app)
    app.text_input(key="rate").set_value("none").run()
    assert len(errors(app)) == 1
    assert any("learning rate that can be used: 0.02." in caption.value for caption in app.caption)
    assert (drawn(app), verdicts(app)) == (charts, said)
    assert app.query_params == before  # the rate is the browser's to write there
    app.text_input(key="rate").set_value("0.01").run()
    assert not errors(app)
    assert app.query_params == before


def drawn(app: AppTest) -> list[str]:
    """What the pictures say they are."""
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


@pytest.mark.parametrize("name", ["inputs", "weights", "target", "rate", "updates"])
@pytest.mark.parametrize("folder", sorted({*READ_A_NEURON} - {"your_data", "network", "teach"}))
def test_a_fresh_link_with_a_broken_value_shows_the_default_neuron_and_says_so(folder: str, name: str):
    app = visit(folder, **{name: "<b>"})
    assert len(errors(app)) == 1
    assert "that can be used" in app.main.caption[0].value
    assert drawn(app) == drawn(opened(folder))


NUMBER = st.floats(allow_nan=True, allow_infinity=True).map(repr)
TYPED = st.lists(NUMBER, max_size=22).map(", ".join) | st.text(max_size=40) | st.just("1, 2, 3")


@settings(max_examples=40)
@given(
    folder=st.sampled_from(FOLDERS),
    activation=st.sampled_from([*ACTIVATIONS, "?"]),
    inputs=TYPED,
    weights=TYPED,
    target=NUMBER | TYPED,
    rate=NUMBER | TYPED,
    updates=st.integers().map(str) | TYPED,
)
def test_no_link_makes_an_exception_or_shows_nan(folder: str, **link: str):
    app = visit(folder, **link)
    assert not app.exception
    assert not NOT_A_NUMBER.search(shown(app))


SIZE = st.sampled_from(["0", "1", "-1", "0.5", "1e-8", "-1e8", "1e50", "-1e-50"])


@settings(max_examples=70)
@given(
    folder=st.sampled_from(READ_A_NEURON),
    activation=st.sampled_from([*ACTIVATIONS]),
    neuron=st.lists(st.tuples(SIZE, SIZE), min_size=1, max_size=20),
    target=SIZE,
    rate=st.sampled_from(["1e-50", "0.01", "0.5", "1e8", "1e50"]),
    updates=st.sampled_from(["1", "2", "300"]),
)
def test_an_extreme_neuron_leaves_every_page_readable(folder: str, neuron: list[tuple[str, str]], **link: str):
    inputs, weights = (" ".join(column) for column in zip(*neuron, strict=True))
    app = visit(folder, inputs=inputs, weights=weights, **link)
    assert not app.exception
    assert not errors(app)
    assert not NOT_A_NUMBER.search(shown(app))
    for chart in app.get("vega_lite_chart"):
        assert not NOT_A_NUMBER.search(chart.proto.alt), chart.proto.alt
        assert chart.proto.alt
