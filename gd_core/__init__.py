"""Gradient descent in plain numpy: problems, optimisers and what happened, update by update.

    from gd_core import GradientDescent, Neuron, descend

    history = descend(Neuron([1, 2, 3], 0), [0, 2, 1], GradientDescent(0.01), updates=20)
    history.loss[:2]  # array([49.    , 25.4016])

`problems` says what is minimised, `samples` does it for many samples, `optimisers` says how one update is made
and `schedules` what changes along the way; `descent` runs them together. `pace` says what a learning rate will do
before it is tried, and `lesson` holds the lesson's own three functions. `activations` are what a neuron may do with
the sum of its inputs. `formula` works out a typed line of numpy; `exercises`, of which `blanks` are the parts and
which `judge` judges, ask for them.
Nothing here knows about screens.
"""

from gd_core.activations import ACTIVATIONS
from gd_core.descent import History, arrive, descend, pieces
from gd_core.lesson import get_error, get_mse, get_slope
from gd_core.optimisers import OPTIMISERS, AdaGrad, Adam, GradientDescent, Momentum, Nesterov, Optimiser, RMSProp
from gd_core.pace import Pace, pace, updates_until
from gd_core.problems import Neuron, Problem, Slice
from gd_core.samples import Batches, Compact, Truth, truth
from gd_core.schedules import SCHEDULES, Schedule, Scheduled, Switched

__all__ = [
    "ACTIVATIONS",
    "OPTIMISERS",
    "SCHEDULES",
    "AdaGrad",
    "Adam",
    "Batches",
    "Compact",
    "GradientDescent",
    "History",
    "Momentum",
    "Nesterov",
    "Neuron",
    "Optimiser",
    "Pace",
    "Problem",
    "RMSProp",
    "Schedule",
    "Scheduled",
    "Slice",
    "Switched",
    "Truth",
    "arrive",
    "descend",
    "get_error",
    "get_mse",
    "get_slope",
    "pace",
    "pieces",
    "truth",
    "updates_until",
]
