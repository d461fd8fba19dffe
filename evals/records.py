"""What a run leaves behind: JSON and Markdown under fixed names, and what the figures rest on."""

import atexit
import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.settings import ROOT, Settings, load_settings
from evals.labelled import DATA
from evals.tables import Rows, markdown_table
from evals.task import Extras, Picture

RESULTS = ROOT / "evals" / "results"
# Settings that decide what is answered; where data lies and who signs does not.
DECIDING = (
    "embedding_model",
    "reranker_model",
    "chroma_url",
    "chat_model",
    "chat_base_url",
    "structured_output",
)
PACKAGES = ("chromadb", "jieba", "langchain-chroma", "numpy", "sentence-transformers", "tokenizers")


def write_record(folder: Path, name: str, record: Mapping[str, Any]) -> None:
    """NAME.json in the folder, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Shown:
    """What a run tells people: tables by title, what each task tells besides, and lists of items for the pages."""

    tables: Mapping[str, Rows]
    extras: Mapping[str, Extras] = field(default_factory=dict)
    lists: Mapping[str, Rows] = field(default_factory=dict)


def write_page(
    folder: Path,
    name: str,
    title: str,
    tables: Mapping[str, Rows],
    pictures: Mapping[str, Sequence[Picture]] = MappingProxyType({}),
) -> None:
    """NAME.md in the folder: a heading, a table and the pictures under it each."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for heading, rows in tables.items():
        parts.append(f"## {heading}\n\n{markdown_table(rows)}")
        parts += [f"![{one.caption}]({one.name}.svg)" for one in pictures.get(heading, ())]
    (folder / f"{name}.md").write_text("\n\n".join([f"# {title}", *parts]) + "\n", encoding="utf-8")


def write_pictures(folder: Path, pictures: Sequence[Picture]) -> None:
    """NAME.svg each, in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        (folder / f"{picture.name}.svg").write_text(picture.svg, encoding="utf-8")


def scratch_folder() -> Path:
    """A folder for what a run builds to measure with; gone when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-evaluate-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def made_from(settings: Settings | None = None) -> dict[str, Any]:
    """What the figures rest on: digests of data, corpus, weights and prompts; versions; settings; the machine."""
    office = settings or load_settings()
    folders = {"data": DATA, "corpus": office.corpus_dir, "prompts": office.prompts_dir}
    return {
        "digests": {name: digest(folder) for name, folder in folders.items()},
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES},
        "settings": {name: getattr(office, name) for name in DECIDING},
        "machine": {"system": platform.platform(), "processor": platform.machine(), "cores": os.cpu_count()},
    }


def _version(package: str) -> str | None:
    """None where it is not installed: only some baselines need it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def digest(folder: Path) -> str:
    """First 16 hex digits of the SHA-256 of a folder's file names and contents."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder)}\0".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]
