"""The loss over two weights: troughs, bowls, the ways that lead down, and the page."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gd_core import ACTIVATIONS, GradientDescent, Neuron, descend
from pages.parts import compare, rates, runs, surface, words
from pages.parts.setup import Setup
from tests.test_pages import NOT_A_NUMBER, errors, shown, visit

TWO = Setup(Neuron([3, 4], 6), (1.0, 2.0), GradientDescent(0.01), 20)
TROUGH = surface.ground(TWO, None, (0, 1))
BOWL = surface.ground(TWO, ([4, 3], 1.0), (0, 1))


def test_a_path_in_a_trough_runs_along_the_inputs_to_the_perfect_weights_nearest_to_its_start():
    # The lesson's neuron: error 5, |inputs|^2 = 25; start - inputs * 5 / 25 = (1 - 0.6, 2 - 0.8).
    assert surface.perfect(TROUGH, np.array([[1.0, 2.0]])) == pytest.approx(np.array([[0.4, 1.2]]))
    run = descend(TROUGH.slice, TROUGH.start, GradientDescent(0.01), 200)
    assert run.weights[-1] == pytest.approx([0.4, 1.2])
    steps = np.diff(run.weights[:20], axis=0)
    assert steps[:, 0] * 4 == pytest.approx(steps[:, 1] * 3), "parallel to the inputs 3, 4"


def test_different_starts_end_at_different_perfect_weights_with_the_same_prediction():
    window = surface.window(TROUGH)
    frame = surface.starts(TROUGH, window)
    starts = frame.to_numpy()
    ends = descend(TROUGH.slice, starts[:, :2], GradientDescent(0.01), 300).weights[-1]
    assert ends == pytest.approx(starts[:, 2:])
    assert TROUGH.neuron.predictions(ends)[:, 0] == pytest.approx(np.full(4, 6.0))
    assert len({tuple(np.round(end, 6)) for end in ends}) == 4
    assert window.holds(starts[:, :2]).all()
    assert surface.starts_told(TROUGH, frame)["prediction"].tolist() == ["6"] * 4


def test_the_line_of_perfect_weights_is_perfect_and_at_a_right_angle_to_the_inputs():
    first, last = surface.perfect_line(TROUGH, surface.window(TROUGH)).to_numpy()
    assert TROUGH.slice.loss(np.array([first, last])) == pytest.approx([0, 0], abs=1e-20)
    assert (last - first) @ [3, 4] == pytest.approx(0)


def test_a_second_sample_makes_a_bowl_with_the_condition_number_worked_by_hand():
    # X'X = [[25, 24], [24, 25]], whose eigenvalues are 49 and 1; two samples, so the curvature is X'X.
    shape = surface.shape(BOWL)
    assert (shape.largest, shape.smallest) == pytest.approx((49, 1))
    assert shape.condition == pytest.approx(49)
    assert shape.steepest == pytest.approx((math.sqrt(0.5), math.sqrt(0.5)))
    # 3a + 4b = 6 and 4a + 3b = 1.
    assert surface.perfect(BOWL, np.array([[1.0, 2.0]])) == pytest.approx(np.array([[-2, 3]]))
    assert not surface.trough(BOWL)
    assert surface.perfect_line(BOWL, surface.window(BOWL)).empty
    said = words.ground(BOWL)
    assert "2 / 49 = 0.0408163" in said
    assert "2 / (largest + smallest) = 0.04" in said


@pytest.mark.parametrize(("rate", "grows"), [(0.0407, False), (0.0409, True)])
def test_the_critical_rate_of_a_bowl_is_one_over_half_the_largest_curvature(rate: float, grows: bool):
    run = descend(BOWL.slice, BOWL.start, GradientDescent(rate), 2000)
    assert (run.loss[-1] > run.loss[0]) == grows
    ruler = rates.ruler(surface.marks(surface.shape(BOWL)), rates.alone(rate), linear=True)
    assert ruler["says"].iloc[-1].endswith("explodes" if grows else "zig-zags in")


def test_the_curvature_is_how_fast_the_slopes_change():
    nudge = 1e-6
    slopes = [
        (BOWL.slice.slopes(np.array(BOWL.start) + step) - BOWL.slice.slopes(np.array(BOWL.start) - step)) / (2 * nudge)
        for step in nudge * np.eye(2)
    ]
    assert np.array(slopes) == pytest.approx(BOWL.curvature, rel=1e-6)
    assert BOWL.slice.curvature == pytest.approx(BOWL.curvature)


def test_parallel_samples_are_still_a_trough_and_inputs_of_0_are_flat():
    parallel = surface.ground(TWO, ([6, 8], 1.0), (0, 1))
    assert surface.trough(parallel)
    assert not surface.lone(parallel), "they ask for different predictions: no weights are perfect"
    assert surface.starts(parallel, surface.window(parallel)).empty
    assert "Still a trough" in words.ground(parallel)
    flat = surface.ground(TWO._replace(problem=Neuron([0, 0], 6)), None, (0, 1))
    assert "Flat" in words.ground(flat)
    assert surface.bands(flat, surface.window(flat)).empty


def test_samples_at_a_right_angle_but_of_very_different_size_are_as_good_as_flat_throughout():
    ground = surface.ground(TWO._replace(problem=Neuron([1000, 0], 6)), ([0, 1e-3], 1.0), (0, 1))
    assert surface.trough(ground)
    assert "as good as flat" in words.ground(ground)
    assert surface.perfect(ground, np.array([[1.0, 2.0]])) == pytest.approx(np.array([[0.006, 2.0]]))


@pytest.mark.parametrize("inputs", [(3.0, 4.0), (1.0, 1.0), (2.0, -2.0), (0.0, 5.0), (0.0, 0.0)])
def test_the_suggested_second_sample_makes_a_bowl(inputs: tuple[float, float]):
    setup = TWO._replace(problem=Neuron(inputs, 6))
    ground = surface.ground(setup, surface.another(setup, (0, 1)), (0, 1))
    assert not surface.trough(ground) or not any(inputs)
    if any(inputs):  # the start is off both main directions, so that a path bends
        away = surface.perfect(ground, np.array([ground.start]))[0] - ground.start
        along = away @ np.array(surface.shape(ground).steepest)
        assert 0.1 < abs(along) / np.hypot(*away) < 0.995


def test_the_outlines_of_a_band_are_where_the_loss_has_its_levels():
    window = surface.window(BOWL)
    bands = surface.bands(BOWL, window)
    inside = bands[window.holds(bands[["across", "up"]].to_numpy(), 0.99 * surface.WIDE)]
    inside = inside[(inside["up"] - window.up).abs() < 0.99 * window.reach]
    top = BOWL.slice.loss(
        np.array([[window.across - surface.WIDE * window.reach, window.up - window.reach],
                  [window.across + surface.WIDE * window.reach, window.up + window.reach]])
    ).max()  # fmt: skip
    for band in range(2, surface.BANDS):
        outline = inside[inside["band"] == band][["across", "up"]].to_numpy()
        heights = np.sqrt(BOWL.slice.loss(outline) / top) * surface.BANDS
        near = np.minimum(np.abs(heights - band), np.abs(heights - band - 1))
        assert len(near)
        assert near.max() < 0.2, band


def test_what_leaves_the_picture_is_told_and_can_be_followed():
    listed = [compare.yours(TWO), *runs.read("0.05, 1e40", 20)]
    window = surface.window(TROUGH)
    histories = surface.histories(TROUGH, listed, 20)
    gone = surface.leaves(window, histories)
    assert [run for run, _ in gone] == [1, 2]
    assert gone[1] == (2, 1)
    assert "run 2 from update 1 on" in words.leaves(gone)
    paths = surface.paths(histories)
    wide = surface.window(TROUGH, paths)
    held = paths[paths["run"] == 1][["across", "up"]].to_numpy()
    assert wide.holds(held).all()
    assert not np.isinf(paths.to_numpy()).any()
    ends = surface.ends(TROUGH, listed, histories)
    assert ends["mse"].tolist()[2] == "too large"


def test_only_the_chosen_weights_move():
    setup = Setup(Neuron([1, 2, 3], 0), (0.0, 2.0, 1.0), GradientDescent(0.01), 20)
    ground = surface.ground(setup, ([1, 0, 1], 2.0), (2, 0))
    assert ground.start == (1.0, 0.0)
    assert ground.slice.whole(ground.start).tolist() == [0, 2, 1]
    # Errors 7 and -1; mean of 2 * error * input: 7 * 3 - 1 * 1, and 7 * 1 - 1 * 1.
    assert ground.slice.slopes(np.array(ground.start)).tolist() == [20, 6]
    assert surface.names(ground) == ("Weight 3", "Weight 1")


@given(
    st.lists(st.sampled_from([0.0, 1.0, -2.5, 1e-8, 1e8, 1e50, -1e-50]), min_size=4, max_size=4),
    st.lists(st.sampled_from([0.0, 1.0, -3.0, 1e50]), min_size=2, max_size=2),
    st.booleans(),
    st.booleans(),
    st.sampled_from(sorted(ACTIVATIONS)),
)
def test_any_ground_is_drawn_and_told_without_nan_or_inf(
    inputs: list[float], weights: list[float], two: bool, follow: bool, activation: str
):
    setup = Setup(Neuron(inputs[:2], 0.5, activation), (weights[0], weights[1]), GradientDescent(0.01), 5)
    ground = surface.ground(setup, (inputs[2:], 1.0) if two else None, (0, 1))
    listed = [compare.yours(setup), *runs.read("1e50, adam 0.1", 5)]
    histories = surface.histories(ground, listed, 5)
    paths = surface.paths(histories)
    window = surface.window(ground, paths if follow else None)
    assert all(math.isfinite(end) for end in window)
    assert window.reach > 0
    drawn = surface.drawn(paths, window)[["x", "y"]].dropna().to_numpy() - [window.across, window.up]
    assert (np.abs(drawn) <= 1.01 * surface.OUT * window.reach).all()
    assert not np.isinf(surface.bands(ground, window).to_numpy()).any()
    for frame in (surface.perfect_line(ground, window), surface.starts(ground, window)):
        assert np.isfinite(frame.to_numpy()).all()
    marks, linear = surface.marks(surface.shape(ground)), ground.neuron.linear
    said = [
        words.ground(ground),
        surface.ends(ground, listed, histories).to_string(),
        words.leaves(surface.leaves(window, histories)),
        words.surface_ruler(rates.ruler(marks, rates.alone(0.01), linear=linear), surface.shape(ground), linear=linear),
        words.surface_picture(ground, paths),
        words.other_ground(setup, ground),
    ]
    assert not NOT_A_NUMBER.search(" ".join(said))


def test_the_page_shows_a_trough_and_with_one_click_a_bowl():
    app = visit("surface.py", inputs="3 4", weights="1 2", target="6")
    assert "**A trough, not a bowl.**" in app.info[0].value
    assert "(0.4, 1.2)" in app.info[0].value
    next(button for button in app.button if button.label == "Add a second sample").click().run()
    assert app.text_input(key="inputs2").value == "4 3"
    assert app.text_input(key="target2").value == "7.5"  # 4 + 6 = 10, less half the error of 5
    assert "condition number **49**" in app.info[0].value
    next(button for button in app.button if button.label == "Take it away").click().run()
    assert "**A trough, not a bowl.**" in app.info[0].value


def test_a_link_names_the_weights_the_second_sample_and_the_runs():
    link = {"across": "3", "up": "1", "inputs2": "1 0 1", "target2": "2", "runs": "adam 0.1", "follow": "true"}
    app = visit("surface.py", **link)
    assert not app.exception
    assert app.dataframe[-1].value.columns.tolist()[2:4] == ["weight 3", "weight 1"]
    assert app.dataframe[-1].value["name"].tolist() == ["yours", "adam 0.1"]
    for part in ("across=3", "up=1", "inputs2=1+0+1", "target2=2", "runs=adam+0.1", "follow=True"):
        assert part in app.code[0].value


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ({"inputs2": "1 2"}, "2 inputs do not fit 3 weights."),
        ({"inputs2": "1 2 <b>"}, "Entry 3 is not a number."),
        ({"inputs2": "1 2 3", "target2": "nan"}, "This is not a number."),
        ({"runs": "x"}, "The runs to compare cannot be read yet."),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(link: dict[str, str], says: str):
    app = visit("surface.py", **link)
    assert any(says in error for error in errors(app))
    assert not app.exception


@pytest.mark.parametrize(
    "link", [{"across": "9", "up": "x"}, {"across": "2", "up": "2"}, {"follow": "maybe"}, {"up": "nan"}]
)
def test_a_mangled_link_shows_the_usual_weights(link: dict[str, str]):
    app = visit("surface.py", **link)
    assert not app.exception
    assert (app.selectbox(key="across").value, app.selectbox(key="up").value) == (2, 3)


def test_one_weight_has_no_surface():
    app = visit("surface.py", inputs="2", weights="1")
    assert "One weight makes a curve" in shown(app)
    assert not app.exception
