"""The register as a screen works with it: a page of the list, one case whole, a letter taken up, a step done.

Each verb is one view or one session of its own. Basis: 政府信息公开条例第四十五条.
"""

from dataclasses import dataclass
from datetime import date

from assistant.cases.board import BoardGrounds
from assistant.cases.doing import Act, act_on
from assistant.cases.dossier import Dossier, open_dossier
from assistant.cases.entries import Page
from assistant.cases.listing import CasePage
from assistant.cases.records import Case, NewCase, Seen
from assistant.cases.register import Register, china_now
from assistant.cases.repeat_rules import RepeatRules
from assistant.cases.seeking import Sought, seek
from assistant.cases.similar import Similar, SimilarGrounds, similar_to
from assistant.cases.taking import Settled, bring_on, take_up
from assistant.cases.telling import Told, tell


@dataclass(frozen=True)
class Books:
    """The register of an office with what its board is placed by."""

    register: Register
    grounds: BoardGrounds
    repeats: RepeatRules

    @property
    def today(self) -> date:
        """The day in China."""
        return china_now().date()

    def cases(self, sought: Sought, page: Page, on: date | None = None) -> CasePage:
        """A page of the list of cases that fit what is looked for, as of a day."""
        with self.register.reading() as view:
            return seek(view, self.register.rules, on or self.today, sought, page)

    def dossier(self, number: str, on: date | None = None) -> Dossier:
        """One case whole: where it stands, what happened, what may be done next by whom."""
        with self.register.reading() as view:
            return open_dossier(view, number, self.register.rules, self.grounds, on or self.today)

    def similar_to(self, new: NewCase, shown: int = 3) -> Similar:
        """The earlier requests of the same applicant beside a letter that is not in the register yet."""
        grounds = SimilarGrounds(self.register.rules, self.repeats, shown)
        with self.register.reading() as view:
            return similar_to(view, new, grounds, self.today)

    def take_up(self, who: str, new: NewCase, settled: Settled) -> Case:
        """A letter into the register, with outcome and draft where they are settled; all of it or nothing."""
        return take_up(self.register, who, new, settled)

    def bring_on(self, who: str, seen: Seen, settled: Settled) -> Case:
        """Outcome and draft for a registered case, as it was seen."""
        return bring_on(self.register, who, seen, settled)

    def act_on(self, who: str, seen: Seen, act: Act) -> Case:
        """One step on a registered case, by a name whose role may, as the case was seen."""
        return act_on(self.register, who, seen, act)

    def tell(self, who: str, seen: Seen, told: Told) -> Case:
        """What happened to a registered case, as it was seen."""
        return tell(self.register, who, seen, told)
