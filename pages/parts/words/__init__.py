"""What happened, in words that are true of these numbers. Knows no screen."""

from pages.parts.words.compare import compared, overlay, sections, sweep, table, unforked
from pages.parts.words.practice import drill, task
from pages.parts.words.run import DOES, chart, drawn, glance, landmarks, runs_away, seen, verdict, would_be
from pages.parts.words.slope import (
    activation_picture,
    neuron_picture,
    nudge_says,
    slope_formula,
    slope_says,
    where_the_2_comes_from,
)
from pages.parts.words.surface import ground, leaves, other_ground, surface_picture, surface_ruler
from pages.parts.words.update import rate_picture, step_picture, update_says, weight_moves
from pages.parts.words.your_data import best_weights, data_verdict, fit_picture, switches, switches_table

__all__ = [
    "DOES",
    "activation_picture",
    "best_weights",
    "chart",
    "compared",
    "data_verdict",
    "drawn",
    "drill",
    "fit_picture",
    "glance",
    "ground",
    "landmarks",
    "leaves",
    "neuron_picture",
    "nudge_says",
    "other_ground",
    "overlay",
    "rate_picture",
    "runs_away",
    "sections",
    "seen",
    "slope_formula",
    "slope_says",
    "step_picture",
    "surface_picture",
    "surface_ruler",
    "sweep",
    "switches",
    "switches_table",
    "table",
    "task",
    "unforked",
    "update_says",
    "verdict",
    "weight_moves",
    "where_the_2_comes_from",
    "would_be",
]
