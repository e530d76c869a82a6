"""The orchestrator: pages to record."""
