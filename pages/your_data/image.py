"""A chart as an image file, drawn by the server in the light theme."""

import json
from typing import Any

import streamlit as st

WIDTH = 640  # pixels
SHARP = 2.0  # times as many in a PNG


def svg(spec: dict[str, Any]) -> str:
    """A chart as SVG: text, sharp at any size."""
    import vl_convert  # it brings a browser's engine: slow to start, and only wanted here

    return vl_convert.vegalite_to_svg(_alone(spec), allowed_base_urls=[])


def png(spec: dict[str, Any]) -> bytes:
    """A chart as PNG."""
    import vl_convert

    return vl_convert.vegalite_to_png(_alone(spec), scale=SHARP, allowed_base_urls=[])


def _alone(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec with its data in it, and with the colours and widths that Streamlit would have given it."""
    primary, gray = (json.dumps({"value": st.get_option(f"theme.light.{name}Color")}) for name in ("primary", "gray"))
    text = json.dumps({name: part for name, part in spec.items() if name != "datasets"})
    text = text.replace('{"value": "primary"}', primary).replace('{"value": "gray"}', gray)
    alone = json.loads(text)
    alone["datasets"] = {
        name: json.loads(frame.to_json(orient="records", double_precision=15))
        for name, frame in spec["datasets"].items()
    }
    config = alone["config"]
    config["background"] = "white"
    config["view"] = {**config.get("view", {}), "continuousWidth": WIDTH}
    config["axis"] = {**config.get("axis", {}), "gridColor": "#e4e4e0", "ticks": False, "titleFontWeight": "normal"}
    config["range"] = {"category": st.get_option("theme.light.chartCategoricalColors")}
    config["font"] = "sans-serif"
    return alone
