"""Loading all that a guided decision works with, each rule file checked against the others.

Basis: the house's own.
"""

from dataclasses import dataclass
from pathlib import Path

from assistant.ingest.statutes import load_statutes
from assistant.law.calendars import CalendarFiles, load_calendar
from assistant.law.clock_course import Grounds
from assistant.law.deadline_rows import load_deadlines
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes, load_outcomes
from assistant.law.procedures import Procedures, load_procedures
from assistant.law.remedies import RemedyTable, load_remedies
from assistant.settings import Agency
from assistant.triage.decision_checks import Known
from assistant.triage.decision_rows import load_decision_graph
from assistant.triage.guard_records import load_guards
from assistant.triage.guards import FileCheck
from assistant.triage.guidance import Guide


@dataclass(frozen=True)
class Lawbook:
    """The rules of law the seven steps stand on."""

    outcomes: Outcomes
    procedures: Procedures
    remedies: RemedyTable
    grounds: Grounds
    book: StatuteBook


def load_guide(rules_dir: Path, law: Lawbook, agency: Agency) -> Guide:
    """The guided decision of a corpus. Raises CorpusError naming file, row and key."""
    table = law.grounds.table
    graph = load_decision_graph(rules_dir, Known(law.outcomes, law.procedures, table.events))
    records = load_guards(rules_dir, graph, law.outcomes, table)
    files = FileCheck(records, law.procedures, law.grounds, law.book.status)
    return Guide(graph, law.outcomes, law.procedures, files, law.remedies, agency)


def read_lawbook(corpus_dir: Path) -> Lawbook:
    """The rules of law of a corpus by themselves, where no office is open. Raises CorpusError naming the file."""
    rules_dir = corpus_dir / "rules"
    return Lawbook(
        outcomes=load_outcomes(rules_dir),
        procedures=load_procedures(rules_dir),
        remedies=load_remedies(rules_dir),
        grounds=Grounds(load_deadlines(rules_dir), load_calendar(CalendarFiles(rules_dir))),
        book=load_statutes(corpus_dir),
    )
