"""What the clerk can do, as steps from one state of the case to the next. Faults are raised, never swallowed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.dialogue.answers import answer_question, answer_stream
from assistant.dialogue.intents import could_be_letter, intent_of, words_of
from assistant.dialogue.wishes import wish_of
from assistant.drafting.draft import Draft
from assistant.drafting.verdict import Override, Verdict
from assistant.drafting.verify import Known
from assistant.errors import InputError
from assistant.ingest.files.paper import Paper, read_paper_bytes
from assistant.ingest.files.readers import read_letter_bytes
from assistant.law import china_time
from assistant.law.outcomes import Outcome, Road, known_outcome
from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant, Handled
from assistant.triage.letter import Request, refuse_unusable
from assistant.triage.letter_rules import load_reading_rules
from assistant.triage.points import PointTable, correction_of, load_point_table, points_to_check
from assistant.web import cards, papering, wishing
from assistant.web.beside import beside
from assistant.web.case import Case, Checked, Heard, Settled
from assistant.web.fields import Form, facts_from, form_of, known_facts
from assistant.web.items_form import form_of_items, item_facts
from assistant.web.markup import Markup
from assistant.web.request_card import Reading

KEPT_QUESTIONS = 8


class Desk:
    """One office's desk: the same for every clerk; what differs is the case each step is given."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def hear(self, case: Case, words: str, files: Sequence[Path] = ()) -> tuple[Case, Heard]:
        """A message as heard: shown in the conversation, its text had, its kind told.

        Raises InputError for an empty message and for a file that cannot be read.
        """
        remark = words_of(words)
        if files:
            name, data = _uploaded(files)
            text = read_letter_bytes(name, data)
            shown = case.say(cards.said(text, name))
            if intent_of(text) == "reply":
                brought = read_paper_bytes(name, data)
                return shown, Heard(brought.text, "reply", remark.strip(), brought)
            return shown, Heard(text, "letter", remark.strip())
        if not remark.strip():
            raise InputError("还没有内容。请粘贴申请书、上传文件，或者写下要问的问题。")
        refuse_unusable(remark)
        wish = wish_of(remark, self.assistant.outcomes)
        heard = Heard(remark, "wish", wish=wish) if wish else Heard(remark, intent_of(remark))
        return case.say(cards.said(remark)), heard

    def hear_findings(self, case: Case, letter: str, findings: str) -> tuple[Case, Heard]:
        """What the organ has established since, said aloud before the letter is judged anew.

        Raises InputError for an empty letter.
        """
        refuse_unusable(letter)
        said = cards.said(f"查明的事实：{findings.strip() or '（未填写）'}")
        return replace(case.say(said), letter=letter), Heard(letter, "findings", findings)

    def respond(self, case: Case, heard: Heard) -> Case:
        """What the assistant makes of it: a letter is handled, a reply checked, a question answered, a wish met."""
        if heard.intent == "letter":
            return self.take(case, heard.text, heard.findings)
        if heard.intent == "reply":
            return self._check_aloud(replace(case, brought=heard.brought), heard.text)
        if heard.intent == "findings":
            return self.judge(case, heard.text, heard.findings)
        if heard.wish:
            return wishing.grant(self, case, heard.wish)
        return self.answer(case, heard.text)

    def responses(self, case: Case, heard: Heard) -> Iterator[Case]:
        """The same as it grows: an answer that a chat model writes is shown sentence by sentence.

        Each case stands in the place of the one before; the last one counts.
        """
        if heard.intent != "question":
            yield self.respond(case, heard)
            return
        doubtful = heard.text if could_be_letter(heard.text) else None
        asked = (*case.asked, heard.text)[-KEPT_QUESTIONS:]
        for found in answer_stream(self.assistant, heard.text, earlier=case.asked):
            said = case.say(cards.answer(found, self.assistant.statutes))
            yield replace(said, doubtful=doubtful, asked=asked)

    def take(self, case: Case, letter: str, findings: str = "") -> Case:
        """A letter: read, ranked, its sources found, and told in one turn; the case begins anew with it."""
        handled = self.assistant.handle(letter, findings)
        fresh = Case(
            turns=case.turns, number=case.number + 1, letter=letter, other=case.other, seat=case.seat
        )
        return self._propose(fresh, handled, beside(self.assistant, handled.request))

    def reconsider(self, case: Case, letter: str, findings: str) -> Case:
        """The same letter with what the organ has established since; what was filled in stays."""
        return self.respond(*self.hear_findings(case, letter, findings))

    def judge(self, case: Case, letter: str, findings: str) -> Case:
        """The letter judged with these findings; what the clerk filled in and answered in the seven steps stays."""
        return self._propose(case, self.assistant.handle(letter, findings))

    def answer(self, case: Case, question: str) -> Case:
        """A question about law or figures. The clerk may still say that it was a letter."""
        found = answer_question(self.assistant, question, earlier=case.asked)
        said = case.say(cards.answer(found, self.assistant.statutes))
        asked = (*case.asked, question)[-KEPT_QUESTIONS:]
        return replace(said, doubtful=question if could_be_letter(question) else None, asked=asked)

    def decide(self, case: Case, code: str | None, road: str | None = None) -> Case:
        """The outcome and the road the clerk chose."""
        if not code:
            return replace(_back(case), code=None, road=None, items=(), choice=None, settled="proposed")
        outcome = known_outcome(code, self.assistant.outcomes)
        names = [one.name for one in outcome.roads]
        chosen = road if road in names else self._road(case, outcome).name
        settled: Settled = "adopted" if code == self.proposed(case) else "changed"
        return replace(_back(case), code=code, road=chosen, items=(), choice=None, settled=settled)

    def proposed(self, case: Case) -> str | None:
        """The outcome the assistant proposed, where it did not abstain."""
        proposal = case.handled.proposal if case.handled else None
        return None if proposal is None or proposal.abstain else proposal.outcomes[0].code

    def form(self, case: Case) -> Form | None:
        """The facts the chosen letter must state, filled with what is known."""
        if case.paper:
            return papering.form(self, case)
        library = self.assistant.letters
        known = known_facts(case.handled, library, self.assistant.settings.agency, china_time.today())
        if case.items:
            return form_of_items(case, library, self.assistant.outcomes, {**known, **case.typed})
        road = self.road(case)
        if road is None:
            return None
        return form_of(library, library.letters[road.letter], {**known, **case.typed}, case.number)

    def keep(self, case: Case, filled: Mapping[str, str]) -> Case:
        """The case with what the clerk typed into its form; what was only offered is not theirs."""
        form = self.form(case)
        offered = {field.key: field.value for field in form.fields} if form else {}
        typed = {key: value for key, value in filled.items() if key in offered and value != offered[key]}
        return replace(case, typed={**case.typed, **typed})

    def write(self, case: Case) -> Case:
        """A draft of the reply and the gate's verdict on it. Raises InputError for facts that cannot stand."""
        checked = self.checked(case)
        return replace(case, checked=checked, polished=None).say(cards.told(_drafted(checked)))

    def checked(self, case: Case) -> Checked:
        """The reply drafted from the form as it stands, and the gate's verdict on it."""
        form = self.form(case)
        if form is None:
            raise InputError("还没有选定处理结果。请先在上面选择一项，再起草。")
        facts = self.facts(case, form)
        draft = (
            self.assistant.draft_paper(case.paper, facts)
            if case.paper
            else self.assistant.draft(case.code, facts)
        )
        verdict = self.assistant.check_draft(draft, facts, _request(case))
        return Checked(draft.text, verdict, draft.on, draft)

    def facts(self, case: Case, form: Form) -> dict[str, Any]:
        """What the form says, as the letter under way takes it. Raises InputError for a line that cannot be read."""
        if case.paper:
            return facts_from(form)
        return dict(item_facts(form, case)) if case.items else {**facts_from(form), "road": case.road}

    def check(self, case: Case, text: str) -> Case:
        """The gate's verdict on any reply; of one that was uploaded also on what its file holds.

        Raises InputError for an empty or endless one.
        """
        if not text.strip():
            raise InputError("还没有要校验的文本。请粘贴答复书全文，或者上传文件。")
        refuse_unusable(text)
        today, brought = china_time.today(), case.brought
        if brought is None or brought.text.split() != text.split():
            brought = Paper(text)
        known = Known(notices=brought.notices, unseen=brought.unseen)
        return replace(case, other=Checked(text, self.assistant.verify(text, today, known=known), today))

    def bring(self, case: Case, file: Path) -> Case:
        """A letter uploaded to be checked, with what its file holds; the file is gone afterwards.

        Raises InputError or UnreadableFile for what is no letter.
        """
        return replace(case, brought=read_paper_bytes(*_uploaded([file])))

    def let_go(self, case: Case, name: str, reason: str) -> Case:
        """The draft, which the gate refuses, let go by a named person with a reason, on record.

        Raises InputError without either, for a draft with gaps and for one that nothing refuses.
        """
        checked = case.checked
        if checked is None or checked.draft is None:
            raise InputError("还没有草稿，没有可以放行的。请先在“办理”里起草。")
        if checked.draft.missing:
            raise InputError(f"还缺 {len(checked.draft.missing)} 项事实，不能放行。请补齐后重新起草。")
        by = Override(name, reason)
        gone = self.assistant.let_go(checked.verdict, by, _file_name(checked.draft), checked.text)
        return replace(case, checked=replace(checked, verdict=gone)).say(cards.told(_let_go(gone)))

    def export(self, case: Case) -> tuple[str, bytes]:
        """File name and bytes of the DOCX. Raises InputError with the reason while errors stand.

        Errors that a named person has let go stand no longer in the way; gaps always do.
        """
        from assistant.drafting.document import docx_bytes

        checked = case.checked
        if checked is None or checked.draft is None:
            raise InputError("还没有可以下载的草稿。请先在“办理”里起草。")
        if checked.draft.missing or not checked.verdict.may_go:
            errors = len(checked.verdict.errors)
            raise InputError(f"草稿还有 {errors} 处错误，不能导出。请按校验结果补齐、改正后重新起草。")
        return _file_name(checked.draft), docx_bytes(checked.draft, self.assistant.settings.letters)

    def road(self, case: Case) -> Road | None:
        """The legal way the clerk's choice names; none of a request decided item by item."""
        return self.assistant.outcomes[case.code].road(case.road) if case.code and not case.items else None

    def refs(self, printed: Iterable[str]) -> tuple[ProvisionRef, ...]:
        """Provisions as the rules print them."""
        return tuple(map(ProvisionRef.parse, printed))

    def _check_aloud(self, case: Case, text: str) -> Case:
        checked = self.check(case, text)
        errors = _errors(checked)
        found = f"{errors} 处错误" if errors else "没有错误"
        return checked.say(cards.told(f"这像一份答复书，已经校验：{found}。逐项结果见右侧“草稿与校验”。"))

    def _propose(self, case: Case, handled: Handled, found: Markup | None = None) -> Case:
        proposal = handled.proposal
        summary = cards.Summary(self.assistant.outcomes, self.assistant.statutes, china_time.today())
        turn = summary.turn(handled, self._reading(handled.request), case.number, found)
        case = replace(case.say(turn), handled=handled)
        if case.settled in ("changed", "guided"):
            return case
        chosen = self.decide(case, None if proposal.abstain else proposal.outcomes[0].code)
        return replace(chosen, settled="proposed")

    def _reading(self, request: Request) -> Reading:
        today, table = china_time.today(), self._points
        correction = correction_of(request, table, today)
        return Reading(request, self._kinds, correction, points_to_check(request, table.points, today))

    def _road(self, case: Case, outcome: Outcome) -> Road:
        """The road the proposal's evidence names; else the first."""
        proposed = case.handled.proposal.outcomes if case.handled else ()
        return outcome.road(next((one.road for one in proposed if one.code == outcome.code), None))

    @cached_property
    def _points(self) -> PointTable:
        return load_point_table(self.assistant.settings.corpus_dir / "rules")

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        rules = load_reading_rules(self.assistant.settings.corpus_dir / "rules")
        return {kind.key: kind.label for kind in rules.kinds}


def _back(case: Case) -> Case:
    """An outcome is for the reply: a paper under way is left for it."""
    return replace(case, paper=None, aside=None, checked=case.reply) if case.paper else case


def _request(case: Case) -> Request | None:
    return case.handled.request if case.handled else None


def _uploaded(files: Sequence[Path]) -> tuple[str, bytes]:
    """Name and bytes of the one file uploaded; every file is gone afterwards, readable or not."""
    try:
        if len(files) > 1:
            raise InputError("一次只能上传一个文件。请逐件上传。")
        return files[0].name, files[0].read_bytes()
    finally:
        for file in files:
            forget(file)


def forget(file: Path) -> None:
    """An uploaded file and the folder it lay in, gone."""
    file.unlink(missing_ok=True)
    with suppress(OSError):
        file.parent.rmdir()


def _errors(case: Case) -> int:
    return sum(one.severity == "error" for one in case.other.verdict.findings) if case.other else 0


def _drafted(checked: Checked) -> str:
    title = checked.draft.blocks[0].text if checked.draft else "答复书"
    gaps = len(checked.draft.missing) if checked.draft else 0
    if gaps:
        return f"已起草《{title}》，还缺 {gaps} 项事实，文中以【待补】标出；补齐后重新起草。"
    errors = sum(one.severity == "error" for one in checked.verdict.findings)
    if errors:
        return f"已起草《{title}》，校验指出 {errors} 处错误，见右侧“草稿与校验”。"
    return f"已起草《{title}》，校验通过。请核对后下载，由负责人审签。"


def _let_go(verdict: Verdict) -> str:
    by = verdict.override
    assert by is not None
    said = by.to_json()
    return f"{said['name']}已放行这份草稿（理由：{said['reason']}），{len(verdict.errors)} 处错误已记录在案，可以下载。"


def _file_name(draft: Draft) -> str:
    return f"{draft.blocks[0].text}（草稿{draft.on.isoformat()}）.docx"
