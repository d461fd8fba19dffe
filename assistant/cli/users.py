"""`assistant user …`: who may log in at the page, with which roles. A password is asked for or read from stdin."""

import sys
from collections.abc import Mapping
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.show import JsonFlag, open_office, show
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

user_app = typer.Typer(help="网页的登录用户：增加、查看、删除。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="姓名；登记簿里就用这个名字。")]
Roles = Annotated[
    str | None,
    typer.Option(help="角色，用逗号分开，如 clerk,reviewer；各角色能办什么见 corpus/rules/roles.yaml。"),
]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码（一行），不提示。")]


@user_app.command("add")
def add(name: Name, roles: Roles = None, password_stdin: FromStdin = False) -> None:
    """增加用户，或者给已有的用户换密码、换角色。密码只在提示下输入，不写在命令里。"""
    office = open_office()
    given = _roles(office, name, roles)
    known = name.strip() in office.accounts.by_name
    account = office.accounts.put(name, _password(password_stdin), given)
    labels = office.register.rules.roles.labels
    told = "、".join(labels[role] for role in account.roles) or "按 [staff] 的设置"
    print(f"{'已更新' if known else '已增加'}用户“{account.name}”（{told}）。")


@user_app.command("list")
def list_(as_json: JsonFlag = False) -> None:
    """列出用户和角色；密码和散列不显示。"""
    office = open_office()
    labels, staff = office.register.rules.roles.labels, office.register.rules.staff.roles
    rows = [
        {"name": name, "roles": list(roles), "login": name in office.accounts.by_name}
        for name, roles in staff.items()
    ]
    lines = [
        f"{name}：{'、'.join(labels[role] for role in roles) or '没有角色'}"
        f"{'' if name in office.accounts.by_name else '（不能登录，只在 [staff] 里）'}"
        for name, roles in staff.items()
    ]
    empty = "还没有用户。增加：assistant user add 姓名 --roles administrator。"
    show(rows, as_json, lambda: "\n".join(lines) or empty)


@user_app.command("remove")
def remove(name: Name) -> None:
    """删除用户；正在登录的随即退出。"""
    office = open_office()
    office.accounts.remove(name)
    print(f"已删除用户“{name.strip()}”，登记簿里的记录不变。")


def _roles(office: "Assistant", name: str, roles: str | None) -> tuple[str, ...]:
    """The roles given, else those the name has already. Raises InputError where there would be none."""
    labels, staff = office.register.rules.roles.labels, office.register.rules.staff.roles
    if roles is None:
        account = office.accounts.by_name.get(name.strip())
        if account or name.strip() in staff:
            return account.roles if account else ()
        raise InputError(f"请用 --roles 写明角色，可用：{_known(labels)}。")
    given = tuple(dict.fromkeys(part.strip() for part in roles.replace("，", ",").split(",") if part.strip()))
    wrong = [role for role in given if role not in labels]
    if wrong or not given:
        raise InputError(f"没有“{'、'.join(wrong)}”这个角色，可用：{_known(labels)}。")
    return given


def _known(labels: Mapping[str, str]) -> str:
    return "、".join(f"{key}（{label}）" for key, label in labels.items())


def _password(from_stdin: bool) -> str:
    """Typed twice without being shown, or one line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    password = getpass("密码：")
    if password != getpass("再输一遍："):
        raise InputError("两次输入的密码不一样，没有改动。请重新运行。")
    return password
