"""Why a hit was found, in words a clerk can follow: for `search --explain`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.retrieval.index import Index
from assistant.retrieval.lexical import grams
from assistant.retrieval.search import Hit
from assistant.retrieval.wording import simplified

# So many shared words and known ways of asking are shown.
SHOWN = 6
LED_BY = 2


@dataclass(frozen=True)
class Explanation:
    """How one hit was found. `shared` are words of the question that stand in it or lead to it, rarest first;
    `led_by` are known ways of asking, filed under the article, that are most like the question."""

    hit: Hit
    shared: tuple[str, ...]
    led_by: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The object under `explain` in a hit's JSON."""
        trail = self.hit.trail
        return {
            "named": trail.named,
            "words": _leg(trail.words),
            "vectors": _leg(trail.vectors),
            "shared": list(self.shared),
            "led_by": list(self.led_by),
        }

    @property
    def line(self) -> str:
        """One line of Chinese."""
        trail = self.hit.trail
        if trail.named:
            return "问题里直接写明了这一条。"
        found = [
            f"字面第{trail.words[0]}位（得分{trail.words[1]:.1f}）" if trail.words else "字面没有查到",
            f"语义第{trail.vectors[0]}位（相似度{trail.vectors[1]:.2f}）"
            if trail.vectors
            else "语义没有查到",
        ]
        shared = f"共有的字词：{'、'.join(self.shared)}" if self.shared else ""
        led = f"相近的问法：{'；'.join(self.led_by)}" if self.led_by else ""
        return "；".join(filter(None, (*found, shared, led))) + "。"


def explain(index: Index, query: str, hit: Hit) -> Explanation:
    """How a hit of this question was found."""
    words = simplified(query)
    known_ways = index.expansions.get(hit.passage.ref.whole_article, ()) if hit.passage.ref else ()
    held = set(grams(" ".join((hit.passage.text, *known_ways))))
    shared = sorted(dict.fromkeys(_shared_runs(words, held)), key=lambda run: _spread(index, run))
    return Explanation(hit, tuple(shared[:SHOWN]), _most_alike(grams(words), known_ways))


def _shared_runs(words: str, held: set[str]) -> Iterator[str]:
    """The longest stretches of a question every pair of which the passage holds: 第三方, not 第三 and 三方."""
    run = ""
    for char in words:
        if run and {run[-1] + char} <= held:
            run += char
            continue
        if len(run) > 1:
            yield run
        run = char
    if len(run) > 1:
        yield run


def _spread(index: Index, run: str) -> int:
    """How many units hold the rarest pair of a stretch: the fewer, the more it tells."""
    numbers = [index.lexical.terms.get(run[at : at + 2]) for at in range(len(run) - 1)]
    starts = index.lexical.starts
    return min((int(starts[n + 1] - starts[n]) for n in numbers if n is not None), default=0)


def _most_alike(asked: Sequence[str], ways: tuple[str, ...]) -> tuple[str, ...]:
    wanted = {gram for gram in asked if len(gram) > 1}
    scored = [(len(wanted & set(grams(way))) / (1 + len(set(grams(way)))), way) for way in ways]
    best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])
    return tuple(way for _, way in best[:LED_BY])


def _leg(found: tuple[int, float] | None) -> dict[str, Any] | None:
    return {"rank": found[0], "score": round(found[1], 4)} if found else None
