"""Every part of the page that events read or change, and what each shows for a case."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.web import paper, rewording, shown
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.downloads import Downloads
from assistant.web.markup import Markup
from assistant.web.page import Paper, Talk, Work

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
    basis: Any
    paper: Paper

    @property
    def shown(self) -> list[Any]:
        """What follows from the case alone."""
        return [
            *(self.case, self.form, self.tabs, self.basis, self.talk.chat, self.talk.as_letter),
            *(self.work.outcome, self.work.road, self.work.note, self.work.alert),
            *(self.work.draft, self.work.draft_alert),
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

    def show(self, case: Case, tab: str | None = None) -> Updates:
        """Everything that follows from the case; `tab` comes to the front."""
        sheet = self.paper
        return self.show_decision(case) | {
            self.tabs: gr.Tabs(selected=tab) if tab else gr.skip(),
            self.talk.chat: shown.messages(case),
            self.talk.as_letter: gr.Button(visible=case.doubtful is not None),
            self.work.outcome: case.code,
            sheet.sheet: paper.sheet(case.checked),
            sheet.verdict: paper.verdict(case.checked),
            sheet.download: gr.Button(interactive=case.checked is not None),
            sheet.alert: NOTHING,
            sheet.let_go.box: gr.Column(visible=_stopped(case)),
            sheet.let_go.name: "",
            sheet.let_go.reason: "",
            sheet.any_reply: gr.Accordion(open=True) if case.other else gr.skip(),
            sheet.other: shown.other(case),
            **rewording.updates(sheet.rewording, case, bool(self.desk.assistant.settings.chat_model)),
        }

    def show_decision(self, case: Case) -> Updates:
        """What follows from the outcome and the road."""
        return {
            self.case: case,
            self.form: self.desk.form(case),
            self.work.road: shown.road_choice(self.desk, case),
            self.work.note: shown.outcome_note(self.desk, case),
            self.work.alert: NOTHING,
            self.work.draft: gr.Button(visible=case.code is not None),
            self.work.draft_alert: NOTHING,
            self.basis: shown.basis(self.desk, case),
        }


def _stopped(case: Case) -> bool:
    """Whether the gate refuses a whole draft that nobody has let go."""
    checked = case.checked
    return bool(checked and checked.draft and not checked.draft.missing and not checked.verdict.may_go)
