"""The numbers, the sentences and the steps of the page Network, without a screen."""

import numpy as np
import pytest

from gd_core.descent import descend
from gd_core.network import Network
from gd_core.optimisers import Adam, GradientDescent
from gd_core.regimes import Regime
from gd_core.samples import SAMPLES
from pages.network import layout, model, text, walk
from pages.network.fields import CASES, hidden, start, suits
from pages.network.model import SETS
from pages.shared.verdict import CANNOT_MOVE, GROWS, TOO_SLOW
from tests.helpers.networks import BY_HAND, by_hand, outcome
from tests.helpers.setups import setup

SHAPES = [
    (inputs, layers, outputs) for inputs in (1, 4) for layers in ((), (1,), (6,), (6, 6, 6)) for outputs in (1, 3)
]


def of_shape(inputs: int, layers: tuple[int, ...], outputs: int) -> Network:
    random = np.random.RandomState(0)
    return Network(random.normal(size=(5, inputs)), random.normal(size=(5, outputs)), layers, "tanh", "sigmoid")


def numbers(texts: str) -> list[float]:
    return [float(one) for one in texts.split()]


def test_the_picture_has_the_numbers_worked_by_hand():
    first = model.history(by_hand(), 0).to_pylist()[0]
    assert numbers(first["weights"]) == BY_HAND["weights"]
    assert numbers(first["slopes"]) == BY_HAND["slopes"]
    assert numbers(first["values"]) == [1, 2, 1, 1, 5]
    assert numbers(first["value_slopes"]) == numbers(first["node_slopes"]) == [16, 24, 8]
    assert first["mse"] == 16


def test_the_steps_have_the_numbers_worked_by_hand_from_forward_to_the_update():
    stops = [*walk.steps(by_hand(), 1, 0)]
    assert len(stops) == walk.count(by_hand().network) == 3 + 1 + 3 + 2
    for stop, parts in zip(
        stops,
        [
            ["1 × 1 + 0 × 2 = **1**", "ReLU(1) = **1**"],
            ["(−1) × 1 + 1 × 2 = **1**", "ReLU(1) = **1**"],
            ["2 × 1 + 3 × 1 = **5**", "identity(5) = **5**"],
            ["(5 − 1)² = **16**"],
            ["2 × (5 − 1) = **8**", "8 × 1 = **8**", "**8**, **8**"],
            ["2 × 8 = **16**", "16 × 1 = **16**", "**16**, **32**"],
            ["3 × 8 = **24**", "24 × 1 = **24**", "**24**, **48**"],
            ["(16) / 1 = **16**"],
            ["1 − 0.01 × 16 = **0.84**"],
        ],
        strict=True,
    ):
        assert all(part in str(stop) for part in parts), stop


def test_the_numpy_of_the_steps_gives_their_numbers():
    names: dict[str, object] = {"np": np, "relu": lambda sums: np.maximum(sums, 0), "relu_slope": lambda sums: sums > 0}
    names |= {"identity": lambda sums: sums, "identity_slope": np.ones_like, "targets": np.array([1.0])}
    names |= {
        "values_0": np.array([1.0, 2.0]),
        "weights_1": np.array([[1, 0], [-1, 1]]),
        "weights_2": np.array([[2, 3]]),
    }
    names |= {"sums_1": np.array([1.0, 1.0]), "sums_2": np.array([5.0])}
    names |= {name: np.zeros(2) for name in ("values_1", "node_slopes_1")}
    names |= {name: np.zeros(1) for name in ("values_2", "node_slopes_2")}
    for stop in [*walk.steps(by_hand(), 1, 0)][:7]:
        exec(stop.code, names)  # noqa: S102
    assert names["values_2"] == [5]
    assert names["loss"] == 16
    assert list(names["node_slopes_1"]) == [16, 24]  # type: ignore[call-overload]


def test_the_tables_have_the_numbers_worked_by_hand():
    places, nodes = model.place_table(by_hand(), 1), model.node_table(by_hand(), 1, 0)
    assert places["slope"].tolist() == BY_HAND["slopes"]
    assert places["rise over run"].tolist() == pytest.approx(BY_HAND["slopes"])
    assert places["after"].tolist() == pytest.approx([0.84, -0.32, -1.24, 0.52, 1.92, 2.92])
    assert places.index[4] == "layer 2, node 1, weight 1"
    assert nodes.T["layer 1, node 2"].tolist() == [1, 1, 1, 24, 24]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_the_factors_in_the_picture_multiply_to_the_slopes_of_the_core(shape: tuple):
    network = of_shape(*shape)
    run = outcome(network, optimiser=GradientDescent(0.1), updates=3)
    places, terms = layout.places(network), layout.terms(network)
    mean = np.zeros(len(places))
    for sample in range(5):
        last = model.history(run, sample).to_pylist()[-1]
        weights, values, node_slopes = (np.array(numbers(last[name])) for name in ("weights", "values", "node_slopes"))
        feeds = np.where(places["source"] < 0, 1, values[places["source"].astype(int)])
        mean += node_slopes[places["unit"].astype(int)] * feeds / 5
        back = np.zeros(len(node_slopes))
        np.add.at(
            back,
            terms["unit"].astype(int),
            weights[terms["place"].astype(int)] * node_slopes[terms["behind"].astype(int)],
        )
        hidden_units = sum(network.hidden)
        assert back[:hidden_units] == pytest.approx(
            np.array(numbers(last["value_slopes"]))[:hidden_units], rel=1e-4, abs=1e-6
        )
    assert mean == pytest.approx(numbers(last["slopes"]), rel=1e-3, abs=1e-7)
    assert mean == pytest.approx(run.history.slopes[-1], rel=1e-3, abs=1e-7)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_no_two_numbers_of_edges_and_no_two_nodes_lie_on_each_other(shape: tuple):
    network = of_shape(*shape)
    for _, layer in layout.nodes(network).groupby("layer"):
        assert (np.diff(layer["y"]) * layout.TALL > 24).all()
    edges = layout.places(network).query("source >= 0")
    for _, gap in edges.groupby("layer"):
        shown = [gap] if not gap["crowded"].any() else [of_node for _, of_node in gap.groupby("node")]
        for numbers_shown in shown:
            assert (np.diff(np.sort(numbers_shown["at_y"])) * layout.TALL >= layout.LABEL - 1e-9).all()


def test_a_table_is_standardised_without_the_columns_that_count_and_the_rows_that_lack_a_cell():
    found = model.of_table("id,a,b,c,d,e,price\n1,1,5,0,7,1,10\n2,2,5,1,8,9,20\n3,3,5,5,9,4,30\n4,,5,1,1,1,90")
    assert found.shape == (3, model.MOST_COLUMNS + 1)
    assert found[:, 0].tolist() == found[:, -1].tolist() == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])
    assert found[:, 1].tolist() == [0, 0, 0]  # constant
    assert model.of_table("x,y\n1,0\n3,1\n5,1")[:, 1].tolist() == [0, 1, 1]


@pytest.mark.parametrize("typed", ["", "x,y\n1,a\n2,b", "x,y\n,1\n2,", "1 2 3\n4 5", "x" * 5000])
def test_a_table_that_cannot_be_used_is_refused_with_a_sentence(typed: str):
    with pytest.raises(ValueError, match=r"\.$"):
        model.of_table(typed)


def test_a_typed_start_has_a_number_for_each_weight_and_bias():
    assert start(3, "1, -2 3/4") == (1, -2, 0.75)
    assert len(start(133, ", ".join(["-0.12345678901234567"] * 133))) == 133
    for typed in ("1, 2", "1 2 3 4", "", "a b c"):
        with pytest.raises(ValueError, match=r"Type 3 numbers"):
            start(3, typed)


def test_the_largest_network_sends_less_than_a_megabyte():
    random = np.random.RandomState(0)
    network = Network(random.normal(size=(200, 4)), random.uniform(size=(200, 3)), (6, 6, 6), "tanh", "sigmoid")
    sets = model.datasets(outcome(network), 0)
    assert sum(table.nbytes for table in sets.values()) < 5e5
    assert model.STOPS / 2 < len(sets["history"]) < model.STOPS


def test_a_usual_network_has_all_its_stops():
    assert len(model.history(outcome(), 0)) == model.STOPS + 1


def test_a_round_number_of_updates_is_the_last_place_on_the_bar():
    run = outcome(of_shape(2, (6, 6, 6), 1))
    places, updates, stride = model.stops(run)
    assert stride > 2
    assert places[-1] == updates[-1] == run.finite


def test_the_surface_shows_the_side_of_every_corner_of_xor():
    run = outcome()
    letters = model.history(run, 0)["predictions"][-1].as_py()
    surface, middle = model.prediction_surface(run.network), len(model.LEVELS) / 2
    assert surface
    points = surface.points
    for (across, up), target in zip(run.network.inputs, run.network.targets[:, 0], strict=True):
        nearest = int(np.argmin(np.hypot(points[:, 0] - across, points[:, 1] - up)))
        assert (model.LEVELS.index(letters[nearest]) > middle) == target


def test_more_inputs_than_two_have_no_surface():
    assert model.prediction_surface(of_shape(4, (1,), 1)) is None
    assert "over" not in model.datasets(outcome(of_shape(4, (1,), 1)), 0)


def test_made_up_samples_are_as_many_and_as_noisy_as_asked_and_three_outputs_know_their_corners():
    inputs, targets = model.logic(200, 0.1)
    corners = np.round(inputs)
    assert inputs.shape == (200, 2)
    assert inputs.std(axis=0) == pytest.approx(np.hypot(0.5, 0.1), rel=0.1)
    assert targets[4:8].tolist() == targets[:4].tolist() == [[0, 0, 0], [1, 0, 1], [1, 0, 1], [0, 1, 1]]
    assert (targets[:, 2] == corners.max(axis=1)).mean() > 0.99


def case(label: str):
    """The run that a button of the page makes."""
    found = CASES[label]
    network = Network(
        *SAMPLES["XOR"](), hidden(found["hidden"]), found["hidden_activation"], found["output_activation"]
    )
    size, seed = float(found["start_size"]), int(found["start_seed"])
    start = np.full(len(network.places), size) if found["alike"] else size * network.start(seed)
    return outcome(network, start, GradientDescent(float(found["rate"])), int(found["updates"]))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("A start on a plateau", text.FLAT),
        ("Slopes that vanish", text.VANISHES),
        ("Slopes that explode", text.EXPLODES),
        ("Dead ReLUs", text.DEAD),
        ("Start too large", text.SATURATED),
        ("All weights alike", text.ALIKE),
    ],
)
def test_every_button_makes_what_it_names_and_the_text_recognises_it(label: str, name: str):
    run = case(label)
    assert name in text.why(run)
    assert text.kind(run) != Regime.CONVERGES


@pytest.mark.parametrize("data", [*SETS])
def test_every_data_set_is_learnt_with_what_suits_it_and_nothing_is_wrong(data: str):
    make, own = SETS[data]
    made = make(int(own.network_samples), float(own.network_noise))
    network = Network(*made, hidden(own.hidden), own.hidden_activation, own.output_activation)
    run = outcome(network, None, GradientDescent(float(own.rate)), int(own.updates))
    assert text.kind(run) == Regime.CONVERGES
    assert text.why(run) == {}
    assert suits(data)["rate"] == own.rate


def test_a_rate_far_too_large_grows_beyond_a_float_and_ends_where_it_still_fits():
    network = Network(*SAMPLES["Sine"](), (4,), "identity", "identity")
    run = outcome(network, None, GradientDescent(100), 200)
    assert text.kind(run) == GROWS
    assert 0 < run.finite < 200
    assert np.isfinite(model.history(run, 0)["mse"]).all()


def test_no_slope_no_move_and_few_updates_are_not_enough():
    dead = Network([1.0], [1.0], (1,), "ReLU", "identity", biases=False)
    assert text.kind(outcome(dead, [-1, 1], updates=5)) == CANNOT_MOVE
    assert text.kind(outcome(dead, [0.5, 0.5], GradientDescent(0.01), updates=10)) == TOO_SLOW


def test_one_node_without_a_bias_and_one_sample_is_the_neuron_to_the_last_digit():
    of_sidebar = setup()
    network = Network(of_sidebar.problem.inputs, of_sidebar.problem.targets, (), "tanh", "identity", biases=False)
    assert model.is_neuron(network)
    made = outcome(network, of_sidebar.weights, of_sidebar.optimiser, 20)
    assert text.neuron(made, "identity")
    assert not text.neuron(made, "tanh")
    run, neuron = made.history, descend(*of_sidebar)
    assert (run.weights == neuron.weights).all()
    assert (run.slopes == neuron.slopes).all()
    assert (run.loss == neuron.loss).all()
    assert not model.is_neuron(Network([1, 2, 3], [0], (), biases=True))


def test_a_mini_batch_has_its_own_slopes_in_the_table_and_in_the_steps():
    run = outcome(optimiser=Adam(0.1), updates=4, batch=(2, 5))
    table = model.place_table(run, 3)
    batch = run.batches.at(2)
    assert table["slope of the batch"].tolist() == batch.slopes(run.history.weights[2]).tolist()
    *_, mean, change = walk.steps(run, 3, 0)
    assert "2 samples" in mean.title
    assert "Adam" in str(change)
    assert "learning rate" not in str(change)


def test_the_sizes_of_the_slopes_are_those_of_the_core():
    run = outcome(updates=10)
    sizes = [row["size"] for row in model.sizes(run).to_pylist() if row["update"] == 10]
    assert sizes == pytest.approx([np.sqrt(np.mean(layer.node_slopes**2)) for layer in run.layers(10)])


@pytest.mark.parametrize(
    ("typed", "layers"), [("3", (3,)), ("4, 4", (4, 4)), ("", ()), ("0", ()), (" 1 2 3 ", (1, 2, 3))]
)
def test_hidden_layers_are_read(typed: str, layers: tuple[int, ...]):
    assert hidden(typed) == layers


@pytest.mark.parametrize("typed", ["7", "1,1,1,1", "2.5", "-1", "3, 0", "<b>", "none", "1e50", "nan"])
def test_other_hidden_layers_are_refused_with_a_sentence(typed: str):
    with pytest.raises(ValueError, match=r"\.$"):
        hidden(typed)
