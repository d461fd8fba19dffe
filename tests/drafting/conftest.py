"""The clause library at work, with an agency of no settings: the facts say everything."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.drafting.compose import Composer
from assistant.drafting.draft import Draft
from assistant.drafting.facts import check_facts
from assistant.drafting.letters import LetterLibrary, load_letters
from assistant.drafting.reckoning import Reckoner
from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock_course import Grounds
from assistant.law.deadline_rows import load_deadlines
from assistant.law.fees import load_fees
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes, load_outcomes
from assistant.law.remedies import load_remedies
from assistant.settings import ROOT, Agency

ON = date(2026, 11, 23)
SAMPLES = yaml.safe_load((Path(__file__).parent / "facts.yaml").read_text(encoding="utf-8"))
LETTERS = sorted(SAMPLES["letters"])


@pytest.fixture(scope="session")
def library() -> LetterLibrary:
    """The shipped clause library."""
    return load_letters(ROOT / "corpus")


@pytest.fixture(scope="session")
def outcomes() -> Outcomes:
    """The 21 outcomes."""
    return load_outcomes(ROOT / "corpus" / "rules")


@pytest.fixture(scope="session")
def composer(library: LetterLibrary, statutes: StatuteBook) -> Composer:
    """Compose for an agency whose data stand in the facts."""
    rules = ROOT / "corpus" / "rules"
    grounds = Grounds(load_deadlines(rules), load_calendar(CalendarFiles(rules)))
    return Composer(library, statutes, load_remedies(rules), Agency(), Reckoner(grounds, load_fees(rules)))


def sample_facts(letter: str) -> dict[str, Any]:
    """Full facts for a letter."""
    return {**SAMPLES["common"], **SAMPLES["letters"][letter]}


def composed(letter: str, composer: Composer, outcomes: Outcomes, **changes: Any) -> Draft:
    """The letter from its full facts, with some changed; a fact changed to None is taken away."""
    template = composer.library.letters[letter]
    facts = {**sample_facts(letter), "road": template.road, **changes}
    known = {key: value for key, value in facts.items() if value is not None}
    return composer.compose(outcomes[template.outcome], check_facts(known, composer.library), ON)
