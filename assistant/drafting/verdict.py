"""The verdict on a letter: what the machine refuses to sign, each fault at its place."""

from dataclasses import dataclass
from typing import Any, Literal

from assistant.law.citations import Citation

Severity = Literal["error", "warning"]
Check = Literal[
    "article_exists",
    "in_force",
    "quote_verbatim",
    "outcome_basis",
    "remedy",
    "mandatory_part",
    "personal_data",
    "deadline",
]


@dataclass(frozen=True)
class Finding:
    """One fault or doubt. `start` and `end` span the words it concerns; equal where words are missing there."""

    severity: Severity
    check: Check
    start: int
    end: int
    message: str

    def to_json(self) -> dict[str, Any]:
        return {
            "severity": self.severity,
            "check": self.check,
            "start": self.start,
            "end": self.end,
            "message": self.message,
        }


@dataclass(frozen=True)
class Verdict:
    """Every citation of a letter with its status, and every finding in the order of the text."""

    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        """Whether no finding is an error; a warning is for the clerk to judge."""
        return all(finding.severity != "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The answer of `assistant verify --json`."""
        return {
            "passes": self.passes,
            "citations": [_citation(citation) for citation in self.citations],
            "findings": [finding.to_json() for finding in self.findings],
        }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "ref": str(citation.ref) if citation.ref else None,
        "status": citation.status,
    }
