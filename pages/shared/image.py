"""A chart by itself: its spec with data and colours in it, and the image that the server draws of it."""

import json
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
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
    alone["datasets"] = {name: _rows(frame) for name, frame in spec["datasets"].items()}
    colours = {"category": st.get_option("theme.light.chartCategoricalColors")}
    alone["config"] |= {"background": "white", "font": "sans-serif", "range": colours}
    alone["config"]["view"] |= {"continuousWidth": WIDTH}
    alone["config"]["axis"] |= {
        "gridColor": "#e4e4e0",
        "ticks": False,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
    }
    alone["config"]["axis"] |= {"titleFontSize": 13}
    return alone


def _rows(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """The rows of a dataset with every number in full, and nothing where there is no finite one."""
    finite = frame.replace([np.inf, -np.inf], np.nan).astype(object)
    return finite.where(finite.notna(), None).to_dict("records")
