"""The page of a run: whole in itself, well-formed, with what was gained and lost in words."""

import re
from html.parser import HTMLParser

from evals.html import SINCE, Section, page, table
from evals.tables import tables
from evals.task import Picture
from tests.evals.test_task import result

ROWS = [
    ["分组", "指标", "n", "值"],
    ["甲", "<首>", "3", "0.500 [0.100, 0.900]（n=2）"],
    ["甲", "次", "3", "–"],
]


class Marks(HTMLParser):
    """Every opened mark with its attributes, and those left open."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An opening mark."""
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "line", "rect", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A closing mark must close the one last opened."""
        if tag not in ("line", "rect", "circle"):
            assert tag == self.open.pop()


def shown() -> str:
    """A page of one toy task with a picture and a list."""
    done = result()
    picture = Picture("p", "题", "all", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>')
    lists = {"加法：新增的（1/1）": [["编号", "内容"], ["a", "一加一<br>是几"]]}
    section = Section(done, tables(done), {"加法：全部": (picture,)}, lists)
    return page("评测结果", [section], {"digests": {"data": "abc"}, "machine": {"cores": 2}})


def test_nothing_is_fetched_from_anywhere() -> None:
    """No script, no address, no file beside it: it opens offline."""
    marks = Marks()
    marks.feed(shown())
    tags = {tag for tag, _ in marks.seen}
    links = [attrs["href"] for _, attrs in marks.seen if "href" in attrs]
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert all(link and link.startswith("#") for link in links)
    assert "@import" not in shown() and "url(" not in shown()


def test_every_mark_is_closed_and_every_link_leads_somewhere() -> None:
    """The page is well-formed."""
    marks = Marks()
    marks.feed(shown())
    ids = {attrs["id"] for _, attrs in marks.seen if "id" in attrs}
    assert [] == marks.open
    assert {attrs["href"] for _, attrs in marks.seen if "href" in attrs} == {f"#{one}" for one in ids}


def test_the_card_tells_figure_interval_n_rival_and_what_is_unscored() -> None:
    """What a reader wants to know first."""
    card = re.search(r"<a class=card.*?</a>", shown(), re.DOTALL)
    assert card
    for words in ("加法", "1.000", "[0.342, 1.000]", "n=2", "最强对照", "总说二", "1 件没有评成"):
        assert words in card[0]


def test_the_card_tells_what_was_gained_and_lost_since_the_last_run() -> None:
    """Where there is a run to compare with."""
    done = result()
    since = [["指标", "n", "新增", "失去", "净增"], ["答对", "3", "2", "1", "+1"]]
    made = page("评测结果", [Section(done, {**tables(done), f"加法：{SINCE}": since})], {})
    assert "与上次比 <b>+2 −1</b>" in made
    assert "与上次比 <b>" not in shown()


def test_words_are_words() -> None:
    """What stands in a letter is never taken for a mark of the page."""
    assert "一加一&lt;br&gt;是几" in shown()
    assert "&lt;首&gt;" in table(ROWS)


def test_a_group_over_several_rows_is_named_once() -> None:
    """And a figure stands apart from its interval and its own n."""
    found = table(ROWS)
    assert 1 == found.count("甲") and 'rowspan="2"' in found
    assert "<b>0.500</b> <span>[0.100, 0.900]</span><small>（n=2）</small>" in found
