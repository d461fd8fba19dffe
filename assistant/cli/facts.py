"""Which facts a letter states: a facts file to fill in, each fact with its meaning and its article."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.show import open_office
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.drafting.letters import Letter
    from assistant.pipeline import Assistant


def facts(
    outcome: Annotated[str | None, typer.Option(help="处理结果代码，如 unable.not_held。")] = None,
    road: Annotated[str | None, typer.Option(help="哪一种情形；只有一种的不用写。")] = None,
    paper: Annotated[
        str | None, typer.Option(help="文书名称，如 correction_notice。", metavar="NAME")
    ] = None,
) -> None:
    """印出起草一份文书要填的事实（YAML），每项注明含义、依据和写法，填好后交给 draft --facts。"""
    from assistant.drafting.facts import facts_template

    if bool(outcome) == bool(paper):
        raise InputError("请写 --outcome（处理结果代码）或者 --paper（文书名称）中的一个。")
    assistant = open_office()
    letter = _paper(paper, assistant) if paper else _reply(outcome or "", road, assistant)
    print(f"# {letter.title}（{letter.name}）。必填的在前，其余按需填写。")
    if letter.road:
        print(f"road: {letter.road}")
    slots = assistant.letters.slots_of(letter)
    required = assistant.letters.required(letter, {})
    rest = tuple(slot for slot in slots if slot not in required)
    print(facts_template(required) + "\n# 按需填写\n" + facts_template(rest), end="")


def _paper(name: str, assistant: "Assistant") -> "Letter":
    from assistant.drafting.papers import paper_named

    return paper_named(name, assistant.letters)


def _reply(code: str, road: str | None, assistant: "Assistant") -> "Letter":
    from assistant.law.outcomes import known_outcome

    outcome = known_outcome(code, assistant.outcomes)
    if road is None and len(outcome.roads) > 1:
        roads = "、".join(f"{one.name}（{one.when}）" for one in outcome.roads)
        raise InputError(f"“{outcome.label}”有几种情形，请用 --road 写明一种：{roads}。")
    return assistant.letters.letters[outcome.road(road).letter]
