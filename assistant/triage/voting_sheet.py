"""What the chat model is shown of a request: the outcomes, the law found for it, and the case as quoted material.

Only the letter's body goes, without letterhead and personal lines, without clauses that address the assistant,
and with personal data masked; of the corpus only provisions go, never another request or its reply.
Basis: 个人信息保护法第四条; 政府信息公开条例第三十六条至第三十九条.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.law.outcomes import Outcome, Outcomes
from assistant.model.hiding import Hidden, hide
from assistant.model.quoting import border_of, quotable
from assistant.retrieval.search import Hit
from assistant.triage.letter import Request
from assistant.triage.signals import FIELDS, Field

MOST = 3
MOST_TO_ESTABLISH = 5
LONGEST_QUOTE = 300
LONGEST_FACT = 200
LONGEST_PROVISION = 600

NO_FINDINGS = "（没有查明情况）"
NO_REQUEST = "（没有可以研判的内容）"
SHAPE = (
    '{"outcomes": [{"code": "处理结果代码", "quote": "逐字照抄的原文", "provision": "《法名》第几条"}], '
    '"to_establish": ["还要查明的事实"]}'
)


@dataclass(frozen=True)
class Sheet:
    """The case as the model sees it. `texts` are request and findings, hidden, cut and rid of false marks."""

    hidden: Hidden
    texts: Mapping[Field, str]

    @property
    def mark(self) -> str:
        """What stands beside the borders of the material; whoever wrote the material could not know it."""
        return border_of(self.texts.values())


def lay_sheet(request: Request, body: str, findings: str) -> Sheet:
    """The case made ready to leave: `body` is the letter's content without words to the assistant."""
    hidden = hide((body, findings), {"申请人": filter(None, [request.applicant])})
    return Sheet(hidden, dict(zip(FIELDS, map(quotable, hidden.texts), strict=True)))


def sheet_values(sheet: Sheet, outcomes: Outcomes, hits: Iterable[Hit]) -> dict[str, str]:
    """The variables of prompts/classify_request.yaml."""
    return {
        "outcomes": "\n".join(map(_outcome, outcomes.values())),
        "provisions": "\n".join(f"{hit.ref}：{_plain(hit.text)}" for hit in hits) or "（没有检索到）",
        "mark": sheet.mark,
        "findings": sheet.texts["findings"].strip() or NO_FINDINGS,
        "request": sheet.texts["request"].strip() or NO_REQUEST,
        "shape": SHAPE,
    }


def answer_schema(codes: Sequence[str]) -> dict[str, Any]:
    """The shape of an answer as a JSON schema; all of it is checked again when the answer has come."""
    choice = {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "quote", "provision"],
        "properties": {
            "code": {"type": "string", "enum": list(codes)},
            "quote": {"type": "string", "description": "材料原文，逐字"},
            "provision": {"type": "string", "description": "一条现行规定的出处"},
        },
    }
    return {
        "title": "ranked_outcomes",
        "description": "最多三种处理结果，最可能的在前，各有原文和依据；以及还要查明的事实。",
        "type": "object",
        "additionalProperties": False,
        "required": ["outcomes", "to_establish"],
        "properties": {
            "outcomes": {"type": "array", "items": choice, "maxItems": MOST},
            "to_establish": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_TO_ESTABLISH},
        },
    }


def _outcome(outcome: Outcome) -> str:
    roads = "；".join(f"{road.when}（{'、'.join(map(str, road.basis))}）" for road in outcome.roads)
    return f"{outcome.code}｜{outcome.label}｜{'；'.join(outcome.elements)}｜{roads}"


def _plain(text: str) -> str:
    return " ".join(text.split())[:LONGEST_PROVISION]
