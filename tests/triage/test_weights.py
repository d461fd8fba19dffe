"""The shipped weights: small, light to load, and refused by name when damaged."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelFault
from assistant.settings import ROOT
from assistant.triage.classifier import Classifier, rounded
from assistant.triage.features import Evidence
from assistant.triage.weights import CARD, LEAST, NUMBERS, WORDS, load_weights

FOLDER = ROOT / "corpus" / "classifier"


def test_the_weights_are_small() -> None:
    """Under six megabytes in all."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 6 * 1024 * 1024


def test_proposing_loads_no_training_library() -> None:
    """Numpy alone: no scikit-learn, no scipy, no torch, no openpyxl."""
    code = (
        "import sys; from pathlib import Path; from assistant.triage.classifier import Classifier;"
        f"Classifier.load(Path({str(ROOT / 'corpus')!r})).propose('申请公开某批复', '可以提供');"
        "print(sorted({'sklearn', 'scipy', 'torch', 'openpyxl', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == run.stdout.strip()


@pytest.mark.parametrize("name", [NUMBERS, WORDS, CARD])
@pytest.mark.parametrize(("damage", "words"), [("missing", "找不到"), ("torn", "已损坏")])
def test_damaged_weights_are_named(tmp_path: Path, name: str, damage: str, words: str) -> None:
    """Which file, and what to do next."""
    shutil.copytree(FOLDER, tmp_path / "classifier")
    file = tmp_path / "classifier" / name
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(ModelFault, match=f"{words}.*{name}.*make model"):
        load_weights(tmp_path)


def test_a_case_is_read_three_ways(classifier: Classifier) -> None:
    """Whole, by the letter's words and by those of the findings; none rules an outcome out, empty findings lean nowhere."""
    reader, size = classifier.weights.reader, len(classifier.weights.codes)
    bare, other, whole = (
        reader.readings(Evidence(letter, findings, ())).reshape(3, size)
        for letter, findings in (("申请公开批复", ""), ("要求查处", ""), ("申请公开批复", "可以提供"))
    )
    assert min(reading.min() for reading in (bare, other, whole)) >= LEAST
    assert np.array_equal(bare[1], whole[1])
    assert np.array_equal(bare[2], other[2])
    assert not np.array_equal(bare[0], whole[0])


def test_shares_sum_to_one_after_rounding() -> None:
    """Four decimals each, one in all, whatever the probabilities."""
    chance = np.random.default_rng(3)
    for _ in range(200):
        shares = rounded(chance.dirichlet(np.full(21, 0.2)).astype(np.float32))
        assert 10_000 == sum(round(share * 10_000) for share in shares)


def test_an_abstention_asks_the_neighbour_question(classifier: Classifier) -> None:
    """The question is the one written for the two leading outcomes, or made of what both need."""
    proposal = classifier.propose("申请公开某路灯维护合同", "查到了一份，有的地方还拿不准")
    first, second = (classifier.outcomes[outcome.code] for outcome in proposal.outcomes[:2])
    written = first.neighbours.get(second.code) or second.neighbours.get(first.code)
    assert proposal.abstain
    assert proposal.question == written or all(
        outcome.label in (proposal.question or "") for outcome in (first, second)
    )


def test_the_json_is_the_contracts(classifier: Classifier) -> None:
    """Field names and kinds as others rely on them."""
    found = classifier.propose("申请公开某批复", "经检索没有查到该批复").to_json("7")
    assert {"id", "outcomes", "abstain", "question", "signals", "engine"} == set(found)
    assert {"code", "label", "probability", "basis"} <= set(found["outcomes"][0])
    assert {"quote", "start", "end", "points_to"} <= set(found["signals"][0])
    assert "embedded" == found["engine"]
