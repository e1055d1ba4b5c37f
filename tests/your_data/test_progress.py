"""A long run, stopped and continued."""

import numpy as np

from gd_core.descent import descend, in_chunks
from gd_core.optimisers import GradientDescent
from pages.your_data import model, progress
from tests.helpers.samples import dataset


def test_stopping_and_going_on_loses_no_update_and_makes_none_twice():
    batches = model.problem(dataset("Nebulae"), "tanh", 5, 0)
    whole = descend(batches, [0, 0], GradientDescent(0.1), 40)
    settings = (batches, (0.0, 0.0), GradientDescent(0.1), 40)
    job = progress.Job(settings, in_chunks(*settings, 3))
    assert job.advance()
    job.stop()
    assert not job.advance()
    assert len(job.history().loss) == 3
    assert job.updates == 2
    job.stopped = False
    while job.advance():
        job.history()
    assert np.array_equal(job.history().weights, whole.weights)
    job.stop()
    assert not job.stopped, "there is nothing to stop any more"
