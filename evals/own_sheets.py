"""Workbooks for those who evaluate: a template to fill in, and what two readers should look at again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes
from assistant.triage.workbook import HEAD, Line, Page, workbook
from evals.labelled import LabelledRequest
from evals.task import Score

HEADINGS = ("编号", "申请内容", "查明情况", "处理结果", "第二标注", "也可以的结果", "依据", "情景")
WIDTHS = (10.0, 60.0, 50.0, 30.0, 30.0, 24.0, 24.0, 14.0)
EXAMPLES = (
    (
        "示例-1",
        "申请公开柳河路排水管道改造工程的竣工验收报告。",
        "经检索，验收报告已于去年十月在区政府网站“重大建设项目”栏目公布。",
        "予以公开",
        "予以公开",
        "",
        "第三十六条第（一）项",
        "排水管道",
    ),
    (
        "示例-2",
        "请提供我村2019年以前的水库移民登记底册。",
        "经查电子和纸质档案均无该底册，移民登记由县水利局办理。",
        "unable.not_held",
        "",
        "",
        "第三十六条第（五）项",
        "移民登记",
    ),
)
EXPLAINED = (
    "第一张表每行一件。请删去两行示例，从第二行起填写；列的次序可以变，多出的列不影响评测。",
    "“申请内容”一栏必填：写申请书的正文，不写姓名、电话、住址。",
    "“查明情况”一栏写本机关查明的事实，只写事实，不写结论；没有就空着。",
    "“处理结果”一栏必填：写代码或者表三里的名称，见第三张表。",
    "“第二标注”一栏由另一个人独立填写；填了的行会算两人的一致率和 κ。",
    "“也可以的结果”一栏写法律人也能辩护的其他结果，几个用顿号隔开；没有就空着。",
    "“依据”一栏写条款，如 第三十六条第（五）项；别的法律写全名，如 《信访工作条例》第二十三条。",
    "“情景”一栏：出自同一件事的几行写同一个词，算区间时当作一组；不写则各算一组。",
    "评测：assistant evaluate --data 本文件.xlsx；加 --disagreements 复核.xlsx 导出要复核的各件。",
)


def write_template(path: Path, outcomes: Outcomes) -> None:
    """An empty workbook with two examples, what each column means, and the 21 outcomes."""
    _write(
        path,
        [
            Page("申请", WIDTHS, [Line(HEADINGS, HEAD), *(Line(row) for row in EXAMPLES)]),
            Page("填写说明", (110.0,), [Line(("怎样填写",), HEAD), *(Line((words,)) for words in EXPLAINED)]),
            Page(
                "处理结果",
                (28.0, 50.0),
                [Line(("代码", "名称"), HEAD), *(Line((code, one.label)) for code, one in outcomes.items())],
            ),
        ],
    )


def write_disagreements(
    path: Path,
    items: Sequence[LabelledRequest],
    scores: Mapping[str, Score],
    second: Mapping[str, str],
    outcomes: Outcomes,
) -> int:
    """What a second reader should judge, without being told who said what; that stands on a sheet of its own.

    Gives the number of requests written: those on which label, second label and program are not all alike.
    """
    apart = [item for item in items if len(_said(item, scores, second)) > 1]
    read, told = list(_to_read(apart, scores, second, outcomes)), list(_told(apart, scores, second))
    _write(
        path,
        [
            Page("复核", (12.0, 60.0, 50.0, 44.0, 30.0, 40.0), [Line(READ, HEAD), *read]),
            Page("对照（复核后再看）", (12.0, 28.0, 28.0, 28.0, 12.0, 10.0), [Line(TOLD, HEAD), *told]),
        ],
    )
    return len(apart)


READ = ("编号", "申请内容", "查明情况", "几种判断（不分先后）", "复核意见", "理由")
TOLD = ("编号", "标注", "第二标注", "本程序", "概率", "弃权")


def _said(item: LabelledRequest, scores: Mapping[str, Score], second: Mapping[str, str]) -> set[str]:
    said = scores[item.id].answer if scores[item.id].values else item.outcome
    return {item.outcome, second.get(item.id, item.outcome), said}


def _to_read(
    items: Sequence[LabelledRequest],
    scores: Mapping[str, Score],
    second: Mapping[str, str],
    outcomes: Outcomes,
) -> Iterator[Line]:
    order = list(outcomes)
    for item in items:
        codes = sorted(_said(item, scores, second), key=order.index)
        choices = "\n".join(f"{code} {outcomes[code].label}" for code in codes)
        yield Line((item.id, item.request, item.findings, choices, "", ""))


def _told(
    items: Sequence[LabelledRequest], scores: Mapping[str, Score], second: Mapping[str, str]
) -> Iterator[Line]:
    for item in items:
        score = scores[item.id]
        values = score.values or {}
        unsure = "" if values.get("answered", 1.0) else "弃权"
        said = score.answer or "（没有评成）"
        yield Line(
            (item.id, item.outcome, second.get(item.id, ""), said, values.get("probability", ""), unsure)
        )


def _write(path: Path, pages: Sequence[Page]) -> None:
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"“{path.name}”应为 .xlsx 文件。请改用 .xlsx 的文件名。")
    if path.exists():
        raise InputError(f"已有文件 {path}，不覆盖。请换一个文件名。")
    try:
        path.write_bytes(workbook(pages))
    except OSError as fault:
        raise InputError(f"写不成 {path}：{fault.strerror}。请检查文件夹和权限。") from fault
