"""The READMEs tell the truth: their commands run, their links lead somewhere."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT

READMES = ("README.md", "README.zh-CN.md")
# Long runs have tests of their own; here their command line is proved to be one the program knows.
LONG = {"evaluate", "bench"}

FIGURE = re.compile(r"\d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]")
# How far a second reader agreed with the labels: no figure of the program (evals/data/README.md).
BESIDE_THE_TABLE = {"0.978 [0.964, 0.989]"}


def commands(name: str) -> list[str]:
    """Every command of the sh blocks of a README."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_both_readmes_show_the_same_commands() -> None:
    """English and Chinese readers get the same commands."""
    assert commands(READMES[0]) == commands(READMES[1])


@pytest.mark.parametrize("target", ["make app", "make test"])
def test_the_make_targets_exist(target: str) -> None:
    """`make -n` knows every target named; the targets themselves are what runs this test and the page's."""
    assert target in commands(READMES[0])
    done = subprocess.run(
        ["make", "-n", target.split()[1]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr


def test_every_assistant_command_runs(tmp_path: Path, shared_data: Path) -> None:
    """In order, as a reader would type them, in a folder that holds the examples."""
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    environment = os.environ | {"ASSISTANT_DATA_DIR": str(shared_data)}
    for line in commands(READMES[0]):
        words = shlex.split(line)
        if words[0] != "assistant":
            continue
        if words[1] in LONG:
            words = [*words[:2], "--help"]
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == done.returncode, f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), line


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_to_a_file(name: str) -> None:
    """Pictures and pages named are there."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)]+)\)", text) if not t.startswith("http")]
    assert [] == [t for t in targets if not (ROOT / t).exists()]


def test_the_newcomers_tour_holds() -> None:
    """The two-minute tour names files that are there."""
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        tour = re.findall(r"`([\w/.]+\.(?:py|yaml))`", text)
        assert all((ROOT / path).exists() for path in tour if "/" in path)
        assert len([path for path in tour if "/" in path]) >= 3


@pytest.mark.parametrize("name", READMES)
def test_the_figures_are_those_of_the_last_evaluation(name: str) -> None:
    """Each figure of the table with its interval stands in the committed results; both languages say the same."""
    results = (ROOT / "evals" / "results" / "latest.md").read_text(encoding="utf-8")
    rows = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    figures = FIGURE.findall("\n".join(rows))
    assert len(figures) > 20
    assert [] == [one for one in figures if one not in results]
    others = next(other for other in READMES if other != name)
    assert set(figures) == set(FIGURE.findall((ROOT / others).read_text(encoding="utf-8"))) - BESIDE_THE_TABLE
