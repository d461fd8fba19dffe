"""Earlier replies: masked, titled, and warned of before anyone finds them."""

from datetime import date
from pathlib import Path

import docx
import pytest

from assistant.ingest.files.shelf import Shelf
from assistant.ingest.replies import cut_replies, read_replies, read_reply
from assistant.law.instruments import StatuteBook

ON = date(2026, 11, 23)
LETTER = """政府信息公开告知书
柳溪街公开〔2025〕7号
申请人：林小满，身份证330681199001011234，电话13812345678
你申请公开的“柳溪街道2024年道路养护合同”，经审查，根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，予以公开。
"""
OLD = "答复书\n依据《最高人民法院关于审理政府信息公开行政案件若干问题的规定》第一条，不予处理。"


@pytest.mark.parametrize("secret", ["林小满", "330681199001011234", "13812345678"])
def test_personal_data_never_reaches_the_index(statutes: StatuteBook, secret: str) -> None:
    """Neither what is searched nor what is shown."""
    (passage,) = cut_replies((read_reply("7.txt", LETTER, statutes, ON),))
    assert secret not in passage.text + passage.shown + passage.title


def test_a_reply_is_called_by_its_title_and_number(statutes: StatuteBook) -> None:
    """As the office would call it."""
    assert "政府信息公开告知书 柳溪街公开〔2025〕7号" == read_reply("7.txt", LETTER, statutes, ON).title


def test_dead_law_in_a_reply_is_named_before_its_words(statutes: StatuteBook) -> None:
    """法释〔2011〕17号 ended in 2025; on a day it still held nothing is said."""
    (passage,) = cut_replies((read_reply("old.txt", OLD, statutes, ON),))
    assert passage.shown.startswith("【所引《最高人民法院关于审理政府信息公开行政案件若干问题的规定》第一条")
    assert () == read_reply("old.txt", OLD, statutes, date(2020, 1, 2)).stale


def test_every_letter_of_a_shelf_is_read(tmp_path: Path, statutes: StatuteBook) -> None:
    """One Word file, one text of an old encoding; a picture is set aside by the shelf."""
    document = docx.Document()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.txt").write_text(OLD, encoding="gb18030")
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff")
    found = read_replies(Shelf(tmp_path, tmp_path / "texts").read(), statutes, ON)
    assert ["a.docx", "b.txt"] == [one.name for one in found]
