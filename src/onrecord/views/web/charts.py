"""Charts as Vega-Lite specifications: data and marks; colours and type are the page's own and are set by the browser.

A fill or stroke that begins with two hyphens names a colour of the style sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from onrecord.record.overview import Month, OutletRow, Said

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_HIGH = 220
#: Half the world in degrees of longitude; the least that a map shows, and how much wider it is than its points.
_HALF, _LEAST, _ROOM = 180.0, 30.0, 1.8
#: The sizes of the circles on the map (squares of diameters in pixels), and how many places are named there: no more than one for so many pixels.
_SMALL, _LARGE, _NAMED, _PER_NAME = 40, 900, 14, 60


def _spec(**parts: Any) -> dict[str, Any]:
    return {"$schema": _SCHEMA, "width": "container", **parts}


def _months(months: Sequence[Month]) -> list[dict[str, Any]]:
    return [
        {
            "month": f"{m.month}-01", "lines": m.lines, "reports": m.reports, "all": m.all_reports, "share": round(m.share, 4),
        }
        for m in months
    ]  # fmt: skip


def _by_month(months: Sequence[Month], y: dict[str, Any]) -> dict[str, Any]:
    x = {
        "field": "month",
        "timeUnit": "yearmonth",
        "type": "temporal",
        "title": None,
        "axis": {"grid": False, "labelOverlap": True},
    }
    return _spec(
        height=_HIGH,
        data={"values": _months(months)},
        mark={"type": "bar", "width": {"band": 0.8}},
        encoding={
            "x": x,
            "y": y,
            "tooltip": [
                {"field": "month", "timeUnit": "yearmonth", "type": "temporal", "title": "Month"},
                {"field": "lines", "type": "quantitative", "title": "Lines"},
                {"field": "reports", "type": "quantitative", "title": "Reports with one"},
                {"field": "all", "type": "quantitative", "title": "All reports"},
                {"field": "share", "type": "quantitative", "format": ".0%", "title": "Share"},
            ],
        },
    )


def shares(months: Sequence[Month]) -> dict[str, Any]:
    """The share of each month's reports that carry a line that fits."""
    axis = {"format": ".0%", "tickCount": 4}
    return _by_month(
        months,
        {
            "field": "share",
            "type": "quantitative",
            "title": "Share of reports",
            "axis": axis,
            "scale": {"domain": [0, 1]},
        },
    )


def counts(months: Sequence[Month]) -> dict[str, Any]:
    """How many lines each month has."""
    return _by_month(months, {"field": "lines", "type": "quantitative", "title": "Lines", "axis": {"tickCount": 4}})


def mix(rows: Sequence[OutletRow]) -> dict[str, Any]:
    """The outlets with their own reports and the copies they carried."""
    values = [
        {"outlet": row.outlet or "not named", "kind": kind, "pages": number}
        for row in rows
        for kind, number in (("own", row.own), ("copies", row.copies))
        if number
    ]
    return _spec(
        height=22 * max(1, len({value["outlet"] for value in values})),
        data={"values": values},
        mark={"type": "bar"},
        encoding={
            "y": {"field": "outlet", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 220}},
            "x": {
                "field": "pages",
                "type": "quantitative",
                "title": "Pages",
                "axis": {"tickMinStep": 1, "tickCount": 5},
            },
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": {"domain": ["own", "copies"]}},
            "order": {"field": "kind", "sort": "descending"},
            "tooltip": [
                {"field": name, "type": kind}
                for name, kind in (("outlet", "nominal"), ("kind", "nominal"), ("pages", "quantitative"))
            ],
        },
    )


def places(found: Sequence[Said]) -> dict[str, Any]:
    """The places with coordinates on a map of countries, as near as holds them all with some of what lies around."""
    known = [one for one in found if one.place.lat is not None and one.place.lon is not None]
    most = max((s.lines + s.events for s in known), default=1)
    values = [
        {
            "place": s.place.name, "lat": s.place.lat, "lon": s.place.lon, "number": s.lines + s.events,
            "size": round(_SMALL + (_LARGE - _SMALL) * (s.lines + s.events) / max(1, most)),
        } for s in known
    ]  # fmt: skip
    shapes = {"url": "/static/vendor/countries-110m.json", "format": {"type": "topojson", "feature": "countries"}}
    points = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    tooltip = [
        {"field": "place", "type": "nominal", "title": "Place"},
        {"field": "number", "type": "quantitative", "title": "Lines and events"},
    ]
    named = sorted(values, key=lambda v: -int(str(v["number"])))[:_NAMED]
    size = {"field": "size", "type": "quantitative", "legend": None, "scale": None}
    shape = {"type": "geoshape", "clip": True, "strokeWidth": 0.5}
    above = {"type": "text", "baseline": "bottom", "fontSize": 12, "clip": True}
    return {
        "$schema": _SCHEMA,
        "width": "container",
        "height": "container",
        "autosize": {"type": "fit", "contains": "padding"},
        "projection": {"type": "equirectangular", **_near([(s.place.lon or 0.0, s.place.lat or 0.0) for s in known])},
        "layer": [
            {"data": {"sphere": True}, "mark": {**shape, "fill": "--wash"}},
            {
                "data": {"graticule": {"step": [10, 10]}},
                "mark": {**shape, "filled": False, "stroke": "--rule"},
            },
            {"data": shapes, "mark": {**shape, "fill": "--rule", "stroke": "--strong"}},
            {
                "data": {"values": values},
                "mark": {"type": "circle", "clip": True},
                "encoding": {**points, "tooltip": tooltip, "size": size},
            },
            {
                "data": {"values": [v | {"rank": rank} for rank, v in enumerate(named)]},
                "transform": [{"filter": f"datum.rank < width / {_PER_NAME}"}],
                # A circle's size is the square of its diameter: the name stands clear of it.
                "mark": {**above, "dy": {"expr": "-2 - sqrt(datum.size) / 2"}},
                "encoding": {**points, "text": {"field": "place", "type": "nominal"}},
            },
        ],
    }


def _near(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Centre and scale of an equirectangular projection that holds all points with room around them; the world for none."""
    lon, lat = [p[0] for p in points] or [-_HALF, _HALF], [p[1] for p in points] or [0.0]
    across = max((max(lon) - min(lon)) * _ROOM, (max(lat) - min(lat)) * 2 * _ROOM, _LEAST)
    centre = [(max(lon) + min(lon)) / 2, (max(lat) + min(lat)) / 2]
    if across >= 2 * _HALF:
        across, centre = 2 * _HALF, [0.0, 0.0]
    # The browser knows the width and the height; twice the height in degrees is what the narrower side shows.
    return {
        "center": centre,
        "scale": {"expr": f"min(width, 2 * height) / {math.radians(across):.6f}"},
        "translate": {"expr": "[width / 2, height / 2]"},
    }
