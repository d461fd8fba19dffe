"""Settings of one office: where its data lies, which servers it uses, who it is.

Read from an `assistant.toml` and from `ASSISTANT_*` environment variables (which win).
An unknown key is an error that names it: a misspelt setting must never be silently ignored.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "ASSISTANT_"
SECTIONS = {"agency", "deadlines", "chat_calls", "letters", "register", "staff"}
HEADS = ("none", "letter", "document")
METHODS = ("json_schema", "function_calling", "json_mode")
KINDS = (
    "township",
    "street",
    "county_department",
    "county_government",
    "vertical",
    "tax",
    "state_security",
    "justice",
    "state_council_department",
)


@dataclass(frozen=True)
class Agency:
    """The administrative organ that answers: what its letters must name.

    `review_authority` and `court` are never derived: jurisdiction may be set apart from the seat.
    Basis: 行政复议法第二十四条, 行政诉讼法第十八条.
    """

    name: str | None = None
    short_name: str | None = None
    kind: str | None = None
    review_authority: str | None = None
    court: str | None = None
    address: str | None = None
    contact: str | None = None
    phone: str | None = None
    document_series: str | None = None
    online_review: str | None = None


@dataclass(frozen=True)
class LocalTerms:
    """What the law leaves to the organ or to local notices; nothing is assumed where it is not set.

    `correction_workdays` is the 补正 period the organ's notices give, in working days; `township_report_by` the
    day (MM-DD) a local notice sets for a township's annual report; `reasons_asked_restarts` whether a local rule
    treats asking for reasons as a 补正. Basis: 条例第三十条, 第三十五条, 第四十九条.
    """

    correction_workdays: int | None = None
    township_report_by: str | None = None
    reasons_asked_restarts: bool = False


@dataclass(frozen=True)
class LetterForm:
    """How the office's letters look as Word files.

    `head`: "none", the red head of a letter ("letter", 信函式), or of a document ("document", 文件式); `imprint`: the
    office that prints it (印发机关), for the foot of the last page; `template`: the office's own .docx, whose styles,
    page and headers are taken. Basis: GB/T 9704-2012 第7.2条, 第7.4条, 第10.1条.
    """

    head: str = "none"
    imprint: str | None = None
    template: Path | None = None


@dataclass(frozen=True)
class ChatCalls:
    """How the chat model is called, where the office has switched one on.

    `timeout_seconds`: the longest one call may take; `retries`: further tries where the server is busy or
    breaks off; `concurrency`: calls at one time; `keep_answers`: whether answers are kept under the hash of
    what was asked, so that a run over the same cases gives the same figures and asks nobody twice.
    """

    timeout_seconds: int = 60
    retries: int = 2
    concurrency: int = 4
    keep_answers: bool = False


@dataclass(frozen=True)
class RegisterRules:
    """How the office keeps its register.

    `case_series`: the numbers given to requests as they come in; `four_eyes`: whether whoever drafts a reply may
    neither review nor approve it (false only where an office is too small: the trail then says so each time);
    `retention_years`: how long after a case was archived its names and words are kept (None: for ever).
    """

    case_series: str = "{year}-{number}"
    four_eyes: bool = True
    retention_years: int | None = None


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "disclosure-assistant"


@dataclass(frozen=True)
class Settings:
    """Everything an office may change; the defaults need no network and no server."""

    data_dir: Path = field(default_factory=_default_data_dir)
    corpus_dir: Path = ROOT / "corpus"
    prompts_dir: Path = ROOT / "prompts"
    reports_dir: Path | None = None
    replies_dir: Path | None = None
    database_url: str | None = None
    chroma_url: str | None = None
    embedding_model: str | None = None
    reranker_model: str | None = None
    chat_model: str | None = None
    chat_base_url: str | None = None
    structured_output: str = "json_schema"
    chat_calls: ChatCalls = field(default_factory=ChatCalls)
    letters: LetterForm = field(default_factory=LetterForm)
    calendar_file: Path | None = None
    overlay_file: Path | None = None
    auth: Path | None = None
    agency: Agency = field(default_factory=Agency)
    deadlines: LocalTerms = field(default_factory=LocalTerms)
    register: RegisterRules = field(default_factory=RegisterRules)
    staff: Mapping[str, str] = field(default_factory=dict)

    @property
    def accounts_file(self) -> Path:
        """Where the accounts of the page lie: the file of `auth`, else one in the data folder."""
        return self.auth or self.data_dir / "accounts.json"

    @classmethod
    def load(cls, environ: Mapping[str, str], toml_path: Path | None = None) -> "Settings":
        """Settings from the file (if given) and the environment, checked key by key."""
        found = _read_toml(toml_path) if toml_path else {}
        agency = dict(found.pop("agency", {}))
        deadlines = dict(found.pop("deadlines", {}))
        calls = dict(found.pop("chat_calls", {}))
        letters = dict(found.pop("letters", {}))
        register = dict(found.pop("register", {}))
        staff = dict(found.pop("staff", {}))
        for name, value in environ.items():
            if not name.startswith(PREFIX) or name == f"{PREFIX}CONFIG":
                continue
            key = name.removeprefix(PREFIX).lower()
            if key.startswith("agency_"):
                agency[key.removeprefix("agency_")] = value
            elif key.startswith("deadlines_"):
                deadlines[key.removeprefix("deadlines_")] = value
            elif key.startswith("chat_calls_"):
                calls[key.removeprefix("chat_calls_")] = value
            elif key.startswith("letters_"):
                letters[key.removeprefix("letters_")] = value
            elif key.startswith("register_"):
                register[key.removeprefix("register_")] = value
            else:
                found[key] = value
        built = _build(cls, found, agency)
        return replace(
            built,
            deadlines=_local_terms(deadlines),
            chat_calls=_chat_calls(calls),
            letters=_letter_form(letters),
            register=_register_rules(register),
            staff=_staff(staff),
        )


def load_settings() -> Settings:
    """Settings of this process: `ASSISTANT_CONFIG`, else `assistant.toml` beside the caller or the project."""
    return Settings.load(os.environ, config_file())


def config_file() -> Path | None:
    """The file the settings of this process are read from. Raises SettingsError for a named one that is not there."""
    named = os.environ.get(f"{PREFIX}CONFIG")
    if named and not Path(named).is_file():
        raise SettingsError(f"找不到配置文件：{named}。请检查环境变量 ASSISTANT_CONFIG。")
    candidates = [Path(named)] if named else [Path("assistant.toml"), ROOT / "assistant.toml"]
    return next((path for path in candidates if path.is_file()), None)


def set_where(environ: Mapping[str, str], toml_path: Path | None) -> dict[str, str]:
    """Where each setting was set that was, by its dotted name: the variable, which wins, else the file. No values."""
    found = _read_toml(toml_path) if toml_path else {}
    where: dict[str, str] = {}
    for key, value in found.items():
        names = [f"{key}.{name}" for name in value] if isinstance(value, dict) else [key]
        where.update(dict.fromkeys(names, f"文件 {toml_path}"))
    sections = [one.name for one in fields(Settings) if one.name in SECTIONS]
    for name in environ:
        key = name.removeprefix(PREFIX).lower()
        section = next((one for one in sections if key.startswith(f"{one}_")), None)
        if name.startswith(PREFIX) and name != f"{PREFIX}CONFIG":
            where[f"{section}.{key.removeprefix(f'{section}_')}" if section else key] = f"环境变量 {name}"
    return where


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(
            f"配置文件 {path} 无法读取：{fault}。请对照 assistant.example.toml 修改。"
        ) from fault


def _build(cls: type[Settings], found: Mapping[str, Any], agency: Mapping[str, Any]) -> Settings:
    _refuse_unknown(found, {f.name for f in fields(cls)} - SECTIONS, "")
    _refuse_unknown(agency, {f.name for f in fields(Agency)}, "agency.")
    if agency.get("kind") not in (None, *KINDS):
        raise SettingsError(f"配置项 agency.kind 的值“{agency['kind']}”不认识，可用：{'、'.join(KINDS)}。")
    if found.get("structured_output", METHODS[0]) not in METHODS:
        told = found["structured_output"]
        raise SettingsError(f"配置项“structured_output”的值“{told}”不认识，可用：{'、'.join(METHODS)}。")
    if "$" in found.get("auth", ""):
        raise SettingsError(
            "配置项“auth”现在写用户名单放在哪个文件，不再写密码散列；请删去这一项，再用 assistant user add 添加用户。"
        )
    values: dict[str, Any] = {
        key: Path(value) if key.endswith(("_dir", "_file")) or key == "auth" else value
        for key, value in found.items()
    }
    return replace(cls(), **values, agency=Agency(**agency))


def _refuse_unknown(found: Mapping[str, Any], known: set[str], where: str) -> None:
    for key, value in found.items():
        if key not in known:
            raise SettingsError(f"不认识的配置项“{where}{key}”，可用：{'、'.join(sorted(known))}。")
        if not isinstance(value, str):
            raise SettingsError(f"配置项“{where}{key}”应为文字，现为：{value!r}。")


def _local_terms(found: Mapping[str, Any]) -> LocalTerms:
    known = {f.name for f in fields(LocalTerms)}
    unknown = sorted(set(found) - known)
    if unknown:
        raise SettingsError(f"不认识的配置项“deadlines.{unknown[0]}”，可用：{'、'.join(sorted(known))}。")
    words = {key: str(value).strip().lower() for key, value in found.items()}
    days = words.get("correction_workdays", "")
    if days and not (days.isascii() and days.isdigit() and int(days)):
        raise SettingsError(f"配置项“deadlines.correction_workdays”应为工作日天数，如 10，现为：{days}。")
    restarts = words.get("reasons_asked_restarts", "false")
    if restarts not in ("true", "false"):
        raise SettingsError(f"配置项“deadlines.reasons_asked_restarts”应为 true 或 false，现为：{restarts}。")
    by = words.get("township_report_by") or None
    if by and not _is_month_day(by):
        raise SettingsError(f"配置项“deadlines.township_report_by”应为月-日，如 01-31，现为：{by}。")
    return LocalTerms(int(days) if days else None, by, restarts == "true")


def _letter_form(found: Mapping[str, Any]) -> LetterForm:
    _refuse_unknown(found, {f.name for f in fields(LetterForm)}, "letters.")
    told = {key: str(value).strip() for key, value in found.items()}
    head, template = told.get("head") or HEADS[0], told.get("template")
    if head not in HEADS:
        raise SettingsError(f"配置项“letters.head”的值“{head}”不认识，可用：{'、'.join(HEADS)}。")
    if template and head != HEADS[0]:
        raise SettingsError(
            "已有版式文件（letters.template），版头请做在版式文件里，删去配置项 letters.head。"
        )
    if told.get("imprint") and head == "letter":
        raise SettingsError("信函式（letters.head = letter）没有印发机关一栏，请删去配置项 letters.imprint。")
    return LetterForm(head, told.get("imprint") or None, Path(template) if template else None)


def _chat_calls(found: Mapping[str, Any]) -> ChatCalls:
    known = {f.name for f in fields(ChatCalls)}
    unknown = sorted(set(found) - known)
    if unknown:
        raise SettingsError(f"不认识的配置项“chat_calls.{unknown[0]}”，可用：{'、'.join(sorted(known))}。")
    words = {key: str(value).strip().lower() for key, value in found.items()}
    keep = words.pop("keep_answers", "false")
    if keep not in ("true", "false"):
        raise SettingsError(f"配置项“chat_calls.keep_answers”应为 true 或 false，现为：{keep}。")
    for key, value in words.items():
        if not (value.isascii() and value.isdigit() and int(value) >= (key != "retries")):
            raise SettingsError(
                f"配置项“chat_calls.{key}”应为整数，如 {getattr(ChatCalls, key)}，现为：{value}。"
            )
    return ChatCalls(keep_answers=keep == "true", **{key: int(value) for key, value in words.items()})


def _register_rules(found: Mapping[str, Any]) -> RegisterRules:
    known = {f.name for f in fields(RegisterRules)}
    unknown = sorted(set(found) - known)
    if unknown:
        raise SettingsError(f"不认识的配置项“register.{unknown[0]}”，可用：{'、'.join(sorted(known))}。")
    four_eyes = str(found.get("four_eyes", "true")).strip().lower()
    if four_eyes not in ("true", "false"):
        raise SettingsError(f"配置项“register.four_eyes”应为 true 或 false，现为：{four_eyes}。")
    years = str(found.get("retention_years", "")).strip()
    if years and not (years.isascii() and years.isdigit() and 0 < int(years) <= 100):
        raise SettingsError(f"配置项“register.retention_years”应为保存的年数，如 10，现为：{years}。")
    series = str(found.get("case_series", RegisterRules.case_series))
    return RegisterRules(series, four_eyes == "true", int(years) if years else None)


def _staff(found: Mapping[str, Any]) -> dict[str, str]:
    for name, roles in found.items():
        if not isinstance(roles, str):
            raise SettingsError(f'配置项“staff.{name}”应写角色，如 "clerk, reviewer"，现为：{roles!r}。')
    return dict(found)


def _is_month_day(text: str) -> bool:
    try:
        return date.fromisoformat(f"2001-{text}").strftime("%m-%d") == text
    except ValueError:
        return False
