"""The web page: the record for readers, from this machine alone; every file it needs is in this package."""

from onrecord.views.web.app import create_app, warm
from onrecord.views.web.settings import Settings

__all__ = ["Settings", "create_app", "warm"]
