"""The clause library: strict templates, one for every road."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.drafting.letter_docs import letters_page, read_rules_of
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


def test_the_page_of_letters_is_what_the_files_say() -> None:
    """docs/letters.md is written by `make picture`, never by hand."""
    page = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    assert letters_page(read_rules_of(ROOT / "corpus")) == page


def test_every_fact_is_stated_by_some_letter(library: LetterLibrary) -> None:
    """No slot that nobody fills."""
    everything = (*library.letters.values(), *library.papers.values(), *library.frames.values())
    stated = {key for one in everything for key in one.own}
    assert {key for key, slot in library.slots.items() if slot.reckoned != "items"} == stated


def test_no_statute_is_typed_where_it_can_be_brought(library: LetterLibrary, statutes: StatuteBook) -> None:
    """A whole provision of the Regulation stands in no template: `<“…”>` brings it as of the day."""
    regulation = next(
        one for one in statutes.instruments if one.title.endswith("政府信息公开条例") and one.in_force(ON)
    )
    paragraphs = [paragraph for article in regulation.articles.values() for paragraph in article.paragraphs]
    whole = {words.rstrip("。；") for one in paragraphs for words in (one.text, *one.items)}
    whole = {re.sub("^（[一二三四五六七八九十]+）", "", words) for words in whole}
    everything = (*library.letters.values(), *library.papers.values(), *library.frames.values())
    typed = [c.words for one in everything for c in one.clauses for words in whole if words in c.words]
    assert [] == typed


BROKEN_SLOTS = [
    ("type: number, meaning: 延长多少", "type: integer, meaning: 延长多少", "不认识的类型“integer”"),
    ("when: over, after: fee_notice_on", "when: later, after: fee_notice_on", "“when”的值 'later'"),
    (
        "after: fee_notice_on, meaning: 缴费期限",
        "after: fee_notice, meaning: 缴费期限",
        "after 的“fee_notice”不是日期",
    ),
    (
        "    choices: {by_piece: 按件计收, by_page: 按量计收}\n",
        "",
        "fee_method：只有 choice 类型要写 choices",
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN_SLOTS, ids=[words for *_, words in BROKEN_SLOTS])
def test_a_broken_slot_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    """slots.yaml is read as strictly as the templates."""
    shutil.copytree(ROOT / "corpus" / "letters", tmp_path / "letters")
    file = tmp_path / "letters" / "slots.yaml"
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new), encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(words)):
        load_letters(tmp_path)


def test_a_paper_in_a_frame_there_is_not_is_named(tmp_path: Path) -> None:
    """With the frames there are."""
    shutil.copytree(ROOT / "corpus" / "letters", tmp_path / "letters")
    file = tmp_path / "letters" / "papers" / "receipt.md"
    file.write_text(
        file.read_text(encoding="utf-8").replace("frame: notice", "frame: notise"), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match="receipt.md：没有文书框架“notise”"):
        load_letters(tmp_path)


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
