"""The verdict on a letter: what the machine refuses to sign, each fault at its place, and who let it go all the same."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.errors import InputError
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
    "figures",
    "file",
]

LONGEST_NAME, LONGEST_REASON = 40, 500


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
class Override:
    """A person lets a letter go though the gate refuses it: who, and why. Raises InputError without either."""

    name: str
    reason: str

    def __post_init__(self) -> None:
        for what, said, longest in (("姓名", self.name, LONGEST_NAME), ("理由", self.reason, LONGEST_REASON)):
            if not said.strip():
                raise InputError(f"放行没有通过核对的文书要写明{what}；请同时填写放行人的姓名和理由。")
            if len(said) > longest or not said.replace("\n", "").isprintable():
                raise InputError(f"放行的{what}应为不超过 {longest} 字的一段文字，请改写。")

    def to_json(self) -> dict[str, str]:
        return {"name": self.name.strip(), "reason": " ".join(self.reason.split())}


@dataclass(frozen=True)
class Verdict:
    """Every citation of a letter with its status, and every finding in the order of the text.

    `override` is set where a person has let it go; it changes no finding.
    """

    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    override: Override | None = None

    @property
    def passes(self) -> bool:
        """Whether no finding is an error; a warning is for the clerk to judge."""
        return all(finding.severity != "error" for finding in self.findings)

    @property
    def may_go(self) -> bool:
        """Whether the letter may be exported: it passes, or a named person has let it go."""
        return self.passes or self.override is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses the letter."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def let_go(self, override: Override) -> "Verdict":
        """The same verdict with the person who lets the letter go. Raises InputError where nothing refuses it."""
        if self.passes:
            raise InputError("文书已经通过核对，没有需要放行的错误。")
        return replace(self, override=override)

    def to_json(self) -> dict[str, Any]:
        """The answer of `assistant verify --json`."""
        found = {
            "passes": self.passes,
            "citations": [_citation(citation) for citation in self.citations],
            "findings": [finding.to_json() for finding in self.findings],
        }
        return found | ({"override": self.override.to_json()} if self.override else {})


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "ref": str(citation.ref) if citation.ref else None,
        "status": citation.status,
    }
