"""How long a letter takes from its facts to the Word file, gate included, in an office that is open already."""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from evals.letters import FactSet

ROUNDS = 3
WITHIN_MS = 150.0


def letter_speed() -> Mapping[str, Any]:
    """Milliseconds to compose, check and lay out each letter of the drafting task, papers included.

    One unmeasured round reads corpus and templates; then every letter is timed in each round.
    """
    from assistant.pipeline import open_assistant
    from assistant.settings import Settings
    from evals.letters import fact_sets, paper_sets

    assistant = open_assistant(Settings())
    given = [*fact_sets(assistant), *paper_sets()]
    for one in given:
        written(assistant, one)
    return summed([written(assistant, one) for _ in range(ROUNDS) for one in given])


def written(assistant: "Assistant", given: "FactSet") -> float:
    """Milliseconds from the facts of one letter to the bytes of its file."""
    from assistant.drafting.document import docx_bytes
    from evals.letters import composed

    began = time.perf_counter()
    draft = composed(assistant, given)
    assistant.check_draft(draft, given.facts)
    docx_bytes(draft)
    return (time.perf_counter() - began) * 1000


def summed(took: Sequence[float]) -> dict[str, Any]:
    """Median, 95th percentile and whether it is within what the project wants."""
    ranked = sorted(took)
    p50, p95 = (ranked[min(int(len(ranked) * share), len(ranked) - 1)] for share in (0.5, 0.95))
    return {
        "what": "一份文书：起草、核对、写成 DOCX",
        "n": len(ranked),
        "letter_ms_p50": p50,
        "letter_ms_p95": p95,
        "within_ms": WITHIN_MS,
        "holds": p95 < WITHIN_MS,
    }
