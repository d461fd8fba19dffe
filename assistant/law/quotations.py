"""Quotations: words a letter puts in a statute's mouth, compared with the statute's own."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from assistant.law.citations import Citation
from assistant.law.instruments import StatuteBook
from assistant.law.provisions import ProvisionRef

_QUOTED = re.compile(r"[“\"「]([^“”\"「」\n]{6,}?)[”\"」]")
_LEAD_IN = re.compile(r"(?:的)?(?:规定|明确|载明|指出|要求)?[^。；\n“”\"「」]{0,12}?[：:，,]?\s*$")
_SAID_PLAINLY = re.compile(r"(?:之|的)?规定[：:]\s*([^“”\"「\n]{10,}?)(?=。|\n|$)")
_NOISE = re.compile(r"[\s，。；：、（）()“”‘’\"'《》,.;:…—-]+")
_ITEM_MARK = re.compile(r"(?m)^（[一二三四五六七八九十]+）")
_BEFORE = re.compile(r"[“\"「]([^“”\"「」\n]{6,}?)[”\"」]\s*[（(]$")
_NEAR = 0.6
# A quotation begins within so many characters of its citation, and is no longer than a long article.
_REACH, _LONGEST = 400, 3_000


@dataclass(frozen=True)
class Quotation:
    """Words quoted as a provision's, at their place in the letter; `said` is what the article has nearest."""

    start: int
    end: int
    words: str
    ref: ProvisionRef
    verbatim: bool
    said: str


def check_quotations(text: str, citations: list[Citation], book: StatuteBook, on: date) -> list[Quotation]:
    """Every quotation that can be tied to a citation whose text the corpus holds, judged word for word.

    Punctuation and spacing do not count; words do. An ellipsis (……) inside the quotation parts it.
    """
    checked = []
    for citation in citations:
        quoted = _words_of(text, citation)
        said = _said(citation.ref, book, on) if citation.ref and citation.status == "ok" else None
        if quoted and said and citation.ref:
            start, end, marked = quoted
            checked += _judge(text[start:end], start, citation.ref, said, marked)
    return checked


def _said(ref: ProvisionRef, book: StatuteBook, on: date) -> str | None:
    """The words of the very unit cited, without item marks; an item comes with the words that lead to it."""
    words = book.text(ref, on)
    if not words:
        return None
    if ref.item:
        before = (book.text(ref.whole_article, on) or "").partition(words)[0]
        leads = [line for line in before.split("\n") if line and not _ITEM_MARK.match(line)]
        words = "\n".join([*leads[-1:], words])
    return _ITEM_MARK.sub("", words)


def _words_of(text: str, citation: Citation) -> tuple[int, int, bool] | None:
    """Span of the words quoted after (or in brackets before) a citation, and whether quote marks hold them."""
    quoted = _QUOTED.search(text, citation.end, citation.end + _REACH + _LONGEST)
    near = quoted and quoted.start() - citation.end <= _REACH
    if quoted and near and _LEAD_IN.fullmatch(text, citation.end, quoted.start()):
        return quoted.start(1), quoted.end(1), True
    plain = _SAID_PLAINLY.match(text, citation.end, citation.end + _LONGEST)
    if plain:
        return plain.start(1), plain.end(1), False
    if text[citation.start - 1 : citation.start] not in ("（", "("):
        return None
    begin = max(0, citation.start - _LONGEST)
    before = _BEFORE.search(text[begin : citation.start])
    return (begin + before.start(1), begin + before.end(1), True) if before else None


def _judge(words: str, start: int, ref: ProvisionRef, article: str, marked: bool) -> list[Quotation]:
    """Without quote marks only what is close to the article counts as quoting it."""
    parts = re.split(r"…+|\.{3,}", _ITEM_MARK.sub("", words))
    whole = _bare(article)
    verbatim = all(_bare(part) in whole for part in parts)
    said = words if verbatim else nearest(words, article)
    near = SequenceMatcher(a=_bare(words), b=_bare(said), autojunk=False).ratio() >= _NEAR
    if not marked and not verbatim and not near:
        return []
    return [Quotation(start, start + len(words), words, ref, verbatim, said)]


def nearest(words: str, article: str) -> str:
    """The run of the article's sentences most like the words quoted."""
    pieces = [piece for piece in re.split(r"(?<=[。；：\n])", article) if piece.strip()]
    runs = [
        "".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, min(i + 5, len(pieces)) + 1)
    ]
    likeness = SequenceMatcher(b=_bare(words), autojunk=False)

    def score(run: str) -> float:
        likeness.set_seq1(_bare(run))
        return likeness.ratio()

    return max(runs, key=score).strip() if runs else ""


def differences(words: str, said: str) -> str:
    """Where two wordings part, for a clerk: words left out (漏), added (多出), changed (应为)."""
    ours, theirs = _bare(words), _bare(said)
    found = []
    for i1, i2, j1, j2 in _changed_runs(ours, theirs):
        if i1 == i2 and 0 < i1 < len(ours):
            found.append(f"漏“{theirs[j1:j2]}”")
        elif i1 < i2 and j1 == j2:
            found.append(f"多出“{ours[i1:i2]}”")
        elif i1 < i2:
            found.append(f"“{ours[i1:i2]}”应为“{theirs[j1:j2]}”")
    return "；".join(found)


def _changed_runs(ours: str, theirs: str) -> list[tuple[int, int, int, int]]:
    """Changed stretches; two that only a character or two keep apart are one for the reader."""
    runs: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if runs and i1 - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], i2, runs[-1][2], j2)
        else:
            runs.append((i1, i2, j1, j2))
    return runs


def _bare(text: str) -> str:
    return _NOISE.sub("", text)
