"""Events in sentences: who did what to whom."""
