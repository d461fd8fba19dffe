"""What a search found for a labelled question, and how that is judged."""

from dataclasses import dataclass

from assistant.law.provisions import ProvisionRef
from evals.baselines import Unit
from evals.labelled import LabelledQuestion
from evals.metrics import ndcg
from evals.task import Judged, Values

DEPTH = 10
NEAR = 5
# What one chunk of the textbook pipeline may hold: search that shows less text at a time is given as much.
READ = 4000


@dataclass(frozen=True)
class Found:
    """Articles (or other passages) best first, each with its best part; `confident` None: cannot say.

    `also` has, for a method whose hits are cuts of a file, what else of any size stands in each hit; `lengths`
    the characters each hit shows.
    """

    units: tuple[Unit, ...]
    parts: tuple[ProvisionRef | None, ...]
    confident: bool | None = None
    also: tuple[frozenset[Unit], ...] = ()
    lengths: tuple[int, ...] = ()

    def first(self, wanted: frozenset[Unit]) -> int:
        """Rank of the first hit that holds something wanted, or 0."""
        held = [frozenset((unit,)) for unit in self.units]
        if self.also:
            held = [one | more for one, more in zip(held, self.also, strict=True)]
        return next((rank for rank, units in enumerate(held[:DEPTH], start=1) if units & wanted), 0)


def judge(item: LabelledQuestion, said: Found) -> Judged:
    """Where the first answering article stands; for a question nothing answers, whether that is said.

    `read`: it is found before so many characters have been shown. `wrongly_refused` and `refused` are about
    what is, and what is not, answered.
    """
    target = "、".join(map(str, (*item.relevant, *(part.passage for part in item.reports))))
    answer = "、".join(map(str, said.parts[:NEAR]))
    if not item.answerable:
        values: Values = {} if said.confident is None else {"refused": float(not said.confident)}
        return Judged(target, answer, values)
    rank = said.first(item.units)
    values = {f"hit{k}": float(0 < rank <= k) for k in (1, 3, 5, DEPTH)} | {"rank": float(rank)}
    values["mrr"] = 1 / rank if rank else 0.0
    if not said.also:
        values["ndcg"] = ndcg(said.units, item.units, DEPTH)
    if said.lengths:
        values["read"] = float(0 < rank and sum(said.lengths[:rank]) <= READ)
    values |= _pinpointed(item, said)
    if said.confident is not None:
        values["wrongly_refused"] = float(not said.confident)
    return Judged(target, answer, values, "" if rank else f"前{DEPTH}条没有答案所在的条文")


def _pinpointed(item: LabelledQuestion, said: Found) -> Values:
    """Where the label names an item: whether that item, or another one of its article, is shown for the article."""
    items = [ref for ref in item.relevant if ref.item]
    if not items:
        return {}
    articles = {ref.whole_article for ref in items}
    values = {f"item{k}": float(any(_is(part, items) for part in said.parts[:k])) for k in (1, NEAR)}
    first = said.parts[0] if said.parts else None
    astray = first is not None and first.whole_article in articles and first.item and not _is(first, items)
    return values | {"other_item": float(bool(astray))}


def _is(part: ProvisionRef | None, items: list[ProvisionRef]) -> bool:
    """Whether a part is one of the items, whichever paragraph either counts it in."""
    return part is not None and any(
        part.whole_article == item.whole_article and part.item == item.item for item in items
    )
