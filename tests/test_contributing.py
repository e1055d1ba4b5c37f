"""What CONTRIBUTING.md tells to write is enough: a lesson, an activation and an optimiser, one place each."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers.servers import ROOT

TRIED = """
import numpy as np
from gd_core.descent import descend
from gd_core.problems import Neuron
from gd_core.optimisers import OPTIMISERS
from tests.helpers.app import errors, verdicts, visit

app = visit("doubling", rate="0.025")
assert not app.exception and "0.025" not in verdicts(app)[0] and "2 × 0.05 × 14 = −0.4" in verdicts(app)[0]
assert "doubling" in [link.proto.page for link in visit("").get("page_link")]

link = {"activation": "softsign", "target": "0.5", "rate": "0.1"}
for folder in ("learning_rate", "slope", "one_update", "many_updates", "compare", "surface", "your_data", "network"):
    app = visit(folder, **link)
    assert not app.exception and not errors(app), folder
    assert app.selectbox(key="activation").value == "softsign"

app = visit("compare", runs="sign descent 0.1")
assert not app.exception and not errors(app)
assert any("sign(slopes)" in text.value for text in app.markdown)
app = visit("your_data", optimiser="Sign descent", rate="0.1")
assert not app.exception and not errors(app) and app.selectbox(key="optimiser").value == "Sign descent"

from pages.one_update import program
from tests.helpers.setups import setup
code = program.program(setup(activation="softsign", target=0.5, rate=0.1)).script()
assert "def softsign_slope(" in code
exec(compile(code, "taken home", "exec"), {})
run = descend(Neuron([1.0], 0.0), [1.0], OPTIMISERS["Sign descent"](0.25), 3)
assert run.weights[:, 0].tolist() == [1, 0.75, 0.5, 0.25]
print("all tried")
"""


def code_after(heading: str) -> list[str]:
    """The blocks of Python beneath a heading of CONTRIBUTING.md."""
    _, _, section = (ROOT / "CONTRIBUTING.md").read_text().partition(f"## {heading}\n")
    return re.findall(r"```python\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)


def test_a_lesson_an_activation_and_an_optimiser_are_added_in_one_place_each(tmp_path: Path):
    for folder in ("gd_core", "hosting", "pages", "tests/helpers", ".streamlit"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (page,) = code_after("Add a lesson")
    (line,) = re.findall(r"^    Lesson\(.*,$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    (tmp_path / "pages" / "doubling").mkdir()
    (tmp_path / "pages" / "doubling" / "page.py").write_text(page)
    lessons = tmp_path / "pages" / "lessons.py"
    lessons.write_text(lessons.read_text().replace("\n]\n", f"\n{line}\n]\n", 1))  # of LESSONS
    for file, heading in (("activations", "Add an activation"), ("optimisers", "Add an optimiser, or a schedule")):
        with (tmp_path / "gd_core" / f"{file}.py").open("a") as code:
            code.write(f"\n\n{code_after(heading)[0]}")
    done = subprocess.run(
        [sys.executable, "-c", TRIED], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.stdout.endswith("all tried\n"), done.stderr[-3000:]
