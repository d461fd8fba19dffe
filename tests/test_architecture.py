"""The layers, the home of each heavy package, and the public names."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = [
    ("errors", "settings"),
    ("law",),
    ("ingest",),
    ("retrieval",),
    ("model",),
    ("triage",),
    ("drafting",),
    ("cases",),
    ("office",),
    ("pipeline",),
    ("dialogue",),
    ("web", "cli"),
]
HOMES = {
    "chromadb": {"retrieval"},
    "sentence_transformers": {"retrieval"},
    "tokenizers": {"retrieval"},
    "safetensors": {"retrieval", "triage"},
    "langchain": {"model", "dialogue"},
    "langchain_core": {"model", "dialogue", "retrieval"},
    "langchain_openai": {"model"},
    "langsmith": {"model"},
    "openai": {"model"},
    "gradio": {"web"},
    "fastapi": {"web"},
    "uvicorn": {"web"},
    "typer": {"cli"},
    "docx": {"drafting", "ingest", "cases"},
    "pdfplumber": {"ingest"},
    "lxml": {"ingest"},
    "openpyxl": {"ingest", "triage", "cases"},
    "sqlalchemy": {"cases"},
    "icalendar": {"cases"},
    "alembic": {"cases"},
    "psycopg": {"cases"},
    "sqlite3": {"cases"},
    "argon2": {"cases"},
    "torch": set(),
    "sklearn": set(),
    "transformers": set(),
}
SOURCES = sorted((ROOT / "assistant").rglob("*.py"))
BANNED_STEMS = {"utils", "util", "helpers", "core", "manager", "service", "common", "misc"}


def rank(part: str) -> int:
    """Height of a part of the package; parts outside every layer stand on top."""
    return next((i for i, names in enumerate(LAYERS) if part in names), len(LAYERS))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "assistant":
                yield from (f"assistant.{alias.name}" for alias in node.names)


def part_of(path: Path) -> str:
    """The folder or module under assistant/ a file belongs to."""
    return path.relative_to(ROOT / "assistant").with_suffix("").parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_only_point_down(path: Path) -> None:
    """A module imports its own layer or a lower one."""
    for module in imports(path):
        parts = module.split(".")
        if parts[0] == "assistant" and len(parts) > 1 and not parts[1].startswith("__"):
            assert rank(parts[1]) <= rank(part_of(path)), f"imports {module} from above"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_packages_stay_at_home(path: Path) -> None:
    """Each heavy package is imported in its own folder only."""
    for module in imports(path):
        home = HOMES.get(module.split(".")[0])
        assert home is None or part_of(path) in home, f"{module} does not belong in {part_of(path)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_small_and_well_named(path: Path) -> None:
    """No module passes 350 lines, and none is named after nothing."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    assert path.stem not in BANNED_STEMS


def loaded_after(statement: str) -> set[str]:
    """Top-level packages loaded in a fresh interpreter after a statement."""
    code = f"import sys\n{statement}\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )


HEAVY = {"torch", "chromadb", "gradio", "sentence_transformers", "sklearn", "langchain", "docx", "pdfplumber"}
HEAVY |= {"sqlalchemy", "alembic", "psycopg"}


@pytest.mark.parametrize(
    "module",
    ["assistant.law.citations", "assistant.law.outcomes", "assistant.drafting.verify", "assistant.pipeline"],
)
def test_light_modules_load_nothing_heavy(module: str) -> None:
    """The law, the gate and the main path import in well under a second."""
    assert loaded_after(f"import {module}") & HEAVY == set()


def test_the_command_line_loads_nothing_heavy() -> None:
    """`assistant --help` pays for no library it does not use."""
    assert loaded_after("import assistant.cli") & (HEAVY | {"numpy"}) == set()


def test_the_law_needs_no_package_but_yaml() -> None:
    """law/ is pure: the standard library and YAML."""
    third_party = {"yaml", "_yaml"}
    found = loaded_after("import assistant.law.citations, assistant.law.outcomes, assistant.law.remedies")
    known = set(sys.stdlib_module_names) | {"assistant", "__main__"} | third_party
    strangers = {m for m in found if not m.startswith("_") and m not in known and "editable" not in m}
    assert strangers <= {"cython_runtime", "google", "mpl_toolkits"}


def test_no_broad_excepts_and_no_prints_outside_faces() -> None:
    """A broad except hides faults; a print belongs to a face."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert getattr(node.type, "id", "") not in ("Exception", "BaseException"), (
                    f"{path}:{node.lineno}"
                )
                assert node.type is not None, f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
                assert part_of(path) == "cli", f"{path}:{node.lineno}"
