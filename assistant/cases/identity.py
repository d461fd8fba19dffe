"""Whether two requests come from the same applicant: name, contact and identity number, however they are written.

A name alone proves nothing of a person; an agent is nobody's applicant and is compared apart.
Basis: 政府信息公开条例第二十九条第二款, 第三十六条第（六）项.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ingest.personal_finding import find_personal_data

NATURAL = "natural_person"
_NUMBERS = ("id_card", "permit")
_CONTACTS = ("mobile", "landline", "email", "chat")
_TITLES = re.compile(r"(?:先生|女士|小姐|同志)$")
_BETWEEN = re.compile(r"[\s·•・‧.,，。、'\"“”‘’()（）《》_-]+")


@dataclass(frozen=True)
class Person:
    """An applicant as two requests are compared: everything in one form. `numbers`: identity documents."""

    name: str
    natural: bool
    contacts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sameness:
    """What two applicants share, of 'number', 'name', 'contact'; `apart`: what both state and differs.

    `sure`: the same identity number, or the same name with the same contact, or the same name of an organisation,
    and no other identity number.
    """

    shared: tuple[str, ...]
    apart: tuple[str, ...]
    sure: bool


def person_of(name: str, kind: str, contact: str | None, letter: str = "") -> Person:
    """An applicant out of the register. `letter`: the words in which an identity number may stand, if it is theirs."""
    own = {key: _found(contact or "", keys) for key, keys in (("c", _CONTACTS), ("n", _NUMBERS))}
    return Person(plain_name(name), kind == NATURAL, own["c"], own["n"] | _found(letter, _NUMBERS))


def plain_name(name: str) -> str:
    """A name in the one form in which two of them are compared: width, blanks, brackets and titles do not count."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return _TITLES.sub("", bare) or bare


def sameness(one: Person, other: Person) -> Sameness | None:
    """What two applicants share; None where they share nothing."""
    pairs = {"number": (one.numbers, other.numbers), "contact": (one.contacts, other.contacts)}
    shared = [key for key, (mine, theirs) in pairs.items() if mine & theirs]
    apart = [key for key, (mine, theirs) in pairs.items() if mine and theirs and not mine & theirs]
    (shared if one.name == other.name else apart).append("name")
    if not shared:
        return None
    named = "name" in shared and ("contact" in shared or not (one.natural or other.natural))
    sure = "number" in shared or (named and "number" not in apart)
    return Sameness(tuple(shared), tuple(apart), sure)


def best_sameness(mine: Iterable[Person], theirs: Iterable[Person]) -> Sameness | None:
    """What the applicants of two letters share: the pair that shares most."""
    others = list(theirs)
    found = [same for one in mine for other in others if (same := sameness(one, other))]
    return max(found, key=lambda same: (same.sure, len(same.shared), -len(same.apart)), default=None)


def _found(words: str, keys: tuple[str, ...]) -> frozenset[str]:
    data = find_personal_data(words) if words else ()
    return frozenset(datum.plain for datum in data if datum.kind.key in keys)
