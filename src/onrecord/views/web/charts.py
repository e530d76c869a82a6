"""Charts as Vega-Lite specifications: data and marks; colours and type are the page's own and are set by the browser."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from onrecord.record.overview import Month, OutletRow, Said

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_WIDE, _HIGH = 720, 220
_WORLD = 360.0


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
    """The places with coordinates on a map of countries, as near as holds them all."""
    known = [one for one in found if one.place.lat is not None and one.place.lon is not None]
    values = [
        {"place": s.place.name, "lat": s.place.lat, "lon": s.place.lon, "number": s.lines + s.events} for s in known
    ]
    shapes = {"url": "/static/vendor/countries-110m.json", "format": {"type": "topojson", "feature": "countries"}}
    points = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    tooltip = [
        {"field": "place", "type": "nominal", "title": "Place"},
        {"field": "number", "type": "quantitative", "title": "Lines and events"},
    ]
    return {
        "$schema": _SCHEMA,
        "width": _WIDE,
        "height": _WIDE // 2,
        "projection": {"type": "equirectangular", **_near([(s.place.lon or 0.0, s.place.lat or 0.0) for s in known])},
        "layer": [
            {"data": shapes, "mark": {"type": "geoshape", "clip": True}},
            {
                "data": {"values": values},
                "mark": {"type": "circle", "clip": True},
                "encoding": {
                    **points,
                    "tooltip": tooltip,
                    "size": {
                        "field": "number",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"range": [40, 900], "zero": True},
                    },
                },
            },
            {
                "data": {"values": sorted(values, key=lambda v: -int(str(v["number"])))[:14]},
                "mark": {"type": "text", "dy": -12, "fontSize": 11, "clip": True},
                "encoding": {**points, "text": {"field": "place", "type": "nominal"}},
            },
        ],
    }


def _near(points: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Centre and scale of an equirectangular projection that holds all points with room around them; the world for none."""
    if not points:
        return {}
    lon, lat = [p[0] for p in points], [p[1] for p in points]
    across = max(max(lon) - min(lon), 2 * (max(lat) - min(lat)), 12.0) * 1.5
    if across >= _WORLD:
        return {}
    centre = [(max(lon) + min(lon)) / 2, (max(lat) + min(lat)) / 2]
    return {
        "center": centre,
        "scale": _WIDE / math.radians(across),
        "translate": [_WIDE / 2, _WIDE / 4],
    }
