"""The embedding model: read by numpy, equal to the library, named when it is damaged."""

import json
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from assistant.errors import ModelFault
from assistant.retrieval.embedding import StaticEmbedder, load_embedder
from assistant.retrieval.lexical import grams
from assistant.settings import ROOT
from tests.retrieval.conftest import MODEL

TEXTS = ["第三方一直不回复怎么办,要等多久", "条例第三十六条", "", "😀", "２０ days  ABC", "补证通知" * 300]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model, to damage."""
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


@pytest.mark.slow
def test_the_library_gives_the_same_vectors() -> None:
    """sentence-transformers reads the same folder, offline, and agrees to the bit before scaling."""
    from sentence_transformers import SentenceTransformer

    library = SentenceTransformer(str(MODEL), local_files_only=True, device="cpu")
    theirs = library.encode(TEXTS, normalize_embeddings=True)
    assert np.abs(StaticEmbedder.load(MODEL).encode(TEXTS) - theirs).max() < 1e-6


def test_the_tokenizer_cuts_as_the_lexical_leg_does() -> None:
    """Raw text to characters and pairs, inside the library itself; both ends of a run count double."""
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    text = "申请公开第三方的材料，要等20个工作日吗"
    known = {gram for gram in grams(text) if tokenizer.token_to_id(gram) is not None}
    assert known == set(tokenizer.encode(text).tokens) - {"[UNK]"}
    assert 3 == Counter(tokenizer.encode("等20个").tokens)["个"]


def test_vectors_have_length_one_or_are_zero() -> None:
    """A text without a known word has no direction."""
    lengths = np.linalg.norm(StaticEmbedder.load(MODEL).encode(TEXTS), axis=1)
    assert [1, 1, 0, 0, 1, 1] == pytest.approx(lengths.tolist(), abs=1e-6)


def test_the_shipped_model_is_small() -> None:
    """At most 20 MB and 256 dimensions."""
    assert (MODEL / "model.safetensors").stat().st_size <= 20 * 2**20
    assert StaticEmbedder.load(MODEL).encode(["补正"]).shape[1] <= 256


def test_the_record_names_the_shipped_weights() -> None:
    """training.json belongs to the model beside it."""
    record = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    assert StaticEmbedder.load(MODEL).fingerprint == record["fingerprint"]


def test_other_weights_have_another_fingerprint(folder: Path) -> None:
    """The index must be able to tell two models apart."""
    before = load_embedder(folder).fingerprint
    rows = load_file(folder / "model.safetensors")["embedding.weight"].copy()
    rows[1, 0] += 1
    save_file({"embedding.weight": rows}, folder / "model.safetensors")
    assert before != load_embedder(folder).fingerprint


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The setting to look at is in the message."""
    with pytest.raises(ModelFault, match=r"找不到向量模型目录：.*nowhere.*embedding_model"):
        load_embedder(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    """A folder copied without one of its files."""
    (folder / name).unlink()
    with pytest.raises(ModelFault, match=f"缺少文件.*{name}"):
        load_embedder(folder)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_half_copied_file_is_named(folder: Path, name: str) -> None:
    """A copy that broke off."""
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelFault, match=f"文件损坏.*{name}"):
        load_embedder(folder)


def test_a_table_shorter_than_the_vocabulary_is_refused(folder: Path) -> None:
    """Weights of another model beside this tokenizer."""
    save_file({"embedding.weight": np.zeros((10, 4), dtype=np.float32)}, folder / "model.safetensors")
    with pytest.raises(ModelFault, match="词表与权重对不上"):
        load_embedder(folder)


def test_weights_without_a_table_are_refused(folder: Path) -> None:
    """Some other network's weights."""
    save_file({"layer.0": np.zeros((2, 2), dtype=np.float32)}, folder / "model.safetensors")
    with pytest.raises(ModelFault, match="没有词向量表"):
        load_embedder(folder)


@pytest.mark.slow
def test_a_model_of_other_modules_is_run_by_the_library(tmp_path: Path) -> None:
    """Any sentence-transformers folder can be chosen; its rows have length one too."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, StaticEmbedding

    static = StaticEmbedding(Tokenizer.from_file(str(MODEL / "tokenizer.json")), embedding_dim=16)
    model = SentenceTransformer(modules=[static, Dense(16, 8)], device="cpu")
    model.save_pretrained(str(tmp_path / "other"), create_model_card=False)
    embedder = load_embedder(str(tmp_path / "other"))
    assert "LibraryEmbedder" == type(embedder).__name__
    assert (2, 8) == embedder.encode_queries(["补正", "收费"]).shape
    assert [1, 1] == pytest.approx(
        np.linalg.norm(embedder.encode(["补正", "收费"]), axis=1).tolist(), abs=1e-6
    )


def test_the_fingerprint_of_any_model_needs_no_library(tmp_path: Path) -> None:
    """Telling models apart is a matter of reading files."""
    (tmp_path / "modules.json").write_text('[{"type": "library.Transformer"}]', encoding="utf-8")
    first = load_embedder(tmp_path).fingerprint
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    assert first != load_embedder(tmp_path).fingerprint


@pytest.mark.slow
def test_a_folder_the_library_cannot_load_is_a_model_fault(tmp_path: Path) -> None:
    """One line with the folder's name, when the first text is embedded."""
    (tmp_path / "modules.json").write_text('[{"type": "library.Transformer"}]', encoding="utf-8")
    with pytest.raises(ModelFault, match=f"{tmp_path.name}.*无法载入"):
        load_embedder(tmp_path).encode(["补正"])


def test_training_questions_alone_widen_the_corpus() -> None:
    """No dev or test question is in the corpus, or the figures would be worth nothing."""
    from evals.labelled import load_questions

    corpus = ROOT / "corpus" / "questions.jsonl"
    kept = {json.loads(line)["query"] for line in corpus.read_text(encoding="utf-8").splitlines()}
    questions = load_questions()
    assert kept == {q.query for q in questions if q.split == "train" and q.relevant}
    assert set() == kept & {q.query for q in questions if q.split != "train"}
