"""The index: built whole or not at all, rebuilt when it is stale or damaged, and said so."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from assistant.errors import IndexFault
from assistant.retrieval.build import build_index, open_or_build
from assistant.retrieval.index import CURRENT, Index, IndexPlace, check_index, current_build
from assistant.retrieval.search import search
from assistant.retrieval.source import IndexSource, passage_line, read_passages, source_of
from tests.retrieval.conftest import BUILD, MODEL

ON = date(2026, 11, 23)
QUESTIONS = [
    "第三方一直不回复怎么办,要等多久",
    "网上有的还要打印给他吗",
    "年报几月前发",
    "条例36条",
    "打官司找哪个法院",
]


def found(index: Index) -> list[list[tuple[str, float]]]:
    """What some questions find: place and score."""
    return [[(hit.ref, hit.score) for hit in search(index, query, 5, ON).hits] for query in QUESTIONS]


def builds(place: IndexPlace) -> list[str]:
    """Names of the build folders there are."""
    return sorted(path.name for path in place.folder.iterdir() if path.is_dir())


def test_a_rebuilt_index_finds_the_same(place: IndexPlace, source: IndexSource) -> None:
    """Same hits, same scores, same order."""
    assert found(open_or_build(place, source)) == found(build_index(place, source))


def test_an_index_in_order_is_opened_as_it_is(place: IndexPlace, source: IndexSource) -> None:
    """No second build, nothing to say."""
    before = current_build(place)
    index = open_or_build(place, source)
    assert (before, None) == (index.manifest.build, index.notice)


def test_a_first_build_tells_its_progress_and_nothing_else(tmp_path: Path, source: IndexSource) -> None:
    """Each step ends with all of it done."""
    steps: list[tuple[str, int, int]] = []
    index = open_or_build(IndexPlace(tmp_path / "index", MODEL), source, lambda *step: steps.append(step))
    last = {what: (done, total) for what, done, total in steps}
    assert {"建立字面索引", "计算向量", "写入向量库"} == set(last)
    assert all(done == total for done, total in last.values())
    assert index.notice is None
    assert str(len(source.passages)) in index.describe()


def test_only_the_new_build_is_kept(place: IndexPlace, source: IndexSource) -> None:
    """Earlier builds are swept away once the new one is in use."""
    index = build_index(place, source)
    assert [index.manifest.build] == builds(place)


def test_a_killed_build_leaves_the_last_one_in_use(place: IndexPlace, source: IndexSource) -> None:
    """SIGKILL while vectors are written: the pointer still leads to the finished index."""
    before = current_build(place)
    killing = """
import os, signal, sys
from pathlib import Path
from assistant.retrieval.build import build_index
from assistant.retrieval.index import IndexPlace
from assistant.retrieval.source import read_source
from assistant.settings import ROOT

def die(what, done, total):
    if what == "写入向量库":
        os.kill(os.getpid(), signal.SIGKILL)

build_index(IndexPlace(Path(sys.argv[1]), ROOT / "corpus" / "model"), read_source(ROOT / "corpus"), die)
"""
    done = subprocess.run([sys.executable, "-c", killing, str(place.folder)], check=False)
    assert -signal.SIGKILL == done.returncode
    assert 2 == len(builds(place))
    index = open_or_build(place, source)
    assert (before, None) == (index.manifest.build, index.notice)
    assert search(index, "条例36条", 5, ON).hits
    assert [build_index(place, source).manifest.build] == builds(place)


def test_two_processes_at_once_build_once(tmp_path: Path) -> None:
    """The second waits for the first and then opens what it built."""
    command = [sys.executable, "-c", BUILD, str(tmp_path / "index")]
    pair = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [process.communicate(timeout=120)[0].split() for process in pair]
    assert [0, 0] == [process.returncode for process in pair]
    assert 1 == len({name for name, _ in told})
    assert 1 == sum(steps == "0" for _, steps in told)


def lose_chroma(folder: Path) -> None:
    """The vectors' database is gone."""
    (folder / "chroma" / "chroma.sqlite3").unlink()


def garble_chroma(folder: Path) -> None:
    """The vectors' database is not one."""
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500)


def empty_chroma(folder: Path) -> None:
    """Some vectors are gone."""
    vanish = """
import sys, chromadb
from chromadb.config import Settings
client = chromadb.PersistentClient(sys.argv[1], settings=Settings(anonymized_telemetry=False))
client.get_collection(sys.argv[2], embedding_function=None).delete(ids=["0", "1"])
"""
    subprocess.run([sys.executable, "-c", vanish, str(folder / "chroma"), folder.name], check=True)


def truncate_manifest(folder: Path) -> None:
    """Half a manifest."""
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")


def miscount(folder: Path) -> None:
    """A manifest that claims more vectors than there are."""
    path = folder / "manifest.json"
    row = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(row | {"vectors": row["vectors"] + 1}), encoding="utf-8")


def cut_lexical(folder: Path) -> None:
    """Half a lexical index."""
    path = folder / "lexical.npz"
    path.write_bytes(path.read_bytes()[:1000])


def lose_passages(folder: Path) -> None:
    """No passages."""
    (folder / "passages.jsonl").unlink()


def lose_build(folder: Path) -> None:
    """The pointer leads nowhere."""
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lose_chroma, "向量库"),
        (garble_chroma, "向量库"),
        (empty_chroma, "向量数与清单不符"),
        (miscount, "向量数与清单不符"),
        (truncate_manifest, "清单缺失或者损坏"),
        (cut_lexical, "lexical.npz"),
        (lose_passages, "缺失或者损坏"),
        (lose_build, "清单缺失或者损坏"),
    ],
)
def test_a_damaged_index_is_rebuilt_and_said_so(
    place: IndexPlace, source: IndexSource, damage: Callable[[Path], None], reason: str
) -> None:
    """What was wrong, that it was built anew; then all is well."""
    damage(place.folder / str(current_build(place)))
    index = open_or_build(place, source)
    assert reason in str(index.notice)
    assert "已重新建立索引" in str(index.notice)
    assert "《中华人民共和国政府信息公开条例》第三十六条" == search(index, "条例36条", 5, ON).hits[0].ref
    assert None is open_or_build(place, source).notice


def test_checking_names_the_damage_and_repairs_nothing(place: IndexPlace, source: IndexSource) -> None:
    """`assistant index check` only looks."""
    assert [] == check_index(place, source)
    truncate_manifest(place.folder / str(current_build(place)))
    assert ["索引清单缺失或者损坏。"] == check_index(place, source)


def test_a_changed_corpus_is_indexed_again(place: IndexPlace, source: IndexSource) -> None:
    """One word of one passage is enough."""
    first = replace(source.passages[0], text=source.passages[0].text + "改")
    changed = source_of(source.book, (first, *source.passages[1:]), source.expansions)
    assert "语料有变动，已重新建立索引。" == open_or_build(place, changed).notice


def test_changed_lay_words_are_indexed_again(place: IndexPlace, source: IndexSource) -> None:
    """What widens a passage is part of the index."""
    assert (
        "语料有变动，已重新建立索引。" == open_or_build(place, source_of(source.book, source.passages)).notice
    )


def test_another_model_builds_another_index(place: IndexPlace, source: IndexSource, tmp_path: Path) -> None:
    """Vectors of two models are never mixed."""
    model = Path(shutil.copytree(MODEL, tmp_path / "model"))
    rows = load_file(model / "model.safetensors")["embedding.weight"]
    save_file({"embedding.weight": np.ascontiguousarray(rows[:, :64])}, model / "model.safetensors")
    index = open_or_build(replace(place, model=model), source)
    assert "向量模型有变动，已重新建立索引。" == index.notice
    assert "《中华人民共和国政府信息公开条例》第三十二条" in [
        hit.ref for hit in search(index, QUESTIONS[0], 5, ON).hits
    ]


def test_without_a_model_words_alone_answer_and_that_is_said(place: IndexPlace, source: IndexSource) -> None:
    """The index stays as it is; the lexical leg is enough to go on."""
    before = current_build(place)
    index = open_or_build(replace(place, model=Path("/nowhere/model")), source)
    assert before == index.manifest.build
    assert "找不到向量模型目录" in str(index.notice)
    assert "本次只按字面检索" in str(index.notice)
    assert "《中华人民共和国政府信息公开条例》第三十二条" in [
        hit.ref for hit in search(index, QUESTIONS[0], 3, ON).hits
    ]


def test_vectors_are_added_when_the_model_is_back(tmp_path: Path, source: IndexSource) -> None:
    """An index built without vectors is not kept for long."""
    folder = tmp_path / "index"
    assert 0 == open_or_build(IndexPlace(folder, Path("/nowhere/model")), source).manifest.vectors
    index = open_or_build(IndexPlace(folder, MODEL), source)
    assert len(source.passages) == index.manifest.vectors
    assert "索引还没有向量，已重新建立索引。" == index.notice


def test_an_index_of_an_older_shape_is_rebuilt(place: IndexPlace, source: IndexSource) -> None:
    """After an update of the program."""
    path = place.folder / str(current_build(place)) / "manifest.json"
    row = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(row | {"format": 0}), encoding="utf-8")
    assert "索引是旧格式的，已重新建立索引。" == open_or_build(place, source).notice


def test_the_pointer_is_swapped_whole(place: IndexPlace) -> None:
    """No half-written pointer is left beside it."""
    assert [CURRENT] == [path.name for path in place.folder.iterdir() if path.name.startswith(CURRENT)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, source: IndexSource) -> None:
    """data_dir is the setting to look at."""
    tmp_path.chmod(0o500)
    with pytest.raises(IndexFault, match="data_dir"):
        open_or_build(IndexPlace(tmp_path / "index", MODEL), source)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path, source: IndexSource) -> None:
    """Not a traceback."""
    (tmp_path / "index").write_text("in the way", encoding="utf-8")
    with pytest.raises(IndexFault, match="data_dir"):
        open_or_build(IndexPlace(tmp_path / "index", MODEL), source)


def test_passages_survive_the_file(source: IndexSource) -> None:
    """Written and read back they are equal, dates and addresses included."""
    assert source.passages == read_passages("".join(passage_line(p) + "\n" for p in source.passages))
