"""The script and the notebook run on their own, with numpy alone, and agree with the page."""

import inspect
import re
from pathlib import Path

import nbformat
import pytest

from gd_core.activations import ACTIVATIONS
from gd_core.descent import descend
from pages.one_update import program
from pages.shared.setup import Setup
from tests.helpers.programs import printed
from tests.helpers.setups import setup

NEURONS = [
    ([1, 2, 3], [0, 2, 1], 0.0, 0.01, 20),
    ([3, 4], [1, 2], 6.0, 0.01, 20),
    ([0.5, -0.3], [1, 2], 0.4, 0.7, 300),
    ([1, 2, 3], [0, 2, 1], 0.0, 1 / 14, 3000),
    ([1, 2], [0.3, 0.1], 0.9, 40.0, 2000),
    ([1, 2, 3], [0, 2, 1], 0.0, 1000.0, 200),
    ([1e-8, 1e8], [0, 1e8], -1e8, 1e-17, 50),
    ([0], [0], 1.0, 1e50, 1),
    ([0.3, 0.7, 1], [-3, -3, 3], 5.0, 0.01, 20),
    ([1.0, 1e50, -1e8], [1e50, -1e-8, 1.0], 0.5, 1e8, 20),
    ([1.5] * 20, [-0.5] * 20, 3.0, 0.01, 100),
]


def made(activation: str, inputs, weights, target, rate, updates) -> Setup:
    return setup(inputs, weights, target, rate, updates, activation)


def test_the_script_of_every_neuron_passes_its_own_asserts(tmp_path: Path):
    setups = [made(activation, *neuron) for activation in ACTIVATIONS for neuron in NEURONS]
    for one, said in zip(setups, printed([program.program(one).script() for one in setups], tmp_path), strict=True):
        checked = re.search(r"as in the lab: (\d+) updates checked", said)
        assert checked, f"{one}: {said}"
        assert int(checked[1]) >= 1, f"{one}: {said}"


def test_the_script_prints_what_the_page_shows(tmp_path: Path):
    lesson = made("identity", *NEURONS[0])
    loss = descend(*lesson).loss
    (said,) = printed([program.program(lesson).script()], tmp_path)
    first, last = re.findall(r"[\d.e-]+$|(?<=last: )[\d.e-]+", said.splitlines()[0])
    assert [float(first), float(last)] == pytest.approx([loss[0], loss[-1]], rel=1e-9)


def test_a_script_whose_numbers_are_tampered_with_fails(tmp_path: Path):
    code = (
        program.program(made("identity", *NEURONS[0])).script().replace("learning_rate = 0.01", "learning_rate = 0.011")
    )
    (said,) = printed([code], tmp_path)
    assert "AssertionError" in said


def test_the_notebooks_are_valid_and_their_cells_run_in_order(tmp_path: Path):
    codes = []
    for activation in ACTIVATIONS:
        notebook = nbformat.reads(program.program(made(activation, *NEURONS[2])).notebook(), as_version=4)
        nbformat.validate(notebook)
        codes.append("\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code"))
    for said in printed(codes, tmp_path):
        assert "updates checked" in said


@pytest.mark.parametrize("activation", ["ReLU", "tanh", "sigmoid"])
def test_the_script_has_the_source_of_the_activation_that_ran_and_of_no_other(activation: str):
    code = program.program(made(activation, *NEURONS[0])).script()
    assert inspect.getsource(ACTIVATIONS[activation].value).strip() in code
    assert inspect.getsource(ACTIVATIONS[activation].slope).strip() in code
    for other in {"ReLU", "tanh", "sigmoid"} - {activation}:
        assert f"def {ACTIVATIONS[other].value.__name__}(" not in code


def test_the_same_run_makes_the_same_notebook():
    one = made("tanh", *NEURONS[0])
    assert program.program(one).notebook() == program.program(one).notebook()
