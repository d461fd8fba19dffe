"""Whole folders and archives of reports: every file read or named with its reason, none stops the rest."""

import io
import os
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.ingest.files import archive
from assistant.ingest.files.folder import SetAside, read_folder
from assistant.ingest.files.published import Published
from tests.ingest.shapes import BUILDERS, as_text, lines_of, report

BAD = Path(__file__).parents[1] / "bad_inputs" / "reports"
SMALL = "柳河街道办事处2023年政府信息公开工作年度报告\n".encode()


def zipped(files: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """An archive with the files as named."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
    return stream.getvalue()


def archive_of(folder: Path, *files: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    """An archive on the disk."""
    path = folder / "报告.zip"
    path.write_bytes(zipped(files))
    return path


def outcome(path: Path) -> dict[str, str]:
    """Text or reason by name."""
    return {
        found.name: found.text if isinstance(found, Published) else found.reason
        for found in read_folder(path)
    }


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    """Every shape, folders in folders included, in the order of names."""
    (tmp_path / "2023").mkdir()
    for kind, build in BUILDERS.items():
        (tmp_path / "2023" / f"柳河.{kind}").write_bytes(build(report()))
    (tmp_path / "说明.md").write_bytes(SMALL)
    found = outcome(tmp_path)
    assert list(found) == [*(f"2023/柳河.{kind}" for kind in sorted(BUILDERS)), "说明.md"]
    assert {text for name, text in found.items() if name != "说明.md"} == {"\n".join(lines_of(report()))}


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    """All the bad files in one folder: each is named with its reason, and the good one is read."""
    for path in BAD.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "好.txt").write_bytes(SMALL)
    found = list(read_folder(tmp_path))
    assert ["好.txt"] == [one.name for one in found if isinstance(one, Published)]
    assert [] == [one for one in found if isinstance(one, SetAside) and one.name not in one.reason]
    assert len(found) == len(list(BAD.iterdir())) + 1


def test_what_programs_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """Hidden files and folders, locks of office programs and thumbnails are not even named."""
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".隐藏.txt", "~$柳河.docx", "Thumbs.db", "柳河.txt"):
        (tmp_path / name).write_bytes(SMALL)
    assert list(outcome(tmp_path)) == ["柳河.txt"]


def test_progress_tells_what_is_done(tmp_path: Path) -> None:
    """Name, number done and number of all, after each file."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SMALL)
    told: list[tuple[str, int, int]] = []
    list(read_folder(tmp_path, lambda *step: told.append(step)))
    assert told == [("a.txt", 1, 2), ("b.txt", 2, 2)]


def test_files_are_read_only_when_asked_for(tmp_path: Path) -> None:
    """One file in memory at a time: the second is opened after the first was taken."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SMALL)
    found = read_folder(tmp_path)
    next(found)
    (tmp_path / "b.txt").unlink()
    assert next(found) == SetAside("b.txt", "“b.txt”不是普通文件或者链接已失效，没有读取；请换成文件本身。")


def test_pipes_and_dead_links_do_not_hang(tmp_path: Path) -> None:
    """What is no file is named and left alone; a link that leads round in a circle is not followed."""
    os.mkfifo(tmp_path / "管道.txt")
    (tmp_path / "断链.txt").symlink_to(tmp_path / "没有.txt")
    (tmp_path / "圈").symlink_to(tmp_path)
    (tmp_path / "柳河.txt").write_bytes(SMALL)
    found = outcome(tmp_path)
    assert [name for name, words in found.items() if "不是普通文件" in words] == ["断链.txt", "管道.txt"]
    assert set(found) == {"断链.txt", "管道.txt", "柳河.txt"}


def test_a_name_in_gbk_is_shown_as_meant(tmp_path: Path) -> None:
    """A folder unpacked from a Chinese Windows archive has names that are not UTF-8."""
    try:
        (tmp_path / os.fsdecode("柳河.txt".encode("gbk"))).write_bytes(SMALL)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert list(outcome(tmp_path)) == ["柳河.txt"]


def test_a_file_of_a_hundred_megabytes_is_set_aside(tmp_path: Path) -> None:
    """It is named with its size, and the rest is read."""
    with (tmp_path / "大.html").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    (tmp_path / "柳河.txt").write_bytes(SMALL)
    found = outcome(tmp_path)
    assert "大.html”太大（100.0 MB，上限 50 MB）" in found["大.html"]
    assert found["柳河.txt"].startswith("柳河街道")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "没有", "找不到文件夹"),
        (lambda folder: folder, "没有文件"),
        (lambda folder: BAD / "table.csv", "既不是文件夹也不是 .zip"),
    ],
)
def test_a_path_that_is_no_folder_is_refused(tmp_path: Path, make: object, words: str) -> None:
    """The message says what was looked for."""
    with pytest.raises(InputError, match=words):
        list(read_folder(make(tmp_path)))  # type: ignore[operator]


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    """Files of an archive come by name, clutter passed over; archives in a folder are opened too."""
    path = archive_of(
        tmp_path,
        ("2023/乙.txt", SMALL),
        ("2023/甲.html", b"<p>" + SMALL),
        ("__MACOSX/x.txt", SMALL),
        ("空/", b""),
    )
    assert list(outcome(path)) == ["2023/乙.txt", "2023/甲.html"]
    assert list(outcome(tmp_path)) == ["报告.zip/2023/乙.txt", "报告.zip/2023/甲.html"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_an_archive_are_decoded(tmp_path: Path, encoding: str) -> None:
    """Chinese Windows packs names in GBK and other programs in unmarked UTF-8; both come out right."""
    placeholder = "x" * len("柳河街道/年报.txt".encode(encoding))
    data = zipped([(placeholder, SMALL)]).replace(placeholder.encode(), "柳河街道/年报.txt".encode(encoding))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert list(outcome(path)) == ["柳河街道/年报.txt"]


@pytest.mark.parametrize("name", ["../外.txt", "甲/../../外.txt", "/etc/外.txt", "C:/外.txt", "..\\外.txt"])
def test_a_path_that_leads_outside_is_set_aside(tmp_path: Path, name: str) -> None:
    """Names that climb out of the archive or begin at the root are named and not read."""
    found = outcome(archive_of(tmp_path, (name, SMALL), ("好.txt", SMALL)))
    assert ["指向包外" in reason for reason in found.values() if not reason.startswith("柳河")] == [True]
    assert found["好.txt"].startswith("柳河")


def test_a_link_in_an_archive_is_set_aside(tmp_path: Path) -> None:
    """A symbolic link is no report."""
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "链接" in outcome(archive_of(tmp_path, (link, b"/etc/passwd")))["链接.txt"]


def test_a_bomb_is_set_aside_unpacked_by_nobody(tmp_path: Path) -> None:
    """A file that swells a thousandfold is told by its sizes, and the rest is read."""
    found = outcome(archive_of(tmp_path, ("炸弹.txt", b"0" * (30 * 1024 * 1024)), ("好.txt", SMALL)))
    assert "压缩炸弹" in found["炸弹.txt"]
    assert found["好.txt"].startswith("柳河")


def test_an_archive_unpacks_to_its_limit_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after the limit is named, file by file."""
    monkeypatch.setattr("assistant.ingest.files.folder.Budget", lambda: archive.Budget(size=len(SMALL) * 2))
    found = outcome(archive_of(tmp_path, *((f"{at}.txt", SMALL) for at in range(3))))
    assert ["展开后超过" in words for words in found.values()] == [False, False, True]


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number is looked at before the first is read."""
    monkeypatch.setattr(archive, "ENTRIES_LIMIT", 2)
    with pytest.raises(InputError, match=r"里有 3 个文件（上限 2 个）"):
        list(read_folder(archive_of(tmp_path, *((f"{at}.txt", SMALL) for at in range(3)))))


def test_a_list_of_files_that_fills_the_memory_is_refused(tmp_path: Path) -> None:
    """The size of the list is read from the end of the archive before the list is."""
    data = bytearray(zipped([("a.txt", SMALL)]))
    at = data.rfind(b"PK\x05\x06") + 12
    data[at : at + 4] = (1 << 30).to_bytes(4, "little")
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match="文件目录太大"):
        list(read_folder(path))


def test_archives_nest_twice_and_no_deeper(tmp_path: Path) -> None:
    """The archive of a city in that of a province is opened, one in that is named."""
    deepest = zipped([("丙.txt", SMALL)])
    inner = zipped([("乙.txt", SMALL), ("深.zip", deepest)])
    found = outcome(archive_of(tmp_path, ("市.zip", inner), ("甲.txt", SMALL)))
    assert sorted(found) == sorted(["市.zip/乙.txt", "市.zip/深.zip", "甲.txt"])
    assert "套得太深" in found["市.zip/深.zip"]


def test_a_broken_archive_in_a_folder_is_set_aside(tmp_path: Path) -> None:
    """Cut off in the middle, it is named, and the rest of the folder is read."""
    data = zipped([("a.txt", SMALL * 50)])
    (tmp_path / "断.zip").write_bytes(data[: len(data) // 2])
    (tmp_path / "好.txt").write_bytes(SMALL)
    found = outcome(tmp_path)
    assert "已损坏" in found["断.zip"]
    assert found["好.txt"].startswith("柳河")


def test_a_file_damaged_in_an_archive_is_set_aside(tmp_path: Path) -> None:
    """A wrong checksum is damage, not a report."""
    data = bytearray(zipped([("坏.txt", as_text(report()))]))
    data[60] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert "已损坏" in outcome(path)["坏.txt"]


def test_an_encrypted_file_in_an_archive_is_set_aside(tmp_path: Path) -> None:
    """What is locked is named with what to do."""
    data = bytearray(zipped([("密.txt", SMALL)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert "加了密码" in outcome(path)["密.txt"]
