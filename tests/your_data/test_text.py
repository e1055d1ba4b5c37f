"""What the page says of a run over many samples is true of its numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import OPTIMISERS
from gd_core.regimes import Regime
from pages.shared.numbers import THIN
from pages.shared.verdict import COMES_BACK, NOTHING_TO_DO, heading
from pages.your_data import report, text
from tests.helpers.app import NOT_A_NUMBER
from tests.helpers.samples import NUMBERS, dataset, outcome, typed


@pytest.mark.parametrize(
    ("rate", "updates", "kind", "numbers"),
    [
        (0.1, 20, text.FALLS, [f"from **271{THIN}309** to **49{THIN}756** in 20 updates", "by 0.8.", "21 updates"]),
        (0.5, 1, text.FALLS, ["by 0:", f"to **49{THIN}727**", text.CONVERGED]),
        (0.6, 20, text.FALLS, ["by −0.2."]),
        (1.0, 20, COMES_BACK, ["critical one, 1.", "by −1 in"]),
        (1.1, 60, Regime.DIVERGES, ["critical one, 1.", "by −1.2 in"]),
        (1e40, 60, Regime.DIVERGES, ["From update 4 on"]),
    ],
)
def test_the_verdict_is_true_of_the_nebulae(rate: float, updates: int, kind: str, numbers: list[str]):
    run = outcome(dataset("Nebulae"), rate, updates)
    assert text.kind(run.history) == kind
    verdict = text.verdict(run)
    assert verdict.startswith(heading(kind)) == (kind != text.FALLS), "one that falls says first how close it comes"
    said = f"{verdict} {text.course(run)}"
    for number in numbers:
        assert number in said
    assert not NOT_A_NUMBER.search(said)


@pytest.mark.parametrize(("updates", "says"), [(1, "3.8"), (12, "2.1% above"), (30, f"than {text.LEAST_SAID}%")])
def test_the_verdict_says_how_close_it_comes(updates: int, says: str):
    assert says in text.verdict(outcome(dataset("Nebulae"), 0.1, updates)).partition("** ")[0]


def test_a_start_at_the_solution_leaves_nothing_to_do_and_a_perfect_fit_has_the_minimum_0():
    line = typed("a,y\n1,2\n2,4\n3,6\n", bias=False, standardise=False)
    assert text.verdict(outcome(line, 0.01, 20, start=2.0)).startswith(NOTHING_TO_DO)
    perfect = outcome(line, 0.1, 500)
    assert text.minimum(perfect)[0] == 0
    assert text.CONVERGED in text.verdict(perfect)
    assert text.CONVERGED not in text.verdict(outcome(line, 0.01, 5))


def test_a_run_that_leaves_the_solution_beyond_what_a_float_can_hold_is_not_settled():
    line = typed("a,y\n1,2\n2,4\n3,6\n", bias=False, standardise=False)
    left = outcome(line, 5, 2000, start=2.0 + 1e-12)
    assert not np.isfinite(left.history["mse"].iloc[-1])
    assert not text.settled(left)


def test_weights_that_are_not_unique_are_named():
    constant = outcome(typed("a,b,y\n1,5,1\n2,5,2\n3,5,2\n"))
    assert text.NOT_UNIQUE in text.solution(constant)
    assert "Weight 2 of" in text.solution(constant)
    few = outcome(typed("a,b,c,y\n1,2,3,1\n3,1,2,4\n", bias=False, standardise=False))
    assert text.NOT_UNIQUE in text.solution(few)
    assert "Weights 1, 2 and 3 together" in text.solution(few)
    assert "3 weights and only 2 samples" in text.solution(few)
    assert text.NOT_UNIQUE not in text.solution(outcome(dataset("Nebulae")))


def test_inputs_of_0_make_no_weight_better_than_another():
    flat = outcome(typed("a,y\n0,1\n0,2\n", bias=False))
    assert text.solution(flat) == text.ALL_FLAT
    assert text.NO_SLOPE in text.verdict(flat) or text.verdict(flat).startswith(NOTHING_TO_DO)


def test_the_row_of_the_present_settings_is_marked():
    table = text.scaling_table(dataset("Penguins"))
    assert len(table) == 4
    (now,) = [row for row in table["inputs"] if row.endswith(text.NOW)]
    assert now.startswith("with bias, standardised")


@pytest.mark.parametrize(("activation", "out"), [("tanh", 24), ("sigmoid", 24), ("ReLU", 5), ("identity", 0)])
def test_targets_an_activation_never_reaches_are_counted(activation: str, out: int):
    nebulae = dataset("Nebulae")
    assert (nebulae.targets < 0).sum() == 5
    verdict = text.verdict(outcome(nebulae, 0.1, 20, activation))
    assert (f"{out} of the targets" in verdict) == (out > 0)


def test_a_mini_batch_is_described_with_its_epochs():
    assert "15 epochs" in text.verdict(outcome(dataset("Nebulae"), 0.05, 30, size=13)), "two batches an epoch"
    verdict = text.verdict(outcome(dataset("Nebulae"), 0.05, 30, size=8))
    assert "8 of the 24 samples" in verdict
    assert "10 epochs" in verdict
    assert text.NOISY in verdict
    still = typed("x,y\n1,1\n1,-1\n1,1\n1,-1\n", bias=False, standardise=False)
    assert text.NOISY not in text.verdict(outcome(still, 0.1, 4, size=1)), "nothing has been gained that could be lost"


@given(st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_any_table_is_described_without_an_exception_and_without_nan(rows: list[list[float]], data: st.DataObject):
    table = "\n".join(",".join(map(repr, row)) for row in rows)
    samples = typed(table, bias=data.draw(st.booleans()), standardise=data.draw(st.booleans()))
    run = outcome(
        samples,
        data.draw(st.floats(1e-50, 1e50)),
        data.draw(st.integers(1, 30)),
        data.draw(st.sampled_from(list(ACTIVATIONS))),
        data.draw(st.sampled_from(list(OPTIMISERS))),
        data.draw(st.integers(1, 7)),
        data.draw(st.floats(-1e50, 1e50)),
    )
    sentences = [text.verdict(run), text.course(run), text.curves(run.history)]
    sentences += [text.solution(run), text.picture(samples, run.history), report.page(run, "", "")]
    if run.least:
        sentences.append(text.scaling(samples))
        sentences += text.scaling_table(samples).to_numpy().ravel().tolist()
    for sentence in sentences:
        assert not NOT_A_NUMBER.search(sentence), sentence
