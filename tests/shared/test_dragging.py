"""What is dragged in a picture, as a browser says it and as a forger might."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from pages.shared import assigned, dragging
from pages.shared.sidebar import PAIR
from tests.helpers.setups import setup


class State(dict[str, Any]):
    """A session's state."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


def dragged(monkeypatch: pytest.MonkeyPatch, *points: Any, moving: tuple[int, ...] = (1, 2)) -> State:
    """The state of a session of the lesson's neuron after this was dragged in it."""
    selected = SimpleNamespace(selection={"dragged": [*points]})
    typed = {"inputs": "1, 2, 3", "weights": "0, 2, 1"}
    state = State(picture=selected, **typed, rate="0.01", answered=((), 3), usable={PAIR: [*typed.values()]})
    monkeypatch.setattr(st, "session_state", state)
    dragging.keep(setup().problem, setup().weights, [(-4, 4), (-2, 2)][: len(moving)], *moving)
    dragging.take("picture", *moving)
    return state


def test_two_weights_are_taken_in_as_many_digits_as_can_be_told_apart(monkeypatch: pytest.MonkeyPatch):
    state = dragged(monkeypatch, {"asked": 3, "across": 1.23456, "up": -0.98765})
    assert state["weights"] == "0, 1.23, -0.99"
    assert state["draw all"]


@pytest.mark.parametrize(
    "point",
    [
        {"asked": 2, "across": 1, "up": 1},
        {"asked": 3, "across": 1},
        {"asked": 3, "across": "1", "up": 1},
        {"asked": 3, "across": float("nan"), "up": 1},
        {"asked": 3, "across": 1e51, "up": 1},
        {"asked": 3, "across": 1, "up": 1, "more": 1},
        {"asked": 3, "rate": "1"},
        {"asked": 3, "rate": float("nan")},
        {"asked": 3, "rate": -1},
        {"asked": 3},
        {},
        [],
        None,
    ],
)
def test_what_no_picture_says_and_what_was_answered_before_changes_nothing(monkeypatch: pytest.MonkeyPatch, point: Any):
    state = dragged(monkeypatch, point)
    assert (state["weights"], state["rate"]) == ("0, 2, 1", "0.01")


@pytest.mark.parametrize("point", [{"asked": 0, "weight": 1}, {"weight": 1}, {}])
def test_a_start_that_a_page_without_one_is_told_changes_nothing(monkeypatch: pytest.MonkeyPatch, point: Any):
    state = State(picture=SimpleNamespace(selection={"dragged": [point]}))
    monkeypatch.setattr(st, "session_state", state)
    dragging.take("picture")
    assert list(state) == ["picture"]


def test_nobody_is_told_to_drag_what_the_assignment_holds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assigned, "holds", lambda *keys: "rate" in keys)
    assert dragging.hint(rate="the line", weights="the ring") == "Drag the ring."
    assert not dragging.hint(rate="the line")


def test_the_borders_stay_while_only_the_start_moves_within_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(st, "session_state", State())
    problem = setup().problem
    first = dragging.keep(problem, (0, 2, 1), [(-4, 4)], 2)
    assert dragging.keep(problem, (0, 2, 3), [(-9, 9)], 2) == first
    assert dragging.keep(problem, (0, 2, 5), [(-9, 9)], 2) == [(-9, 9)]
    assert dragging.keep(problem, (1, 2, 5), [(-3, 6)], 2) == [(-3, 6)]
