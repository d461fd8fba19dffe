"""The reports an evaluation reads: every layout, every fault and every construct in turn, and the seed report.

Seeded: the same count and seed give the same reports, whatever the hour or the machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from random import Random

import yaml

from assistant.settings import ROOT
from evals.labelled import DATA
from evals.report_breaks import BREAKS, Break
from evals.report_document import KNOWN, Document, document
from evals.report_figures import KINDS, Facts, Key, Number, form_of, invent
from evals.report_layouts import LAYOUTS, Layout, Page, lay_out, padded_bars
from evals.report_prose import CONSTRUCTS, NOTHING_RECEIVED, Account, write

COUNT = 530
SEED = 20261127
SIZES = ("sparse", "usual", "county", "city", "none")
SEED_REPORT = DATA / "seed_report.yaml"
PUBLISHED = ROOT / "corpus" / "reports"
_ANY = Layout("")


@dataclass(frozen=True)
class ReportCase:
    """A report to read and to audit. `part`: layout, break, construct or seed; `name`: which of them.

    `found_as`: names under which its fault may be found; empty: a report without a fault. `judged`: whether
    an alarm about it can be judged at all. `form` None: a mixture that has no name.
    """

    id: str
    family: str
    part: str
    name: str
    label: str
    agency: str
    year: int
    form: str | None
    page: Page
    previous: str | None
    found_as: frozenset[str]
    judged: bool = True


def report_cases(count: int = COUNT, seed: int = SEED) -> Iterator[ReportCase]:
    """`count` invented reports: layouts, faults and constructs in turn."""
    plan = [("layout", name) for name in LAYOUTS]
    plan += [("break", name) for name in BREAKS] + [("construct", name) for name in CONSTRUCTS]
    makers = {"layout": _layout_case, "break": _break_case, "construct": _construct_case}
    for number, (part, name) in enumerate(islice(cycle(plan), count)):
        made = makers[part](name, Random(f"{seed}-{part}-{name}-{number}"), number // len(plan))
        yield replace(made, id=f"{part}-{name}-{number}", family=f"{part}-{name}-{number}")


def seed_cases(folder: Path = PUBLISHED, known: Path = SEED_REPORT) -> Iterator[ReportCase]:
    """The published report of the corpus with its figures as a person read them."""
    row = yaml.safe_load(known.read_text(encoding="utf-8"))
    text = (folder / row["file"]).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    figures = seed_figures(row)
    yield ReportCase(
        id="seed",
        family="seed",
        part="seed",
        name="seed",
        label="已公开的真实报告",
        agency=row["agency"],
        year=row["year"],
        form="2021",
        page=Page(text, figures, frozenset(), {}),
        previous=None,
        found_as=frozenset(row["found_as"]),
    )


def seed_figures(row: Mapping[str, object]) -> dict[Key, Number]:
    """Every figure of the seed report: zero but for those the file names."""
    figures: dict[Key, Number] = dict.fromkeys(sorted(KNOWN), 0)
    named = row["figures"]
    assert isinstance(named, dict)
    for key, value in named.items():
        table, code, columns = key.split(" ", 2)
        figures |= {(table, code, column): value for column in columns.split(" ")}
    return figures


def previous_page(facts: Facts, rng: Random) -> str:
    """Last year's report of the same agency, with bars."""
    year = facts.year - 1
    earlier = replace(facts, year=year, form=form_of(year), figures=facts.previous, told=facts.previous)
    return lay_out(document(write(earlier, rng)), Layout("", padded_bars), rng).text


def _layout_case(name: str, rng: Random, turn: int) -> ReportCase:
    layout = LAYOUTS[name]
    kind = rng.choice(KINDS)
    size = layout.size or ("city" if kind == "city" else SIZES[turn % len(SIZES)])
    facts = invent(rng, kind, size, layout.form)
    account = write(facts, rng)
    doc = document(account, *(layout.hybrid or (None, None)))
    page = lay_out(doc, layout, rng)
    made = _case(("layout", name, layout.label), account, page, frozenset(), turn % 2 == 0, rng)
    return replace(made, form=None if layout.hybrid else made.form, judged=not layout.faulty)


def _break_case(name: str, rng: Random, turn: int) -> ReportCase:
    broken = BREAKS[name]
    facts = invent(rng, broken.kind or rng.choice(KINDS[:4]), broken.size, broken.form)
    account, doc = planted(broken, facts, rng)
    page = lay_out(doc, Layout("", broken.lines), rng)
    beside = broken.needs_previous or turn % 2 == 0
    return _case(("break", name, broken.label), account, page, broken.found_as, beside, rng)


def planted(broken: Break, facts: Facts, rng: Random) -> tuple[Account, Document]:
    """A right report with one fault."""
    facts = broken.facts(facts, rng) if broken.facts else facts
    account = write(facts, rng, broken.states)
    account = broken.account(account, rng) if broken.account else account
    doc = document(account)
    return account, broken.page(doc, rng) if broken.page else doc


def _construct_case(name: str, rng: Random, turn: int) -> ReportCase:
    construct = CONSTRUCTS[name]
    size = "none" if name in NOTHING_RECEIVED else ("usual", "county", "sparse")[turn % 3]
    facts = construct.shape(invent(rng, rng.choice(KINDS[:4]), size), rng)
    account = write(facts, rng, construct=construct)
    page = lay_out(document(account), _ANY, rng)
    return _case(("construct", name, construct.label), account, page, frozenset(), turn % 2 == 0, rng)


def _case(
    what: tuple[str, str, str],
    account: Account,
    page: Page,
    found_as: frozenset[str],
    beside: bool,
    rng: Random,
) -> ReportCase:
    part, name, label = what
    facts = account.facts
    previous = previous_page(facts, rng) if beside else None
    agency = facts.agency.name
    return ReportCase("", "", part, name, label, agency, facts.year, facts.form, page, previous, found_as)
