"""The loss over two weights: troughs, bowls, the ways that lead down, and their picture."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from gd_core.optimisers import GradientDescent
from gd_core.regimes import Regime
from pages.shared import rate_ruler, run_list, runs
from pages.surface import chart, model, text
from tests.helpers.app import NOT_A_NUMBER
from tests.helpers.setups import setup

TWO = setup((3, 4), (1, 2), 6)
TROUGH = model.surface(TWO, None, (0, 1))
BOWL = model.surface(TWO, ([4, 3], 1.0), (0, 1))
START = np.array([1.0, 2.0])


def test_a_path_in_a_trough_runs_along_the_inputs_to_the_minimum_nearest_to_its_start():
    # The lesson's neuron: error 5, |inputs|^2 = 25; start - inputs * 5 / 25 = (1 - 0.6, 2 - 0.8).
    assert TROUGH.minima(START) == pytest.approx([0.4, 1.2])
    run = descend(TROUGH.slice, TROUGH.start, GradientDescent(0.01), 200)
    assert run.weights[-1] == pytest.approx([0.4, 1.2])
    steps = np.diff(run.weights[:20], axis=0)
    assert steps[:, 0] * 4 == pytest.approx(steps[:, 1] * 3), "parallel to the inputs 3, 4"


def test_different_starts_end_at_different_minima_with_the_same_prediction():
    window = model.window(TROUGH)
    frame = model.starts(TROUGH, window)
    starts = frame.to_numpy()
    ends = descend(TROUGH.slice, starts[:, :2], GradientDescent(0.01), 300).weights[-1]
    assert ends == pytest.approx(starts[:, 2:])
    assert TROUGH.neuron.predictions(ends)[:, 0] == pytest.approx(np.full(4, 6.0))
    assert len({tuple(np.round(end, 6)) for end in ends}) == 4
    assert window.holds(starts[:, :2]).all()
    assert text.starts(TROUGH, frame)["prediction"].tolist() == ["6"] * 4


def test_the_line_of_minima_has_no_loss_and_is_at_a_right_angle_to_the_inputs():
    first, last = model.line(TROUGH, model.window(TROUGH)).to_numpy()
    assert TROUGH.slice.loss(np.array([first, last])) == pytest.approx([0, 0], abs=1e-20)
    assert (last - first) @ [3, 4] == pytest.approx(0)


def test_a_second_sample_makes_a_bowl_with_the_condition_number_worked_by_hand():
    # X'X = [[25, 24], [24, 25]], whose eigenvalues are 49 and 1; two samples, so the curvature is X'X.
    shape = BOWL.shape
    assert (shape.largest, shape.smallest) == pytest.approx((49, 1))
    assert shape.condition == pytest.approx(49)
    assert shape.steepest == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)))
    # 3a + 4b = 6 and 4a + 3b = 1.
    assert BOWL.minima(START) == pytest.approx([-2, 3])
    assert not BOWL.trough
    assert model.line(BOWL, model.window(BOWL)).empty
    said = " ".join(text.meaning(BOWL))
    assert said.startswith(text.BOWL)
    assert "2 / 49 = 0.04082" in said
    assert "2 / (largest + smallest) = 0.04" in said


@pytest.mark.parametrize(("rate", "regime"), [(0.0407, Regime.OSCILLATES_AND_CONVERGES), (0.0409, Regime.DIVERGES)])
def test_the_critical_rate_of_a_bowl_is_one_over_half_the_largest_curvature(rate: float, regime: Regime):
    run = descend(BOWL.slice, BOWL.start, GradientDescent(rate), 2000)
    assert (run.loss[-1] > run.loss[0]) == (regime is Regime.DIVERGES)
    assert rate_ruler.message(model.rows(BOWL.shape)[-1], rate, linear=True).endswith(regime)


def test_the_curvature_is_how_fast_the_slopes_change():
    nudge = 1e-6
    slopes = [
        (BOWL.slice.slopes(START + step) - BOWL.slice.slopes(START - step)) / (2 * nudge) for step in nudge * np.eye(2)
    ]
    assert np.array(slopes) == pytest.approx(BOWL.curvature, rel=1e-6)
    assert BOWL.slice.curvature == pytest.approx(BOWL.curvature)


def test_parallel_samples_are_still_a_trough_and_inputs_of_0_are_flat():
    parallel = model.surface(TWO, ([6, 8], 1.0), (0, 1))
    assert parallel.trough
    assert not parallel.has_line, "they ask for different predictions: no weights fit both"
    assert model.starts(parallel, model.window(parallel)).empty
    assert text.meaning(parallel)[0].startswith(text.STILL_A_TROUGH)
    flat = model.surface(setup((0, 0), (1, 2), 6), None, (0, 1))
    assert flat.flat
    assert text.meaning(flat)[0].startswith(text.FLAT)
    assert model.bands(flat, model.window(flat)).empty


def test_samples_at_a_right_angle_but_of_very_different_size_are_as_good_as_flat_throughout():
    surface = model.surface(setup((1000, 0), (1, 2), 6), ([0, 1e-3], 1.0), (0, 1))
    assert surface.trough
    assert text.meaning(surface)[0].startswith(text.STILL_A_TROUGH)
    assert surface.minima(START) == pytest.approx([0.006, 2.0])


@pytest.mark.parametrize("inputs", [(3.0, 4.0), (1.0, 1.0), (2.0, -2.0), (0.0, 5.0), (0.0, 0.0)])
def test_the_suggested_second_sample_makes_a_bowl(inputs: tuple[float, float]):
    made = setup(inputs, (1, 2), 6)
    surface = model.surface(made, model.suggestion(made, (0, 1)), (0, 1))
    assert not surface.trough or not any(inputs)
    if any(inputs):  # the start is off both main directions, so that a path bends
        away = surface.minima(START) - START
        along = away @ np.array(surface.shape.steepest)
        assert 0.1 < abs(along) / np.hypot(*away) < 0.995


def test_the_outlines_of_a_band_are_where_the_loss_has_its_levels():
    window = model.window(BOWL)
    bands = model.bands(BOWL, window).astype(float)
    corner = window.reach * np.array([model.WIDE, 1])
    bands[["across", "up"]] = bands[["across", "up"]].to_numpy() * window.reach + window.middle
    inside = bands[(np.abs(bands[["across", "up"]].to_numpy() - window.middle) < 0.99 * corner).all(axis=1)]
    top = BOWL.slice.loss(np.array([window.middle - corner, window.middle + corner])).max()
    for band in range(2, model.BANDS):
        outline = inside[inside["band"] == band][["across", "up"]].to_numpy()
        heights = np.sqrt(BOWL.slice.loss(outline) / top) * model.BANDS
        near = np.minimum(np.abs(heights - band), np.abs(heights - band - 1))
        assert len(near)
        assert near.max() < 0.2, band


def test_what_leaves_the_picture_is_named_and_can_be_zoomed_out_to():
    listed = [run_list.yours(TWO), *runs.read("0.05, 1e40", 20)]
    window = model.window(TROUGH)
    histories = run_list.histories(TROUGH.slice, TROUGH.start, listed, 20)
    gone = model.leaves(window, histories)
    assert [run for run, _ in gone] == [1, 2]
    assert gone[1] == (2, 1)
    assert "run 2 from update 1 on" in text.leaves(gone)
    paths = model.paths(histories)
    wide = model.everything(window, paths)
    finite = paths[paths["run"] == 1][["across", "up"]].to_numpy()
    assert wide.holds(finite).all()
    assert not np.isinf(paths.to_numpy()).any()
    ends = text.ends(TROUGH, listed, histories)
    assert ends["mse"].tolist()[2] == "too large"


def test_only_the_chosen_weights_move():
    surface = model.surface(setup(), ([1, 0, 1], 2.0), (2, 0))
    assert surface.start == (1.0, 0.0)
    assert surface.slice.whole(surface.start).tolist() == [0, 2, 1]
    # Errors 7 and -1; mean of 2 * error * input: 7 * 3 - 1 * 1, and 7 * 1 - 1 * 1.
    assert surface.slice.slopes(np.array(surface.start)).tolist() == [20, 6]
    assert surface.names == ("Weight 3", "Weight 1")


def test_the_limit_is_that_of_the_two_weights_beside_that_of_all():
    said = text.limit(setup(), model.surface(setup(), None, (1, 2)))  # 1 / (2^2 + 3^2) and 1 / (1 + 2^2 + 3^2)
    assert "0.07692" in said
    assert "0.07143" in said


def test_the_picture_is_the_same_spec_for_every_rate_so_that_the_scrub_bar_stays():
    specs = []
    for rate in (0.01, 0.02):
        listed = [run_list.yours(setup((3, 4), (1, 2), 6, rate))]
        window = model.window(BOWL)
        paths = model.drawn(model.paths(run_list.histories(BOWL.slice, BOWL.start, listed, 20)), window)
        spec = chart.chart(BOWL.names, window, {"paths": paths})
        specs.append(({**spec, "datasets": None}, text.picture(BOWL, paths)))
    assert specs[0] == specs[1]


def test_what_the_browser_is_given_makes_the_loss_and_the_slopes_worked_by_hand():
    # At (1, 2) the errors are 3 + 8 - 6 = 5 and 4 + 6 - 1 = 9; their mean square is 53, the slopes 5 * 3 + 9 * 4 and
    # 5 * 4 + 9 * 3.
    now = model.now(BOWL, model.Window((1.0, 2.0), 1.0), 7).iloc[0]
    assert (now["asked"], now["across"], now["up"]) == (7, 1, 2)
    errors = [now[f"a{i}"] * 1 + now[f"b{i}"] * 2 + now[f"rest{i}"] - now[f"target{i}"] for i in (0, 1)]
    assert errors == [5, 9]
    assert np.mean(np.square(errors)) == BOWL.slice.loss(START)
    assert [sum(error * now[f"{name}{i}"] for i, error in enumerate(errors)) for name in "ab"] == [51, 47]
    assert BOWL.slice.slopes(START).tolist() == [51, 47]
    assert now["longest"] == pytest.approx(math.hypot(150, 144)), "at (4, 3): errors 18 and 24"


def test_one_sample_counts_as_two_that_are_alike_and_resting_weights_count():
    surface = model.surface(setup(), None, (1, 2))
    now = model.now(surface, model.window(surface), 0).iloc[0]
    assert [now[f"{name}{i}"] for i in (0, 1) for name in ("a", "b", "rest", "target")] == [2, 3, 0, 0] * 2
    resting = model.surface(setup(weights=(5, 2, 1)), None, (1, 2))
    assert model.now(resting, model.window(resting), 0).iloc[0]["rest1"] == 5


@given(
    st.lists(st.sampled_from([0.0, 1.0, -2.5, 1e-8, 1e8, 1e50, -1e-50]), min_size=4, max_size=4),
    st.lists(st.sampled_from([0.0, 1.0, -3.0, 1e50]), min_size=2, max_size=2),
    st.booleans(),
    st.booleans(),
    st.sampled_from(sorted(ACTIVATIONS)),
)
def test_any_surface_is_drawn_and_described_without_nan_or_inf(
    inputs: list[float], weights: list[float], two: bool, everything: bool, activation: str
):
    made = setup(inputs[:2], weights, 0.5, updates=5, activation=activation)
    surface = model.surface(made, (inputs[2:], 1.0) if two else None, (0, 1))
    listed = [run_list.yours(made), *runs.read("1e50, adam 0.1", 5)]
    histories = run_list.histories(surface.slice, surface.start, listed, 5)
    paths = model.paths(histories)
    window = model.within(model.window(surface).borders)
    if everything:
        window = model.everything(window, paths)
    assert all(math.isfinite(end) for end in (*window.middle, window.reach))
    assert window.reach > 0
    drawn = model.drawn(paths, window)[["x", "y"]].dropna().to_numpy() - window.middle
    assert (np.abs(drawn) <= 1.01 * model.OUT * window.reach).all()
    assert not np.isinf(model.bands(surface, window).to_numpy()).any()
    assert np.isfinite(model.now(surface, window, 0).drop(columns=["activation", "longest"]).to_numpy(float)).all()
    for frame in (model.line(surface, window), model.starts(surface, window)):
        assert np.isfinite(frame.to_numpy()).all()
    said = [
        *text.meaning(surface),
        text.ends(surface, listed, histories).to_string(),
        text.leaves(model.leaves(window, histories)),
        text.ruler(model.rows(surface.shape), 0.01, surface),
        text.picture(surface, paths),
        "" if surface.flat else text.limit(made, surface),
    ]
    assert not NOT_A_NUMBER.search(" ".join(said))
