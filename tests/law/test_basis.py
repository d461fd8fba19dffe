"""Every rule rests on a provision that existed when the rule began."""

from pathlib import Path

import pytest

from assistant.law.basis import basis_faults
from assistant.law.instruments import StatuteBook
from assistant.pipeline import Assistant
from assistant.settings import ROOT

ROW = "rows:\n  - code: 某规则\n    basis: [{basis}]\n    valid_from: {since}\n    verified: {verified}\n"


def faults(folder: Path, book: StatuteBook, basis: str, since: str, verified: str = "true") -> list[str]:
    """What is said of a file of one rule."""
    words = ROW.format(basis=basis, since=since, verified=verified)
    (folder / "rules.yaml").write_text(words, encoding="utf-8")
    return basis_faults(folder, book)


def test_no_shipped_rule_rests_on_nothing(statutes: StatuteBook) -> None:
    """Every basis of every rule file exists on the day the rule began."""
    assert [] == basis_faults(ROOT / "corpus" / "rules", statutes)


def test_the_index_check_asks_the_same(assistant: Assistant) -> None:
    """`assistant index check` reports rules and papers too."""
    assert [] == assistant.check_rules()


@pytest.mark.parametrize(
    ("basis", "since", "words"),
    [
        ("《政府信息公开条例》第五十七条", "2019-05-15", "没有这一条、款或者项"),
        ("《政府信息公开条例》第三十六条第（八）项", "2019-05-15", "没有这一条、款或者项"),
        ("《政府信息公开条例》第三十三条第四款", "2019-05-15", "没有这一条、款或者项"),
        ("《行政复议法》第八十条", "2019-05-15", "没有这一条、款或者项"),
        ("《个人信息保护法》第四条", "2019-05-15", "当日没有一个有效的文本"),
        ("《政府信息公开信息处理费管理办法》第四条", "2020-12-31", "当日没有一个有效的文本"),
        ("《不存在法》第一条", "2019-05-15", "法规库里没有这个文件"),
        ("国办公开办函〔2099〕1号", "2019-05-15", "法规库里没有这个文件"),
        ("有关规定", "2019-05-15", "不是条文出处"),
    ],
)
def test_a_basis_that_does_not_exist_is_named(
    basis: str, since: str, words: str, tmp_path: Path, statutes: StatuteBook
) -> None:
    """File, row, provision, and why."""
    (fault,) = faults(tmp_path, statutes, basis, since)
    assert fault.startswith(f"rules.yaml 某规则：依据“{basis}”")
    assert words in fault


def test_an_unproved_rule_may_name_an_instrument_the_corpus_has_not(
    tmp_path: Path, statutes: StatuteBook
) -> None:
    """It says itself that nobody has checked it; a verified one may not."""
    assert [] == faults(tmp_path, statutes, "《民事诉讼法》第八十五条", "2019-05-15", "false")
    assert 1 == len(faults(tmp_path, statutes, "《民事诉讼法》第八十五条", "2019-05-15", "true"))
