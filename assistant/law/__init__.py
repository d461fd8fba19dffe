"""The law itself: provisions, citations, outcomes, remedies. Pure; every rule is data with dates."""
