"""Whether the gate refuses a letter with one fault, and signs every right one.

Beside it stands the one thing a simple tool would do: look whether the articles cited exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.drafting.verify import Known
from evals.articles import dead_or_missing
from evals.group_pictures import told
from evals.letter_mutations import mutations
from evals.letters import composed, fact_sets, other_letters
from evals.metrics import mean
from evals.mutations import Whole
from evals.task import Judged, Metric, Solver, Task, Values, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

WHOLE = "whole"
KINDS = {
    WHOLE: "原样（应当通过）",
    "article": "引用不存在的条文",
    "repealed": "引用失效的文本",
    "ground": "依据错误",
    "word": "引文改一字",
    "remedy": "救济途径错误",
    "part": "缺少必备内容",
    "proof": "缺少应当写明的事实",
    "day": "日期错误",
    "data": "泄露他人信息",
    "relic": "旧规定的残留",
    "name": "复议机关、法院写错",
    "figure": "与案件事实不符",
}
# The checks of which one must name a fault of a kind.
NAMED_BY = {
    "article": {"article_exists"},
    "repealed": {"in_force"},
    "ground": {"outcome_basis", "quote_verbatim"},
    "word": {"quote_verbatim"},
    "remedy": {"remedy", "mandatory_part", "deadline"},
    "part": {"mandatory_part"},
    "proof": {"mandatory_part", "outcome_basis"},
    "day": {"deadline"},
    "data": {"personal_data"},
    "relic": {"deadline", "outcome_basis", "in_force", "remedy"},
    "name": {"remedy"},
    "figure": {"figures", "deadline"},
}
OWN, OTHER = "本程序的文书", "别处的文书"
RIGHT: tuple[Metric, ...] = (mean("right", "判断正确"), mean("named", "并指明该类错误"))


@dataclass(frozen=True)
class LetterCase:
    """A letter to check: as it was, or with one fault of a kind; `facts` are given for drafts of this project."""

    id: str
    family: str
    outcome: str | None
    kind: str
    change: str
    text: str
    on: date
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What a check says: whether the letter passes, and the checks that found an error."""

    passes: bool
    errors: frozenset[str]


def citations(
    assistant: "Assistant", cases: tuple[LetterCase, ...] | None = None
) -> Task[LetterCase, Checked]:
    """Every letter as it was, and with each fault it has a place for; or those given."""

    def verify(case: LetterCase) -> Checked:
        known = Known(facts=_given(case))
        verdict = assistant.verify(case.text, case.on, case.outcome, known=known)
        return Checked(verdict.passes, frozenset(finding.check for finding in verdict.errors))

    def look_up(case: LetterCase) -> Checked:
        found = dead_or_missing(case.text, assistant.statutes, case.on)
        return Checked(not found, frozenset({"article_exists", "in_force"} if found else ()))

    return Task(
        name="citations",
        label="核对",
        dataset=tuple(letter_cases(assistant)) if cases is None else cases,
        solvers=(
            Solver("assistant", "本程序", verify),
            Solver("articles_only", "只查条文是否存在、有效", look_up),
        ),
        scorer=judge,
        views=(
            View("all", "原样的和改错的", _clean_or_not, RIGHT, ("原样", "改错一处")),
            View("kind", "各类错误", lambda case: KINDS[case.kind], RIGHT, tuple(KINDS.values())),
            View("origin", "文书来源", _origin, RIGHT[:1]),
            View("letter", "各种文书", lambda case: case.family, RIGHT[:1]),
        ),
        extras=lambda result: told(result, "right", "articles_only", ("kind",)),
        words=lambda case: f"{case.family}，{KINDS[case.kind]}{f'：{case.change}' if case.change else ''}",
    )


def letter_cases(assistant: "Assistant") -> Iterator[LetterCase]:
    """Drafts from facts and other offices' letters; each letter of facts is broken once, whoever signs it."""
    broken: set[str] = set()
    for one in fact_sets(assistant):
        template = assistant.letters.letters[one.letter]
        whole = Whole(composed(assistant, one).text, template.outcome, one.facts)
        case = LetterCase(
            one.id, one.letter, template.outcome, WHOLE, "", whole.text, one.on, dict(one.facts)
        )
        yield case
        origin = "-".join(one.id.split("-")[:2])
        if origin not in broken:
            broken.add(origin)
            yield from _faulty(assistant, case, whole)
    for number, letter in enumerate(other_letters(), start=1):
        case = LetterCase(f"other-{number}", letter.name, letter.code, WHOLE, "", letter.text, letter.on)
        yield case
        yield from _faulty(assistant, case, Whole(letter.text, letter.code))


def judge(case: LetterCase, said: Checked) -> Judged:
    """A right letter must pass, any other be refused, and by a check that is there for its fault."""
    whole = case.kind == WHOLE
    values: Values = {"right": float(said.passes == whole)}
    if not whole:
        values["named"] = float(bool(said.errors & NAMED_BY[case.kind]))
    answer = "passes" if said.passes else "refused: " + ", ".join(sorted(said.errors))
    return Judged("passes" if whole else "refused", answer, values, case.change)


def _faulty(assistant: "Assistant", case: LetterCase, whole: Whole) -> Iterator[LetterCase]:
    for number, made in enumerate(mutations(whole, assistant.statutes), start=1):
        yield LetterCase(
            f"{case.id}-{number}",
            case.family,
            case.outcome,
            made.kind,
            made.change,
            made.text,
            case.on,
            case.facts,
        )


def _given(case: LetterCase) -> dict[str, Any]:
    """All facts for right letters and wrong figures; for other faults the organ alone, so that facts give no help."""
    if case.kind in (WHOLE, "figure"):
        return case.facts
    return {"agency": case.facts["agency"]} if case.facts else {}


def _clean_or_not(case: LetterCase) -> str:
    return "原样" if case.kind == WHOLE else "改错一处"


def _origin(case: LetterCase) -> str:
    return f"{OWN if case.facts else OTHER}，{_clean_or_not(case)}"
