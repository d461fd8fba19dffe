"""The papers beside the reply: notices to the applicant, letters to a third party or another organ, sheets for the file.

Each is a template of corpus/letters/papers for a kind of procedures.yaml, which also says who gets it and whether it
names a remedy. Basis: 政府信息公开条例第三十条至第三十五条、第四十一条、第四十二条、第四十四条、第四十五条.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.drafting.compose import Composer, Parts, remedy_gaps
from assistant.drafting.draft import Draft
from assistant.drafting.facts import Facts
from assistant.drafting.letters import Letter, LetterLibrary
from assistant.drafting.writing import Part
from assistant.errors import InputError
from assistant.law.procedures import Procedure, Procedures
from assistant.law.remedy_paragraph import RemedyParagraph, state_remedy

_ANSWERS = "other"


@dataclass(frozen=True)
class PaperComposer:
    """The clause library with the kinds of paper there are."""

    composer: Composer
    procedures: Procedures

    def compose(self, name: str, facts: Facts, on: date) -> Draft:
        """A paper by its name, from facts that have been checked; gaps and faults as in a reply."""
        library = self.composer.library
        paper = paper_named(name, library)
        kind = self._kind(paper, on)
        filled, told = self.composer.facts_for(paper, facts, on)
        remedy = self._remedy(paper, kind, facts, filled)
        parts = Parts(paper, library.frame_of(paper), filled, paper.own, remedy, (Part(paper, filled),))
        blocks = tuple(self.composer.blocks(self.composer.writer(filled, on), parts))
        missing = self.composer.gaps(paper, filled)
        if remedy:
            missing += remedy_gaps(remedy, library.slots)
        warnings = (
            *told,
            *self._late(kind, filled),
            *_practice(paper, kind),
            *(remedy.warnings if remedy else ()),
        )
        return Draft("", "", paper.name, on, blocks, missing, warnings, paper=paper.paper, to=paper.to)

    def _kind(self, paper: Letter, on: date) -> Procedure:
        kind = self.procedures.on(on).get(paper.paper or "")
        if kind is None or not paper.validity.holds(on):
            raise InputError(
                f"{on} 没有“{paper.title}”这种文书的规则（{paper.validity.valid_from} 起有效）。"
            )
        return kind

    def _remedy(self, paper: Letter, kind: Procedure, facts: Facts, filled: Facts) -> RemedyParagraph | None:
        """The remedy of a paper that decides something for whoever gets it; none of one that does not."""
        if kind.remedy is None or paper.to != kind.to:
            return None
        case = self.composer.remedy_case(kind.basis, _ANSWERS, paper, facts, filled)
        return state_remedy(self.composer.remedies, case)

    def _late(self, kind: Procedure, filled: Facts) -> tuple[str, ...]:
        """What the clock says of a paper that goes out on this day."""
        if kind.event is None or "received_on" not in filled:
            return ()
        return self.composer.reckoner.missed_by(kind.event, filled, filled["replied_on"])


def paper_named(name: str, library: LetterLibrary) -> Letter:
    """A paper by its own name, or by its kind where there is one of it. Raises InputError listing the papers."""
    if name in library.papers:
        return library.papers[name]
    of_kind = [paper for paper in library.papers.values() if paper.paper == name]
    if len(of_kind) == 1:
        return of_kind[0]
    known = "、".join(f"{paper.name}（{paper.title}）" for paper in of_kind or library.papers.values())
    found = f"“{name[:60]}”有几种" if of_kind else f"没有“{name[:60]}”这种文书"
    raise InputError(f"{found}，可用：{known}。")


def _practice(paper: Letter, kind: Procedure) -> Iterator[str]:
    """What no text held here orders of a paper is told to be practice."""
    points = [point.words for point in kind.must if not point.verified]
    if points or not paper.validity.verified:
        basis = "、".join(map(str, kind.basis))
        said = f"，如{'；'.join(points)}" if points else ""
        yield f"“{paper.title}”有的内容出自通行做法、推断或者未核对原文的规定{said}（{basis}），请核对。"
