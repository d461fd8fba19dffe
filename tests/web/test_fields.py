"""The facts of a letter as a form, and back again."""

from datetime import date

import pytest

from assistant.drafting.facts import check_facts
from assistant.errors import InputError
from assistant.web.fields import GROUPS, Form, facts_from, form_of, known_facts
from tests.web.office import AGENCY, LETTER, NOT_HELD, Office


def form(office: Office, letter: str, **typed: str) -> Form:
    """The form of a letter for the test's case, with what the clerk typed."""
    library = office.letters
    known = known_facts(office.handle(LETTER, NOT_HELD), library, AGENCY, date(2026, 11, 20)) | typed
    return form_of(library, library.letters[letter], known, 1)


def test_what_is_known_is_filled_in(our_office: Office) -> None:
    """From the letter, the findings, the settings and the day."""
    values = {field.key: field.value for field in form(our_office, "not_held_elsewhere").fields}
    assert "周明德" == values["applicant"]
    assert "2022年东塘村征地补偿安置方案" == values["asked"]
    assert NOT_HELD == values["reason"]
    assert "某某市人民政府" == values["review_authority"]
    assert "党政综合办 0000-88880000" == values["contact"]
    assert "2026-11-20" == values["replied_on"]
    assert "" == values["received_on"]


def test_every_letter_has_a_form(our_office: Office) -> None:
    """Each slot once, in the order of the groups, with its label and the article that wants it."""
    for name, letter in our_office.letters.letters.items():
        fields = form(our_office, name).fields
        assert {slot.key for slot in our_office.letters.slots_of(letter)} == {field.key for field in fields}
        assert sorted(fields, key=lambda field: GROUPS.index(field.group)) == list(fields)
        assert all(field.label and field.why for field in fields)


def test_required_facts_are_marked(our_office: Office) -> None:
    """What the letter must state, and nothing else."""
    fields = {field.key: field.required for field in form(our_office, "not_held_elsewhere").fields}
    assert fields["received_on"]
    assert not fields["other_organ"]


def test_a_label_is_the_name_of_the_fact(our_office: Office) -> None:
    """What the meaning adds becomes the hint."""
    field = next(one for one in form(our_office, "not_held_elsewhere").fields if one.key == "received_how")
    assert "收到的方式和怎样确定" == field.label
    assert "如“当面”“以邮寄（签收）方式”" == field.hint


def test_values_become_facts_the_clause_library_takes(our_office: Office) -> None:
    """Lists by line, withheld parts by bar, empty fields left out."""
    typed = {
        "received_on": "2026年11月3日",
        "enclosures": "方案（12页）\n\n附图（1页）",
        "withheld": "第3页身份证号｜第十五条｜涉及个人隐私",
    }
    facts = facts_from(form(our_office, "partial", **typed))
    assert "form" not in facts
    checked = check_facts(facts, our_office.letters)
    assert date(2026, 11, 3) == checked["received_on"]
    assert ("方案（12页）", "附图（1页）") == checked["enclosures"]
    assert ({"part": "第3页身份证号", "ground": "第十五条", "reason": "涉及个人隐私"},) == checked["withheld"]


def test_an_unfinished_line_is_named(our_office: Office) -> None:
    """The clerk is told which line, and how to write it."""
    with pytest.raises(InputError, match="第3页身份证号"):
        facts_from(form(our_office, "partial", withheld="第3页身份证号|第十五条"))
