"""The audit of published annual reports: what must be raised is raised, and nothing else."""

import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import CorpusError, InputError
from assistant.ingest.annual.audit import Audit, audit
from assistant.ingest.annual.batches import read_many, read_one
from assistant.ingest.annual.checks import load_report_checks, standing_checks
from assistant.ingest.annual.form import standing_form
from assistant.ingest.annual.report import load_reports, parse_report
from assistant.settings import ROOT
from tests.ingest.audited import report_text

CASES = yaml.safe_load((Path(__file__).parent / "audit_cases.yaml").read_text(encoding="utf-8"))
RULES = ROOT / "corpus" / "rules"


def named(cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Cases as parameters, each under its reason."""
    return {"argvalues": cases, "ids": [case["why"] for case in cases]}


def audited(case: dict[str, Any], previous: dict[str, Any] | None = None) -> Audit:
    """The audit of a case's report."""
    before = parse_report(report_text({"year": 2022} | previous)) if previous else None
    return audit(parse_report(report_text(case)), before)


def failing(found: Audit) -> list[str]:
    """Ids of the checks that fail."""
    return [check.id for check in found.checks if check.status == "fails"]


def scopes(found: Audit, id_: str, status: str) -> list[str]:
    """Where a check has a status."""
    return [check.scope for check in found.checks if (check.id, check.status) == (id_, status)]


@pytest.mark.parametrize("case", **named(CASES["silent"]))
def test_nothing_is_raised_against_a_right_report(case: dict[str, Any]) -> None:
    """Loose but true words, other kinds of applications and lost figures accuse nobody."""
    found = audited(case)
    assert ([], [], True) == (failing(found), [f.message for f in found.findings], found.passes)


@pytest.mark.parametrize("case", **named(CASES["alarms"]))
def test_what_is_wrong_is_raised_once_with_its_words(case: dict[str, Any]) -> None:
    """Each fault gives its own finding and no other."""
    found = audited(case)
    kinds = [finding.kind for finding in found.findings]
    assert (case["finds"], case["fails"]) == (kinds, failing(found))
    assert case.get("quote", found.findings[0].quote) == found.findings[0].quote
    assert [] == [word for word in case.get("says", []) if word not in found.findings[0].message]


@pytest.mark.parametrize("case", **named(CASES["tables"]))
def test_a_relation_that_fails_says_the_figures(case: dict[str, Any]) -> None:
    """The failing relations, each in its row or column, with the figures seen."""
    found = audited(case)
    assert case["fails"] == failing(found)
    message = next(check.message for check in found.checks if check.status == "fails")
    assert [] == [word for word in case.get("says", []) if word not in message]


@pytest.mark.parametrize("case", **named(CASES["silent"] + CASES["alarms"]))
def test_a_finding_quotes_what_stands_in_the_report(case: dict[str, Any]) -> None:
    """Every quotation but that of a missing section is found word for word."""
    text = report_text(case)
    findings = audit(parse_report(text)).findings
    assert [] == [f.quote for f in findings if f.kind != "sections.missing" and f.quote not in text]


def test_the_seed_report_adds_up_and_contradicts_itself_once() -> None:
    """Every relation holds; its prose calls one request open that the table counts as concluded."""
    street = next(r for r in load_reports(ROOT / "corpus") if r.short_name == "暨阳街道" and r.year == 2023)
    found = audit(street)
    assert {"R1": 7, "R2": 7, "R3": 25, "R5": 28, "S1": 3} == {
        id_: len(scopes(found, id_, "holds")) for id_ in ("R1", "R2", "R3", "R5", "S1")
    }
    assert 1 == street.value("disputes", "review", "pending")
    assert (["contradiction"], ["R6"]) == ([f.kind for f in found.findings], failing(found))


def test_the_published_words_of_the_seed_are_one_contradiction() -> None:
    """17 concluded, 1 open, 2 carried over, against 18 and 2; no review is made of it."""
    prose = "收到政府信息公开申请20件，申请人为自然人，17件在规定时间内予以回复，已回复办结。1件尚未审结，2件结转下年度办理。"
    found = audited({"prose": prose, "disputes": {"review": {"pending": 1}}})
    assert ["contradiction"] == [finding.kind for finding in found.findings]
    assert [] == scopes(found, "S2", "fails")


# last year's report
def test_carried_in_is_last_years_carried_out_in_every_column() -> None:
    """Four of each total, but of other applicants: two columns fail, the total holds."""
    now = {"requests": {"new": 6, "carried_in": {"natural_person": 4}, "grant": 10}}
    last = {
        "requests": {
            "new": {"natural_person": 3, "enterprise": 1},
            "carried_out": {"natural_person": 3, "enterprise": 1},
        }
    }
    found = audited(now, last)
    assert ["自然人列", "商业企业列"] == scopes(found, "R4", "fails")
    assert "总计列" in scopes(found, "R4", "holds")


def test_a_report_of_another_year_is_not_set_beside() -> None:
    """Two years back proves nothing."""
    found = audited({}, {"year": 2021})
    assert ["与上年报告"] == scopes(found, "R4", "unavailable")


def test_a_report_of_another_body_is_not_set_beside() -> None:
    """Another town's report proves nothing."""
    assert ["与上年报告"] == scopes(audited({}, {"agency": "白水镇人民政府"}), "R4", "unavailable")


def test_the_same_body_may_write_its_name_shorter() -> None:
    """青石镇 and 青石镇人民政府 are one body."""
    assert 7 == len(scopes(audited({"requests": {}}, {"agency": "青石镇", "requests": {}}), "R4", "holds"))


def test_documents_in_force_that_do_not_follow_are_a_warning() -> None:
    """10 + 3 − 1 is not 9; a clearing-out may explain it, so the report still passes."""
    now = {
        "requests": {},
        "publication": {"normative_documents": {"issued": 3, "repealed": 1, "in_force": 9}},
    }
    found = audited(now, {"requests": {}, "publication": {"normative_documents": {"in_force": 10}}})
    assert (["行政规范性文件"], True) == (scopes(found, "P1", "fails"), found.passes)


def test_pending_cases_that_are_gone_are_only_noted() -> None:
    """Whether old cases are counted again is not settled."""
    found = audited({"requests": {}}, {"requests": {}, "disputes": {"review": {"pending": 2}}})
    assert (["行政复议"], []) == (scopes(found, "S3", "unavailable"), failing(found))


def test_direct_suits_are_a_note_from_2024_on() -> None:
    """The review law in force since 2024 asks for a review first in some cases; the table does not say which."""
    direct = {"disputes": {"lawsuit_direct": {"upheld": 1}}}
    noted = scopes(audited({"year": 2024} | direct), "S4", "unavailable")
    assert (["行政诉讼 未经复议直接起诉"], []) == (noted, scopes(audited(direct), "S4", "unavailable"))


# what is not available
def test_a_lost_row_makes_its_relations_unavailable() -> None:
    """Nothing fails where figures are missing."""
    text = report_text({}).replace("（一）予以公开 | 12 | 0 | 0 | 0 | 0 | 0 | 12 |", "（一）予以公开")
    found = audit(parse_report(text))
    assert ([], 7, 7) == (
        failing(found),
        len(scopes(found, "R2", "unavailable")),
        len(scopes(found, "R1", "holds")),
    )


def test_a_report_without_tables_is_unavailable_throughout() -> None:
    """Tables published as pictures leave nothing to add up."""
    text = (
        report_text({}).split("\n二、")[0]
        + "\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    )
    found = audit(parse_report(text))
    assert set() == {check.status for check in found.checks if check.id in ("R1", "R2", "R3", "S1")} - {
        "unavailable"
    }


def test_what_only_the_register_can_tell_says_so() -> None:
    """R7, R8 and R9 are never claimed to hold."""
    found = audited({})
    assert {"unavailable"} == {check.status for check in found.checks if check.id in ("R7", "R8", "R9")}


def test_the_form_of_2019_with_other_results_in_one_row_adds_up() -> None:
    """其他处理 in one row counts as the sum of its three."""
    report = parse_report(report_text({"requests": {"new": 20, "grant": 18, "total_handled": 20}}))
    leaves = standing_form().tables["requests"].groups["other"].of
    requests = {row: dict(cells) for row, cells in report.requests.items() if row not in leaves}
    cells = report.requests["carried_out"]
    two = {
        c: (type(x)(2 if c in ("natural_person", "total") else 0, x.line, "2") if x else None)
        for c, x in cells.items()
    }
    found = audit(replace(report, requests=requests | {"other": two}))
    assert 7 == len(scopes(found, "R2", "holds"))


# the contract
def test_the_json_has_the_agreed_fields() -> None:
    """agency, year, form, three tables, checks and findings; null where a figure is not available."""
    text = report_text({"publication": {"fees": {"amount": Decimal("3.24")}}})
    told = audit(parse_report(text.replace("（一）予以公开 | 12", "（一）予以公开 | 1*"))).to_json()
    assert {"agency", "year", "form", "requests", "publication", "disputes", "checks", "findings"} <= set(
        told
    )
    assert (None, 20, 3.24) == (
        told["requests"]["grant"]["natural_person"],
        told["requests"]["new"]["total"],
        told["publication"]["fees"]["amount"],
    )
    assert {"id", "scope", "status", "message"} <= set(told["checks"][0])


def test_every_rule_says_what_it_rests_on() -> None:
    """No rule without basis; a rule of practice is not verified and is named as such."""
    assert [] == [rule.id for rule in standing_checks().rules.values() if not rule.basis or not rule.do]


def test_a_rule_file_with_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    """The error names the file and the rule."""
    text = (RULES / "report_checks.yaml").read_text(encoding="utf-8")
    (tmp_path / "report_checks.yaml").write_text(
        text.replace("severity: error", "severity: fatal", 1), "utf-8"
    )
    with pytest.raises(CorpusError, match="report_checks.yaml R1.*severity"):
        load_report_checks(tmp_path)


counts = st.integers(min_value=0, max_value=400)


@settings(max_examples=40, deadline=None)
@given(grant=counts, unable=counts, before=counts, out=counts)
def test_a_table_that_adds_up_never_fails(grant: int, unable: int, before: int, out: int) -> None:
    """Whatever the figures, a balanced report with true prose passes."""
    new = grant + unable + out - before
    if new < 0:
        return
    prose = f"新收政府信息公开申请{new}件，上年结转{before}件，办结{grant + unable}件，结转下年度{out}件。"
    rows = {"new": new, "carried_in": before, "grant": grant, "unable.not_held": unable, "carried_out": out}
    found = audited({"prose": prose, "requests": rows})
    assert ([], ()) == (failing(found), found.findings)


@settings(max_examples=40, deadline=None)
@given(new=st.integers(1, 400), by=st.integers(1, 50))
def test_a_column_that_does_not_add_up_always_fails(new: int, by: int) -> None:
    """One column off by any number is found, even where the total balances."""
    rows = {"new": {"natural_person": new, "enterprise": by}, "grant": {"natural_person": new + by}}
    assert ["自然人列", "商业企业列"] == scopes(audited({"requests": rows}), "R1", "fails")


def test_an_audit_takes_a_few_milliseconds() -> None:
    """A folder of a thousand reports is a matter of seconds."""
    report = parse_report(report_text({"prose": "收到政府信息公开申请20件，办结18件，结转下年度2件。"}))
    audit(report)
    start = time.process_time()
    for _ in range(50):
        audit(report)
    assert (time.process_time() - start) / 50 < 0.01


# files
def test_a_folder_is_read_report_by_report(tmp_path: Path) -> None:
    """One that cannot be read says why and stops no other."""
    (tmp_path / "a.txt").write_text(report_text({}), encoding="utf-8")
    (tmp_path / "b.txt").write_text("会议通知", encoding="utf-8")
    files = list(read_many(tmp_path))
    assert ["a.txt", "b.txt"] == [file.name for file in files]
    assert (True, "没有找到年度报告" in files[1].fault) == (files[0].report is not None, True)


def test_an_archive_is_read_without_letting_it_choose_places(tmp_path: Path) -> None:
    """A member named ../../evil.txt is set aside; nothing is written anywhere."""
    path = tmp_path / "reports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.txt", report_text({}))
        archive.writestr("2023/青石镇.txt", report_text({}))
    read = {file.report is not None: file.name for file in read_many(path)}
    assert ("2023/青石镇.txt", ["reports.zip"]) == (read[True], [p.name for p in tmp_path.iterdir()])
    assert "evil" in read[False]


@pytest.mark.parametrize("name", ["empty", "broken.zip"])
def test_a_batch_without_reports_is_refused(tmp_path: Path, name: str) -> None:
    """An empty folder and a damaged archive are named."""
    path = tmp_path / name
    if name == "empty":
        path.mkdir()
    else:
        path.write_bytes(b"PK no archive")
    with pytest.raises(InputError, match=name):
        list(read_many(path))


def test_a_text_that_is_no_report_is_refused(tmp_path: Path) -> None:
    """No section and no figure: nothing can be audited."""
    (tmp_path / "letter.txt").write_text("关于召开会议的通知", encoding="utf-8")
    with pytest.raises(InputError, match="没有找到年度报告"):
        read_one(tmp_path / "letter.txt")
