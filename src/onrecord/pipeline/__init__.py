"""The orchestrator: pages to record."""

from onrecord.pipeline.outcome import Outcome, OutcomeKind, Progress, Summary
from onrecord.pipeline.read import Engine, read

__all__ = ["Engine", "Outcome", "OutcomeKind", "Progress", "Summary", "read"]
