"""A run to take home: a script and a notebook that need numpy alone, and check themselves."""

import ast
import importlib
import inspect
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gd_core.samples import Batches
from pages.shared import history_frame

CHECKED = (0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
NUDGE = 1e-12  # a run that a change in the 12th digit throws off is not checked there: rounding decides it
# Lines that every program has.
QUIETLY = 'np.seterr(all="ignore")  # a run that diverges outgrows a float; that is a result, no fault'
SAYS = 'print("mean squared error, first and last:", mse_hist[0], mse_hist[-1])'


class Program(NamedTuple):
    """A title and parts in order, each (heading, code); the first brings the imports."""

    title: str
    parts: list[tuple[str, str]]

    def script(self) -> str:
        """One file of Python."""
        said = f'"""{self.title}, as in the Gradient Descent Lab. Needs numpy alone."""'
        return "\n\n\n".join([said, *(code for _, code in self.parts)]) + "\n"

    def notebook(self) -> str:
        """A notebook with a cell for each part."""
        from nbformat import v4, writes  # slow to import, and only wanted here

        cells = [v4.new_markdown_cell(f"# {self.title}\n\nNeeds numpy alone.", id="title")]
        for number, (heading, code) in enumerate(self.parts, start=1):
            cells.append(v4.new_markdown_cell(f"## {heading}", id=f"heading-{number}"))
            cells.append(v4.new_code_cell(code, id=f"code-{number}"))
        return writes(v4.new_notebook(cells=cells))


def source(*things: Callable) -> str:
    """Functions and classes of `gd_core` as they run here, with all they use: imports first, then the simplest."""
    imports: dict[str, None] = {}
    found: dict[str, None] = {}

    def gather(module: str, name: str) -> None:
        """Add the statement of a module that makes a name, after those of what it uses."""
        text, statements = _statements(module)
        statement = statements[name]
        if isinstance(statement, ast.ImportFrom) and str(statement.module).startswith("gd_core"):
            gather(str(statement.module), name)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            imports[ast.unparse(statement)] = None
        else:
            used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} & statements.keys() - {name}
            for other in sorted(used):
                gather(module, other)
            first = min(part.lineno for part in (statement, *getattr(statement, "decorator_list", [])))
            found["\n".join(text.splitlines()[first - 1 : statement.end_lineno])] = None

    for thing in things:
        gather(thing.__module__, thing.__name__)
    return "\n".join(imports) + "\n\n\n" + "\n\n\n".join(found)


@cache
def _statements(module: str) -> tuple[str, dict[str, ast.stmt]]:
    """The source of a module, and by name the statement that makes it."""
    text = inspect.getsource(importlib.import_module(module))
    made: dict[str, ast.stmt] = {}
    for statement in ast.parse(text).body:
        match statement:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                made |= {name.asname or name.name: statement for name in names}
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                made[name] = statement
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                made[name] = statement
    return text, made


def rows(batches: Batches, targets: str) -> tuple[str, str]:
    """The samples that an update uses, as an index, and the lines that this needs before the loop, if any.

    `targets` is the name under which a script has those of all samples.
    """
    if batches.size >= len(batches.neuron.targets):
        return "slice(None)  # all samples", ""
    return (
        "batch(update)",
        f'''batch_size, seed = {batches.size}, {batches.seed}


def batch(update):
    """The samples that an update uses: they are shuffled at the start of every epoch."""
    epoch, place = divmod(update, -(-len({targets}) // batch_size))
    order = np.random.RandomState([seed, epoch]).permutation(len({targets}))
    return order[place * batch_size : (place + 1) * batch_size]


''',
    )


def nudged(numbers: ArrayLike) -> np.ndarray:
    """Numbers with another 12th digit: up and down in turn, so that a sum that cancels does not stay cancelled."""
    places = np.indices(np.shape(numbers)).sum(axis=0)
    return np.asarray(numbers) * (1 + NUDGE * (-1.0) ** places)


def checks(history: pd.DataFrame, near: pd.DataFrame) -> str:
    """Asserts that a script's `mse_hist` and `weights_hist`, a row an update, are those of the lab's `history`.

    `near` is the same run, or the beginning of it, from `nudged` numbers: where the two differ rounding decides, and
    nothing is checked.
    """
    shown, other = (np.column_stack([table["mse"], history_frame.weights(table)]) for table in (history, near))
    shown = shown[: len(other)]
    with np.errstate(all="ignore"):
        off, size = np.abs(other - shown), np.abs(shown[:, 1:]).max(axis=1)
        sure = off[:, 0] <= 1e-8 * shown[:, 0] + 1e-11 * shown[0, 0]
        sure &= off[:, 1:].max(axis=1) <= 1e-8 * size + 1e-300
    rows = "".join(
        f"    ({update}, {shown[update, 0]}, {shown[update, 1:].tolist()}),\n"
        for update in sorted({*CHECKED, len(shown) - 1})
        if update < len(shown) and sure[update]
    )
    return f"""# update, mean squared error, weights
shown = [
{rows}]
for update, mse, weights in shown:
    assert np.isclose(mse_hist[update], mse, rtol=1e-6, atol=1e-9 * mse_hist[0])
    assert np.allclose(weights_hist[update], weights, rtol=1e-6, atol=1e-6 * np.abs(weights).max())
print("as in the lab:", len(shown), "updates checked")"""
