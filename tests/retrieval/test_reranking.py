"""A reranking model by setting: it has the last word on order, and its failure is told."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ModelFault
from assistant.retrieval.index import Index, IndexPlace
from assistant.retrieval.reranking import LibraryReranker
from assistant.retrieval.search import search
from assistant.settings import Settings

ON = date(2026, 11, 23)
QUESTION = "第三方一直不回复怎么办,要等多久"


class Longest:
    """Prefers long texts."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]


def test_hits_stand_in_the_order_of_the_model(index: Index) -> None:
    """Longest first, since that is what this one likes."""
    hits = search(replace(index, reranker=Longest()), QUESTION, 5, ON).hits
    lengths = [len(hit.text) for hit in hits]
    assert sorted(lengths, reverse=True) == lengths


def test_an_article_named_outright_stays_first(index: Index) -> None:
    """No model outvotes the question itself."""
    hits = search(replace(index, reranker=Longest()), "条例32条，第三方", 5, ON).hits
    assert "《政府信息公开条例》第三十二条" == str(hits[0].passage.ref)


def test_a_missing_model_is_named_and_the_order_stands(index: Index, tmp_path: Path) -> None:
    """One line, and the hits as without it."""
    broken = replace(index, reranker=LibraryReranker(str(tmp_path / "none")))
    result = search(broken, QUESTION, 5, ON)
    assert [hit.ref for hit in search(index, QUESTION, 5, ON).hits] == [hit.ref for hit in result.hits]
    assert "找不到重排模型目录" in str(result.notice)
    assert "本次没有重新排序" in str(result.notice)


def test_the_setting_reaches_the_index() -> None:
    """reranker_model in assistant.toml."""
    assert "/srv/r" == IndexPlace.of(Settings(reranker_model="/srv/r")).reranker


@pytest.mark.slow
def test_a_cross_encoder_folder_is_run_by_the_library(tmp_path: Path) -> None:
    """A tiny one made here gives one number a text, and the same again."""
    reranker = LibraryReranker(str(tiny_cross_encoder(tmp_path)))
    texts = ["第三方应当自收到征求意见书之日起", "行政机关不得收取费用"]
    first = reranker.scores("第三方不答复", texts)
    assert 2 == len(first)
    assert first == pytest.approx(reranker.scores("第三方不答复", texts))


@pytest.mark.slow
def test_a_folder_without_a_model_is_a_model_fault(tmp_path: Path) -> None:
    """Named when it is first used."""
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "none"}), encoding="utf-8")
    with pytest.raises(ModelFault, match="重排模型.*无法载入"):
        LibraryReranker(str(tmp_path)).scores("问", ["答"])


def tiny_cross_encoder(folder: Path) -> Path:
    """An untrained BERT of two small layers over single characters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    characters = sorted(set("第三方应当自收到征求意见书之日起行政机关不得收取费用答复问"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder
