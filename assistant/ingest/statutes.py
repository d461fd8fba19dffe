"""Statute files of the corpus, read into a StatuteBook.

corpus/laws/NAME@EFFECTIVE-DATE.md holds quoted text; corpus/rules/instruments.yaml holds instruments of
which only dated rules are known. Every article has a stored digest, so that no edit passes unnoticed.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.ingest.frontmatter import split_front_matter
from assistant.law.instruments import Article, Instrument, OperativeRule, Paragraph, StatuteBook
from assistant.law.numerals import NUMERAL, to_int
from assistant.law.rules import DATED, read_mapping, read_validity, require_keys

DIGESTS = "digests.json"

_DAY = (date, type(None))
_FRONT = {
    "title": (str,),
    "aliases": (list,),
    "number": (str,),
    "issuer": (str,),
    "promulgated": _DAY,
    "effective_from": _DAY,
    "effective_to": _DAY,
    "coverage": (str,),
    "article_count": (int,),
    "slug": (str, type(None)),
    "verified": (bool,),
    "source": (str,),
    "last_checked_on": (date,),
}
_RECORD = {key: types for key, types in _FRONT.items() if key not in ("coverage", "slug")} | {
    "article_count": (int, type(None)),
    "replaced_by": (str, type(None)),
    "rules": (list,),
}
_RULE = {"article": (int, type(None)), "rule": (str,), "basis": (str,), **DATED}
_HEADING = re.compile(rf"^###\s*第({NUMERAL})条(?:之({NUMERAL}))?\s*$")
_ITEM = re.compile(rf"^（{NUMERAL}）")


def load_statutes(corpus_dir: Path) -> StatuteBook:
    """Every edition the corpus knows. Raises CorpusError naming file and key."""
    laws = corpus_dir / "laws"
    if not laws.is_dir():
        raise CorpusError(f"找不到法规语料目录：{laws}。请检查 corpus_dir 设置，或重新获取完整的程序。")
    instruments = [read_statute(path) for path in sorted(laws.glob("*.md"))]
    if not instruments:
        raise CorpusError(f"法规语料目录是空的：{laws}。请重新获取完整的程序。")
    return StatuteBook((*instruments, *_rules_only(corpus_dir / "rules" / "instruments.yaml")))


def read_statute(path: Path) -> Instrument:
    """One statute file."""
    front, body = split_front_matter(path)
    require_keys(front, _FRONT, path.name)
    articles = _once_each(_articles(body, path.name), path.name)
    if front["coverage"] == "full" and len(articles) != front["article_count"]:
        raise CorpusError(f"{path.name}：写明全文 {front['article_count']} 条，实有 {len(articles)} 条。")
    kept = {key: front[key] for key in _FRONT if key not in ("slug", "aliases")}
    return Instrument(**kept, aliases=tuple(front["aliases"]), articles=articles, file=f"laws/{path.name}")


def _once_each(found: Iterator[Article], file: str) -> dict[tuple[int, int], Article]:
    """Articles by number, in the order of the statute. Raises CorpusError where one stands twice or out of order."""
    articles: dict[tuple[int, int], Article] = {}
    for article in found:
        key = article.number, article.branch
        if articles and key <= max(articles):
            raise CorpusError(
                f"{file}：第{article.number}条重复或者次序不对，请按条文顺序排列，每条只写一次。"
            )
        articles[key] = article
    return articles


def digests(corpus_dir: Path) -> dict[str, dict[str, str]]:
    """Digest of every article now in the corpus: file name → article → first 16 hex digits of SHA-256."""
    return {
        path.name: {
            f"{number}" + (f"-{branch}" if branch else ""): _digest(article)
            for (number, branch), article in read_statute(path).articles.items()
        }
        for path in sorted((corpus_dir / "laws").glob("*.md"))
    }


def changed_articles(corpus_dir: Path) -> list[str]:
    """Articles whose words differ from the stored digest, or that have none: 'file 第N条'."""
    stored = json.loads((corpus_dir / "laws" / DIGESTS).read_text(encoding="utf-8"))
    now = digests(corpus_dir)
    keys = {(name, number) for book in (stored, now) for name, rows in book.items() for number in rows}
    differing = [key for key in keys if stored.get(key[0], {}).get(key[1]) != now.get(key[0], {}).get(key[1])]
    return [f"{name} 第{number}条" for name, number in sorted(differing)]


def seal(corpus_dir: Path) -> None:
    """Store the digests of the corpus as it is, after a person has proved the text."""
    lines = json.dumps(digests(corpus_dir), ensure_ascii=False, indent=1, sort_keys=True)
    (corpus_dir / "laws" / DIGESTS).write_text(lines + "\n", encoding="utf-8")


def _digest(article: Article) -> str:
    return hashlib.sha256(article.text.encode()).hexdigest()[:16]


def _articles(body: str, file: str) -> Iterator[Article]:
    blocks: list[tuple[tuple[int, int], list[str]]] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        heading = _HEADING.match(line)
        if heading:
            blocks.append((_number(heading, file), []))
        elif line.startswith("###"):
            raise CorpusError(f"{file}：“{line[:30]}”不是条文标题；标题只写“### 第N条”，正文另起一行。")
        elif blocks and not line.startswith("#"):
            blocks[-1][1].append(line)
    for (number, branch), lines in blocks:
        yield Article(number, branch, _paragraphs(lines, f"{file} 第{number}条"))


def _number(heading: re.Match[str], file: str) -> tuple[int, int]:
    try:
        return to_int(heading[1]), to_int(heading[2]) if heading[2] else 0
    except ValueError:
        raise CorpusError(f"{file}：“{heading[0]}”不是条文标题，条文号无法识别，请改正。") from None


def _paragraphs(lines: list[str], where: str) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    for line in lines:
        if not _ITEM.match(line):
            paragraphs.append(Paragraph(line))
        elif not paragraphs:
            raise CorpusError(f"{where}：条文不能以项开头。")
        else:
            last = paragraphs.pop()
            paragraphs.append(Paragraph(last.text, (*last.items, line)))
    if not paragraphs:
        raise CorpusError(f"{where}：条文是空的。")
    return tuple(paragraphs)


def _rules_only(path: Path) -> Iterator[Instrument]:
    if not path.is_file():
        return
    rows = read_mapping(path.read_text(encoding="utf-8"), path.name)
    require_keys(rows, {"instruments": (list,)}, path.name)
    for row in rows["instruments"]:
        yield _rules_instrument(row, f"{path.name}《{row.get('title', '?')}》")


def _rules_instrument(row: dict[str, Any], where: str) -> Instrument:
    require_keys(row, _RECORD, where)
    kept = {key: row[key] for key in _RECORD if key not in ("aliases", "rules")}
    return Instrument(
        **kept,
        coverage="rules",
        aliases=tuple(row["aliases"]),
        articles={},
        file="rules/instruments.yaml",
        rules=tuple(_operative_rule(rule, where) for rule in row["rules"]),
    )


def _operative_rule(row: dict[str, Any], where: str) -> OperativeRule:
    require_keys(row, _RULE, f"{where} rules")
    return OperativeRule(row["article"], row["rule"], row["basis"], read_validity(row))


if __name__ == "__main__":
    from assistant.settings import ROOT

    seal(ROOT / "corpus")
