"""Personal data of others in a letter, in what the reader sees and in what only the file holds.

Basis: 政府信息公开条例第十五条; 个人信息保护法第四条、第二十八条.
"""

from collections.abc import Iterator

from assistant.drafting.reading import Letter, sentence_around
from assistant.drafting.verdict import Finding, Severity
from assistant.ingest.personal_finding import Datum, canonical, find_personal_data

_SHORT_LINE = 40  # a line of its own: 联系人：…
_NEAR = 40  # how far behind the applicant's name a number may stand and still be the applicant's


def check_personal_data(letter: Letter) -> Iterator[Finding]:
    """Data of a natural person other than the applicant; what is 疑似 only is not held against a letter.

    A number right behind the addressee's name is probably the applicant's own and only pointed out.
    """
    told = _told_by_the_office(letter)
    for datum in find_personal_data(letter.text, letter.rules.parts.personal_kinds):
        severity = _severity(letter, datum)
        if severity is None or datum.plain in letter.known.own or datum.plain in told:
            continue
        if datum.kind.contact and _of_an_office(letter, datum.start):
            continue
        if severity == "error" and _beside_the_applicant(letter, datum.start):
            severity = "warning"
        message = f"文中有{datum.kind.name}“{datum.text}”，请核对是否应当遮盖。"
        yield Finding(severity, "personal_data", datum.start, datum.end, message)


def check_file(letter: Letter) -> Iterator[Finding]:
    """What the file holds besides its text; personal data in words that nobody sees go out with it."""
    for notice in letter.known.notices:
        yield Finding("warning", "file", 0, 0, f"{notice}。")
    for place, words in letter.known.unseen:
        for datum in find_personal_data(words, letter.rules.parts.personal_kinds):
            severity = _severity(letter, datum)
            if severity and datum.plain not in letter.known.own:
                message = (
                    f"文件的{place}里有{datum.kind.name}“{datum.text}”，正文里看不到，但会随电子文件一起发出；"
                    "请清除后另存。"
                )
                yield Finding(severity, "personal_data", 0, 0, message)


def _severity(letter: Letter, datum: Datum) -> Severity | None:
    """How a kind of data is held against a letter; None where it is not."""
    if not datum.certain or not datum.kind.validity.holds(letter.on):
        return None
    return letter.rules.parts.personal.get(datum.kind.key)


def _told_by_the_office(letter: Letter) -> frozenset[str]:
    """The office's own numbers and address, from its settings."""
    agency = letter.known.agency
    own = (agency.phone, agency.contact, agency.address, agency.online_review)
    found = (find_personal_data(words, letter.rules.parts.personal_kinds) for words in own if words)
    told = {canonical(words) for words in own if words}
    return frozenset(told | {datum.plain for data in found for datum in data})


def _of_an_office(letter: Letter, at: int) -> bool:
    """Whether a number is an office's way to be reached: in the contact lines, or told of an organ in the sentence."""
    kinds, after = letter.rules.parts.personal_kinds, letter.remedy[1] if letter.remedy else len(letter.body)
    before = letter.text[sentence_around(letter.text, at)[0] : at]
    if kinds.persons.search(before):
        return False
    contact = letter.rules.parts.words["contact_line"]
    if kinds.organs.search(before) and contact.search(before):
        return True
    line = next((m[0] for m in contact.finditer(letter.text) if m.start() <= at < m.end()), None)
    return line is not None and (at >= after or len(line) <= _SHORT_LINE)


def _beside_the_applicant(letter: Letter, at: int) -> bool:
    """Whether the addressee's name stands shortly before, in the same sentence."""
    name = letter.applicant
    if not name:
        return False
    before = letter.text[max(0, at - _NEAR) : at]
    cut = max(before.rfind("。"), before.rfind("\n")) + 1
    return name in before[cut:]
