"""Every part of the page that events read or change, and what each shows for a case."""

from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant.web import guided, paper, rewording, shown
from assistant.web.case import Case, Heard
from assistant.web.desk import Desk
from assistant.web.downloads import Downloads
from assistant.web.guide_tab import GuideTab
from assistant.web.markup import Markup
from assistant.web.page import Talk
from assistant.web.register_tab import RegisterTab
from assistant.web.sheet_tab import Paper
from assistant.web.work_tab import Work

NOTHING = Markup("")
Updates = dict[Any, Any]


@dataclass(frozen=True)
class Parts:
    """The page's components with the desk behind them."""

    desk: Desk
    downloads: Downloads
    case: Any
    form: Any
    tabs: Any
    talk: Talk
    work: Work
    guide: GuideTab
    basis: Any
    paper: Paper
    button: Any
    pressed: Any
    register: RegisterTab

    @property
    def shown(self) -> list[Any]:
        """What follows from the case alone."""
        return [
            *(self.case, self.form, self.tabs, self.basis, self.talk.chat, self.talk.as_letter),
            *(self.work.outcome, self.work.road, self.work.note, self.work.alert),
            *(self.work.draft, self.work.draft_alert, self.guide.panel, self.guide.alert),
            *(self.paper.sheet, self.paper.verdict, self.paper.download, self.paper.alert),
            *(self.paper.any_reply, self.paper.other),
            *self.paper.rewording.all,
            *self.paper.let_go.all,
        ]

    @property
    def of_release(self) -> list[Any]:
        """What changes when a draft is let go: not the form, in which the clerk may be typing."""
        sheet = self.paper
        return [self.case, self.talk.chat, sheet.verdict, sheet.alert, *sheet.let_go.all]

    def hold(self, case: Case) -> Updates:
        """The case alone, from here on the one the page shows."""
        return {self.case: case.seat.hold(case)}

    def say(self, case: Case) -> Updates:
        """The case with its conversation."""
        return self.hold(case) | {self.talk.chat: shown.messages(case, case.seat.running > 0)}

    def await_answer(self, case: Case, heard: Heard) -> Updates:
        """The message stands in the conversation while the answer is worked out."""
        waiting = replace(case, pending=heard, doubtful=None)
        preparing = not self.desk.assistant.index_is_open
        return self.hold(waiting) | {self.talk.chat: shown.messages(waiting, True, preparing)}

    def overtaken(self, case: Case) -> Updates:
        """Where late work was dropped: the page stays as it is, but for what said that the work was under way."""
        now = case.fresh
        offered = bool(self.desk.assistant.settings.chat_model)
        return {
            self.talk.chat: shown.messages(now, now.seat.running > 0),
            **rewording.updates(self.paper.rewording, now, offered),
        }

    def show(self, case: Case, tab: str | None = None) -> Updates:
        """Everything that follows from the case; `tab` comes to the front."""
        sheet = self.paper
        return self.show_decision(case) | {
            self.tabs: gr.update(selected=tab) if tab else gr.skip(),
            self.talk.chat: shown.messages(case, case.seat.running > 0),
            self.talk.as_letter: gr.update(visible=case.doubtful is not None),
            self.work.outcome: case.code,
            sheet.sheet: paper.sheet(case.checked),
            sheet.verdict: paper.verdict(case.checked),
            sheet.download: gr.update(interactive=case.checked is not None),
            sheet.alert: NOTHING,
            sheet.let_go.box: gr.update(visible=_stopped(case)),
            sheet.let_go.name: "",
            sheet.let_go.reason: "",
            sheet.any_reply: gr.update(open=True) if case.other else gr.skip(),
            sheet.other: shown.other(case),
            **rewording.updates(sheet.rewording, case, bool(self.desk.assistant.settings.chat_model)),
        }

    def show_decision(self, case: Case) -> Updates:
        """What follows from the outcome and the road."""
        return {
            **self.hold(case),
            self.form: self.desk.form(case),
            self.work.road: shown.road_choice(self.desk, case),
            self.work.note: shown.outcome_note(self.desk, case),
            self.work.alert: NOTHING,
            self.work.draft: gr.update(visible=bool(case.code or case.items or case.paper)),
            self.work.draft_alert: NOTHING,
            self.basis: shown.basis(self.desk, case),
            self.guide.panel: guided.panel(self.desk, case),
            self.guide.alert: NOTHING,
        }


def _stopped(case: Case) -> bool:
    """Whether the gate refuses a whole draft that nobody has let go."""
    checked = case.checked
    return bool(checked and checked.draft and not checked.draft.missing and not checked.verdict.may_go)
