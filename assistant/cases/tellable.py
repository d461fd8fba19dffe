"""What may be told of a case as it stands: the events the clock can place next, a search, a review or suit.

The events, their names, whom they ask for and their provisions are rows of corpus/rules/deadlines.yaml; who may tell
them follows from roles.yaml. Whether a day fits, the clock says when it is told.
Basis: 政府信息公开条例第三十条至第三十六条、第五十条.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.cases.closing import DISPUTES
from assistant.cases.records import ARCHIVED, REPLIED, WITHDRAWN, Case
from assistant.cases.roles import Action, RoleTable
from assistant.cases.telling import ASKS, HEARS
from assistant.law.deadlines import DeadlineTable, EventKind

SEARCH, DISPUTE, CONCLUDE, STRIKE = "search", "dispute", "conclude", "strike"
_ENDINGS = (REPLIED, WITHDRAWN, ARCHIVED)


@dataclass(frozen=True)
class Tellable:
    """Something that may be told: its key, its name, which roles may, the provision, and what it asks for.

    `parties`: whom it can only be about; `who`, `period`: what a field for them is called, None where there is none;
    `proof`: what the file must hold of it.
    """

    key: str
    name: str
    may: str
    basis: str
    parties: tuple[str, ...] = ()
    who: str | None = None
    period: str | None = None
    proof: str = ""

    @property
    def asks(self) -> bool:
        """Whether it puts a question to somebody."""
        return self.key in ASKS

    @property
    def hears(self) -> bool:
        """Whether it brings somebody's opinion."""
        return self.key in HEARS


def tellables(
    case: Case, disputes: Sequence[dict[str, Any]], table: DeadlineTable, roles: RoleTable
) -> tuple[Tellable, ...]:
    """What may be told of a case, in the order of the rules; reviews and suits also when it has ended."""
    ended = any(case.day_of(kind) for kind in _ENDINGS)
    found = [one for row in table.events.values() if (one := _event(row, case, roles, ended))]
    if not case.day_of(ARCHIVED):
        found.append(_of(roles.actions["search"], SEARCH, "检索", roles))
    return (*found, *_disputed(disputes, roles))


def struck(event_id: int, name: str, roles: RoleTable) -> Tellable:
    """The putting right of an event that was recorded wrongly."""
    return _of(roles.actions["strike"], f"{STRIKE}-{event_id}", f"更正“{name}”", roles)


def _event(row: EventKind, case: Case, roles: RoleTable, ended: bool) -> Tellable | None:
    """An event that may come next; one that needs another before it names the parties it can be about."""
    standing = [one.event for one in case.standing]
    before = [event for event in standing if event.kind in row.after]
    if row.kind == REPLIED or (row.after and not before) or (ended and row.kind not in HEARS):
        return None
    told = [event.who for event in standing if event.kind == row.kind]
    if told and row.once == "case":
        return None
    left = tuple(event.who or "" for event in before if event.who not in told)
    if row.once == "party" and row.after and not left:
        return None
    action = roles.actions["consult" if row.kind in ASKS else "opinion" if row.kind in HEARS else "event"]
    parties = left if row.once == "party" else ()
    return Tellable(
        row.kind, row.name, _may(action, roles), row.basis, parties, row.who, row.period, row.evidence
    )


def _disputed(disputes: Sequence[dict[str, Any]], roles: RoleTable) -> Iterator[Tellable]:
    """A new review or suit; and how each pending one ended."""
    action = roles.actions["dispute"]
    yield _of(action, DISPUTE, "复议、诉讼", roles)
    for one in disputes:
        if not one["result"]:
            name = f"{DISPUTES[one['kind']]}的结果（{one['authority']}）"
            yield _of(action, f"{CONCLUDE}-{one['id']}", name, roles)


def _of(action: Action, key: str, name: str, roles: RoleTable) -> Tellable:
    return Tellable(key, name, _may(action, roles), "、".join(map(str, action.basis)))


def _may(action: Action, roles: RoleTable) -> str:
    return "、".join(roles.labels[role] for role in action.roles)
