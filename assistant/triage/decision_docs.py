"""Writing docs/decision-graph.svg and the tables of docs/deciding.md from the rules: `make picture`.

Basis: the house's own.
"""

import re
from pathlib import Path

from assistant.errors import CorpusError
from assistant.triage.decision_picture import draw
from assistant.triage.decision_tables import Drawn, tables
from assistant.triage.guidance import Guide

PICTURE, PAGE = "decision-graph.svg", "deciding.md"
_PLACE = re.compile(r"(<!-- rules: (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def drawn_docs(guide: Guide, page: str) -> dict[str, str]:
    """File of docs/ → its text as the rules give it; `page` is deciding.md as it stands.

    The latest edition is drawn. Raises CorpusError where the page has no place for a table.
    """
    edition = guide.graph.on(guide.graph.turns[-1])
    made = tables(Drawn(guide.graph, edition, guide.outcomes))
    places = {match["name"] for match in _PLACE.finditer(page)}
    if places != set(made):
        raise CorpusError(
            f"docs/{PAGE}：应有这些位置：{'、'.join(made)}，现有：{'、'.join(sorted(places))}。"
        )
    filled = _PLACE.sub(lambda match: f"{match[1]}{made[match['name']]}\n{match[3]}", page)
    return {PICTURE: draw(guide.graph, edition, guide.outcomes), PAGE: filled}


def write_docs(guide: Guide, folder: Path) -> None:
    """Both files, written anew."""
    page = (folder / PAGE).read_text(encoding="utf-8")
    for name, text in drawn_docs(guide, page).items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    from assistant.settings import ROOT, Settings
    from assistant.triage.guide_rules import load_guide, read_lawbook

    corpus = ROOT / "corpus"
    write_docs(load_guide(corpus / "rules", read_lawbook(corpus), Settings().agency), ROOT / "docs")
