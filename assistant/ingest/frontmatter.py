"""The head of a corpus file: YAML between two lines of `---`, read strictly."""

from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.law.rules import read_mapping


def split_front_matter(path: Path) -> tuple[dict[str, Any], str]:
    """Front matter and body of a corpus file. Raises CorpusError naming the file."""
    text = path.read_text(encoding="utf-8")
    head, mark, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not mark:
        raise CorpusError(f"{path.name}：文件开头缺少两行“---”之间的说明。")
    return read_mapping(head, path.name), body
