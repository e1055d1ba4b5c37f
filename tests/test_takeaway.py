"""The script and the notebook run on their own, with numpy alone, and agree with the page."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from gd_core import ACTIVATIONS, GradientDescent, Neuron, descend
from pages.parts import takeaway
from pages.parts.setup import Setup

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
    return Setup(Neuron(inputs, target, activation), tuple(map(float, weights)), GradientDescent(rate), updates)


def run(code: str, folder: Path) -> str:
    """What a program prints, run in an empty folder where numpy is all it can find beside Python's own."""
    file = folder / "run.py"
    guard = "import sys\nassert not {'gd_core', 'pandas', 'streamlit', 'altair'} & sys.modules.keys()\n"
    file.write_text(code + "\n" + guard)
    done = subprocess.run([sys.executable, "-I", "-W", "error", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_script_of_every_neuron_passes_its_own_asserts(activation: str, tmp_path: Path):
    for number, neuron in enumerate(NEURONS):
        said = run(takeaway.script(made(activation, *neuron)), tmp_path)
        checked = re.search(r"as in the lab: (\d+) updates checked", said)
        assert checked, said
        assert int(checked[1]) >= 1, f"neuron {number}: {said}"


def test_the_script_prints_what_the_page_shows(tmp_path: Path):
    setup = made("identity", *NEURONS[0])
    loss = descend(*setup).loss
    first, last = re.findall(r"[\d.e-]+$|(?<=last: )[\d.e-]+", run(takeaway.script(setup), tmp_path).splitlines()[0])
    assert [float(first), float(last)] == pytest.approx([loss[0], loss[-1]], rel=1e-9)


def test_a_script_whose_numbers_are_tampered_with_fails(tmp_path: Path):
    code = takeaway.script(made("identity", *NEURONS[0])).replace("learning_rate = 0.01", "learning_rate = 0.011")
    with pytest.raises(AssertionError, match="AssertionError"):
        run(code, tmp_path)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_notebook_is_valid_and_its_cells_run_in_order(activation: str, tmp_path: Path):
    notebook = nbformat.reads(takeaway.notebook(made(activation, *NEURONS[2])), as_version=4)
    nbformat.validate(notebook)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "updates checked" in run(code, tmp_path)


def test_every_activation_has_its_numpy():
    assert takeaway.HELPERS.keys() == ACTIVATIONS.keys()


def test_the_same_run_makes_the_same_notebook():
    setup = made("tanh", *NEURONS[0])
    assert takeaway.notebook(setup) == takeaway.notebook(setup)
