"""Patterns of the rules, compiled when they are first looked for.

One letter meets a fraction of them: compiling all was most of what a single `assistant classify` waited for.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import CorpusError

_ESCAPED = re.compile(r"\\.")


@dataclass(frozen=True)
class RulePattern:
    """A regular expression as a rule writes it; `where` names the rule and its key."""

    source: str
    where: str

    def compile(self) -> None:
        """Make it ready now. Raises CorpusError as `compiled` does."""
        _ = self.compiled

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Ready to search. Raises CorpusError for what is no regular expression."""
        try:
            return re.compile(self.source, re.IGNORECASE if _cased(self.source) else re.NOFLAG)
        except re.error as fault:
            raise CorpusError(f"{self.where}：不是有效的正则表达式：{fault}。") from fault

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place it is found at, between two places of a text."""
        return self.compiled.search(text, start, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place it is found at."""
        return self.compiled.finditer(text)


def _cased(pattern: str) -> bool:
    """Whether it holds letters that have another case: few do, and the others are compiled and found much sooner."""
    letters = _ESCAPED.sub("", pattern)
    return letters.lower() != letters.upper()
