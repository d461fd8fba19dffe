"""Signal rules: read strictly, negated where the sentence negates, quoting what they found."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.errors import CorpusError
from assistant.law.outcomes import load_outcomes
from assistant.settings import ROOT
from assistant.triage.classifier import Classifier
from assistant.triage.signals import load_signals, read_signals

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
    found = {
        "words": {"好": "可以"},
        "instructions": [],
        "asking": "请",
        "reported": "上次",
        "roads_first": {},
        "nothing_shown": "查到什么？",
        "signals": [ROW | changed],
    }
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


@pytest.mark.parametrize("key", ["pattern", "unless", "beside", "nowhere", "asked"])
def test_what_is_no_pattern_is_named(tmp_path: Path, key: str) -> None:
    """When the rules are loaded; by a single letter, which is judged without proving them all, when it is looked for."""
    folder, outcomes = table(tmp_path, **{key: "("}), load_outcomes(RULES)
    with pytest.raises(CorpusError, match=f"sample.*{key}.*不是有效的正则表达式"):
        load_signals(folder, outcomes)
    signals = read_signals(folder, outcomes)
    with pytest.raises(CorpusError, match=f"sample.*{key}.*不是有效的正则表达式"):
        signals.find("申请", "可以提供", date(2026, 1, 1))


def test_every_shipped_pattern_is_one(classifier: Classifier) -> None:
    """Also those that no letter of the tests meets."""
    classifier.signals.prove()


def test_letters_of_another_case_are_found(tmp_path: Path) -> None:
    """Where a rule holds any, whichever way they are written."""
    signals = load_signals(table(tmp_path, pattern="hiv|艾滋"), load_outcomes(RULES))
    found = [
        signals.find("", words, date(2026, 1, 1)) for words in ("HIV检测", "hiv检测", "艾滋检测", "检测")
    ]
    assert [1, 1, 1, 0] == list(map(len, found))


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


@pytest.mark.parametrize(
    ("findings", "there"),
    [
        ("①合同可以复印。②名册没有做过。", True),
        ("合同可以复印；名册没有做过。", True),
        ("A可以复印，B没有做过。", True),
        ("合同可以复印，名册没有做过。", False),
        ("合同可以复印。", False),
    ],
)
def test_what_must_stand_beside_stands_in_another_piece(tmp_path: Path, findings: str, there: bool) -> None:
    """Sentences, semicolons and numbers part the pieces; commas do not."""
    signals = load_signals(table(tmp_path, beside="没有做过"), load_outcomes(RULES))
    found = signals.find("", findings, date(2026, 1, 1))
    assert there == bool(found)
    assert all(signal.quote == findings[signal.start : signal.end] == "可以" for signal in found)


def test_nowhere_looks_at_all_the_findings(tmp_path: Path) -> None:
    """What speaks against a match may stand in any sentence."""
    signals = load_signals(table(tmp_path, nowhere="不再要"), load_outcomes(RULES))
    assert () == signals.find("", "可以复印。申请人说不再要了。", date(2026, 1, 1))
    assert 1 == len(signals.find("不再要", "可以复印。", date(2026, 1, 1)))


def test_asked_looks_at_the_request(tmp_path: Path) -> None:
    """A fact may count only where the letter asks for such a thing."""
    signals = load_signals(table(tmp_path, asked="①"), load_outcomes(RULES))
    assert 1 == len(signals.find("①合同②名册", "可以复印。", date(2026, 1, 1)))
    assert () == signals.find("合同", "①可以复印。", date(2026, 1, 1))


def test_only_findings_have_pieces(tmp_path: Path) -> None:
    """A rule about the letter cannot ask what stands beside."""
    with pytest.raises(CorpusError, match="sample.*beside.*findings"):
        load_signals(table(tmp_path, where="request", beside="没有"), load_outcomes(RULES))


@pytest.mark.parametrize(
    ("request_", "findings", "code", "there"),
    [
        ("①验收单②单价排名", "①验收单在股里，能给。②排名没有谁算过，要逐张翻凭证。", "partial", True),
        ("（1）批复（2）检讨书", "（1）批复有正本。（2）检讨从没有人写过。", "partial", True),
        ("批复和请示", "批复去年印发。请示没有留存，申请人来电说不再要。", "partial", False),
        ("合同全文", "合同附件三单独成册，企业只就附件三讲清了理由，其余没意见。", "partial", True),
        ("检测报告", "企业回函只有“怕影响生意”五个字，没说别的；数据网站已公示。", "grant", True),
        ("检测报告", "企业回函“怕影响生意”，附配方一页，其余没意见，数据已公示。", "grant", False),
        ("核定表", "核定表只写他一户，身份证核过。", "grant", True),
        ("通报", "通报右上角“内部”两字是打字员套模板留的，定密台账没有这一件。", "grant", True),
        ("通报", "“内部”两字是套模板留的；公安书面说图上的点位有被踩点的危险。", "grant", False),
        ("旧档", "先只按新地名查没有；这次改按旧地名查，在第3柜找到原件。", "grant", True),
        ("某书", "补正通知本人签收，限15天，到期后又过两周，一直没有动静。", "other.no_correction", True),
        ("旧表", "去年给过他，快递签收，此表没有改过。", "decline.repeat", True),
        ("旧表", "去年给过他，没有改过；这次他要求盖章。", "decline.repeat", False),
    ],
)
def test_two_facts_are_read_together(
    request_: str, findings: str, code: str, there: bool, classifier: Classifier
) -> None:
    """What decides is often a pair: one item and another, a stamp and no classification, then and now."""
    known = {
        "one-given-one-to-compute", "one-given-one-absent", "one-given-one-withheld", "stands-on-its-own-page",
        "only-that-part-is-opposed", "objection-says-nothing", "records-only-the-applicant",
        "word-internal-means-nothing", "found-on-another-search", "time-ran-out-in-silence",
        "given-before-and-unchanged",
    }  # fmt: skip
    found = classifier.signals.find(request_, findings, date(2026, 11, 27))
    assert there == any(signal.points_to == code for signal in found if signal.rule in known)
