"""The commands measured cold: beside the textbook where it does the same thing, else by themselves."""

import sys
from collections.abc import Mapping
from pathlib import Path

from assistant.settings import PREFIX, ROOT
from evals.cold import REPEATS, Step, measured

REQUEST = "申请公开2022年我镇某村征地补偿安置方案"
FINDINGS = "经检索,本机关未制作、未保存该信息,该信息由区自然资源局制作"
QUESTION = "第三方一直不回复怎么办,要等多久"
FIGURES = "2023年暨阳街道收到多少件申请,予以公开多少件?"
EXAMPLES = ROOT / "docs" / "examples"
REPORT = ROOT / "corpus" / "reports" / "暨阳街道-2023.md"
# Cases in the register that list, board and yearbook are asked about.
CASES = 5_000
FEW = 3
# Exit status of a command that did its work and found something to tell.
TOLD = 1

OURS = (sys.executable, "-m", "assistant")
TEXTBOOK = (sys.executable, "-m", "evals.textbook")


def steps(folder: Path) -> tuple[Step, ...]:
    """What is measured, with the ratios and the seconds the project wants; `folder` is what `prepare` filled."""
    return (*_beside_the_textbook(folder / "textbook"), *_by_themselves(folder))


def clean_environment(found: Mapping[str, str], data_dir: Path) -> dict[str, str]:
    """The caller's environment without its settings, with an index of the benchmark's own, and offline."""
    kept = {name: value for name, value in found.items() if not name.startswith(PREFIX)}
    offline = {"HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    return {**kept, **offline, f"{PREFIX}DATA_DIR": str(data_dir)}


def office_folder(folder: Path) -> Path:
    """Where the measured office keeps its index and its register."""
    return folder / "office" / "data"


def prepare(folder: Path, environment: Mapping[str, str]) -> None:
    """An index for each of the two pipelines, a register, and a letter to verify."""
    office = office_folder(folder).parent
    office.mkdir()
    measured((*OURS, "index", "build"), folder, environment)
    measured((*TEXTBOOK, "build", str(folder / "textbook")), folder, environment)
    measured((sys.executable, "-m", "evals.register_growth", str(CASES), str(office)), folder, environment)
    measured(_draft(folder / "reply.docx"), folder, environment)


def _beside_the_textbook(store: Path) -> tuple[Step, ...]:
    return (
        Step(
            "classify",
            (*OURS, "classify", REQUEST, "--findings", FINDINGS, "--json"),
            (*TEXTBOOK, "classify", str(store), f"{REQUEST}\n{FINDINGS}"),
            faster=6.0,
            leaner=2.0,
        ),
        Step(
            "search",
            (*OURS, "search", QUESTION, "--json"),
            (*TEXTBOOK, "search", str(store), QUESTION),
            faster=3.0,
            leaner=2.0,
        ),
        Step("help", (*OURS, "--help"), within=0.5, repeats=REPEATS),
    )


def _by_themselves(folder: Path) -> tuple[Step, ...]:
    """Every other command a clerk uses, once each in an office that is at work already."""
    reply, outcome = folder / "reply.docx", ("--outcome", "unable.not_held")
    events = ("2026-09-15:third_party_sent", "2026-09-28:third_party_answered")
    clock = ("--received", "2026-09-10", *(word for event in events for word in ("--event", event)))
    given: tuple[tuple[str, tuple[str, ...], int], ...] = (
        ("ask（法律）", ("ask", QUESTION, "--json"), 0),
        ("ask（数字）", ("ask", FIGURES, "--json"), 0),
        ("deadline", ("deadline", *clock), 0),
        ("fee", ("fee", "--by-piece", "41"), 0),
        ("draft（文本）", _draft(folder / "drafted.md")[3:], 0),
        ("draft（DOCX）", _draft(folder / "drafted.docx")[3:], 0),
        ("verify", ("verify", str(reply), *outcome), TOLD),
        ("audit", ("audit", str(REPORT)), TOLD),
        ("decide", ("decide", str(EXAMPLES / "decide.yaml")), 0),
        ("case list", ("case", "list"), 0),
        ("case board", ("case", "board"), 0),
        ("yearbook", ("yearbook", "--year", "2025"), TOLD),
        ("index check", ("index", "check"), 0),
    )
    return tuple(Step(name, (*OURS, *words), repeats=FEW, worst=worst) for name, words, worst in given)


def _draft(target: Path) -> tuple[str, ...]:
    """The command that writes the example's reply into a file."""
    request, facts = EXAMPLES / "request.txt", EXAMPLES / "facts.yaml"
    given = ("--request", str(request), "--facts", str(facts), "--outcome", "unable.not_held")
    return (*OURS, "draft", *given, "--out", str(target))
