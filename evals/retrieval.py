"""How often the article that answers a question is found: the product whole, without each of its parts, and others.

Questions about one article are a family. An article that is hard to find is hard however it is asked for, so
intervals draw families, not questions.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.law.numerals import NUMERAL
from evals.found import DEPTH, NEAR, READ, Found, judge
from evals.group_pictures import told
from evals.labelled import LABELLED_ON, LabelledQuestion, load_questions
from evals.metrics import mean
from evals.records import scratch_folder
from evals.retrieval_methods import LEGS, METHODS, OTHERS, PRODUCT, WORDS, Ground, Method
from evals.task import Metric, Task, View

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

RANKED: tuple[Metric, ...] = (
    mean("hit1", "首条命中"),
    mean("hit3", "前三条命中"),
    mean("hit5", "前五条命中"),
    mean(f"hit{DEPTH}", f"前{DEPTH}条命中"),
    mean("mrr", f"MRR@{DEPTH}"),
    mean("ndcg", f"nDCG@{DEPTH}"),
    mean("read", f"读{READ}字内命中"),
)
ITEMS: tuple[Metric, ...] = (
    mean("item1", "首条即所问的项"),
    mean(f"item{NEAR}", f"前{NEAR}条有所问的项"),
    mean("other_item", "首条指到别的项"),
)
REFUSALS: tuple[Metric, ...] = (
    mean("refused", "无答案的被拒答"),
    mean("wrongly_refused", "有答案的被错拒"),
)
FEW: tuple[Metric, ...] = (mean("hit1", "首条命中"), mean("hit5", "前五条命中"))
QUICK = ("assistant", "bm25_jieba", "bm25_pairs", "dense")
BESIDE = (*QUICK, "textbook")
STYLES = {
    "clerk": "经办人",
    "lawyer": "律师",
    "formal": "书面",
    "colloquial": "口语",
    "voice": "口述",
    "dialect": "方言",
    "angry": "带气",
    "terse": "简短",
    "long": "冗长",
    "multi": "一问多事",
    "wrong_term": "用错术语",
    "typo": "错别字",
    "pinyin": "拼音",
}

_NAMED = re.compile(rf"第\s*{NUMERAL}\s*条|(?:条例|法|办法|解释|规定)》?\s*{NUMERAL}\s*条|\d+\s*条")


def retrieval(
    assistant: "Assistant",
    cases: tuple[LabelledQuestion, ...] | None = None,
    *,
    methods: Collection[str] | None = None,
) -> Task[LabelledQuestion, Found]:
    """Articles for the test questions, or for those given; by all methods, or by those named."""
    questions = load_questions()
    train = tuple(item for item in questions if item.split == "train")
    ground = Ground(assistant, scratch_folder(), LABELLED_ON, train)
    chosen = [method for method in METHODS if methods is None or method.key in methods]
    return Task(
        name="retrieval",
        label="条文检索",
        dataset=tuple(item for item in questions if item.split == "test") if cases is None else cases,
        solvers=tuple(method.solver(ground) for method in chosen),
        scorer=judge,
        views=VIEWS,
        extras=lambda result: told(result, "hit1", "bm25_pairs", ("style", "law")),
        right="hit1",
        words=lambda item: item.query,
    )


def own_questions(
    assistant: "Assistant", questions: tuple[LabelledQuestion, ...], folder: Path, on: date
) -> Task[LabelledQuestion, Found]:
    """Articles for questions of somebody's own, under the law of a day."""
    ground = Ground(assistant, folder, on)
    return Task(
        name="own_questions",
        label="自备问题",
        dataset=questions,
        solvers=tuple(method.solver(ground) for method in METHODS if method.key in QUICK),
        scorer=judge,
        views=(View("all", "全部问题", lambda _: "全部", FEW + REFUSALS),),
        right="hit1",
        words=lambda item: item.query,
    )


def names_article(item: LabelledQuestion) -> bool:
    """Whether a question names an article by its number: 第三十六条, 条例36条. Judged by the words alone."""
    return bool(_NAMED.search(item.query))


def _answerable(group: Callable[[LabelledQuestion], str]) -> Callable[[LabelledQuestion], str | None]:
    return lambda item: group(item) if item.answerable else None


def _keys(*methods: Method) -> tuple[str, ...]:
    return tuple(method.key for method in (PRODUCT, *methods))


def _law(item: LabelledQuestion) -> str:
    return item.relevant[0].law if item.relevant else "（年度报告）"


def _style(item: LabelledQuestion) -> str:
    return STYLES.get(item.style, item.style)


def _everything(_: LabelledQuestion) -> str:
    return "全部"


VIEWS: tuple[View[LabelledQuestion], ...] = (
    View(
        "all",
        "与按字词检索比",
        _everything,
        RANKED + ITEMS + REFUSALS,
        solvers=_keys(*WORDS),
    ),
    View("others", "与其他方法比", _everything, RANKED + ITEMS, solvers=_keys(*OTHERS)),
    View(
        "legs",
        "各部分去掉以后",
        _everything,
        RANKED + ITEMS + REFUSALS,
        solvers=(*_keys(*LEGS), "bm25_pairs"),
    ),
    View("style", "各种问法", _answerable(_style), FEW + REFUSALS[1:], tuple(STYLES.values()), BESIDE),
    View("law", "各部法律", _answerable(_law), FEW, solvers=BESIDE),
    View(
        "named",
        "是否写明条文",
        _answerable(lambda item: "写明条文" if names_article(item) else "没有写明"),
        FEW,
        solvers=("assistant", "without_names", *BESIDE[1:]),
    ),
)
