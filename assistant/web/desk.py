"""What the clerk can do, as steps from one state of the case to the next. Faults are raised, never swallowed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.dialogue.answers import answer_question, answer_stream
from assistant.dialogue.intents import could_be_letter, intent_of, words_of
from assistant.drafting.draft import Draft
from assistant.errors import InputError
from assistant.ingest.files.readers import read_letter_bytes
from assistant.law.outcomes import Outcome, Road, known_outcome
from assistant.pipeline import Assistant, Handled
from assistant.triage.letter import Request, refuse_unusable
from assistant.triage.points import Point, load_points, missing_points
from assistant.web import cards
from assistant.web.case import Case, Checked, Heard
from assistant.web.fields import Form, facts_from, form_of, known_facts


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
            text = self._text_of(files)
            shown = case.say(cards.said(text, files[0].name))
            return shown, Heard(text, "reply" if intent_of(text) == "reply" else "letter", remark.strip())
        if not remark.strip():
            raise InputError("还没有内容。请粘贴申请书、上传文件，或者写下要问的问题。")
        refuse_unusable(remark)
        return case.say(cards.said(remark)), Heard(remark, intent_of(remark))

    def respond(self, case: Case, heard: Heard) -> Case:
        """What the assistant makes of it: a letter is handled, a reply checked, a question answered."""
        if heard.intent == "letter":
            return self.take(case, heard.text, heard.findings)
        if heard.intent == "reply":
            return self._check_aloud(case, heard.text)
        return self.answer(case, heard.text)

    def responses(self, case: Case, heard: Heard) -> Iterator[Case]:
        """The same as it grows: an answer that a chat model writes is shown sentence by sentence.

        Each case stands in the place of the one before; the last one counts.
        """
        if heard.intent != "question":
            yield self.respond(case, heard)
            return
        doubtful = heard.text if could_be_letter(heard.text) else None
        for found in answer_stream(self.assistant, heard.text):
            yield replace(case.say(cards.answer(found)), doubtful=doubtful)

    def take(self, case: Case, letter: str, findings: str = "") -> Case:
        """A letter: read, ranked, its sources found, and told in one turn; the case begins anew with it."""
        handled = self.assistant.handle(letter, findings)
        fresh = replace(case, number=case.number + 1, letter=letter, checked=None, polished=None, doubtful=None)
        return self._propose(fresh, handled)

    def reconsider(self, case: Case, letter: str, findings: str) -> Case:
        """The same letter with what the organ has established since; what was filled in stays."""
        refuse_unusable(letter)
        handled = self.assistant.handle(letter, findings)
        asked = case.say(cards.said(f"查明的事实：{findings.strip() or '（未填写）'}"))
        return self._propose(replace(asked, letter=letter), handled)

    def answer(self, case: Case, question: str) -> Case:
        """A question about law or figures. The clerk may still say that it was a letter."""
        turn = cards.answer(answer_question(self.assistant, question))
        return replace(case.say(turn), doubtful=question if could_be_letter(question) else None)

    def decide(self, case: Case, code: str | None, road: str | None = None) -> Case:
        """The outcome and the road the clerk chose."""
        if not code:
            return replace(case, code=None, road=None)
        outcome = known_outcome(code, self.assistant.outcomes)
        names = [one.name for one in outcome.roads]
        return replace(case, code=code, road=road if road in names else self._road(case, outcome).name)

    def form(self, case: Case) -> Form | None:
        """The facts the chosen letter must state, filled with what is known."""
        road = self.road(case)
        if road is None:
            return None
        library = self.assistant.letters
        known = known_facts(case.handled, library, self.assistant.settings.agency, date.today())
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
        if form is None or case.code is None:
            raise InputError("还没有选定处理结果。请先在上面选择一项，再起草。")
        draft = self.assistant.draft(case.code, {**facts_from(form), "road": case.road})
        verdict = self.assistant.verify(draft.text, draft.on, draft.outcome, _request(case))
        return Checked(draft.text, verdict, draft.on, draft)

    def check(self, case: Case, text: str) -> Case:
        """The gate's verdict on any reply. Raises InputError for an empty or endless one."""
        if not text.strip():
            raise InputError("还没有要校验的文本。请粘贴答复书全文，或者上传文件。")
        refuse_unusable(text)
        today = date.today()
        return replace(case, other=Checked(text, self.assistant.verify(text, today), today))

    def export(self, case: Case) -> tuple[str, bytes]:
        """File name and bytes of the DOCX. Raises InputError with the reason while errors stand."""
        from assistant.drafting.document import docx_bytes

        draft = case.checked.draft if case.checked else None
        if draft is None:
            raise InputError("还没有可以下载的草稿。请先在“办理”里起草。")
        verdict = self.assistant.verify(draft.text, draft.on, draft.outcome, _request(case))
        errors = sum(one.severity == "error" for one in verdict.findings)
        if errors:
            raise InputError(f"草稿还有 {errors} 处错误，不能导出。请按校验结果补齐、改正后重新起草。")
        return _file_name(draft), docx_bytes(draft, self.assistant.settings.letters)

    def road(self, case: Case) -> Road | None:
        """The legal way the clerk's choice names."""
        return self.assistant.outcomes[case.code].road(case.road) if case.code else None

    def read(self, file: Path) -> str:
        """The text of an uploaded file; the file is gone afterwards, readable or not."""
        try:
            return read_letter_bytes(file.name, file.read_bytes())
        finally:
            _forget(file)

    def _text_of(self, files: Sequence[Path]) -> str:
        try:
            if len(files) > 1:
                raise InputError("一次只能上传一个文件。请逐件上传。")
            return self.read(files[0])
        finally:
            for file in files:
                _forget(file)

    def _check_aloud(self, case: Case, text: str) -> Case:
        checked = self.check(case, text)
        errors = _errors(checked)
        found = f"{errors} 处错误" if errors else "没有错误"
        return checked.say(cards.told(f"这像一份答复书，已经校验：{found}。逐项结果见右侧“草稿与校验”。"))

    def _propose(self, case: Case, handled: Handled) -> Case:
        proposal = handled.proposal
        summary = cards.Summary(self.assistant.outcomes, self.assistant.statutes, date.today())
        case = replace(case.say(summary.turn(handled, self._missing(handled))), handled=handled)
        return self.decide(case, None if proposal.abstain else proposal.outcomes[0].code)

    def _missing(self, handled: Handled) -> tuple[Point, ...]:
        return missing_points(handled.request, self._points, date.today())

    def _road(self, case: Case, outcome: Outcome) -> Road:
        """The road the proposal's evidence names; else the first."""
        proposed = case.handled.proposal.outcomes if case.handled else ()
        return outcome.road(next((one.road for one in proposed if one.code == outcome.code), None))

    @cached_property
    def _points(self) -> tuple[Point, ...]:
        return load_points(self.assistant.settings.corpus_dir / "rules")


def _request(case: Case) -> Request | None:
    return case.handled.request if case.handled else None


def _forget(file: Path) -> None:
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


def _file_name(draft: Draft) -> str:
    return f"{draft.blocks[0].text}（草稿{draft.on.isoformat()}）.docx"
