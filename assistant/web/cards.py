"""Turns of the conversation: what the assistant says of a letter, of a question, of a fault."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.law import china_time
from assistant.law.citations import cite as citations_in
from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.web import request_card
from assistant.web.case import Turn
from assistant.web.markup import Markup, el, join, section
from assistant.web.opinion import opinion
from assistant.web.pressing import go, linked, press
from assistant.web.sources import hit, listed, provision, quoted

if TYPE_CHECKING:
    from assistant.dialogue.answers import Answer
    from assistant.dialogue.explaining import Told
    from assistant.law.instruments import StatuteBook
    from assistant.pipeline import Assistant, Handled
    from assistant.triage.classifier import Proposal
    from assistant.triage.signals import Signal

FIELDS = {"request": "申请书", "findings": "查明的事实"}
SHOWN_WORDS = 420
SHOWN_OUTCOMES = 3
GUESSED = "还没有写明查明的事实，以下只是按申请书作出的推测；写明后请重新研判。"


def said(text: str, file: str | None = None) -> Turn:
    """What the clerk typed, pasted or uploaded; a long letter is shown by its beginning."""
    name = el("p", f"上传文件：{file}", class_="note") if file else None
    body = el("div", text[:SHOWN_WORDS], class_="typed", tabindex="0")
    rest = text[SHOWN_WORDS:]
    more = el("p", f"……（全文 {len(text)} 字，见右侧“办理”）", class_="note") if rest else None
    return Turn("user", el("div", name, body, more, class_="turn"))


def told(line: str) -> Turn:
    """One plain line."""
    return Turn("assistant", el("div", el("p", line), class_="turn"))


def fault(line: str) -> Turn:
    """What went wrong and what to do next, in the words of the error."""
    return Turn("assistant", alert(line))


def alert(line: str) -> Markup:
    """A fault beside the field it concerns."""
    return el("div", el("p", line), class_="turn fault", role="alert")


def answer(found: "Answer", book: "StatuteBook") -> Turn:
    """An answer with what it rests on, its citations to be opened; where there is none, that is said in as many words."""
    notice = el("p", found.notice, class_="notice") if found.notice else None
    lead = el("p", "没有可靠的答案", class_="lead unsure") if found.abstained else None
    body = el("div", *_lines(found.answer, book), class_="answer")
    sources = join(map(quoted, found.citations)) or None
    basis = section("来源", el("div", sources, class_="sources")) if sources else None
    return Turn("assistant", el("div", notice, lead, body, basis, class_="turn card"))


def _lines(text: str, book: "StatuteBook") -> Iterator[Markup]:
    """The lines of a text as paragraphs, each citation one to open below its line."""
    cited, at = citations_in(text, book, china_time.today()), 0
    for line in text.split("\n"):
        if line.strip():
            yield el(
                "p",
                linked(line, cited, at),
                class_="lead-in" if at == 0 or text[at - 2 : at] == "\n\n" else None,
            )
        at += len(line) + 1


class Summary:
    """The turn a letter gets: what it asks, what the law makes of it, why, and what is still unclear."""

    def __init__(self, outcomes: Outcomes, book: "StatuteBook", on: date) -> None:
        self.outcomes, self.book, self.on = outcomes, book, on

    def turn(
        self,
        handled: "Handled",
        reading: request_card.Reading,
        number: int = 0,
        beside: Markup | None = None,
    ) -> Turn:
        """The summary of one letter; an abstention presents no outcome as settled.

        `number` is the case's: what is pressed on it later concerns that case and no other. `beside`: earlier
        requests and what is published already.
        """
        proposal = handled.proposal
        parts = (
            el("p", handled.found.notice, class_="notice") if handled.found.notice else None,
            el("p", proposal.notice, class_="notice") if proposal.notice else None,
            self._verdict(proposal),
            None if proposal.abstain or handled.findings.strip() else el("p", GUESSED, class_="notice"),
            request_card.asked(reading),
            request_card.besides(reading),
            beside,
            self._leading(handled),
            self._why(handled),
            opinion(proposal.vote),
            None if proposal.abstain else section("依据", self._basis(proposal)),
            request_card.lacking(reading),
            section("相关条文和公开信息", self._found(handled)),
            el("p", *_presses(proposal, number), class_="presses"),
            el("p", _next_step(proposal), class_="next"),
        )
        return Turn("assistant", el("div", *parts, class_="turn card"))

    def _verdict(self, proposal: "Proposal") -> Markup:
        if proposal.abstain:
            question = proposal.question or "请补充查明的事实。"
            lead = el("p", "把握不足，暂不作判断", class_="lead unsure")
            return join((lead, el("p", el("strong", "请先查明："), question, class_="question")))
        best = proposal.outcomes[0]
        group = self.outcomes[best.code].group_label
        return el("p", "建议：", el("strong", best.label), el("span", group, class_="kind"), class_="lead")

    def _leading(self, handled: "Handled") -> Markup | None:
        """The leading outcomes with their probabilities; only named where none is settled, not where nothing shows one."""
        proposal = handled.proposal
        leading = proposal.outcomes[:SHOWN_OUTCOMES]
        if not proposal.abstain:
            bars = el("div", *(_bar(one.label, one.probability) for one in leading), class_="bars")
            return section("建议的处理结果", bars)
        if not handled.findings.strip() and not proposal.signals:
            return None
        return section("可能的处理结果", el("ul", *(el("li", one.label) for one in leading)))

    def _why(self, handled: "Handled") -> Markup | None:
        quotes = list(_quotes(handled, self.outcomes))
        if not quotes:
            return section("为什么", el("p", "申请书和查明的事实里还没有明确的线索。", class_="note"))
        return section("为什么", el("ul", *quotes, class_="why"))

    def _basis(self, proposal: "Proposal") -> Markup:
        refs = self._refs(proposal)
        return listed((provision(ref, self.book, self.on) for ref in refs), "没有可列的条文。")

    def _refs(self, proposal: "Proposal") -> list[ProvisionRef]:
        best = proposal.outcomes[0]
        known = {str(ref): ref for ref in self.outcomes[best.code].basis}
        return [known.get(printed) or ProvisionRef.parse(printed) for printed in best.basis]

    def _found(self, handled: "Handled") -> Markup:
        hits = (hit(one, self.book, self.on) for one in handled.found.hits)
        return listed(hits, "没有查到相关条文或者公开信息。")


def explained(told: "Told", assistant: "Assistant", number: int) -> Turn:
    """An explanation: one line, its points, the provisions opened in place, outcomes that may be chosen."""
    today, book = china_time.today(), assistant.statutes
    points = el("ul", *(el("li", words) for words in told.points)) if told.points else None
    refs = join(provision(ref, book, today) for ref in told.basis) or None
    outcomes = (
        press(f"change:{number}:{code}", f"改为：{assistant.outcomes[code].label}") for code in told.options
    )
    parts = (
        el("p", told.lead, class_="lead said"),
        points,
        section("依据", el("div", refs, class_="sources")) if refs else None,
        el("p", *outcomes, class_="presses") if told.options else None,
        el("p", told.next, class_="next") if told.next else None,
    )
    return Turn("assistant", el("div", *parts, class_="turn card"))


def _presses(proposal: "Proposal", number: int) -> tuple[Markup, ...]:
    """What the clerk may do with a proposal; where there is none, the seven steps."""
    if proposal.abstain:
        return (go("guide", "七步引导"), press(f"why:{number}", "为什么"))
    adopt = press(f"adopt:{number}:{proposal.outcomes[0].code}", "采纳", "chief")
    return (adopt, go("outcome", "修改"), press(f"why:{number}", "为什么"), go("guide", "七步引导"))


def _bar(label: str, probability: float) -> Markup:
    meter = el("span", el("span", style=f"width:{probability:.1%}", class_="fill"), class_="meter")
    share = el("span", _share(probability), class_="share")
    return el("div", el("span", label, title=label, class_="name"), meter, share, class_="bar")


def _share(probability: float) -> str:
    """A probability as a share that never claims certainty."""
    if probability >= 0.995:
        return ">99%"
    return "<1%" if probability < 0.01 else f"{probability:.0%}"


def _quotes(handled: "Handled", outcomes: Outcomes) -> Iterator[Markup]:
    """Evidence in the words of the letter or the findings, each stretch of words once."""
    for signal in _outermost(handled.proposal.signals):
        where = el("span", FIELDS[signal.field], class_="kind")
        yield el("li", el("q", signal.quote), where, f"指向“{outcomes[signal.points_to].label}”")


def _outermost(signals: Sequence["Signal"]) -> list["Signal"]:
    """Signals whose words are not part of another's that says the same."""

    def inside(one: "Signal", other: "Signal") -> bool:
        same = (one.field, one.points_to) == (other.field, other.points_to)
        return same and other.start <= one.start and one.end <= other.end

    kept: list[Signal] = []
    for one in signals:
        if not any(inside(one, other) for other in kept):
            kept = [other for other in kept if not inside(other, one)] + [one]
    return kept


def _next_step(proposal: "Proposal") -> str:
    if proposal.abstain:
        return "下一步：在右侧“办理”里写明查明的事实，点“重新研判”。"
    return "下一步：在右侧“办理”里核对处理结果，补齐事实后起草。处理结果由人决定。"
