"""The basis fits the outcome: what the letter decides, and the provisions it relies on for that.

Basis: 政府信息公开条例第三十六条 (which answer rests on which item), 第十四条至第十六条, 第三十七条至第三十九条.
"""

from collections.abc import Iterable, Iterator

from assistant.drafting.letter_demands import Paper
from assistant.drafting.letter_parts import Conflict, Decision, valid
from assistant.drafting.reading import Ground, Letter, sentence_around
from assistant.drafting.reply_items import Section, sections
from assistant.drafting.verdict import Finding, Severity
from assistant.law.outcomes import Outcome
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import read_refs


def check_outcome(letter: Letter) -> Iterator[Finding]:
    """The outcome's own provision is cited, none that contradicts it, and the words fit what is cited.

    A letter that answers several items is judged item by item.
    """
    if letter.paper:
        yield from _paper_basis(letter, letter.paper)
        return
    if letter.outcome:
        yield from _expected(letter, letter.outcome)
        yield from _contradicted(letter, letter.outcome)
    for section in sections(letter):
        for decision in valid(letter.rules.parts.decisions, letter.on):
            yield from _decided(letter, section, decision)


def _paper_basis(letter: Letter, paper: Paper) -> Iterator[Finding]:
    """A paper that is no reply cites what it rests on."""
    wanted = read_refs(list(paper.basis), paper.code) if paper.cites else ()
    if wanted and not any(w.covers(g.ref) or g.ref.covers(w) for w in wanted for g in letter.grounds):
        message = f"{paper.name}应当引用{_either(wanted)}。"
        yield Finding("error", "outcome_basis", *_whole(letter), message)


def _expected(letter: Letter, outcome: Outcome) -> Iterator[Finding]:
    """One provision of one road must be cited; where the row rests on practice its absence is a doubt."""
    wanted = tuple(road.basis[0] for road in outcome.roads)
    severity: Severity = "error" if outcome.validity.verified else "warning"
    cited = "、".join(_unique(g.ref.local for g in letter.grounds)) or "无"
    message = f"“{outcome.label}”应当引用{_either(wanted)}，文中认定和决定部分引用的是：{cited}。"
    yield from _called_for(letter.grounds, wanted, (severity, _whole(letter), message))


def _decided(letter: Letter, section: Section, decision: Decision) -> Iterator[Finding]:
    """What the words of the decision call for."""
    found = decision.words.finditer(letter.body, *section.span)
    said = next((m for m in found if not _denied(letter, m.start())), None)
    if said:
        message = f"文中写的是“{decision.name}”，应当引用{_either(decision.wants)}。"
        yield from _called_for(section.grounds, decision.wants, (decision.severity, said.span(), message))


def _called_for(
    grounds: Iterable[Ground], wanted: tuple[ProvisionRef, ...], fault: tuple[Severity, tuple[int, int], str]
) -> Iterator[Finding]:
    """Nothing where a wanted provision is cited; a warning where only its article is; else the fault."""
    grounds = tuple(grounds)
    if any(want.covers(ground.ref) for want in wanted for ground in grounds):
        return
    for ground in grounds:
        vague = next((want for want in wanted if ground.ref.covers(want)), None)
        if vague:
            missing = vague.local.removeprefix(ground.ref.local)
            message = f"引用{ground.ref.local}时应写明{missing}。"
            yield Finding("warning", "outcome_basis", ground.citation.start, ground.citation.end, message)
            return
    severity, (start, end), words = fault
    yield Finding(severity, "outcome_basis", start, end, words)


def _contradicted(letter: Letter, outcome: Outcome) -> Iterator[Finding]:
    """Grounds that belong to other outcomes, each provision said once."""
    if len(sections(letter)) > 1:  # each item has been judged by itself
        return
    said: set[ProvisionRef] = set()
    for ground in letter.grounds:
        if ground.guessed or ground.ref in said:
            continue
        said.add(ground.ref)
        row = _conflict(letter, outcome, ground)
        if row is None:
            yield from _stranger(letter, outcome, ground)
        elif not (row.unless_released and ground.released):
            message = f"{ground.ref.local}{row.message}，不能作为“{outcome.label}”的依据。"
            yield Finding("error", "outcome_basis", ground.citation.start, ground.citation.end, message)


def _conflict(letter: Letter, outcome: Outcome, ground: Ground) -> Conflict | None:
    rows = valid(letter.rules.parts.conflicts, letter.on)
    return next((r for r in rows if outcome.group in r.groups and _in(ground.ref, r.provisions)), None)


def _stranger(letter: Letter, outcome: Outcome, ground: Ground) -> Iterator[Finding]:
    """A decisive provision of another outcome: an error where it stands in place of the right answer."""
    parts = letter.rules.parts
    if outcome.group in parts.mixed or _in(ground.ref, outcome.basis) or not _in(ground.ref, parts.decisive):
        return
    owners = "、".join(f"“{o.label}”" for o in letter.rules.outcomes.values() if _in(ground.ref, _first(o)))
    answers = [ref for ref in outcome.basis if parts.answers.covers(ref)]
    replaced = parts.answers.covers(ground.ref) and answers and not _answered(letter, answers)
    severity: Severity = "error" if replaced else "warning"
    should = f"，应为{_either(answers)}" if replaced else "，请核对是否应作为本项的依据"
    message = f"{ground.ref.local}是{owners or '另一种答复'}的依据，与“{outcome.label}”不符{should}。"
    yield Finding(severity, "outcome_basis", ground.citation.start, ground.citation.end, message)


def _answered(letter: Letter, answers: list[ProvisionRef]) -> bool:
    return any(want.covers(ground.ref) for want in answers for ground in letter.grounds)


def _denied(letter: Letter, at: int) -> bool:
    """不存在、不属于 directly before the words, in the same clause; or the words are an earlier answer's."""
    words = letter.rules.parts.words
    start, _ = sentence_around(letter.body, at)
    if words["earlier"].search(letter.body[start:at]):
        return True
    return bool(words["negated"].search(letter.body[max(0, at - 40) : at]))


def _first(outcome: Outcome) -> tuple[ProvisionRef, ...]:
    return tuple(road.basis[0] for road in outcome.roads)


def _in(ref: ProvisionRef, rows: Iterable[ProvisionRef]) -> bool:
    return any(row.covers(ref) for row in rows)


def _either(refs: Iterable[ProvisionRef]) -> str:
    return "或者".join(_unique(str(ref) for ref in refs))


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _whole(letter: Letter) -> tuple[int, int]:
    """The provisions relied on, or the end of the letter's body where there are none."""
    cited = [ground.citation for ground in letter.grounds]
    return (cited[0].start, cited[0].end) if cited else (len(letter.body), len(letter.body))
