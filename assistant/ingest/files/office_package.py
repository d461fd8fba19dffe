"""Office files (.docx, .xlsx) as what they are: zip archives of XML parts, opened with care."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from assistant.errors import UnreadableFile
from assistant.ingest.files.decoding import kind_of
from assistant.ingest.files.table_rows import TooManyPlaces

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The relations of a package are some hundred bytes; a megabyte is no package of an office program.
_RELATIONS_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Package:
    """An opened file; `name` is the file's own, for messages."""

    name: str
    archive: zipfile.ZipFile

    def stream(self, part: str, limit: int) -> IO[bytes]:
        """A part to be read through. Raises UnreadableFile where it would unpack to more than `limit` bytes."""
        if self.archive.getinfo(part).file_size > limit:
            raise UnreadableFile(f"文件“{self.name}”展开后太大，没有读取；请只保留正文后另存一份。")
        return self.archive.open(part)

    def tree(self, part: str, limit: int) -> Any:
        """The root element of a part. Raises ValueError where it defines entities, as no office program does."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        with self.stream(part, limit) as stream:
            root = etree.fromstring(stream.read(), parser)
        refuse_entities(root)
        return root

    def has(self, part: str) -> bool:
        """Whether the package holds a part."""
        return part in self.archive.NameToInfo

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" for the package's own): id → (last word of the type, part it leads to)."""
        folder, base = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(relations):
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.tree(relations, _RELATIONS_LIMIT).iter(_RELATIONSHIP)
        }

    def main_part(self, usual: str) -> str:
        """Where the document stands; most programs put it in the usual place, not all."""
        kinds = dict(self.targets("").values())
        return kinds.get("officeDocument", usual)


def refuse_entities(root: Any) -> None:
    """Raises ValueError where a part has a document type: what it defines would be lost or swell."""
    if root.getroottree().docinfo.doctype:
        raise ValueError("document type in a part")


@contextmanager
def opened_package(name: str, data: bytes, suffix: str, program: str) -> Iterator[Package]:
    """The package, while it is read. Raises UnreadableFile naming the file, its fault and what to do."""
    from lxml import etree

    kind = kind_of(data)
    if kind and not data.startswith(b"PK"):
        raise UnreadableFile(
            f"文件“{name}”的内容是{kind}，不是 {suffix}；请去掉密码，用 {program} 另存为 {suffix} 后再提交。"
        )
    damaged: tuple[type[Exception], ...] = (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, etree.XMLSyntaxError),
        *(KeyError, IndexError, ValueError, TypeError, ArithmeticError),
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(name, archive)
    except TooManyPlaces as fault:
        raise UnreadableFile(
            f"文件“{name}”里的表格大得不合常理，没有读取；请只保留正文后另存一份。"
        ) from fault
    except damaged as fault:
        raise UnreadableFile(
            f"文件“{name}”已损坏或者不是 {program} 文档，打不开；请重新导出，或者把内容粘贴进来。"
        ) from fault
    except RecursionError as fault:
        raise UnreadableFile(f"文件“{name}”里的内容嵌套太深，没有读取；请另存一份后再提交。") from fault
    except (NotImplementedError, RuntimeError) as fault:
        raise UnreadableFile(
            f"文件“{name}”加了密或者压缩方式特殊，打不开；请去掉密码后另存为 {suffix}。"
        ) from fault
