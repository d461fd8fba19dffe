"""Triage: reading the letter, ranking the 21 outcomes with evidence, recording the decision."""
