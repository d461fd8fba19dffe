"""A ledger comes into the register: each row one case with its events and decision, told in the audit trail.

One transaction: every row, or none. The old numbers are kept, and the office's series go on after the highest.
Basis: 政府信息公开条例第四十五条.
"""

from datetime import date

from assistant.cases import schema
from assistant.cases.audit_trail import Written
from assistant.cases.counting import load_counting
from assistant.cases.ledger_entries import Entry, Happened
from assistant.cases.ledger_plan import Plan, Reading, plan_import
from assistant.cases.ledger_table import Ledger
from assistant.cases.ledger_words import LedgerWords, OwnWords
from assistant.cases.new_rows import NewRows
from assistant.cases.numbers import next_number
from assistant.cases.numbers_told import continue_series
from assistant.cases.register import OfficeRules, Register, Session
from assistant.ingest.annual.form import load_report_form
from assistant.settings import Settings
from assistant.triage.letter_rules import load_reading_rules


def reading_of(settings: Settings, office: OfficeRules, own: OwnWords, today: date) -> Reading:
    """By what an office's ledger is read: the rules of the corpus, and the office's own words."""
    rules = settings.corpus_dir / "rules"
    words = LedgerWords(
        load_report_form(rules), office.outcomes, office.grounds.table, load_reading_rules(rules), own
    )
    authority, notices = settings.agency.review_authority, load_counting(rules).notices
    return Reading(words, office.grounds, today, authority, office.case_series, notices)


def import_ledger(
    register: Register, name: str, ledger: Ledger, reading: Reading, skip_bad: bool = False
) -> tuple[Plan, tuple[str, ...]]:
    """The plan, and the numbers of the cases written: none of them while a row has a fault, unless told to skip it."""
    with register.writing(name) as session:
        session.allow("import")
        plan = plan_import(session.connection, ledger, reading)
        wanted = plan.entries and (skip_bad or not plan.faults)
        return plan, import_plan(session, plan) if wanted else ()


def import_plan(session: Session, plan: Plan) -> tuple[str, ...]:
    """The numbers of the new cases, in the order of the rows. The plan must be of this transaction's own view."""
    rules, connection = session.rules, session.connection
    continue_series(connection, rules.case_series, (one.number for one in plan.entries))
    if rules.letter_series:
        continue_series(connection, rules.letter_series, (one.letter for one in plan.entries))
    rows = NewRows(connection)
    written = [_new_case(session, rows, plan.ledger, entry) for entry in plan.entries]
    rows.put()
    session.record_all(written)
    return tuple(str(one.detail["number"]) for one in written)


def _new_case(session: Session, rows: NewRows, ledger: Ledger, entry: Entry) -> Written:
    """The rows of one case, and what the audit trail tells of it."""
    new = entry.case
    number = entry.number or next_number(session.connection, session.rules.case_series, new.received_on.year)
    received = new.received_on.isoformat()
    case_id = rows.add(schema.cases, number=number, received_on=received, channel=new.channel, version=1)
    rows.add(schema.requests, case_id=case_id, words=new.words, form=new.form)
    for place, one in enumerate(new.applicants, start=1):
        person = {"kind": one.kind, "name": one.name, "contact": one.contact}
        rows.add(schema.applicants, case_id=case_id, place=place, **person)
    rows.add(schema.items, case_id=case_id, place=1, asked=new.words)
    if new.agent:
        rows.add(schema.agents, case_id=case_id, name=new.agent.name, contact=None, authority=None)
    for happened in entry.events:
        _add_event(rows, case_id, happened)
    _add_outcome(rows, case_id, entry, session.actor.name)
    source = {
        "file": ledger.name,
        "digest": ledger.digest,
        "sheet": entry.place.sheet,
        "row": entry.place.row,
    }
    return Written("import", case_id, {"number": number, "received_on": received, **source})


def _add_event(rows: NewRows, case_id: int, happened: Happened) -> None:
    event = happened.event
    rows.add(
        schema.events,
        case_id=case_id,
        happened=event.on.isoformat(),
        kind=event.kind,
        who=event.who,
        days=event.days,
        until_day=event.until.isoformat() if event.until else None,
        note=happened.note,
        struck_why=None,
    )


def _add_outcome(rows: NewRows, case_id: int, entry: Entry, clerk: str) -> None:
    decision = entry.decision
    if decision:
        rows.add(
            schema.decisions,
            case_id=case_id,
            outcome=decision.outcome,
            road=decision.road,
            decided=decision.on.isoformat(),
            reasons=decision.reasons,
            decided_by=decision.decided_by or clerk,
            replaced_why=None,
        )
    for one in entry.disputes:
        rows.add(
            schema.disputes,
            case_id=case_id,
            kind=one.kind,
            authority=one.authority,
            filed=one.filed.isoformat(),
            result=one.result,
            concluded=one.concluded.isoformat() if one.concluded else None,
            note=one.note,
        )
