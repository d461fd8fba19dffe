"""Sources opened where they are named: the marked article with what lies around it, the table with its cell."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.web import server
from assistant.web.case import Case
from assistant.web.desk import Desk
from assistant.web.opening import opened_around, opened_figure, opened_provision
from tests.web.office import Office, office


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application."""
    app = server.build_app(office(tmp_path_factory.mktemp("page")), hosts=["127.0.0.1"])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_an_item_is_marked_in_its_article_with_its_days(our_office: Office) -> None:
    """The cited words marked, in force from when, when last checked."""
    shown = opened_provision(our_office, "《政府信息公开条例》第三十六条第（五）项")
    assert "<mark>（五）所申请公开信息不属于本行政机关负责公开的" in shown
    assert "自 2019-05-15 起施行，现行有效；2026-11-23 核对" in shown


def test_articles_that_name_each_other_lead_to_each_other(our_office: Office) -> None:
    """第四十九条 of the new review law and whoever else names an article stand below it, to be opened in turn."""
    around = opened_around(our_office, "《政府信息公开条例》第三十七条")
    assert "引用本条的" in around
    assert 'title="《政府信息公开条例》第三十八条"' in around


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("《政府信息公开条例》第六十条", "没有这一条"),
        ("《政府信息公开条例》第三十六条（2007-01-01）", "没有一个有效的文本"),
        ("《某某管理办法》第三条", "没有这一条的原文"),
        ("<script>alert(1)</script>", "不是条文出处"),
    ],
)
def test_what_cannot_be_opened_says_why(ref: str, words: str, our_office: Office) -> None:
    """One line, and nothing of what was asked is ever markup."""
    shown = opened_provision(our_office, ref)
    assert words in shown
    assert "<script" not in shown


def test_a_figure_opens_its_table_with_the_cell_marked(desk: Desk) -> None:
    """The reference is the one the answer names; the cell holds the figure."""
    answered = desk.answer(Case(), "2023年暨阳街道收到多少件申请，予以公开多少件？").turns[-1].shown
    refs = [part.split("</span>")[0] for part in answered.split('class="ref">')[1:]]
    assert 2 == len(refs)
    shown = [opened_figure(desk.assistant, ref) for ref in refs]
    assert '<td class="here"><mark>20</mark></td>' in shown[0]
    assert '<td class="here"><mark>12</mark></td>' in shown[1]
    assert all(1 == one.count('class="here"') for one in shown)


def test_a_row_that_was_found_is_marked_whole(desk: Desk) -> None:
    """A hit names a row, not a cell."""
    ref = "暨阳街道办事处2023年政府信息公开工作年度报告·收到和处理政府信息公开申请情况·（四）无法提供 1.本机关不掌握相关政府信息"
    assert 1 < opened_figure(desk.assistant, ref).count('class="here"')
    assert "没有找到这一处" in opened_figure(desk.assistant, "某镇2023年年度报告·x·y")


def test_citations_of_an_answer_and_of_a_draft_can_be_opened(desk: Desk) -> None:
    """Each names what it opens; a draft's as of its own day."""
    answered = desk.answer(Case(), "条例36条").turns[-1].shown
    assert 'class="cite" role="button" tabindex="0" title="《' in answered


def test_the_routes_answer_and_refuse(page: TestClient) -> None:
    """A piece of the page, never kept; no other kind of source, no other file."""
    answer = page.get("/source/provision", params={"ref": "《政府信息公开条例》第三十二条"})
    assert "第三方应当自收到征求意见书之日起15个工作日内" in answer.text
    assert "no-store" == answer.headers["cache-control"]
    assert 404 == page.get("/source/anything").status_code
    assert "image/svg+xml" in page.get("/results/classification-methods.svg").headers["content-type"]
    for name in ("latest.json", "..%2f..%2fpyproject.toml", "nothing.svg"):
        assert 404 == page.get(f"/results/{name}").status_code
