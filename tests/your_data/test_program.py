"""The script and the notebook run on their own, with numpy alone, and agree with the page."""

import inspect
import re
from pathlib import Path

import nbformat
import pytest

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import OPTIMISERS
from pages.your_data import program
from pages.your_data.datasets import DATASETS
from tests.helpers.programs import printed
from tests.helpers.samples import NAMES, chance, dataset, outcome, typed


def checked(said: str) -> int:
    """How many updates a program has checked."""
    found = re.search(r"as in the lab: (\d+) updates checked", said)
    assert found, said
    return int(found[1])


def test_the_script_of_every_activation_and_optimiser_passes_its_own_asserts(tmp_path: Path):
    samples = typed(chance(NAMES, 12))
    runs = [
        outcome(samples, 0.05, 60, activation, optimiser, size, start=0.1)
        for activation in ACTIVATIONS
        for optimiser in OPTIMISERS
        for size in (5, 99)
    ]
    for run, said in zip(runs, printed([program.program(run).script() for run in runs], tmp_path), strict=True):
        assert checked(said) >= 6, f"{run.optimiser} {run.batches.neuron.activation} {run.batches.size}: {said}"


def test_the_script_of_every_data_set_passes_its_own_asserts(tmp_path: Path):
    runs = [
        outcome(dataset(name, standardise=standardise), rate, 300)
        for name in DATASETS
        for rate, standardise in ((1e-9, False), (0.4, True), (3.0, False), (1e40, True))
    ]
    for said in printed([program.program(run).script() for run in runs], tmp_path):
        assert checked(said) >= 1
        assert "least mean squared error" in said


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_script_has_the_source_of_what_ran_and_of_no_other_optimiser(optimiser: str):
    code = program.program(outcome(dataset("Nebulae"), activation="sigmoid", optimiser=optimiser)).script()
    for thing in (OPTIMISERS[optimiser], ACTIVATIONS["sigmoid"].value, ACTIVATIONS["sigmoid"].slope):
        assert inspect.getsource(thing).strip() in code
    for other in {*OPTIMISERS} - {optimiser}:
        assert f"class {OPTIMISERS[other].__name__}(" not in code


def test_a_script_whose_data_are_tampered_with_fails(tmp_path: Path):
    code = program.program(outcome(dataset("Nebulae"))).script()
    assert "[0.275]" in code
    (said,) = printed([code.replace("[0.275]", "[0.276]", 1)], tmp_path)
    assert "AssertionError" in said


def test_the_notebooks_are_valid_and_their_cells_run_in_order(tmp_path: Path):
    samples, codes = typed(chance(NAMES, 12)), []
    for optimiser in OPTIMISERS:
        run = outcome(samples, 0.05, 20, "tanh", optimiser, 5)
        notebook = nbformat.reads(program.program(run).notebook(), as_version=4)
        nbformat.validate(notebook)
        cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert all(cell in program.program(run).script() for cell in cells)
        codes.append("\n".join(cells))
    for said in printed(codes, tmp_path):
        assert checked(said) >= 6
