"""Evaluations and benchmarks anyone can rerun; not part of the running product."""
