"""What is no annual report of today's outline is refused by name, with what to do."""

import pytest

from assistant.errors import InputError
from assistant.ingest.annual.form import standing_form
from assistant.ingest.annual.report import refuse_unusable
from tests.ingest.published import TITLE, bars

FORM = standing_form()
OLD = """青石镇人民政府2015年政府信息公开工作年度报告
一、概述
我镇推进政府信息公开。
二、主动公开政府信息的情况
公开信息80条。
三、依申请公开政府信息的情况
收到申请1件。
四、政府信息公开收费及减免情况
没有收费。
五、行政复议、诉讼和申诉情况
没有发生。
"""


def refusal(text: str) -> str:
    """The message a text is refused with."""
    with pytest.raises(InputError) as fault:
        refuse_unusable(text)
    return str(fault.value)


def test_another_paper_is_no_report() -> None:
    """Rules of a market have neither title nor sections nor tables."""
    assert "不像一份年度报告" in refusal("集市管理须知\n一、集市逢三开市。\n二、摊位共48个。\n")


def test_the_outline_before_2019_is_named() -> None:
    """概述、收费及减免 tell; the message names the form to use."""
    message = refusal(OLD)
    assert ("2018年度以前的旧提纲" in message, "〔2021〕30号" in message) == (True, True)


def test_old_titles_over_todays_tables_are_read() -> None:
    """A report with the statutory table is one, whatever its headings: the audit names them."""
    refuse_unusable(OLD + bars(FORM).split("三、收到和处理政府信息公开申请情况")[1])


def test_two_reports_in_one_file_are_named() -> None:
    """Each by agency, year and line."""
    message = refusal(bars(FORM) + "\n" + bars(FORM).replace("2022年", "2021年"))
    assert ("青石镇人民政府2022年" in message, "青石镇人民政府2021年" in message, "\n" in message) == (
        True,
        True,
        False,
    )


def test_links_to_other_years_are_no_second_report() -> None:
    """The foot of a page names last year's report without its sections."""
    refuse_unusable(
        bars(FORM)
        + "\n青石镇人民政府2021年政府信息公开工作年度报告\n青石镇人民政府2020年政府信息公开工作年度报告\n"
    )


def test_a_report_without_tables_is_a_report() -> None:
    """Tables published as pictures are unavailable, which is no fault of the file."""
    refuse_unusable(
        f"{TITLE}\n一、总体情况\n公开工作正常。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    )
