"""The JSON API: the record's rows for programs over HTTP, read-only, with an OpenAPI description."""

from onrecord.views.api.heads import Heads
from onrecord.views.api.limits import Limits
from onrecord.views.api.routers import PREFIX, app, router

__all__ = ["PREFIX", "Heads", "Limits", "app", "router"]
