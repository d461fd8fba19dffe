"""The facts file: every key known, every value of its type."""

from datetime import date
from pathlib import Path

import pytest

from assistant.drafting.facts import agency_of, check_facts, facts_template, read_facts
from assistant.drafting.letters import LetterLibrary
from assistant.errors import InputError
from assistant.settings import Agency

BAD = [
    ({"aplicant": "周"}, "不认识的键“aplicant”"),
    ({"received_on": "下周一"}, "日期“下周一”无法识别"),
    ({"received_on": "2026-02-30"}, "日期“2026-02-30”无法识别"),
    ({"applicant": {"a": 1}}, "应为一段文字"),
    ({"reason": "甲\u202e乙"}, "不可见的控制字符"),
    ({"reason": "长" * 10_001}, "超过 10000 字"),
    ({"withheld": [{"part": "甲"}]}, "part、ground、reason"),
]


@pytest.mark.parametrize(("facts", "words"), BAD, ids=[words for _, words in BAD])
def test_what_cannot_be_used_is_named(facts: dict[str, object], words: str, library: LetterLibrary) -> None:
    """One clear line with the key."""
    with pytest.raises(InputError, match=words):
        check_facts(facts, library)


@pytest.mark.parametrize("words", ["2026-11-02", "2026年11月2日", "2026/11/2", "2026.11.02"])
def test_dates_are_read_as_offices_write_them(words: str, library: LetterLibrary) -> None:
    """ISO and 公文 forms."""
    assert {"received_on": date(2026, 11, 2)} == check_facts({"received_on": words}, library)


def test_empty_facts_count_as_not_given(library: LetterLibrary) -> None:
    """A line left blank in the template is no fact."""
    assert {} == check_facts({"reason": "", "applicant": None}, library)


def test_a_missing_file_is_named(tmp_path: Path, library: LetterLibrary) -> None:
    """The error says which file."""
    with pytest.raises(InputError, match="找不到事实文件"):
        read_facts(tmp_path / "no.yaml", library)


def test_a_broken_file_is_named(tmp_path: Path, library: LetterLibrary) -> None:
    """YAML that is none."""
    (tmp_path / "f.yaml").write_text("a: [1", encoding="utf-8")
    with pytest.raises(InputError, match="不是有效的 YAML"):
        read_facts(tmp_path / "f.yaml", library)


def test_the_template_reads_back_as_no_facts(tmp_path: Path, library: LetterLibrary) -> None:
    """The printed template is itself a facts file."""
    letter = library.letters["not_held_elsewhere"]
    (tmp_path / "f.yaml").write_text(facts_template(library.slots_of(letter)), encoding="utf-8")
    assert {} == read_facts(tmp_path / "f.yaml", library)


def test_facts_of_the_agency_win_over_the_settings() -> None:
    """The file may say what the settings do not."""
    agency = agency_of({"agency": {"court": "乙法院"}}, Agency(name="甲", court="丙法院"))
    assert ("甲", "乙法院") == (agency.name, agency.court)


def test_an_unknown_key_of_the_agency_is_named() -> None:
    """agency.courts is a misspelling."""
    with pytest.raises(InputError, match="agency 的“courts”不认识"):
        agency_of({"agency": {"courts": "乙"}}, Agency())


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("received_on: 2026-02-30", "日期“2026-02-30”无法识别"),
        ("received_on: 2026-11-02 10:00:00", "无法识别"),
        ("reason: 甲\nreason: 乙", "“reason”写了两次"),
    ],
)
def test_what_yaml_would_swallow_or_choke_on_is_named(
    words: str, fault: str, tmp_path: Path, library: LetterLibrary
) -> None:
    """A day that does not exist, a time of day, a key given twice."""
    (tmp_path / "f.yaml").write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_facts(tmp_path / "f.yaml", library)


def test_a_facts_file_may_be_gb18030(tmp_path: Path, library: LetterLibrary) -> None:
    """As older office software saves it."""
    (tmp_path / "f.yaml").write_bytes("applicant: 周明德".encode("gb18030"))
    assert {"applicant": "周明德"} == read_facts(tmp_path / "f.yaml", library)


def test_an_agency_line_left_blank_leaves_the_setting() -> None:
    """Blank is not given; it never prints as None."""
    assert "丙法院" == agency_of({"agency": {"court": None}}, Agency(court="丙法院")).court


def test_invisible_characters_in_the_agency_are_named() -> None:
    """As in any other fact."""
    with pytest.raises(InputError, match="“agency.court”含有不可见的控制字符"):
        agency_of({"agency": {"court": "甲\u202e法院"}}, Agency())


def test_facts_once_checked_may_be_checked_again(library: LetterLibrary) -> None:
    """A file is checked as it is read and once more with what the letter says: nothing changes."""
    given = {
        "enclosures": ["花名册，共6页", "附图一张"],
        "withheld": [{"part": "第3页账号", "ground": "第十五条", "reason": "个人隐私"}],
        "received_on": "2026-11-02",
    }
    once = check_facts(given, library)
    assert once == check_facts(once, library)
