"""A chart as an image file, drawn by the server in the light theme."""

import json
from typing import Any

import streamlit as st

WIDTH = 640  # pixels
SHARP = 2.0  # times as many in a PNG


def svg(spec: dict[str, Any]) -> str:
    """A chart as SVG."""
    import vl_convert  # it brings a browser's engine: slow to start, and only wanted here

    return vl_convert.vegalite_to_svg(_alone(spec), allowed_base_urls=[])


def png(spec: dict[str, Any]) -> bytes:
    """A chart as PNG."""
    import vl_convert

    return vl_convert.vegalite_to_png(_alone(spec), scale=SHARP, allowed_base_urls=[])


def _alone(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with its data in it, and with the colours and widths that Streamlit would have given it."""
    text = json.dumps({name: part for name, part in spec.items() if name != "datasets"})
    for name in ("primary", "gray"):
        colour = json.dumps({"value": st.get_option(f"theme.light.{name}Color")})
        text = text.replace(json.dumps({"value": name}), colour)
    alone = json.loads(text)
    alone["datasets"] = {name: table.to_pylist() for name, table in spec["datasets"].items()}
    colours = {"category": st.get_option("theme.light.chartCategoricalColors")}
    alone["config"] |= {"background": "white", "font": "sans-serif", "range": colours}
    alone["config"]["view"] |= {"continuousWidth": WIDTH}
    alone["config"]["axis"] |= {"gridColor": "#e4e4e0", "ticks": False, "titleFontWeight": "normal"}
    return alone
