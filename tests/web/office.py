"""An office for the page's tests: the real corpus, letters and clause library; ranking and search stated by the test."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.ingest.passages import Passage
from assistant.law import china_time
from assistant.law.provisions import ProvisionRef
from assistant.pipeline import Assistant
from assistant.retrieval.search import Hit, SearchResult
from assistant.settings import Agency, Settings
from assistant.triage.classifier import Proposal, RankedOutcome
from assistant.triage.signals import Signal

AGENCY = Agency(
    name="某某市某某街道办事处",
    short_name="某某街道",
    kind="street",
    review_authority="某某市人民政府",
    court="某某市人民法院",
    address="某某市某某路1号",
    contact="党政综合办",
    phone="0000-88880000",
    document_series="某街公开〔{year}〕{number}号",
)
LETTER = "政府信息公开申请书\n\n某某街道办事处：\n申请公开2022年东塘村征地补偿安置方案，请邮寄纸质件。\n\n申请人：周明德\n2026年11月2日"
NOT_HELD = "经检索，本机关未制作、未保存该信息，该信息由区自然资源局制作。"
ELSEWHERE = "《政府信息公开条例》第三十六条第（五）项"


def sign(quote: str, road: str) -> Signal:
    """Evidence in the findings that the information is not held."""
    start = NOT_HELD.index(quote)
    return Signal(quote, start, start + len(quote), "unable.not_held", "findings", "rule", road, 3)


SURE = Proposal(
    (
        RankedOutcome("unable.not_held", "本机关不掌握相关政府信息", 0.83, (ELSEWHERE,), "elsewhere"),
        RankedOutcome("grant", "予以公开", 0.09, ("《政府信息公开条例》第三十六条第（二）项",)),
        RankedOutcome(
            "unable.needs_creation", "没有现成信息需要另行制作", 0.04, ("《政府信息公开条例》第三十八条",)
        ),
    ),
    False,
    None,
    (sign("未制作、未保存该信息", "absent"), sign("由区自然资源局制作", "elsewhere")),
)
UNSURE = replace(SURE, abstain=True, question="本机关是否制作或者保存了该信息？", signals=())


class Office(Assistant):
    """An assistant whose ranking and search are stated; letters, drafts and checks are the real ones."""

    def propose(self, request: str, findings: str = "") -> Proposal:
        """Sure with findings, unsure without."""
        return SURE if findings.strip() else UNSURE

    def search(self, query: str, k: int = 5, on: date | None = None) -> SearchResult:
        """Always article 36, its fifth item."""
        ref = ProvisionRef.parse(ELSEWHERE)
        day = on or china_time.today()
        shown, text = self.statutes.text(ref.whole_article, day), self.statutes.text(ref, day)
        passage = Passage(
            "p", "provision", text or "", shown or "", "laws/政府信息公开条例@2019-05-15.md", ref
        )
        return SearchResult((Hit(1, 1.0, passage, f"《中华人民共和国政府信息公开条例》{ref.local}"),), True)


def office(data_dir: Path, **changes: Any) -> Office:
    """An office over a data folder."""
    changed: Mapping[str, Any] = {"data_dir": data_dir, "agency": AGENCY, **changes}
    return Office(replace(Settings(), **changed))
