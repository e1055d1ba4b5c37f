"""The program taken home works out forward, backward and update by itself, and agrees with the page."""

import csv
import re
from io import StringIO
from pathlib import Path

import nbformat
import numpy as np

from gd_core.activations import ACTIVATIONS
from gd_core.network import Network
from gd_core.optimisers import OPTIMISERS, GradientDescent
from gd_core.samples import sine, xor
from gd_core.schedules import Cosine, Scheduled
from pages.network import model, program
from pages.network.model import Outcome
from tests.helpers.networks import by_hand, outcome
from tests.helpers.programs import printed


def runs() -> list[Outcome]:
    networks = [Network(*model.logic(4, 0), (2, 3), one, "sigmoid", biases=one != "tanh") for one in ACTIVATIONS]
    return [
        outcome(),
        by_hand(5),
        *(outcome(network, updates=30) for network in networks),
        *(outcome(optimiser=one(0.05), updates=30, batch=(3, 7)) for one in OPTIMISERS.values()),
        outcome(
            Network(*sine(), (4,), "tanh", "identity"), None, Scheduled(GradientDescent(0.1), Cosine(50)), 60, (1, 2)
        ),
        outcome(Network(*xor(), (6, 6, 6), "identity", "identity"), np.ones(2 * 6 + 36 + 36 + 6 + 19), updates=40),
    ]


def test_every_program_passes_its_own_asserts(tmp_path: Path):
    made = runs()
    for run, said in zip(made, printed([program.program(run).script() for run in made], tmp_path), strict=True):
        checked = re.search(r"as in the lab: (\d+) updates checked", said)
        assert checked, f"{run.network}: {said}"
        assert int(checked[1]) >= 2


def test_a_program_whose_rate_is_tampered_with_fails(tmp_path: Path):
    code = program.program(outcome()).script().replace("learning_rate=3", "learning_rate=3.1")
    assert "AssertionError" in printed([code], tmp_path)[0]


def test_the_notebook_is_valid_and_its_cells_run_in_order(tmp_path: Path):
    notebook = nbformat.reads(program.program(outcome()).notebook(), as_version=4)
    nbformat.validate(notebook)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "updates checked" in printed([code], tmp_path)[0]


def test_the_table_has_every_update_at_full_precision():
    run = outcome(updates=20)
    rows = [*csv.DictReader(StringIO(model.history_csv(run)))]
    read = {name: [float(row[name]) for row in rows] for name in rows[0]}
    assert read["mse"] == run.history.loss.tolist()
    assert read["weight of layer 2, node 1, bias"] == run.history.weights[:, -1].tolist()
    assert read["slope of layer 1, node 1, weight 1"] == run.history.slopes[:, 0].tolist()
