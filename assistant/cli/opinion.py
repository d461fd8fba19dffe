"""What a chat model says of a request beside the classifier, in lines for people."""

from typing import Any

_STANCE = {True: "与内置研判一致", False: "与内置研判不一致", None: "没有看出属于哪一种处理结果"}


def opinion_lines(proposal: dict[str, Any]) -> list[str]:
    """The model's stance, its outcomes with their quotations, what is still to establish; nothing without a vote."""
    vote = proposal.get("vote")
    if not vote:
        return []
    rows = [f"对话模型 {vote['model']}：{_STANCE[vote['agrees']]}。"]
    rows += [
        f"  {one['label']}（{one['code']}）  “{one['quote']}”  {one['provision']}" for one in vote["outcomes"]
    ]
    return rows + [f"  还要查明：{words}" for words in vote["to_establish"]]
