"""The clause library: strict templates, one for every road."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.drafting.letters import LetterLibrary, check_letters, load_letters
from assistant.errors import CorpusError
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from assistant.settings import ROOT
from tests.drafting.conftest import ON


def test_every_road_has_its_letter(library: LetterLibrary, outcomes: Outcomes) -> None:
    """23 roads, 23 letters, none left over."""
    assert [] == check_letters(library, outcomes)


def test_every_slot_says_which_article_wants_it(library: LetterLibrary, statutes: StatuteBook) -> None:
    """`why` is a provision in force."""
    for slot in library.slots.values():
        assert "ok" == statutes.status(ProvisionRef.parse(slot.why), ON), slot.key


BROKEN = [
    ("[decision] ", "decision ", "这一行不是“[名称] 文字”"),
    ("{place}", "{plaice}", "slots.yaml 里没有“plaice”"),
    ("{place}", "{court}", "用到的“court”没有列在 needs 或 may 里"),
    ("needs: [place]", "need: [place]", "缺少“needs”"),
    ("letter: grant_published", "letter: grant", "letter 应为 grant_published"),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN, ids=[words for *_, words in BROKEN])
def test_a_broken_template_names_file_and_fault(tmp_path: Path, old: str, new: str, words: str) -> None:
    """Strict loading: the error says where."""
    shutil.copytree(ROOT / "corpus" / "letters", tmp_path / "letters")
    file = tmp_path / "letters" / "grant_published.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(words)):
        load_letters(tmp_path)


def test_the_error_names_the_file(tmp_path: Path) -> None:
    """Which of the templates is broken."""
    shutil.copytree(ROOT / "corpus" / "letters", tmp_path / "letters")
    (tmp_path / "letters" / "partial.md").write_text("no front matter", encoding="utf-8")
    with pytest.raises(CorpusError, match="partial.md"):
        load_letters(tmp_path)
