"""Who may do what: one table of roles, and the names the office has given them.

An office that has named nobody lets every name do everything, so that it can begin at once; whoever drafts still
may not review or approve, unless the office is too small for that and has said so, and the trail says it each time.
Basis: 政府信息公开条例第十七条、第四十五条.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.cases.records import Actor
from assistant.errors import CorpusError, InputError, NotAllowed, SettingsError
from assistant.law.provisions import ProvisionRef
from assistant.law.rules import (
    DATED,
    Validity,
    read_basis,
    read_rows,
    read_rules,
    read_validity,
    read_words,
    refuse_twice,
    require_keys,
)

FILE = "roles.yaml"

_TOP = {"roles": (dict,), "actions": (list,)}
_ACTION = {"action": (str,), "name": (str,), "roles": (list,), "basis": (list,), **DATED}


@dataclass(frozen=True)
class Action:
    """Something that is done to a case, in words, and the roles that may do it."""

    action: str
    name: str
    roles: tuple[str, ...]
    basis: tuple[ProvisionRef, ...]
    validity: Validity


@dataclass(frozen=True)
class Staff:
    """The names an office has given roles; `four_eyes` whether a drafter may neither review nor approve."""

    roles: Mapping[str, tuple[str, ...]]
    four_eyes: bool = True

    def actor(self, name: str) -> Actor:
        """Who acts under a name. Raises InputError for no name, NotAllowed for one the office does not know."""
        words = " ".join(name.split())
        if not words:
            raise InputError("请写明是谁在办理，如 --as 王某。")
        if self.roles and words not in self.roles:
            raise NotAllowed(
                f"“{words}”不在 [staff] 的名单里，也不是登录用户；"
                "请由管理员用 assistant user add 加入，或者在 assistant.toml 里写明其角色。"
            )
        return Actor(words, self.roles.get(words, ()))


@dataclass(frozen=True)
class RoleTable:
    """Every action there is, with the roles that may do it; `labels` are the roles in words."""

    labels: Mapping[str, str]
    actions: Mapping[str, Action]

    def allow(self, actor: Actor, action: str, staff: Staff) -> None:
        """Raises NotAllowed where the office has named its people and none of this one's roles may."""
        row = self.actions[action]
        if not staff.roles or set(actor.roles) & set(row.roles):
            return
        may = "、".join(self.labels[role] for role in row.roles)
        own = "、".join(self.labels[role] for role in actor.roles) or "没有角色"
        raise NotAllowed(f"{actor.name}（{own}）不能办理“{row.name}”，可以办理的是：{may}（{FILE}）。")

    def staff(self, named: Mapping[str, str], four_eyes: bool) -> Staff:
        """The office's people from its settings. Raises SettingsError for a role there is not."""
        roles = {name: tuple(part.strip() for part in words.split(",")) for name, words in named.items()}
        for name, given in roles.items():
            for role in given:
                if role not in self.labels:
                    known = "、".join(f"{key}（{label}）" for key, label in self.labels.items())
                    raise SettingsError(f"配置项 staff.{name} 里没有“{role}”这个角色，可用：{known}。")
        return Staff(roles, four_eyes)


def load_roles(rules_dir: Path) -> RoleTable:
    """The table of roles. Raises CorpusError naming file, row and key."""
    found = read_rules(rules_dir / FILE)
    require_keys(found, _TOP, FILE)
    labels = {str(key): str(label) for key, label in found["roles"].items()}
    rows = list(read_rows(found, "actions", FILE, "action"))
    refuse_twice((str(row.get("action")) for row, _ in rows), FILE, "action")
    actions = {}
    for row, where in rows:
        require_keys(row, _ACTION, where)
        roles = read_words(row, "roles", where)
        strangers = set(roles) - set(labels)
        if strangers:
            raise CorpusError(f"{where}：“roles”里没有这个角色：{'、'.join(sorted(strangers))}。")
        actions[row["action"]] = Action(
            row["action"], row["name"], roles, read_basis(row, where), read_validity(row)
        )
    return RoleTable(labels, actions)
