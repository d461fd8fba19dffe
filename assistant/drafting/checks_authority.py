"""Authority and court of the remedy paragraph held against the office's settings and the organ that signs.

Basis: 行政复议法第二十四条、第二十七条、第二十八条; 行政诉讼法第十八条.
"""

import re
from collections.abc import Iterator

from assistant.drafting.reading import Letter, Span
from assistant.drafting.verdict import Finding
from assistant.law.organs import Organ

_OR = re.compile(r"或者?|及|、")
_HEAD = re.compile(r"^(?:依法|先行?|再|直接|也可以?|可以?|应当?|向|\s)+")


def check_names(letter: Letter, place: Span) -> Iterator[Finding]:
    """Names that are not those the office has set, and authorities that surely do not review the signing organ."""
    start, end = place
    said = letter.plain[start:end]
    words = letter.rules.parts.words
    authorities = [match.span("authority") for match in words["authority"].finditer(said)]
    courts = [
        match.span() for match in words["court"].finditer(said) if words["court_named"].search(match[0])
    ]
    yield from _set(
        letter, "复议机关", letter.known.agency.review_authority, _places(said, authorities, start)
    )
    yield from _set(letter, "人民法院", letter.known.agency.court, _places(said, courts, start))
    yield from _misfits(letter, _places(said, authorities, start))


def _places(said: str, spans: list[Span], offset: int) -> list[tuple[str, Span]]:
    return [(_HEAD.sub("", said[start:end]).strip(), (offset + start, offset + end)) for start, end in spans]


def _set(letter: Letter, what: str, known: str | None, named: list[tuple[str, Span]]) -> Iterator[Finding]:
    """Every name differs from the one set; held only against letters the office itself signs."""
    if not known or not named or not _own(letter):
        return
    if any(_same(known, name) for name, _ in named):
        for name, span in named:
            if not _same(known, name) and not letter.rules.parts.words["court_vague"].search(name):
                yield Finding("error", "remedy", *span, f"{what}写的是“{name}”，设置里是“{known}”，请核对。")
        return
    name, span = named[0]
    yield Finding("error", "remedy", *span, f"{what}写的是“{name}”，设置里是“{known}”，请核对。")


def _same(known: str, name: str) -> bool:
    return any(part and (part in name or name in part) for part in _OR.split(known))


def _own(letter: Letter) -> bool:
    """Whether the office of the settings signs; a letter without a signature is taken for its own draft."""
    name = letter.known.agency.name
    return bool(name) and (not letter.organ or letter.organ in str(name) or str(name) in letter.organ)


def _misfits(letter: Letter, named: list[tuple[str, Span]]) -> Iterator[Finding]:
    """An authority that cannot review the kind of organ that signs: a department, a township, the organ itself."""
    organ = _kind(letter)
    if organ is None:
        return
    for name, span in named:
        for part in _OR.split(name):
            wrong = next(
                (message for pattern, message in organ.misfits if pattern.search(part.strip())), None
            )
            own = part.strip() == letter.organ and not organ.own
            if wrong or own:
                why = wrong or "本机关不能自己管辖对自己的行政复议案件"
                message = f"复议机关“{part.strip()}”不对：{why}。应为{organ.authority}（{'、'.join(map(str, organ.basis))}）。"
                yield Finding("error", "remedy", *span, message)


def _kind(letter: Letter) -> Organ | None:
    """The kind of the organ that signs: as set, else as surely told by its name."""
    organs, words = letter.rules.remedies.organs, letter.rules.parts.words
    if _own(letter) and letter.known.agency.kind:
        return organs.of(letter.known.agency.kind, letter.on)
    signed = letter.organ
    if not signed or words["vertical"].search(signed):
        return None
    for name, kind in (
        ("signed_township", "township"),
        ("signed_street", "street"),
        ("signed_department", "county_department"),
    ):
        if words[name].search(signed):
            return organs.of(kind, letter.on)
    return None
