"""Mentions become actors, places and dates, or stay unresolved."""

from onrecord.resolution.resolver import Resolver
from onrecord.resolution.types import MentionResolution, Resolved

__all__ = ["MentionResolution", "Resolved", "Resolver"]
