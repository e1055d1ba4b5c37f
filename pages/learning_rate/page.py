"""The learning rate: one weight on the curve of its loss, and how far an update takes it."""

import streamlit as st

from pages.learning_rate import chart, model, text
from pages.learning_rate.predict import the_regime
from pages.shared import fields, parse, rate_ruler, ruler_chart, sidebar, tables
from pages.shared.setup import Setup

PICTURE = "rate_picture"


def page() -> None:
    """The ruler, the curve and the path on it: both the rate and the start can be dragged."""
    setup = sidebar.setup()
    answer = the_regime(setup)
    picture, numbers = st.columns([4, 3], gap="medium")
    with numbers:
        moving = fields.one_weight("Weight to change", "weight", setup.problem.inputs[0])

    linear, rows = setup.problem.linear, model.rows(setup, moving)
    rates, _ = model.rates(setup.rate, rows)
    power = model.nearest(rates, setup.rate)
    path = model.path(setup, moving, rates)
    updates = path.iloc[(path["power"] == power).to_numpy()]

    with picture:
        datasets = {
            "now": model.now(setup, moving, power, _asked(setup)),
            "curve": model.curve(setup, moving, _borders(setup, moving)),
            "path": path,
            "ruler": rate_ruler.places(rows, rates, linear=linear),
            "marks": rate_ruler.marks(rows, linear=linear),
            "guess": model.guess(answer, rows),
        }
        spec = chart.chart(f"Weight {moving + 1}", datasets)
        st.caption("Drag the marker on the ruler, or the ring on the curve.")
        st.vega_lite_chart(
            spec,
            key=PICTURE,
            alt=text.picture(setup, moving, rows),
            on_select=_take,
            selection_mode=[ruler_chart.DRAGGED, chart.DRAGGED],
            width="stretch",
        )
        st.caption("Each arrow is one update, green if the loss falls, orange if it rises. The tangent is the slope.")
    with numbers:
        st.info(text.moves(setup, moving))
        tables.show(model.table(updates), "path", f"Weight {moving + 1} alone, update by update", height="content")


def _asked(setup: Setup) -> int:
    """How often rate and start have changed in this session: what was dragged before the last time is answered."""
    before, asked = st.session_state.get("answered", (None, 0))
    now = (setup.rate, setup.weights)
    st.session_state.answered = now, asked + (now != before)
    return st.session_state.answered[1]


def _borders(setup: Setup, moving: int) -> tuple[float, float]:
    """The borders of the picture: they stay while only the start is dragged about between them."""
    neuron, weights = setup.problem, setup.weights
    others = weights[:moving], weights[moving + 1 :]
    about = neuron.inputs.tolist(), neuron.targets.tolist(), neuron.activation, others
    left, right = model.borders(setup, moving)
    before, kept = st.session_state.get("borders", (None, (left, right)))
    inside = kept[0] < weights[moving] < kept[1] and right - left > 0.1 * (kept[1] - kept[0])
    st.session_state.borders = about, kept if before == about and inside else (left, right)
    return st.session_state.borders[1]


def _take() -> None:
    """Take what was dragged to, the rate or the start."""
    (_, asked), (_, borders) = st.session_state.answered, st.session_state.borders
    for selected in st.session_state[PICTURE].selection.values():
        match selected:
            case [{"asked": answered, "rate": int() | float() as rate}] if answered == asked:
                sidebar.take_rate(parse.within(rate))
            case [{"asked": answered, "weight": int() | float() as weight}] if answered == asked:
                sidebar.take_weight(st.session_state.weight, model.rounded(weight, borders))
