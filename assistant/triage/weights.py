"""The trained weights as shipped: safetensors for the numbers, JSON for the words, both readable without code.

corpus/classifier/ is derived from the labelled requests by `make model`; nothing in it is edited by hand.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant import __version__
from assistant.errors import ModelFault
from assistant.retrieval.embedding import StaticEmbedder
from assistant.triage.features import Evidence, GramSpace, Places, SignalSpace, Values, vectors_of

FOLDER = "classifier"
NUMBERS = "model.safetensors"
WORDS = "vocabulary.json"
CARD = "model.json"
# The folder of the embedding model whose vectors the weights have learnt from.
VECTORS = "model"
READ_BY = ("request", "findings", "signals", "vectors", "bias")
# The logarithm of a chance no reading goes below: none alone may rule an outcome out.
LEAST = -8.0

_AGAIN = "请重新获取完整的程序，或者运行 make model 重新训练"


@dataclass(frozen=True)
class Reader:
    """A multinomial logistic regression with its feature spaces.

    `numbers`: under "request", "findings", "signals" and "vectors" one row a feature, one column an outcome; the
    vectors are those of request and findings, end to end. "bias": one number an outcome.
    """

    request_space: GramSpace
    findings_space: GramSpace
    signal_space: SignalSpace
    embedder: StaticEmbedder
    numbers: Mapping[str, NDArray[np.float32]]

    def readings(self, evidence: Evidence) -> Values:
        """How the case reads whole, by the letter's words alone, and by the words of the findings alone.

        The logarithms of the three probabilities of each outcome, end to end; none below `LEAST`.
        """
        near, vectors = vectors_of(self.embedder, evidence), self.numbers["vectors"]
        half = len(near) // 2
        letter = _times(self.request_space.encode(evidence.request), self.numbers["request"])
        found = _times(self.findings_space.encode(evidence.findings), self.numbers["findings"])
        letter, found = letter + near[:half] @ vectors[:half], found + near[half:] @ vectors[half:]
        signs = self.signal_space.encode(evidence) @ self.numbers["signals"]
        logits = np.array([letter + found + signs, letter, found]) + self.numbers["bias"]
        highest = logits.max(axis=1, keepdims=True)
        logs = logits - highest - np.log(np.exp(logits - highest).sum(axis=1, keepdims=True))
        return np.asarray(np.maximum(logs, LEAST), dtype=np.float32).reshape(-1)


@dataclass(frozen=True)
class Weights:
    """The reader, how its three readings are weighed against each other, and the abstention threshold.

    `weighing`: one row a reading of an outcome, one column an outcome; `leaning`: one number an outcome.
    """

    codes: tuple[str, ...]
    reader: Reader
    weighing: NDArray[np.float32]
    leaning: NDArray[np.float32]
    threshold: float

    def probabilities(self, evidence: Evidence) -> Values:
        """Calibrated probability of each outcome, in the order of `codes`."""
        logits = self.reader.readings(evidence) @ self.weighing + self.leaning
        odds = np.exp(logits - logits.max())
        return np.asarray(odds / odds.sum(), dtype=np.float32)

    @cached_property
    def known_rules(self) -> frozenset[str]:
        """The signal rules there were when the weights were trained."""
        return frozenset(self.reader.signal_space.rules)


def load_weights(corpus_dir: Path) -> Weights:
    """The weights of corpus/classifier. Raises ModelFault where a file is missing, damaged or of another make."""
    folder = corpus_dir / FOLDER
    card, words = _json(folder / CARD), _json(folder / WORDS)
    numbers = _numbers(folder / NUMBERS)
    try:
        return Weights(
            codes=tuple(card["codes"]),
            reader=Reader(
                request_space=GramSpace(words["request"], numbers["idf_request"]),
                findings_space=GramSpace(words["findings"], numbers["idf_findings"]),
                signal_space=SignalSpace(tuple(card["codes"]), tuple(card["rules"])),
                embedder=_embedder(corpus_dir / VECTORS, str(card["embedder"])),
                numbers={name: numbers[name] for name in READ_BY},
            ),
            weighing=numbers["weighing"],
            leaning=numbers["leaning"],
            threshold=float(card["threshold"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise ModelFault(f"分类器文件不完整：{folder} 缺少 {fault}。{_AGAIN}。") from fault


def version_of(corpus_dir: Path, rules: Sequence[str]) -> str:
    """A name for what judges: the program's version, and a digest of the weights and the rule files named."""
    whole = hashlib.sha256()
    paths = [corpus_dir / FOLDER / name for name in (NUMBERS, WORDS, CARD)]
    for path in (*paths, *(corpus_dir / "rules" / name for name in rules)):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{__version__}-{whole.hexdigest()[:16]}"


def _embedder(folder: Path, fingerprint: str) -> StaticEmbedder:
    embedder = StaticEmbedder.load(folder)
    if embedder.fingerprint != fingerprint:
        raise ModelFault(f"分类器不是用这个向量模型训练的：{folder}。{_AGAIN}。")
    return embedder


def _times(row: tuple[Places, Values], table: NDArray[np.float32]) -> Values:
    """One sparse row times a table."""
    places, values = row
    return np.asarray(values @ table[places], dtype=np.float32)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise ModelFault(f"找不到分类器文件：{path}。{_AGAIN}。") from fault
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise ModelFault(f"分类器文件已损坏：{path}。{_AGAIN}。") from fault
    if not isinstance(found, dict):
        raise ModelFault(f"分类器文件已损坏：{path}。{_AGAIN}。")
    return found


def _numbers(path: Path) -> dict[str, NDArray[np.float32]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return {name: table.astype(np.float32) for name, table in load_file(path).items()}
    except FileNotFoundError as fault:
        raise ModelFault(f"找不到分类器文件：{path}。{_AGAIN}。") from fault
    except SafetensorError as fault:
        raise ModelFault(f"分类器文件已损坏：{path}。{_AGAIN}。") from fault
