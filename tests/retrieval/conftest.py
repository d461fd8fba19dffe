"""An index over the shipped corpus built once by another process, and copies of it to damage."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
