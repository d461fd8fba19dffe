"""An index over the shipped corpus built once by another process, and copies of it to damage.

The same corpus is also indexed on a real Chroma server, and with another model of the library's.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from assistant.law.instruments import StatuteBook
from assistant.retrieval.build import open_or_build
from assistant.retrieval.index import Index, IndexPlace
from assistant.retrieval.source import IndexSource, read_source
from assistant.settings import ROOT

MODEL = ROOT / "corpus" / "model"

BUILD = """
import sys
from pathlib import Path
from assistant.retrieval.build import open_or_build
from assistant.retrieval.index import IndexPlace
from assistant.retrieval.source import read_source
from assistant.settings import ROOT

corpus = ROOT / "corpus"
steps = []
index = open_or_build(
    IndexPlace(Path(sys.argv[1]), corpus / "model"), read_source(corpus), lambda *step: steps.append(step)
)
print(index.manifest.build, len(steps), index.notice or "")
"""


@pytest.fixture(scope="session")
def source(statutes: StatuteBook) -> IndexSource:
    """The shipped corpus as the index sees it."""
    return read_source(ROOT / "corpus", statutes)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished index no test writes to; built elsewhere, so that this process holds none of it open."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], check=True, capture_output=True)
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> IndexPlace:
    """A copy of the finished index, for a test to damage."""
    return IndexPlace(Path(shutil.copytree(built, tmp_path / "index")), MODEL)


@pytest.fixture(scope="session")
def index(built: Path, source: IndexSource) -> Index:
    """The finished index, open."""
    return open_or_build(IndexPlace(built, MODEL), source)


@pytest.fixture(scope="session")
def server_index(tmp_path_factory: pytest.TempPathFactory, source: IndexSource) -> Iterator[Index]:
    """An index whose vectors lie on a `chroma run` server."""
    folder = tmp_path_factory.mktemp("server")
    with chroma_server(folder / "chroma") as url:
        yield open_or_build(IndexPlace(folder / "index", MODEL, url), source)


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of another make: the shipped table squeezed into 64 dimensions by chance."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, StaticEmbedding

    torch.manual_seed(7)
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    static = StaticEmbedding(
        tokenizer, embedding_weights=load_file(MODEL / "model.safetensors")["embedding.weight"]
    )
    squeeze = Dense(256, 64, bias=False, activation_function=torch.nn.Identity())
    folder = tmp_path_factory.mktemp("other-model")
    model = SentenceTransformer(modules=[static, squeeze], device="cpu")
    model.save_pretrained(str(folder), create_model_card=False)
    return folder


@pytest.fixture(scope="session")
def other_model_index(
    tmp_path_factory: pytest.TempPathFactory, source: IndexSource, other_model: Path
) -> Index:
    """An index whose vectors that other model made."""
    return open_or_build(IndexPlace(tmp_path_factory.mktemp("other"), str(other_model)), source)


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """A `chroma run` on a free port of loopback; its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).with_name("chroma")),
        "run",
        "--path",
        str(folder),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()
