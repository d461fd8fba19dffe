"""Prompt files (prompts/*.yaml): strict templates with a version and a hash for the record of every call."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from assistant.errors import CorpusError
from assistant.law.rules import read_rules, require_keys

_KEYS = {
    "name": (str,),
    "version": (int,),
    "written_on": (date,),
    "purpose": (str,),
    "variables": (list,),
    "system": (str,),
    "user": (str,),
}


@dataclass(frozen=True)
class Prompt:
    """One prompt: what the model is told, since which day, and the variables its user part needs."""

    name: str
    version: int
    written_on: date
    purpose: str
    variables: tuple[str, ...]
    system: str
    user: str

    @property
    def hash(self) -> str:
        """First 12 hex digits of SHA-256 over the wording; goes into the record of every call."""
        return hashlib.sha256(f"{self.system}\n{self.user}".encode()).hexdigest()[:12]

    def fill(self, values: Mapping[str, str]) -> str:
        """The user part with its variables. Raises CorpusError naming a missing or unknown one."""
        wrong = sorted(set(values) ^ set(self.variables))
        if wrong:
            raise CorpusError(f"提示词 {self.name}：变量不符：{'、'.join(wrong)}。")
        return Template(self.user).substitute(values)


def load_prompt(folder: Path, name: str) -> Prompt:
    """A prompt by its file name. Raises CorpusError naming file and key."""
    file = f"{name}.yaml"
    found = read_rules(folder / file)
    require_keys(found, _KEYS, file)
    if found["name"] != name:
        raise CorpusError(f"{file}：name 应为 {name}。")
    prompt = Prompt(**{**found, "variables": tuple(found["variables"])})
    used = set(Template(prompt.user).get_identifiers())
    if used != set(prompt.variables):
        raise CorpusError(f"{file}：user 里用到的变量 {sorted(used)} 与 variables 不一致。")
    return prompt
