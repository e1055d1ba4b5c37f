"""A chart by itself: its spec with data and colours in it, and the image that the server draws of it."""

import json
import math
from typing import Any

import pyarrow as pa
import streamlit as st

WIDTH = 640  # pixels
SHARP = 2.0  # times as many in a PNG


def svg(spec: dict[str, Any]) -> str:
    """A chart as SVG."""
    import vl_convert  # it brings a browser's engine: slow to start, and only wanted here

    return vl_convert.vegalite_to_svg(alone(spec), allowed_base_urls=[])


def png(spec: dict[str, Any]) -> bytes:
    """A chart as PNG."""
    import vl_convert

    return vl_convert.vegalite_to_png(alone(spec), scale=SHARP, allowed_base_urls=[])


def alone(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with its data in it, and with the colours and widths that Streamlit would have given it."""
    text = json.dumps({name: part for name, part in spec.items() if name != "datasets"})
    for name in ("primary", "gray"):
        colour = json.dumps({"value": st.get_option(f"theme.light.{name}Color")})
        text = text.replace(json.dumps({"value": name}), colour)
    alone = json.loads(text)
    alone["datasets"] = {name: _rows(table) for name, table in spec["datasets"].items()}
    colours = {"category": st.get_option("theme.light.chartCategoricalColors")}
    alone["config"] |= {"background": "white", "font": "sans-serif", "range": colours}
    alone["config"]["view"] |= {"continuousWidth": WIDTH, "discreteWidth": WIDTH}
    fonts = {"titleFontWeight": "normal", "titleFontSize": 13, "labelFontSize": 12}
    alone["config"]["axis"] |= {"gridColor": "#e4e4e0", "ticks": False, **fonts}
    return alone


def _rows(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of a dataset with every number in full, and nothing where there is no finite one."""
    return [
        {name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()}
        for row in table.to_pylist()
    ]
