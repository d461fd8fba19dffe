"""The tables of the classification task: what is counted, over which requests, for which methods."""

from collections.abc import Callable
from functools import partial

from assistant.law.outcomes import Outcomes
from assistant.triage.features import THIN
from evals.labelled import LabelledRequest
from evals.metrics import area_under_risk, calibration, f1, f_beta, mean, risk_at
from evals.task import Metric, Score, View

# Name and label of each method, the product first.
ANSWERS = {
    "assistant": "本程序",
    "majority": "最常见结果",
    "nearest": "BM25 最近邻",
    "rules": "只用线索规则",
    "without_signals": "本程序，去掉线索",
    "request_alone": "本程序，不看查明情况",
}
VOTES = ("voted", "model")
BESIDE = ("assistant", "nearest", "rules", "without_signals", *VOTES)
SURE = ("assistant", "without_signals", "request_alone", "majority")

FIRST = mean("top1", "首位正确")
SECOND = mean("top2", "前二位正确")
DEFENSIBLE = mean("acceptable", "首位可辩护")
MAIN: tuple[Metric, ...] = (
    FIRST,
    SECOND,
    DEFENSIBLE,
    f1("macro_f1", "宏平均 F1"),
    f_beta("f2_refusals", "不予公开类 F2", negative="grant", beta=2),
    mean("basis", "判对时首列依据正确"),
    mean("answered", "未弃权"),
    mean("right_when_answered", "未弃权时首位正确"),
    calibration("probability", "校准误差 ECE", right="top1"),
)
FEW: tuple[Metric, ...] = (FIRST, DEFENSIBLE)
ALSO_ANSWERED: tuple[Metric, ...] = (
    FIRST,
    SECOND,
    DEFENSIBLE,
    mean("answered", "未弃权"),
    mean("right_when_answered", "未弃权时首位正确"),
)
COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RISKS: tuple[Metric, ...] = (
    *(risk_at(share, f"最有把握的 {share:.0%} 中判错", "probability", right="top1") for share in COVERAGES),
    area_under_risk("probability", "风险曲线下面积 AURC", right="top1"),
)
RELIABILITY: tuple[Metric, ...] = (mean("probability", "所称概率"), mean("top1", "实际正确"))

BINS = 10
LABEL = 14
GIVEN, SHORT, MISSING = "有查明情况", f"查明情况不足 {THIN} 字", "无查明情况"
BORDERS = {
    1: "1 内部事务／过程性／执法案卷",
    2: "2 过程性／可公开",
    3: "3 不掌握／可公开",
    4: "4 不掌握／需制作／咨询",
    5: "5 信访／执法案卷",
    6: "6 重复／新申请",
    7: "7 重复／重新确认",
    8: "8 仍不明确／逾期不补正",
    9: "9 第三方拒绝／部分公开",
    10: "10 行政查询／公开",
    11: "11 国家秘密／三安全一稳定",
    12: "12 法律禁止／第三方",
    13: "13 已公开的也是公开",
    14: "14 遮盖不是加工",
    15: "15 申请人本人的信息",
}
NO_BORDER = "不在界线上"
STYLES = {
    "plain": "平实",
    "portal_form": "网上表单",
    "lawyer": "律师",
    "villager": "村民",
    "angry": "带气",
    "terse": "简短",
    "rambling": "冗长",
    "multi_item": "一信多事",
    "injected": "夹带指令",
}


def views(outcomes: Outcomes) -> tuple[View[LabelledRequest], ...]:
    """Every table, the main one first."""
    names = outcome_names(outcomes)
    table: Callable[..., View[LabelledRequest]] = partial(View[LabelledRequest], group=_everything)
    return (
        table("all", "全部申请", metrics=MAIN),
        View("findings", "有无查明情况", findings_of, ALSO_ANSWERED, (GIVEN, SHORT, MISSING), BESIDE),
        View(
            "outcome",
            "各处理结果的召回率",
            lambda item: names[item.outcome],
            (mean("top1", "召回率"),),
            tuple(names.values()),
            BESIDE,
        ),
        View(
            "outcome_given",
            "各处理结果的召回率，有查明情况的",
            lambda item: names[item.outcome] if findings_of(item) == GIVEN else None,
            (mean("top1", "召回率"),),
            tuple(names.values()),
            BESIDE,
        ),
        table(
            "precision",
            "各处理结果的精确率",
            metrics=(mean("top1", "精确率"),),
            order=tuple(names.values()),
            solvers=BESIDE,
            by_answer=lambda score: names.get(score.answer),
        ),
        View("border", "各处难分界线", border_of, FEW, (*BORDERS.values(), NO_BORDER), BESIDE),
        View("style", "各种写法", style_of, FEW, tuple(STYLES.values()), BESIDE),
        table(
            "reliability",
            "所称概率与实际",
            metrics=RELIABILITY,
            order=tuple(map(bin_name, range(BINS))),
            solvers=SURE,
            by_answer=bin_of,
        ),
        table("risk", "只答有把握的，会错多少", metrics=RISKS, solvers=SURE),
    )


def outcome_names(outcomes: Outcomes) -> dict[str, str]:
    """Code → code and label, short enough for a table."""
    return {code: f"{code} {_short(outcome.label)}" for code, outcome in outcomes.items()}


def findings_of(item: LabelledRequest) -> str:
    """Whether the organ has established anything; a few characters are hardly something."""
    length = len("".join(item.findings.split()))
    return GIVEN if length >= THIN else SHORT if length else MISSING


def border_of(item: LabelledRequest) -> str:
    """The hard border a request sits on."""
    return BORDERS[item.border] if item.border else NO_BORDER


def style_of(item: LabelledRequest) -> str:
    """How the letter is written."""
    return STYLES.get(item.style, item.style or "（未注明）")


def bin_of(score: Score) -> str | None:
    """How sure an answer was, in tenths; None where the method does not say."""
    sure = (score.values or {}).get("probability")
    return None if sure is None else bin_name(min(int(sure * BINS), BINS - 1))


def bin_name(number: int) -> str:
    """A tenth as it is called: 0.9–1.0."""
    return f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}"


def _everything(_: LabelledRequest) -> str:
    return "全部"


def _short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
