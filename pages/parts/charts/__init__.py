"""Altair charts, each built once as a constant spec over named datasets.

Where the spec stays the same, new data slide into the picture, and its scrub bars stay where the
learner left them.
"""

from pages.parts.charts import drill, fit, guess, history, neuron, nudge, overlay, rate, ruler, step, surface

__all__ = ["drill", "fit", "guess", "history", "neuron", "nudge", "overlay", "rate", "ruler", "step", "surface", "warm"]


def warm() -> None:
    """Build every spec once, those of the lesson's neurons too, before the first visitor asks for it."""
    for inputs in (2, 3):
        history.panels(inputs)
    for several in (True, False):
        drill.panel(several=several)
    for spec in (
        history.error_alone,
        rate.panels,
        overlay.panels,
        overlay.sweep_panel,
        neuron.picture,
        neuron.curve,
        nudge.panels,
        step.panel,
        guess.line,
    ):
        spec()
