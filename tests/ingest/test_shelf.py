"""A folder of files an office keeps: what is added is read, what is changed is read anew, what is gone leaves."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.published import Published
from assistant.ingest.files.shelf import Shelf


def shelf_at(folder: Path) -> Shelf:
    """A shelf and its texts side by side."""
    return Shelf(folder / "files", folder / "texts")


def write(folder: Path, name: str, text: str) -> Path:
    """A text file on the shelf."""
    path = folder / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def texts(folder: Path) -> dict[str, str]:
    """What the shelf reads, by name."""
    return {one.name: one.text for one in shelf_at(folder).read() if isinstance(one, Published)}


def accept(published: Published) -> None:
    """Anything may be kept."""


def test_a_shelf_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """An office that keeps nothing has nothing to set up."""
    assert () == shelf_at(tmp_path).files
    assert {} == texts(tmp_path)


def test_every_file_is_read_by_name(tmp_path: Path) -> None:
    """Folders in it too; hidden files and locks of office programs are none."""
    for name in ("b.txt", "2023/a.txt", ".hidden.txt", "~$b.docx"):
        write(tmp_path, name, name)
    assert ["2023/a.txt", "b.txt"] == list(texts(tmp_path))


def test_a_text_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it comes from beside the index."""
    write(tmp_path, "a.txt", "甲")
    first = texts(tmp_path)
    monkeypatch.setattr("assistant.ingest.files.shelf.read_published_bytes", None)
    assert first == texts(tmp_path)


def test_a_changed_file_is_read_anew_and_its_old_text_leaves(tmp_path: Path) -> None:
    """One text is kept for one file."""
    path = write(tmp_path, "a.txt", "甲")
    before = shelf_at(tmp_path).digest
    texts(tmp_path)
    path.write_text("乙", encoding="utf-8")
    assert {"a.txt": "乙"} == texts(tmp_path)
    assert before != shelf_at(tmp_path).digest
    assert 1 == len(list((tmp_path / "texts").rglob("*.json")))


def test_a_removed_file_leaves(tmp_path: Path) -> None:
    """With its text."""
    write(tmp_path, "a.txt", "甲").unlink()
    assert {} == texts(tmp_path)
    assert [] == list((tmp_path / "texts").rglob("*.json"))


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    """The same files in another folder have the same digest; another name has another."""
    for folder, name in (("one", "a.txt"), ("two", "a.txt"), ("three", "b.txt")):
        write(tmp_path / folder, name, "甲")
    one, two, three = (shelf_at(tmp_path / folder).digest for folder in ("one", "two", "three"))
    assert one == two != three


def test_what_cannot_be_read_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    """Kept too, so that a damaged file is not tried again and again."""
    write(tmp_path, "a.txt", "")
    for _ in range(2):
        (aside,) = shelf_at(tmp_path).read()
        assert isinstance(aside, SetAside)
        assert "文件“a.txt”是空的" in aside.reason


def test_a_damaged_record_is_taken_anew(tmp_path: Path) -> None:
    """The file is the source of truth."""
    write(tmp_path, "a.txt", "甲")
    texts(tmp_path)
    (record,) = (tmp_path / "texts").rglob("*.json")
    record.write_text("{", encoding="utf-8")
    assert {"a.txt": "甲"} == texts(tmp_path)


def test_putting_a_file_says_what_changed(tmp_path: Path) -> None:
    """New, the same, or in place of another."""
    shelf = shelf_at(tmp_path)
    words = ["甲".encode(), "甲".encode(), "乙".encode()]
    assert ["added", "same", "changed"] == [shelf.put("a.txt", data, accept) for data in words]
    assert {"a.txt": "乙"} == texts(tmp_path)


def test_a_file_that_fails_its_check_is_not_put(tmp_path: Path) -> None:
    """The shelf stays as it was."""

    def refuse(published: Published) -> None:
        raise InputError("不是年度报告。")

    with pytest.raises(InputError, match="不是年度报告"):
        shelf_at(tmp_path).put("a.txt", "甲".encode(), refuse)
    assert () == shelf_at(tmp_path).files
