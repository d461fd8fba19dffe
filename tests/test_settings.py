"""Settings: file and environment, checked key by key."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import ROOT, ChatCalls, RegisterRules, Settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """ASSISTANT_CHAT_MODEL beats chat_model in the file."""
    file = tmp_path / "assistant.toml"
    file.write_text('chat_model = "a"\n[agency]\nname = "某街道办事处"\n', encoding="utf-8")
    settings = Settings.load({"ASSISTANT_CHAT_MODEL": "b", "HOME": "/x"}, file)
    assert ("b", "某街道办事处") == (settings.chat_model, settings.agency.name)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"ASSISTANT_CHAT_MODLE": "x"}, "不认识的配置项“chat_modle”"),
        ({"ASSISTANT_AGENCY_COURTS": "x"}, "不认识的配置项“agency.courts”"),
        ({"ASSISTANT_AGENCY_KIND": "village"}, "agency.kind 的值“village”不认识"),
        ({"ASSISTANT_STRUCTURED_OUTPUT": "xml"}, "“structured_output”的值“xml”不认识"),
        ({"ASSISTANT_LETTERS_COLOUR": "red"}, "不认识的配置项“letters.colour”"),
        ({"ASSISTANT_LETTERS_HEAD": "red"}, "“letters.head”的值“red”不认识，可用：none、letter、document"),
        (
            {"ASSISTANT_LETTERS_HEAD": "letter", "ASSISTANT_LETTERS_IMPRINT": "某局"},
            "信函式.*没有印发机关一栏",
        ),
        ({"ASSISTANT_LETTERS_HEAD": "letter", "ASSISTANT_LETTERS_TEMPLATE": "a.docx"}, "已有版式文件"),
        ({"ASSISTANT_CHAT_CALLS_PATIENCE": "9"}, "不认识的配置项“chat_calls.patience”"),
        ({"ASSISTANT_CHAT_CALLS_RETRIES": "-1"}, "“chat_calls.retries”应为整数"),
        ({"ASSISTANT_CHAT_CALLS_CONCURRENCY": "0"}, "“chat_calls.concurrency”应为整数"),
        ({"ASSISTANT_CHAT_CALLS_KEEP_ANSWERS": "ja"}, "“chat_calls.keep_answers”应为 true 或 false"),
    ],
)
def test_an_unknown_setting_is_named(environ: dict[str, str], words: str) -> None:
    """A misspelt setting is never silently ignored."""
    with pytest.raises(SettingsError, match=words):
        Settings.load(environ)


def test_how_the_chat_model_is_called_is_set_by_file_or_environment(tmp_path: Path) -> None:
    """A section of the file; the environment wins; no further try is a choice too."""
    file = tmp_path / "assistant.toml"
    file.write_text(
        "[chat_calls]\ntimeout_seconds = 90\nretries = 3\nkeep_answers = true\n", encoding="utf-8"
    )
    settings = Settings.load({"ASSISTANT_CHAT_CALLS_RETRIES": "0"}, file)
    assert ChatCalls(90, 0, 4, True) == settings.chat_calls


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """The error says which file."""
    file = tmp_path / "assistant.toml"
    file.write_text("chat_model = ", encoding="utf-8")
    with pytest.raises(SettingsError, match="assistant.toml 无法读取"):
        Settings.load({}, file)


def test_a_number_where_words_belong_is_named(tmp_path: Path) -> None:
    """Types are checked."""
    file = tmp_path / "assistant.toml"
    file.write_text("chat_model = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="“chat_model”应为文字"):
        Settings.load({}, file)


def test_the_example_file_loads_with_every_line_switched_on(tmp_path: Path) -> None:
    """The example holds no key that is an error."""
    lines = (ROOT / "assistant.example.toml").read_text(encoding="utf-8").splitlines()
    switched_on = [line.removeprefix("# ") if " = " in line else line for line in lines]
    file = tmp_path / "assistant.toml"
    file.write_text("\n".join(line for line in switched_on if not line.startswith("# ")), encoding="utf-8")
    assert "某某市人民法院" == Settings.load({}, file).agency.court


def test_the_register_and_the_staff_are_set_by_file(tmp_path: Path) -> None:
    """Its series, the four-eyes rule, who has which role; a role that is no text is named."""
    file = tmp_path / "assistant.toml"
    file.write_text(
        '[register]\ncase_series = "{year}第{number}号"\nfour_eyes = false\n[staff]\n"罗敏" = "clerk"\n',
        encoding="utf-8",
    )
    settings = Settings.load({}, file)
    assert (RegisterRules("{year}第{number}号", False), {"罗敏": "clerk"}) == (
        settings.register,
        settings.staff,
    )
    with pytest.raises(SettingsError, match="不认识的配置项“register.fourEyes”"):
        Settings.load({}, _toml(tmp_path, "[register]\nfourEyes = false\n"))
    with pytest.raises(SettingsError, match="staff.罗敏"):
        Settings.load({}, _toml(tmp_path, '[staff]\n"罗敏" = ["clerk"]\n'))


def _toml(folder: Path, text: str) -> Path:
    file = folder / "other.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_accounts_may_lie_elsewhere(tmp_path: Path) -> None:
    """In the data folder unless `auth` names another file."""
    assert Path("/srv/accounts.json") == Settings.load({"ASSISTANT_AUTH": "/srv/accounts.json"}).accounts_file
    assert tmp_path / "accounts.json" == Settings(data_dir=tmp_path).accounts_file


def test_a_hash_from_an_earlier_program_is_told_what_to_do() -> None:
    """It would be taken for a file name and let nobody in."""
    with pytest.raises(SettingsError, match="assistant user add"):
        Settings.load({"ASSISTANT_AUTH": "clerk:scrypt$c2FsdA==$aGFzaA=="})
