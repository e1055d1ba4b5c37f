"""Runs side by side: other learning rates, other optimisers, forks, and all learning rates at once."""

from functools import partial

import streamlit as st

from gd_core.optimisers import OPTIMISERS, TINY
from gd_core.schedules import SCHEDULES
from pages.compare import chart, editor, model, text
from pages.shared import boxes, downloads, dragging, fields, parse, rate_ruler, run_list, sidebar, tables, verdict
from pages.shared.folded import folded
from pages.shared.numbers import number

SWEEP = "sweep"


def page() -> None:
    """The runs over each other, which of them won, and all rates at once."""
    setup = run_list.capped(sidebar.setup())
    editor.examples(setup)
    listed = run_list.listed(setup)
    runs = [run_list.yours(setup), *listed]
    histories = model.histories(setup, runs)
    start = histories[0]["mse"].iloc[0]
    if start == 0:
        st.info(verdict.verdict(setup, histories[0]))
        st.stop()

    said = st.container()
    picture, change = st.columns([5, 3], gap="medium")
    with change:
        editor.change(setup, listed)
        if late := text.too_late(runs, setup.updates):
            st.caption(late)
        read = partial(parse.positive, why="A squared error cannot fall below 0.")
        target_loss = fields.ask(read, "Target loss", "0.01", key="below")
    with picture:
        curves, names = model.curves(histories), run_list.names(runs)
        limits = model.limits(curves["mse"], start)
        ends, forks = model.ends(curves, names, limits), model.forks(runs, histories)
        spec = chart.chart(curves, names, ends, forks, limits)
        st.vega_lite_chart(spec, key="runs_picture", alt=text.picture(histories), width="stretch")
    message = ""
    if target_loss:
        race = model.race(histories, target_loss)
        message = text.winner(race, histories, target_loss)
        with said:
            boxes.show(text.kind(race, len(runs)), message)
        results = text.table(setup, runs, histories, target_loss)
        tables.words(results, "results", "Each run, how soon it reaches the target loss and how far it comes")

    st.header("All learning rates at once")
    one_step, linear = rate_ruler.all_weights(setup).one_step_rate, setup.problem.linear
    swept, marks = model.sweep(setup, one_step), model.marks(one_step, linear=linear)
    now = model.now(setup, histories[0], dragging.asked(setup.rate))
    datasets = {"sweep": swept, "now": now, "at": model.on_sweep(runs, histories), "marks": marks}
    st.vega_lite_chart(
        chart.sweep(datasets, model.limits(swept["mse"], start)),
        key=SWEEP,
        alt="Mean squared error after all updates against the learning rate. The text beneath says where it is lowest.",
        on_select=partial(dragging.take, SWEEP),
        selection_mode=[chart.DRAGGED],
        width="stretch",
    )
    st.caption(f"{text.sweep(setup, one_step)} {dragging.hint(rate='the line to set your learning rate')}")

    folded("The optimisers, from the simplest to Adam", "optimisers", _optimisers, ":material/function:")
    folded("The schedules: learning rates that change on the way", "schedules", _schedules, ":material/function:")
    table = partial(downloads.table, partial(model.as_csv, runs, histories), "compare.csv")
    downloads.share("Compare", spec, message, table)


def _optimisers() -> None:
    st.markdown(
        f"Every weight is changed alike, each by its own slope. TINY is {number(TINY)}: no step is divided by 0."
    )
    st.markdown(text.sections(OPTIMISERS))


def _schedules() -> None:
    st.markdown("Each update multiplies the learning rate. The updates are counted 0, 1, 2 and so on.")
    st.markdown(text.sections(SCHEDULES))
