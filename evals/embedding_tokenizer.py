"""A tokenizer that reads raw Chinese as single characters and pairs of neighbours.

The tokenizers library only ever cuts a text into pieces that do not overlap, and overlapping pairs are
what a table of n-grams needs. So the normalizer writes every character c as "c c c": 第三方 becomes
第 第 第三 三 三方 方 方, and cutting at white space yields both. The characters are written out by a
Precompiled normalizer, the character map of SentencePiece (a double-array trie over UTF-8 bytes, then the
replacements), which any sentence-transformers or tokenizers installation reads.
"""

import struct
import unicodedata
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.retrieval.lexical import grams

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
_LEAF = 1 << 31

Trie = dict[int, Any]


def build_tokenizer(texts: Iterable[str], least: int) -> "Tokenizer":
    """A tokenizer whose words are the characters and pairs that occur at least so often; number 0 is unknown."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    counts: dict[str, int] = {}
    for text in texts:
        for gram in grams(text):
            counts[gram] = counts.get(gram, 0) + 1
    words = sorted(gram for gram, count in counts.items() if count >= least)
    vocabulary = {word: number for number, word in enumerate((UNKNOWN, *words))}
    characters = [word for word in words if len(word) == 1 and not word.isascii()]
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{Han}a-z0-9]+"), " "),
            normalizers.Precompiled(character_map({c: f"{c} {c} {c}" for c in characters})),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex("[a-z0-9]+"), "isolated")]
    )
    return tokenizer


def character_map(replacements: Mapping[str, str]) -> bytes:
    """Replacements of single characters in SentencePiece's binary form: trie size, trie units, words.

    A trie unit is a 32-bit number: label in the low 8 bits, bit 8 set where a key ends here, and from bit 10
    the exclusive-or that leads to its children. A key's end holds the byte offset of its replacement.
    """
    words, offsets = bytearray(), {}
    for key, replacement in sorted(replacements.items()):
        offsets[unicodedata.normalize("NFKC", key)] = len(words)
        words += replacement.encode() + b"\0"
    units = _units(_trie(offsets))
    return struct.pack(f"<I{len(units)}I", 4 * len(units), *units) + bytes(words)


def _trie(offsets: Mapping[str, int]) -> Trie:
    """Nested dicts by byte; key 0 holds the offset where a key ends."""
    root: Trie = {}
    for key, offset in offsets.items():
        node = root
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[0] = offset
    return root


def _units(root: Trie) -> list[int]:
    """The double array: each node gets the first base at which all its children find a free place."""
    units, taken, least_free = [0], {0}, 1
    waiting: deque[tuple[int, int, Trie]] = deque([(0, 0, root)])
    while waiting:
        at, label, node = waiting.popleft()
        base = least_free
        while any((base ^ byte) in taken for byte in node):
            base += 1
        taken.update(base ^ byte for byte in node)
        while least_free in taken:
            least_free += 1
        units.extend([0] * (max(base ^ byte for byte in node) + 1 - len(units)))
        units[at] = (at ^ base) << 10 | (0 in node) << 8 | label
        for byte, child in sorted(node.items()):
            if byte == 0:
                units[base] = _LEAF | child
            else:
                waiting.append((base ^ byte, byte, child))
    return units
