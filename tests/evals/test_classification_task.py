"""The classification task: groups, confusions, precision by what was said, pictures; and requests of one's own."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.law.outcomes import Outcomes
from assistant.settings import ROOT
from assistant.triage.classifier import Classifier
from evals.baselines import Ranking, rules_alone
from evals.classification import judge, solvers
from evals.classification_views import (
    ANSWERS,
    BORDERS,
    GIVEN,
    MISSING,
    NO_BORDER,
    SHORT,
    bin_of,
    border_of,
    findings_of,
    style_of,
    views,
)
from evals.confusion import missed, told
from evals.labelled import BORDERS as NUMBERS
from evals.labelled import LABELLED_ON, LabelledRequest
from evals.task import Score, Solver, Task, TaskResult, run_task

ITEM = LabelledRequest("r0", "申请公开某方案", "", "grant", (), (), None, "plain", "f0", "test")
SAID = ("grant", "grant", "partial", "unable.not_held")
LABELS = ("grant", "partial", "partial", "unable.not_held")


def items() -> tuple[LabelledRequest, ...]:
    """Twelve requests in six families: of every four, one partial grant is taken for a grant."""
    return tuple(
        replace(ITEM, id=f"r{n}", outcome=LABELS[n % 4], family=f"f{n // 2}", border=9 if n % 2 else None)
        for n in range(12)
    )


def answer(item: LabelledRequest) -> Ranking:
    """What the product of the test says, the surer the later."""
    number = int(item.id[1:])
    said = SAID[number % 4]
    rest = tuple(code for code in ("grant", "partial", "unable.not_held") if code != said)
    return Ranking((said, *rest), 0.4 + number / 20, number < 3)


@pytest.fixture(scope="module")
def outcomes(classifier: Classifier) -> Outcomes:
    """The 21 rows."""
    return classifier.outcomes


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    """The shipped one."""
    return Classifier.load(ROOT / "corpus")


@pytest.fixture(scope="module")
def result(outcomes: Outcomes) -> TaskResult:
    """A run over the twelve, by the product and one that always grants."""
    task = Task(
        name="classification",
        label="研判",
        dataset=items(),
        solvers=(
            Solver("assistant", "本程序", answer),
            Solver("nearest", "BM25 最近邻", lambda _: Ranking(("grant", "partial"))),
        ),
        scorer=judge,
        views=views(outcomes),
        extras=lambda found: told(found, outcomes),
    )
    return run_task(task, lambda *_: None)


def figure(
    result: TaskResult, view: str, group: str, metric: str, solver: str = "assistant"
) -> tuple[float, int]:
    """Value and n."""
    (found,) = [
        f.interval
        for f in result.figures
        if (f.view, f.group, f.metric, f.solver) == (view, group, metric, solver) and f.interval
    ]
    return round(found.value, 4), found.n


def test_recall_goes_by_the_label_and_precision_by_what_was_said(result: TaskResult) -> None:
    """Six partial grants, three of them found; six grants said, three of them right."""
    assert (0.5, 6) == figure(result, "outcome", "partial 部分公开", "top1")
    assert (1.0, 3) == figure(result, "precision", "partial 部分公开", "top1")
    assert (0.5, 6) == figure(result, "precision", "grant 予以公开", "top1")
    assert (0.25, 12) == figure(result, "precision", "grant 予以公开", "top1", "nearest")


def test_what_is_missed_of_the_refusals_weighs_most(result: TaskResult) -> None:
    """Nine are not grants, six of them are seen: F2 = 5·6 / (5·6 + 4·3)."""
    assert (round(30 / 42, 4), 12) == figure(result, "all", "全部", "f2_refusals")
    assert (0.0, 12) == figure(result, "all", "全部", "f2_refusals", "nearest")


def test_the_surest_half_is_judged_by_itself(result: TaskResult) -> None:
    """Of the six surest one is wrong; of all, three."""
    assert (round(1 / 6, 4), 12) == figure(result, "risk", "全部", "risk_at_50")
    assert (0.25, 12) == figure(result, "risk", "全部", "risk_at_100")


def test_confusions_name_the_requests(result: TaskResult) -> None:
    """Partial grants taken for grants, three of six."""
    extras = result.task.extras(result)
    (row,) = extras.tables["研判：最常混淆的"][1:]
    assert ["partial 部分公开", "grant 予以公开", "3/6", "r1、r5、r9"] == row
    codes, counts = extras.record["confusion"]["codes"], extras.record["confusion"]["counts"]
    assert 3 == counts[codes.index("partial")][codes.index("grant")]
    assert 12 == sum(map(sum, counts))


def test_misses_stand_surest_first(result: TaskResult) -> None:
    """Named by id, with the place the label has."""
    rows = missed(result)[1:]
    assert [["r9", "partial", "grant", "0.85", "2", "", ""], ["r5", "0.65"], ["r1", "弃权"]] == [
        rows[0],
        [rows[1][0], rows[1][3]],
        [rows[2][0], rows[2][6]],
    ]


def test_pictures_are_whole_and_the_same_each_time(result: TaskResult) -> None:
    """One of each kind, well-formed, with nothing fetched from elsewhere."""
    extras = result.task.extras(result)
    assert [
        f"classification-{name}"
        for name in ("outcome", "border", "methods", "confusion", "reliability", "risk")
    ] == [picture.name for picture in extras.pictures]
    assert extras.pictures == result.task.extras(result).pictures
    assert {view.key for view in result.task.views} >= {picture.view for picture in extras.pictures}
    for picture in extras.pictures:
        root = ElementTree.fromstring(picture.svg)
        assert [] == [e.tag for e in root.iter() if e.tag.endswith(("image", "script", "style", "use"))]
        assert 1 == picture.svg.count("http")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [("", MISSING), (" \n", MISSING), ("已公开", SHORT), ("已在网站公开该方案全文内容", GIVEN)],
)
def test_a_few_characters_are_hardly_findings(findings: str, expected: str) -> None:
    """Present, thin or none."""
    assert expected == findings_of(replace(ITEM, findings=findings))


def test_every_border_and_style_has_a_name() -> None:
    """A style nobody has named stands as it is written."""
    assert list(NUMBERS) == list(BORDERS)
    assert [NO_BORDER, BORDERS[15]] == [border_of(replace(ITEM, border=number)) for number in (None, 15)]
    assert ["村民", "oracle-bone", "（未注明）"] == [
        style_of(replace(ITEM, style=style)) for style in ("villager", "oracle-bone", "")
    ]


@pytest.mark.parametrize(("sure", "expected"), [(0.0, "0.0–0.1"), (0.95, "0.9–1.0"), (1.0, "0.9–1.0")])
def test_sureness_is_told_in_tenths(sure: float, expected: str) -> None:
    """The last holds certainty, too; a method that does not say stands in none."""
    assert expected == bin_of(Score("a", "f", "", "", {"probability": sure}))
    assert bin_of(Score("a", "f", "", "", {"top1": 1.0})) is None


def test_rules_alone_weigh_signals(classifier: Classifier) -> None:
    """Where none is seen, the commonest outcome of training is said."""
    train = [replace(ITEM, outcome="unable.not_held"), ITEM, ITEM]
    solve = rules_alone(classifier.signals, train, LABELLED_ON)
    assert "unable.not_held" == solve(replace(ITEM, findings="经检索，本机关未制作、未保存该信息")).codes[0]
    assert ("grant", "unable.not_held") == solve(replace(ITEM, request="那个", findings="甲")).codes


def test_a_part_left_out_is_left_out(classifier: Classifier) -> None:
    """Without signals no rule counts; the request alone shows no findings; the product is the product."""
    found = {solver.name: solver.solve for solver in solvers(classifier, [ITEM])}
    item = replace(ITEM, findings="经检索，本机关未制作、未保存该信息")
    assert list(ANSWERS) == list(found)
    proposal = classifier.propose(item.request, item.findings, LABELLED_ON)
    assert tuple(outcome.code for outcome in proposal.outcomes) == found["assistant"](item).codes
    assert found["without_signals"](item).probability != found["assistant"](item).probability
    assert found["assistant"](ITEM) == found["request_alone"](item)


LINE = {"id": "a", "request": "申请公开某会议纪要", "outcome": "refuse.deliberative"}


def written(folder: Path, *lines: object) -> Path:
    """A file of such lines."""
    path = folder / "own.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_the_command_names_what_was_missed_and_keeps_nothing(tmp_path: Path) -> None:
    """Ids of those missed, never their words; files only where a folder is named."""
    wrong = LINE | {
        "id": "missed-1",
        "findings": "该信息已在区政府网站主动公开",
        "outcome": "decline.excessive",
    }
    command = [
        sys.executable,
        "-m",
        "assistant",
        "evaluate",
        "classification",
        "--requests",
        str(written(tmp_path, LINE, wrong)),
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert 0 == run.returncode
    assert "missed-1" in run.stdout.split("首位与标注不同的")[1]
    assert "会议纪要" not in run.stdout
    assert ["own.jsonl"] == [path.name for path in tmp_path.iterdir()]
    other = subprocess.run(
        [*command[:4], "retrieval", *command[5:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (2, True) == (other.returncode, "自备申请只能评研判" in other.stderr)
