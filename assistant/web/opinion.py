"""What a chat model says of a letter beside the classifier, where the office has switched one on."""

from typing import TYPE_CHECKING

from assistant.web.markup import Markup, el

if TYPE_CHECKING:
    from assistant.triage.votes import Choice, Vote

FIELDS = {"request": "申请书", "findings": "查明的事实"}
STANCE = {
    True: "与内置研判一致。",
    False: "与内置研判不一致，所以先问，不作判断。",
    None: "没有看出属于哪一种处理结果。",
}


def opinion(vote: "Vote | None") -> Markup | None:
    """The model's outcomes with their quotations, and what it would still have established; none without a vote."""
    if vote is None:
        return None
    rows = [_row(choice) for choice in vote.choices]
    open_points = [el("li", el("span", "还要查明", class_="kind"), words) for words in vote.to_establish]
    stance = el("p", f"{vote.model}：{STANCE[vote.agrees]}", class_="note")
    return el("section", el("h3", "对话模型的参考意见"), stance, el("ul", *rows, *open_points))


def _row(choice: "Choice") -> Markup:
    where = el("span", FIELDS[choice.field], class_="kind")
    return el("li", choice.label, "：", el("q", choice.quote), where, choice.provision)
