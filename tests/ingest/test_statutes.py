"""The statute corpus: strict front matter, proved text, no accidental edit."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.ingest.statutes import changed_articles, load_statutes, read_statute
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef
from assistant.settings import ROOT

CORPUS = ROOT / "corpus"
REGULATION = CORPUS / "laws" / "政府信息公开条例@2019-05-15.md"


def test_the_regulation_is_whole() -> None:
    """56 articles, verified."""
    regulation = read_statute(REGULATION)
    assert (len(regulation.articles), regulation.coverage, regulation.verified) == (56, "full", True)


def test_no_article_differs_from_its_stored_digest() -> None:
    """An accidental edit of statute text fails here; a meant one is proved and sealed anew (`make seal`)."""
    assert changed_articles(CORPUS) == []


def test_one_changed_character_is_named(tmp_path: Path) -> None:
    """The digest check says which article of which file changed."""
    shutil.copytree(CORPUS / "laws", tmp_path / "laws")
    file = tmp_path / "laws" / REGULATION.name
    file.write_text(file.read_text(encoding="utf-8").replace("20个工作日", "15个工作日", 1), encoding="utf-8")
    assert len(changed_articles(tmp_path)) == 1
    assert changed_articles(tmp_path)[0].startswith(REGULATION.name)


def test_items_stand_under_their_paragraph(statutes: StatuteBook) -> None:
    """第三十六条第（五）项 is the fifth item of a single paragraph."""
    words = statutes.text(ProvisionRef("政府信息公开条例", 36, item=5), date(2026, 11, 23))
    assert words is not None
    assert words.startswith("（五）所申请公开信息不属于本行政机关负责公开的")


def test_file_names_carry_title_and_effective_date() -> None:
    """NAME@EFFECTIVE-DATE.md agrees with the front matter."""
    for path in (CORPUS / "laws").glob("*.md"):
        statute = read_statute(path)
        assert f"{statute.name}@{statute.effective_from}" == path.stem


def test_a_repealed_edition_is_never_living_law(statutes: StatuteBook) -> None:
    """The Regulation of 2007 ended on 2019-05-14."""
    ref = ProvisionRef("政府信息公开条例", 50)
    assert statutes.status(ref, date(2026, 11, 23)) == "ok"
    assert statutes.status(ref, date(2018, 6, 1)) == "no_such_article"


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    """The error says which folder and what to do."""
    with pytest.raises(CorpusError, match="找不到法规语料目录"):
        load_statutes(tmp_path)


def test_an_unknown_key_in_front_matter_is_named(tmp_path: Path) -> None:
    """Strict front matter: file and key."""
    broken = tmp_path / REGULATION.name
    broken.write_text(
        REGULATION.read_text(encoding="utf-8").replace("issuer:", "isuer:", 1), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match=r"政府信息公开条例@2019-05-15\.md：缺少“issuer”"):
        read_statute(broken)


def changed_regulation(folder: Path, old: str, new: str) -> Path:
    """The Regulation with one change, as a file."""
    file = folder / REGULATION.name
    file.write_text(REGULATION.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return file


def test_a_line_that_begins_with_a_cross_reference_opens_no_article(tmp_path: Path) -> None:
    """第三十六条规定的… at the head of a line is body text of its article."""
    line = "第三十六条规定的答复方式，适用本条。"
    statute = read_statute(changed_regulation(tmp_path, "### 第二条\n", f"### 第二条\n\n{line}\n"))
    assert 56 == len(statute.articles)
    assert line == statute.articles[(2, 0)].paragraphs[0].text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("### 第三条", "### 第二条", "第2条重复或者次序不对"),
        ("### 第三条", "### 第三条规定的", "不是条文标题"),
        ("### 第三条", "### 第十十条", "不是条文标题"),
    ],
)
def test_a_heading_that_is_none_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """An article given twice, out of order, or with words in its heading."""
    with pytest.raises(CorpusError, match=fault):
        read_statute(changed_regulation(tmp_path, old, new))
