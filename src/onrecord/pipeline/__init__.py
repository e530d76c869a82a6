"""The orchestrator: pages to record."""

from onrecord.pipeline.outcome import Outcome, OutcomeKind, Progress, Summary
from onrecord.pipeline.read import Admitted, Engine, page_sha256, put_head, read, read_admitted
from onrecord.pipeline.relating import Said

__all__ = [
    "Admitted",
    "Engine",
    "Outcome",
    "OutcomeKind",
    "Progress",
    "Said",
    "Summary",
    "page_sha256",
    "put_head",
    "read",
    "read_admitted",
]
