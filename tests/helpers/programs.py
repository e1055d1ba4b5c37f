"""Programs taken home, run as a learner would, many of them in one process."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# Each in names of its own, beside nothing but numpy and what Python brings.
RUNNER = """
import contextlib, io, json, runpy, sys, traceback
results = []
for file in sys.argv[1:]:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path(file)
    except BaseException:
        said.write(traceback.format_exc())
    results.append(said.getvalue())
assert not {'gd_core', 'pandas', 'streamlit', 'altair'} & sys.modules.keys()
print(json.dumps(results))
"""


def printed(programs: Sequence[str], folder: Path) -> list[str]:
    """What each program prints, and its traceback if it fails; warnings are errors."""
    files = []
    for number, code in enumerate(programs):
        file = folder / f"program_{number}.py"
        file.write_text(code)
        files.append(str(file))
    command = [sys.executable, "-I", "-W", "error", "-c", RUNNER, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
