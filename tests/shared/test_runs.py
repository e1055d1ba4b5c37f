"""The grammar of runs: what is typed is read, what is written is read back, and nothing is repeated in a sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core.descent import descend
from gd_core.optimisers import OPTIMISERS, Adam, GradientDescent, Momentum
from gd_core.schedules import SCHEDULES, Cosine, OneCycle, Scheduled, Switched
from pages.shared import numbers, runs
from pages.shared.runs import Leg
from tests.helpers.setups import setup

WORDS = ["0.1", "1/0", "adam", "momentum=0.5", "cosine", "until", "3", "then", ":", ",", "=", "<b>"]
LESSON = setup()


@pytest.mark.parametrize(
    ("text", "optimiser"),
    [
        ("0.01", GradientDescent(0.01)),
        (" 1 / 28 ", GradientDescent(1 / 28)),
        ("Gradient  descent 2e-3", GradientDescent(0.002)),
        ("MOMENTUM 0.01", Momentum(0.01)),
        ("momentum 0.01 momentum = 0.8", Momentum(0.01, 0.8)),
        ("0,07 until 12 then 0,03", Switched(GradientDescent(0.07), 12, GradientDescent(0.03))),
        ("a b: adam 0.1 decay=0.99 momentum=1/2", Adam(0.1, 0.5, 0.99)),
        ("adam 0.1 one cycle", Scheduled(Adam(0.1), OneCycle(updates=20))),
        ("0.1 cosine updates=7 least=0", Scheduled(GradientDescent(0.1), Cosine(7, 0))),
        ("0.07 until 12 then 0.03", Switched(GradientDescent(0.07), 12, GradientDescent(0.03))),
        (
            "0.07 until 5 then adam 0.1 cosine until 9 then 0.01",
            Switched(Switched(GradientDescent(0.07), 5, Scheduled(Adam(0.1), Cosine(4))), 9, GradientDescent(0.01)),
        ),
        (
            "0.1 until 30 then 0.1 cosine",
            Switched(GradientDescent(0.1), 30, Scheduled(GradientDescent(0.1), Cosine(1))),
        ),
    ],
)
def test_a_run_is_read_as_people_write_it(text: str, optimiser: object):
    (run,) = runs.read(text, 20)
    assert run.optimiser == optimiser


@pytest.mark.parametrize(
    "text",
    [
        "0.1, 0.2, 1/28", "0.1; 0.2; 1 / 28", "0.1 0.2 1/28", "[0.1 0.2 1/28]", "0.1\n0.2,\n1/28",
        "0,1; 0,2; 1/28", "0,1\n0,2\n1/28", "np.array([0.1, 0.2, 1/28])", "0.1, 0.2, 1/28,",
    ],
)  # fmt: skip
def test_a_list_of_rates_is_typed_as_people_type_lists(text: str):
    assert [run.text for run in runs.read(text, 20)] == ["0.1", "0.2", "1/28"]


# Each is wrong in a way of its own.
WRONG = [
    "0.1, sgd 0.1",
    "momentum",
    "-0.1",
    "adam 0.1 0.2",
    "0.1 momentum=0.9",
    "adam 0.1 learning_rate=3",
    "momentum 0.1 momentum=1",
    "momentum 0.1 momentum=x",
    "0.1 step every=0",
    "0.1 step factor=0",
    "0.1 until 3",
    "0.1 until then 0.2",
    "0.1 then 0.2",
    "0.1 until 5 then 0.2 until 5 then 0.3",
    " then 0.1 until 1".join("0.1" for _ in range(6)),
    "a:b:0.1",
    ": 0.1",
    ",".join(["0.1"] * 9),
    "0.1," * 400,
]


def sentence(text: str) -> str:
    """What is said of a list that cannot be read."""
    with pytest.raises(ValueError, match=r"\.$") as raised:
        runs.read(text, 20)
    return str(raised.value)


def test_every_way_to_be_wrong_has_a_sentence_of_its_own():
    assert len({sentence(text) for text in WRONG}) == len(WRONG)


@pytest.mark.parametrize(
    ("text", "number"), [("0.1, sgd 0.1", 2), ("momentum", 1), ("0.1, 0.1, a: 0.1 step every=0", 3)]
)
def test_the_sentence_says_which_run_it_is_about(text: str, number: int):
    assert sentence(text).startswith(f"Run {number}: ")


def test_the_sentence_names_what_there_is_not_and_how_a_comma_was_read():
    assert "schedule: cosinus." in sentence("0.1 cosinus")
    assert "0,01 is read as 0 and 1. If you mean one number, type 0.01." in sentence("0,01")


@pytest.mark.parametrize(
    "text", ["0.1 step every=1.5", "0.1 step every=1e9", "0.1 until 0 then 0.2", "0.1 until 1e9 then 1"]
)
def test_updates_are_counted_in_whole_numbers(text: str):
    assert numbers.whole(runs.MOST_COUNTED) in sentence(text)


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_is_a_list_of_runs_or_a_sentence_that_does_not_repeat_it(text: str):
    try:
        found = runs.read(text, 20)
    except ValueError as raised:
        said = str(raised)
    else:
        said = "."
        assert len(found) <= runs.MOST
        for run in found:
            assert np.isfinite(descend(LESSON.problem, [0, 0, 0], run.optimiser, 3).weights).all()
    assert said.endswith(".")
    assert "<" not in said


fractions = st.just(0.0) | st.floats(1e-9, 0.999)
optimisers = st.sampled_from([*OPTIMISERS.values()]).flatmap(
    lambda kind: st.builds(kind, st.floats(1e-40, 1e40), **dict.fromkeys(runs.settings(kind()), fractions))
)
schedules = st.one_of(
    st.just(runs.CONSTANT),
    st.builds(SCHEDULES["Step"], st.integers(1, 50), st.floats(0.001, 1)),
    st.builds(SCHEDULES["Exponential"], st.floats(0.001, 1)),
    st.builds(Cosine, st.integers(1, 50), fractions),
    st.builds(OneCycle, st.integers(1, 50), st.floats(0.001, 0.999), fractions),
)


@given(
    st.lists(st.tuples(optimisers, schedules), min_size=1, max_size=4),
    st.sampled_from(["", "a name"]),
    st.sampled_from([2, 20]),
)
def test_what_is_written_is_read_back_the_same(parts: list, name: str, updates: int):
    ends = [*range(3, 3 * len(parts), 3), None]
    legs = tuple(
        Leg(optimiser, schedule, begin or 0, until)
        for (optimiser, schedule), begin, until in zip(parts, [0, *ends], ends, strict=False)
    )
    (run,) = runs.read(runs.write(name, legs, updates), updates)
    assert (run.legs, run.name) == (legs, name)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_fork_is_its_parent_until_it_branches_off(name: str):
    (parent,) = runs.read(f"{name} 0.01", 20)
    (fork,) = runs.read(runs.fork(parent, 8, 20), 20)
    old, new = (descend(LESSON.problem, LESSON.weights, run.optimiser, 20).weights for run in (parent, fork))
    assert (old[:9] == new[:9]).all() if name != "Gradient descent" else old[:9] == pytest.approx(new[:9], rel=1e-12)
    assert np.abs(old[9:] - new[9:]).max(axis=1).min() > 1e-6


def test_a_fork_before_an_earlier_branch_takes_its_place():
    (run,) = runs.read("0.07 until 12 then adam 0.1", 20)
    assert runs.fork(run, 5, 20) == "fork: 0.07 until 5 then 0.35"
    assert runs.fork(run, 15, 20) == "fork: 0.07 until 12 then adam 0.1 until 15 then adam 0.5"
    assert runs.fork(run, 12, 20) == "fork: 0.07 until 12 then adam 0.5"


def test_a_fork_goes_on_at_five_times_the_rate_its_schedule_has_come_to():
    (run,) = runs.read("mine: 0.01 exponential factor=0.5", 20)
    assert runs.fork(run, 3, 20) == "fork of mine: 0.01 exponential factor=0.5 until 3 then 0.00625"
    (slow,) = runs.read("1e-50", 20)
    assert runs.read(runs.fork(slow, 3, 20), 20), "no rate is written that cannot be read"


def test_a_name_has_no_character_that_hides_or_turns_others():
    (run,) = runs.read("a\u202eb\x00c\x1b: 0.1", 20)
    assert run.name == "abc"
