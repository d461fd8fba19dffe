"""The register: what came in, what was done, by whom and when; status, deadline and yearly report follow from it."""
