"""Several items of one request, each decided by itself, put together into what the whole counts as.

All alike: that outcome. Something given and something withheld: 部分公开, counted once. Anything else the law does
not settle: the clerk chooses and says why, never silently.
Basis: 政府信息公开条例第三十六条、第三十七条; 国办公开办函〔2021〕30号.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import InputError
from assistant.law.outcomes import Outcomes
from assistant.triage.decision_graph import ItemRules

PARTIAL = "partial"
Kind = Literal["one", "alike", "partly", "chosen", "open"]


@dataclass(frozen=True)
class Choice:
    """What the clerk chose where the law leaves it open: an outcome's code, or to count each item; and why."""

    choose: str
    why: str


@dataclass(frozen=True)
class Option:
    """One thing the clerk may choose."""

    key: str
    label: str


@dataclass(frozen=True)
class Whole:
    """What the request counts as.

    `outcome` is None where the clerk must still choose (`options`) or each item counts by itself; `counted` are the
    rows of the table, one an entry; `says` the rule, `basis` its provisions, `needs` what is still to be said.
    """

    kind: Kind
    outcome: str | None
    counted: tuple[str, ...]
    says: str | None = None
    basis: tuple[str, ...] = ()
    verified: bool = True
    options: tuple[Option, ...] = ()
    needs: str | None = None


@dataclass(frozen=True)
class Items:
    """The rules for several items over the outcomes there are."""

    rules: ItemRules
    outcomes: Outcomes

    def together(self, codes: Sequence[str], choice: Choice | None, on: date) -> Whole:
        """The whole of the outcomes of its items. Raises InputError for a choice there is not."""
        if len(codes) == 1:
            return Whole("one", codes[0], tuple(codes))
        if len(set(codes)) == 1:
            return self._ruled("alike", codes[0], on)
        groups = {code: self.outcomes[code].group for code in codes}
        given = [code for code, group in groups.items() if group in self.rules.given]
        settled = set(groups.values()) <= {*self.rules.given, *self.rules.withheld}
        if given and settled:
            return self._ruled("partly", PARTIAL, on)
        return self._chosen(tuple(codes), bool(given), choice, on)

    def _ruled(self, kind: Literal["alike", "partly"], code: str, on: date) -> Whole:
        rule = self.rules.rule(kind, on)
        if rule is None:
            return Whole("open", None, ())
        return Whole(kind, code, (code,), rule.says, rule.basis, rule.validity.verified)

    def _chosen(self, codes: tuple[str, ...], given: bool, choice: Choice | None, on: date) -> Whole:
        rule = self.rules.rule("chosen", on)
        options = self._options(codes, given)
        said = rule.says if rule else None
        basis = rule.basis if rule else ()
        if choice is None:
            return Whole("open", None, (), said, basis, False, options, self.rules.together.words)
        if choice.choose not in {option.key for option in options}:
            names = "、".join(f"{option.key}（{option.label}）" for option in options)
            raise InputError(f"together 里没有“{choice.choose}”这个选择，可用：{names}。")
        if not choice.why.strip():
            return Whole("open", None, (), said, basis, False, options, self.rules.together.why)
        if choice.choose == self.rules.apart:
            return Whole("chosen", None, codes, said, basis, False, options)
        return Whole("chosen", choice.choose, (choice.choose,), said, basis, False, options)

    def _options(self, codes: tuple[str, ...], given: bool) -> tuple[Option, ...]:
        """Counting each item, or one of the outcomes for all; partial too where something is given."""
        mains = dict.fromkeys((*codes, PARTIAL) if given else codes)
        asked = self.rules.together
        return (
            Option(self.rules.apart, asked.split),
            *(Option(code, asked.main.format(label=self.outcomes[code].label)) for code in mains),
        )
