"""The house keeps its word: dependencies explained and pinned, nothing said of where it was built."""

import re
import subprocess
import tomllib

from assistant.settings import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(requirement: str) -> str:
    """The package a requirement names, in the lock's spelling."""
    return re.split(r"[<>=\[;\s]", requirement)[0].lower().replace("_", "-")


def declared() -> set[str]:
    """Every package the project asks for."""
    return {named(r) for r in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])}


def test_every_line_of_the_lock_is_a_name_and_a_version() -> None:
    """No addresses, no ranges, nothing unpinned."""
    assert [] == [line for line in LOCK if not re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.!]+", line)]


def test_torch_is_the_one_version_that_brings_no_gpu_packages() -> None:
    """2.13.0 exactly."""
    assert "torch==2.13.0" in LOCK


def test_everything_declared_is_locked_and_explained() -> None:
    """pyproject, lock and docs/dependencies.md name the same packages."""
    locked = {named(line) for line in LOCK}
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set() == declared() - locked
    assert [] == sorted(name for name in declared() if name not in explained.lower().replace("_", "-"))


def test_nothing_tells_where_it_was_built() -> None:
    """No path of a build machine, no host of a package index, in any file of the repository."""
    secret = re.compile(
        "|".join(("/wo" + "rk/", "py" + r"pi\.org", "python" + "hosted", "np" + "mjs", "/opt/" + "wheels"))
    )
    files = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    told = []
    for name in filter(None, files.split("\0")):
        path = ROOT / name
        if path.suffix in (".png", ".safetensors", ".docx", ".pdf", ".xlsx") or not path.is_file():
            continue
        if secret.search(path.read_text(encoding="utf-8", errors="ignore")):
            told.append(name)
    assert [] == told
