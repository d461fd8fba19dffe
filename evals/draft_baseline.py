"""What an office does that keeps one letter for everything: the facts in the blanks, one basis, one remedy."""

from typing import Any

from evals.letters import FactSet

BASIS = "根据《中华人民共和国政府信息公开条例》第三十六条的规定"
SKIPPED = (
    "applicant",
    "asked",
    "received_how",
    "received_on",
    "replied_on",
    "document_number",
    "agency",
    "road",
)


def one_letter_for_all(given: FactSet) -> str:
    """The letter with the facts of a case in its blanks, whatever its outcome."""
    facts, organ = given.facts, given.facts["agency"]
    number = str(facts.get("document_number", ""))
    if "〔" not in number:
        number = organ["document_series"].format(year=given.on.year, number=number)
    told = "；".join(_words(value) for key, value in facts.items() if key not in SKIPPED)
    return "\n\n".join(
        (
            "政府信息公开申请答复书",
            number,
            f"{facts['applicant']}：",
            f"本机关于{_day(facts['received_on'])}收到您{facts['received_how']}提交的政府信息公开申请，"
            f"申请公开：{facts['asked']}。",
            f"{BASIS}，现答复如下：{told}。",
            f"如对本答复不服，可以自收到之日起六十日内向{organ['review_authority']}申请行政复议，"
            f"也可以自收到之日起六个月内直接向{organ['court']}提起行政诉讼。",
            f"{organ['name']}\n\n{_day(given.on)}",
            f"联系方式：{organ['contact']}",
        )
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_words(one["part"] if isinstance(one, dict) else one) for one in value)
    return _day(value) if hasattr(value, "year") else str(value)


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
