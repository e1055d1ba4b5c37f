"""What is taken home has the real source of what ran, whatever it is."""

from pathlib import Path

import numpy as np
import pytest

from gd_core.activations import ACTIVATIONS
from gd_core.optimisers import OPTIMISERS
from gd_core.schedules import SCHEDULES, Scheduled
from pages.shared import export
from tests.helpers.programs import printed

SLOPES = [[3.0, -1.0], [2.0, 0.5], [-1.0, 0.25]]
STEPS = f"""

memory = []
for slopes in {SLOPES}:
    change, *memory = optimiser.step(np.array(slopes), *memory)
    print(change.tolist())
"""


def changes(optimiser) -> list:
    """What an optimiser makes of the slopes."""
    memory: list = []
    found = []
    for slopes in SLOPES:
        change, *memory = optimiser.step(np.array(slopes), *memory)
        found.append(change.tolist())
    return found


def test_every_optimiser_and_schedule_makes_the_same_steps_from_its_source_alone(tmp_path: Path):
    optimisers = [kind(0.1) for kind in OPTIMISERS.values()]
    optimisers += [Scheduled(OPTIMISERS["Adam"](0.1), kind()) for kind in SCHEDULES.values()]
    programs = []
    for optimiser in optimisers:
        kinds = [type(optimiser)]
        if isinstance(optimiser, Scheduled):
            kinds += [type(optimiser.optimiser), type(optimiser.schedule)]
        programs.append(f"import numpy as np\n{export.source(*kinds)}\n\n\noptimiser = {optimiser}{STEPS}")
    for optimiser, said in zip(optimisers, printed(programs, tmp_path), strict=True):
        assert said == "".join(f"{change}\n" for change in changes(optimiser)), said


def test_every_activation_has_the_same_values_from_its_source_alone(tmp_path: Path):
    sums = np.linspace(-3, 3, 7)
    programs = [
        f"import numpy as np\n{export.source(entry.value, entry.slope)}\n"
        f"sums = np.array({sums.tolist()})\n"
        f"print({entry.value.__name__}(sums).tolist(), {entry.slope.__name__}(sums).tolist())"
        for entry in ACTIVATIONS.values()
    ]
    for entry, said in zip(ACTIVATIONS.values(), printed(programs, tmp_path), strict=True):
        assert said == f"{entry.value(sums).tolist()} {entry.slope(sums).tolist()}\n"


@pytest.mark.parametrize("kind", OPTIMISERS.values())
def test_the_source_has_no_other_optimiser(kind: type):
    code = export.source(kind)
    for other in {*OPTIMISERS.values()} - {kind}:
        assert f"class {other.__name__}(" not in code
