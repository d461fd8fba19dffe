"""The gate: what the machine refuses to sign, each fault at its place in the letter.

A letter is read once (reading.py) and every check looks at it for itself. No check needs a model or a store;
what they look for stands in corpus/rules. A person still decides and signs.

Basis: 政府信息公开条例第三十六条; 行政复议法第二十条第三款、第二十三条第二款.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.drafting.checks_citations import check_citations, check_quoted
from assistant.drafting.checks_dates import check_days, check_term
from assistant.drafting.checks_facts import check_against_facts, check_against_itself
from assistant.drafting.checks_form import check_demands, check_parts, check_relics
from assistant.drafting.checks_outcome import check_outcome
from assistant.drafting.checks_personal import check_file, check_personal_data
from assistant.drafting.checks_remedy import check_remedy
from assistant.drafting.letter_parts import LetterParts, load_letter_parts
from assistant.drafting.reading import Known, Letter, Rules, read_reply
from assistant.drafting.verdict import Finding, Override, Verdict
from assistant.ingest.personal_finding import canonical
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.remedies import RemedyTable

if TYPE_CHECKING:
    from assistant.law.clock_course import Grounds

__all__ = ["CHECKS", "Finding", "Known", "LetterParts", "Override", "Verdict", "load_letter_parts", "verify"]

NOTHING = Known()

CHECKS: tuple[Callable[[Letter], Iterator[Finding]], ...] = (
    check_citations,
    check_quoted,
    check_outcome,
    check_remedy,
    check_parts,
    check_demands,
    check_relics,
    check_days,
    check_term,
    check_against_itself,
    check_against_facts,
    check_personal_data,
    check_file,
)


def verify(
    text: str,
    *,
    book: StatuteBook,
    outcomes: Outcomes,
    remedies: RemedyTable,
    parts: LetterParts,
    on: date,
    code: str | None = None,
    own: Iterable[str] = (),
    known: Known = NOTHING,
    grounds: "Grounds | None" = None,
) -> Verdict:
    """Every citation and every fault of a letter, by the law of a day.

    `code` is the outcome decided for the request or the paper it is; without it the letter is taken at its own
    words, and only what surely follows from them is checked. `own` are personal data of the applicant, which
    the reply may repeat. Raises KeyError for a code that is neither.
    """
    rules = Rules(book, outcomes, remedies, parts, grounds)
    letter = read_reply(text, on, code, rules, replace(known, own=known.own | set(map(canonical, own))))
    found = dict.fromkeys(finding for check in CHECKS for finding in check(letter))
    return Verdict(letter.citations, tuple(sorted(found, key=lambda f: (f.start, f.end, f.severity))))
