"""Signal rules: read strictly, negated where the sentence negates, quoting what they found."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.errors import CorpusError
from assistant.law.outcomes import load_outcomes
from assistant.settings import ROOT
from assistant.triage.classifier import Classifier
from assistant.triage.signals import load_signals

RULES = ROOT / "corpus" / "rules"
ROW = {
    "name": "sample",
    "points_to": "grant",
    "road": "provided",
    "where": "findings",
    "weight": 1,
    "pattern": "<好>",
    "unless": None,
    "basis": ["《政府信息公开条例》第三十六条第（二）项"],
    "valid_from": date(2019, 5, 15),
    "valid_to": date(2026, 12, 31),
    "last_checked_on": date(2026, 11, 23),
    "verified": True,
}


def table(folder: Path, **changed: object) -> Path:
    """A rules folder whose signals.yaml holds one row."""
    found = {"words": {"好": "可以"}, "instructions": [], "roads_first": {}, "signals": [ROW | changed]}
    (folder / "signals.yaml").write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"points_to": "granted"}, "sample.*points_to.*granted"),
        ({"road": "by_air"}, "sample.*road.*by_air"),
        ({"where": "letter"}, "sample.*where.*letter"),
        ({"pattern": "("}, "sample.*pattern.*正则"),
        ({"pattern": "<坏>"}, "sample.*words 里没有“坏”"),
        ({"weight": "3"}, "sample.*weight"),
        ({"basis": ["条例36条"]}, "sample.*条例36条"),
        ({"extra": 1}, "sample.*extra"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, changed: dict[str, object], words: str) -> None:
    """The message says which row and which key."""
    with pytest.raises(CorpusError, match=words):
        load_signals(table(tmp_path, **changed), load_outcomes(RULES))


def test_a_rule_holds_only_while_it_is_valid(tmp_path: Path) -> None:
    """A rule that has ended finds nothing on a later day."""
    signals = load_signals(table(tmp_path), load_outcomes(RULES))
    assert 1 == len(signals.find("", "可以提供", date(2026, 12, 31)))
    assert () == signals.find("", "可以提供", date(2027, 1, 1))


def test_unless_looks_at_the_same_sentence_only(tmp_path: Path) -> None:
    """What speaks against a match must stand in its sentence."""
    signals = load_signals(table(tmp_path, unless="不同意"), load_outcomes(RULES))
    assert () == signals.find("", "可以提供，但企业不同意。", date(2026, 1, 1))
    assert 1 == len(signals.find("", "企业不同意。可以提供。", date(2026, 1, 1)))


@pytest.mark.parametrize(
    ("findings", "code", "there"),
    [
        ("文件封面标有“机密”，期限十年。", "refuse.state_secret", True),
        ("该文件没有定密，未标注密级。", "refuse.state_secret", False),
        ("材料涉及商业秘密，不涉及国家秘密。", "refuse.state_secret", False),
        ("举报已立案，笔录存于案卷。", "refuse.enforcement_file", True),
        ("该警情未立案，没有作为证据。", "refuse.enforcement_file", False),
        ("经查阅档案，没有该文件。", "unable.not_held", True),
        ("经查阅，该文件没有密级。", "unable.not_held", False),
        ("方案尚未批准。", "refuse.deliberative", True),
        ("该老档案已移交县档案馆。", "other.other", True),
        ("该档案未移交国家档案馆。", "other.other", False),
    ],
)
def test_negated_facts_are_no_signal(findings: str, code: str, there: bool, classifier: Classifier) -> None:
    """A fact and its denial are told apart."""
    found = classifier.signals.find("", findings, date(2026, 11, 23))
    assert there == (code in {signal.points_to for signal in found})


def test_another_organs_making_prevails_over_absence(classifier: Classifier) -> None:
    """Where both roads show, the document is elsewhere because another organ made it."""
    found = classifier.signals.find("", "检索后未找到；该批复由县水利局制作。", date(2026, 11, 23))
    assert "elsewhere" == classifier.signals.road("unable.not_held", found)


def test_every_shipped_rule_is_dated_and_checked(classifier: Classifier) -> None:
    """Over a hundred rules, each with its article and valid today."""
    rules = classifier.signals.rules
    assert len(rules) >= 120
    assert all(rule.basis and rule.validity.holds(date(2026, 11, 23)) for rule in rules)


def test_the_weights_know_every_shipped_rule(classifier: Classifier) -> None:
    """A rule added without retraining shows here: run `make model`."""
    assert {rule.name for rule in classifier.signals.rules} == classifier.weights.known_rules
