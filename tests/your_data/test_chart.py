"""The chart of the fit, on the page and as a file."""

from typing import Any
from xml.etree import ElementTree

import pytest

from gd_core.activations import ACTIVATIONS
from pages.shared import history_frame, image
from pages.your_data import chart, model
from pages.your_data.model import Outcome
from tests.helpers.samples import NAMES, chance, dataset, outcome, typed


def spec(run: Outcome) -> dict[str, Any]:
    """The chart of a run."""
    drawn, stride = history_frame.drawn(run.history)
    datasets = model.datasets(run.samples, model.now(run.samples, None, None, 0), drawn, run.least)
    return chart.chart(run.samples, run.batches.neuron.activation, datasets, stride)


@pytest.mark.parametrize(("activation", "rule"), [("identity", 1), ("tanh", 0)])
def test_the_minimum_is_drawn_where_it_is_known(activation: str, rule: int):
    assert len(spec(outcome(dataset("Nebulae"), activation=activation))["datasets"]["least"]) == rule


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_chart_is_the_same_spec_for_every_rate_so_that_the_scrub_bar_stays(activation: str):
    slow, fast = (spec(outcome(dataset("Nebulae"), rate, activation=activation)) for rate in (0.01, 0.1))
    del slow["datasets"], fast["datasets"]
    assert slow == fast


def test_tables_with_other_names_share_a_chart():
    one, other = (spec(outcome(typed(f"{names}\n1,2\n2,3\n3,5\n"))) for names in ("a,b", "length,weight"))
    assert one.pop("datasets")["titles"] != other.pop("datasets")["titles"]
    assert one["vconcat"] is other["vconcat"]


def test_a_long_name_ends_in_an_ellipsis_on_an_axis():
    titles = spec(outcome(typed(f"{'x' * 40},{'y' * 40}\n1,2\n2,3\n3,5\n")))["datasets"]["titles"].to_pylist()[0]
    assert titles["across"] == "x" * (model.ALONG - 1) + "…"
    assert titles["fit"].startswith("y" * (model.ALONG - 1) + "…")


def test_a_chart_with_any_names_is_drawn_and_is_well_formed():
    samples = typed(chance(["a\x01", "\x1b\x08", "\ufffe&<>", *NAMES, "a.b"], 9))
    one = spec(outcome(samples))
    drawing = ElementTree.fromstring(image.svg(one))  # noqa: S314 - our own
    assert "a.b" in "".join(drawing.itertext())
    assert image.png(chart.on_paper(one)).startswith(b"\x89PNG")
