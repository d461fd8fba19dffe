"""The five letters of docs/letters-look.md: each drafted whole and passed by the gate, each with its picture."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from assistant.cli import app
from assistant.settings import ROOT

PAGE = (ROOT / "docs" / "letters-look.md").read_text(encoding="utf-8")
BLOCKS = [block.strip().splitlines() for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.S)]
PICTURES = re.findall(r"!\[[^\]]+\]\((pictures/[^)]+)\)", PAGE)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the examples, as a reader of the page has them."""
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: shlex.split(block[0])[-1])
def test_each_letter_is_drafted_whole_and_passes_the_gate(block: list[str], office: Path) -> None:
    """The two commands as printed: no gap, no warning, no finding."""
    draft, verify = (shlex.split(line)[1:] for line in block)
    drafted = CliRunner().invoke(app, draft, standalone_mode=False)
    assert (0, "") == (drafted.return_value or 0, drafted.stderr), drafted.output
    assert "请核对后由负责人审签" in drafted.stdout
    checked = CliRunner().invoke(app, verify)
    assert (0, "核对通过。\n") == (checked.exit_code, checked.stdout)
    styles = {line.style.name for line in Document(draft[-1]).paragraphs}
    assert {"公文标题", "发文字号", "主送机关", "公文正文", "落款", "成文日期", "附注"} <= styles


def test_there_are_five_and_each_has_its_picture() -> None:
    """None larger than 150 kB, the two beside them (red heads, a revision) included."""
    drafted = [f"pictures/letter-{Path(shlex.split(block[0])[-1]).stem}.png" for block in BLOCKS]
    assert (5, drafted) == (len(BLOCKS), PICTURES[:5])
    assert [] == [name for name in PICTURES if (ROOT / "docs" / name).stat().st_size > 150 * 1024]


def test_a_second_draft_tracks_what_changed(office: Path) -> None:
    """--against: one fact changed is one change, by the name given."""
    draft = shlex.split(BLOCKS[4][0])[1:]
    CliRunner().invoke(app, draft)
    facts = office / "docs" / "examples" / "repeat.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("25号", "26号"), encoding="utf-8")
    words = [*draft[:-1], "second.docx", "--against", draft[-1], "--author", "张三"]
    done = CliRunner().invoke(app, words)
    assert 0 == done.exit_code, done.output
    body = Document("second.docx").element.body.xml
    assert re.findall(r'<w:(ins|del) [^>]*w:author="(\w+)"', body) == [("del", "张三"), ("ins", "张三")]


def test_an_unusable_template_is_one_line(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting, the file and what to do; nothing is written."""
    monkeypatch.setenv("ASSISTANT_LETTERS_TEMPLATE", str(office / "没有.docx"))
    done = CliRunner().invoke(app, shlex.split(BLOCKS[0][0])[1:])
    assert "版式文件“没有.docx”（配置项 letters.template）不能用" in str(done.exception)
    assert not (office / "published.docx").exists()
