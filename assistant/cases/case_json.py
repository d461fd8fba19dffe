"""A case as data: what the register holds and what follows from it."""

from typing import Any

from sqlalchemy import Connection, Select, Table, select

from assistant.cases import schema
from assistant.cases.erased_entries import erasing_of
from assistant.cases.records import FAMILIES, OWN_KINDS, Case, Recorded
from assistant.cases.standing import Standing
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes


def summary_json(case: Case, standing: Standing, outcomes: Outcomes) -> dict[str, Any]:
    """One line of a list."""
    decision = case.decision
    return {
        "number": case.number,
        "version": case.version,
        "received": case.received_on.isoformat(),
        "applicant": case.applicants[0].name,
        "kind": case.applicants[0].kind,
        "state": standing.state,
        "due": standing.due.isoformat() if standing.due else None,
        "days_left": standing.clock.days_left if standing.due else None,
        "provisional": standing.clock.provisional,
        "outcome": decision.outcome if decision else None,
        "label": outcomes[decision.outcome].label if decision else None,
    }


def case_json(case: Case, standing: Standing, outcomes: Outcomes, grounds: Grounds) -> dict[str, Any]:
    """Everything of a case but its drafts and letters, with its clock."""
    decision, agent = case.decision, case.agent
    return summary_json(case, standing, outcomes) | {
        "channel": case.channel,
        "request": case.words,
        "form": case.form,
        "applicants": [{"name": a.name, "kind": a.kind, "contact": a.contact} for a in case.applicants],
        "agent": {"name": agent.name, "contact": agent.contact, "authority": agent.authority}
        if agent
        else None,
        "items": list(case.items),
        "events": [_event_json(one, grounds) for one in case.events],
        "searches": [
            {"date": s.on.isoformat(), "who": s.who, "places": s.places, "terms": s.terms, "found": s.found}
            for s in case.searches
        ],
        "consultations": [
            {
                "family": c.family,
                "with": FAMILIES[c.family],
                "who": c.who,
                "asked": c.asked,
                "opinion": c.opinion,
                "agrees": c.agrees,
            }
            for c in case.consultations
        ],
        "decision": {
            "outcome": decision.outcome,
            "road": decision.road,
            "date": decision.on.isoformat(),
            "reasons": decision.reasons,
            "decided_by": decision.decided_by,
        }
        if decision
        else None,
        "clock": standing.clock.to_json(),
    }


def papers_json(connection: Connection, case_id: int) -> dict[str, Any]:
    """Drafts with the steps given over them, letters, enclosures, reviews and suits of a case."""

    def asked(asks: Select[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(asks).mappings()]

    def rows(table: Table, *names: str) -> list[dict[str, Any]]:
        chosen = select(*(table.c[name] for name in names)).where(table.c.case_id == case_id)
        return asked(chosen.order_by(table.c.id))

    given, drafts = schema.approvals.c, schema.drafts
    over = select(
        drafts.c.place.label("draft"), given.step, given.passed, given.given_on, given.given_by, given.note
    )
    steps = (
        over.join(drafts, drafts.c.id == given.draft_id).where(given.case_id == case_id).order_by(given.id)
    )
    return {
        "drafts": rows(drafts, "place", "outcome", "drafted_by", "digest", "prompt_hash"),
        "steps": [{**step, "passed": bool(step["passed"])} for step in asked(steps)],
        "letters": rows(schema.letters, "number", "issued", "digest"),
        "enclosures": rows(schema.enclosures, "name", "digest", "size"),
        "disputes": rows(schema.disputes, "id", "kind", "authority", "filed", "result", "concluded", "note"),
        "erased": erasing_of(connection, case_id),
    }


def _event_json(one: Recorded, grounds: Grounds) -> dict[str, Any]:
    event, kinds = one.event, grounds.table.events
    return {
        "id": one.id,
        "date": event.on.isoformat(),
        "kind": event.kind,
        "name": OWN_KINDS.get(event.kind) or kinds[event.kind].name,
        "who": event.who,
        "days": event.days,
        "until": event.until.isoformat() if event.until else None,
        "note": one.note,
        "struck_why": one.struck_why,
    }
