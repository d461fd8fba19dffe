"""Reading a request letter: who asks, whom, for what, in which form, under which law, and what is missing.

Only what the letter says is read; nothing is guessed: what it does not say is None or empty. Spans lead back to
the letter's own text. People are read in letter_people.py, what is asked for in letter_asked.py.
Basis: 政府信息公开条例第二十九条.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import InputError
from assistant.ingest.personal import PersonalKinds, load_personal_kinds
from assistant.ingest.personal_finding import Datum, find_personal_data, plain
from assistant.law import china_time
from assistant.law.citations import Citation, resolve
from assistant.law.finding import Found, find_citations
from assistant.law.instruments import StatuteBook
from assistant.law.naming import KnownNames
from assistant.law.numerals import to_int
from assistant.triage.letter_asked import (
    Demand,
    Wanted,
    asked_spans,
    demands_of,
    is_vague,
    items_of,
    purposes_of,
    wanted_forms,
)
from assistant.triage.letter_people import (
    Identity,
    Known,
    Party,
    agent_of,
    applicants_of,
    authority_of,
    contacts_of,
    identity_of,
    own_data,
)
from assistant.triage.letter_rules import ReadingRules, Wording, load_reading_rules
from assistant.triage.letter_spans import (
    LINE,
    SALUTATION,
    Said,
    blanked,
    body_spans,
    formed,
    quoted,
    said,
    written,
)

__all__ = [
    "LIMIT",
    "Identity",
    "Item",
    "Party",
    "Request",
    "Said",
    "body_of",
    "read_request",
    "refuse_unusable",
]

LIMIT = 1024 * 1024
WITHIN = 2_000
CITED_WITHIN = 50_000
Item = Said

_REGULATION = "政府信息公开条例"
_NAMES_OF_THE_REGULATION = KnownNames.of(
    (name, _REGULATION) for name in (_REGULATION, "信息公开条例", "条例")
)
_ADDRESSED = re.compile(
    r"(?:受理(?:单位|机关)|被申请(?:单位|机关)|致)\s*[：:]?\s*(?P<organ>[一-龥]{2,28}?(?:政府|办事处|局|委员会|委|厅|大队|支队|所|中心|办公室|站))"
)
_DATED_LINE = re.compile(
    r"^[^\n。，,]{0,30}?(?P<year>20[0-9]{2}|二[〇○零Oo0][一二三四五六七八九〇○零]{2})\s*[年.\-/]\s*(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*"
    r"[月.\-/]\s*(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*日?\s*$",
    re.MULTILINE,
)
_DATE_LEADS = re.compile(
    r"^\s*(?:申请|填表|提交|落款)?(?:日期|时间|[Dd]ate)?\s*[：:]?\s*$|^[\s□]*(?:申请人|申请单位|签名|签字|盖章|代理人)?[^\n。，,：:]{0,6}[：:]?[\s_]*[一-龥·（）()]{2,24}\s*(?:[（(][^（）()]{0,8}[）)])?\s+(?:日期\s*[：:])?\s*$"
)
_CHINESE_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_CHANNEL_LINE = re.compile(r"(?:申请|提交|递交|收件|受理|提出|来件|登记)(?:方式|渠道|途径|来源)\s*[：:]")


@dataclass(frozen=True)
class Request:
    """A request letter as read. `asked` are the applicant's own words for the information.

    `body` is the letter without letterhead, personal lines and date: what its content is judged by.
    `kind` is the first applicant's column in the annual report; an agent never changes it. `own` are personal
    data of whoever asks. `demands` and `purposes` are told apart, never asked for. `citations` are judged as of
    the day of reading where a statute book was given. `doubts` are for a person to settle.
    """

    text: str
    body: str
    asked: str
    items: tuple[Said, ...]
    applicants: tuple[Party, ...]
    agent: Said | None
    authority: Said | None
    identity: Identity
    contacts: tuple[Said, ...]
    wanted: tuple[Wanted, ...]
    on: date | None
    on_words: Said | None
    channel: tuple[Wording, Said] | None
    agency: str | None
    cited: tuple[Found, ...]
    citations: tuple[Citation, ...]
    personal: tuple[Datum, ...]
    own: tuple[Datum, ...]
    demands: tuple[Demand, ...]
    purposes: tuple[Said, ...]
    doubts: tuple[str, ...]

    @property
    def applicant(self) -> str | None:
        """The name of the applicant; of several, the first."""
        return self.applicants[0].name.text if self.applicants else None

    @property
    def kind(self) -> str | None:
        """The column of table two the request counts in; None where the letter does not tell."""
        return self.applicants[0].kind if self.applicants else None

    @property
    def has_identity(self) -> bool:
        """Whether the letter gives a number or says that a proof is enclosed."""
        return bool(self.identity)

    @property
    def contact(self) -> str | None:
        """Every way to reach the applicant, in one line."""
        return "；".join(dict.fromkeys(one.text for one in self.contacts)) or None

    @property
    def form(self) -> str | None:
        """The words for the form and the road the applicant wants, in one line."""
        return "、".join(dict.fromkeys(one.words.text for one in self.wanted)) or None

    @property
    def unclear(self) -> tuple[Said, ...]:
        """Items whose words name nothing that could be looked for."""
        return tuple(item for item in self.items if is_vague(item.text))

    @property
    def missing(self) -> tuple[str, ...]:
        """Points the letter does not fill: applicant, identity, contact, description, form, authorization.

        A purpose is never among them, nor that a letter asks for several things.
        Basis: 政府信息公开条例第二十九条第二款.
        """
        filled = {
            "applicant": bool(self.applicants),
            "identity": self.has_identity,
            "contact": bool(self.contacts),
            "description": bool(self.items) and not self.unclear,
            "form": bool(self.wanted),
            "authorization": bool(self.authority) or not self.agent,
        }
        return tuple(key for key, there in filled.items() if not there)


@dataclass(frozen=True)
class Reader:
    """What letters are read with; every part has a default, and `book` judges the law they quote as of `on`."""

    rules: ReadingRules | None = None
    kinds: PersonalKinds | None = None
    book: StatuteBook | None = None
    on: date | None = None

    @property
    def names(self) -> KnownNames:
        """The names of instruments looked for; without a book, those of the Regulation."""
        return self.book.names if self.book else _NAMES_OF_THE_REGULATION


def read_request(text: str, reader: Reader | None = None) -> Request:
    """Read a letter, a portal form or a bare sentence. Raises InputError for an empty or endless one."""
    refuse_unusable(text)
    reader = reader or Reader()
    rules = reader.rules or load_reading_rules()
    kinds = reader.kinds or load_personal_kinds()
    personal = find_personal_data(text, kinds)
    form, outer, outside = _views(text, personal)
    spans = asked_spans(form)
    items = tuple(written(text, item) for item in items_of(form, spans))
    named = frozenset(d.text for d in outside if d.kind.key == "name")
    applicants, doubt = applicants_of(outer, Known(rules, kinds.person, named))
    names = [party.name.text for party in applicants]
    identity = identity_of(outer, outside, spans)
    cited = tuple(find_citations(text[:CITED_WITHIN], reader.names))
    dated = _dated(outer)
    return Request(
        text=text,
        body=body_of(text),
        asked=text[slice(*spans[0])] if len(spans) == 1 else "；".join(item.text for item in items),
        items=items,
        applicants=applicants,
        agent=agent_of(outer),
        authority=authority_of(outer),
        identity=replace(identity, proof=written(text, identity.proof)) if identity.proof else identity,
        contacts=contacts_of(outer, outside, spans),
        wanted=tuple(wanted_forms(form, items, rules)),
        on=dated[0] if dated else None,
        on_words=dated[1] if dated else None,
        channel=_channel(form, rules),
        agency=_agency(text),
        cited=cited,
        citations=tuple(resolve(list(cited), reader.book, reader.on or china_time.today()))
        if reader.book
        else (),
        personal=personal,
        own=() if doubt else tuple(own_data(form, outside, spans, names)),
        demands=tuple(replace(one, words=written(text, one.words)) for one in demands_of(form, rules)),
        purposes=tuple(written(text, one) for one in purposes_of(form, rules)),
        doubts=(doubt,) if doubt else (),
    )


def _views(text: str, personal: Iterable[Datum]) -> tuple[str, str, list[Datum]]:
    """The letter with its table as lines, that without letters quoted in it, and the personal data outside those.

    All are as long as the letter, so that places stay what they are.
    """
    form = formed(text)
    inner = quoted(form)
    outside = [d for d in personal if not any(start <= d.start < end for start, end in inner)]
    return form, blanked(form, inner), outside


def body_of(text: str) -> str:
    """The letter without letterhead, personal lines and date: what its content is judged by."""
    return "\n".join(text[start:end] for start, end in body_spans(text))


def refuse_unusable(text: str) -> None:
    """Raises InputError where a letter holds no words or more than a letter can."""
    if not text.strip():
        raise InputError("申请内容是空的，没有可以研判的文字。请粘贴或者上传申请书的正文。")
    if len(text) > LIMIT or len(text.encode("utf-8")) > LIMIT:
        raise InputError("申请内容超过 1 MB，不像一份申请书。请只保留申请书正文后再试。")


def _channel(text: str, rules: ReadingRules) -> tuple[Wording, Said] | None:
    """How the letter says it was handed in; None where it does not say, or names two ways."""
    found = [
        (kind, said(text, *match.span()))
        for kind in rules.channels
        for match in kind.words.finditer(text)
        if text[match.start() - 1 : match.start()] not in ("：", ":") or _labels_channel(text, match.start())
    ]
    channels = {kind.key for kind, _ in found}
    return found[0] if len(channels) == 1 else None


def _labels_channel(text: str, at: int) -> bool:
    line = text[max(text.rfind("\n", 0, at) + 1, at - 20) : at]
    return bool(_CHANNEL_LINE.search(line))


def _dated(text: str) -> tuple[date, Said] | None:
    """The date the letter bears: at the end of a line of its own or of the signature; the last one counts."""
    for match in reversed(list(_DATED_LINE.finditer(plain(text)))):
        if not _DATE_LEADS.match(text[match.start() : match.start("year")]):
            continue
        try:
            day = date(*map(_number, (match["year"], match["month"], match["day"])))
        except ValueError:
            return None
        return day, said(text, match.start("year"), match.end())
    return None


def _number(words: str) -> int:
    if words.isdecimal() or "十" in words or len(words) < 3:
        return to_int(words)
    return int(words.translate(_CHINESE_DIGITS))


def _agency(text: str) -> str | None:
    for line in LINE.finditer(text[:WITHIN]):
        found = SALUTATION.match(line[0])
        if found:
            return found["organ"]
    named = _ADDRESSED.search(text[:WITHIN])
    return named["organ"] if named else None
