"""The register of an office, opened from its settings."""

from dataclasses import replace

from assistant.cases.accounts import Accounts, Roster
from assistant.cases.database import open_database
from assistant.cases.numbers import check_series
from assistant.cases.register import OfficeRules, Register
from assistant.cases.roles import load_roles
from assistant.ingest.annual.form import load_report_form
from assistant.law.clock_course import Grounds
from assistant.law.outcomes import Outcomes
from assistant.settings import Settings

ENCLOSURES = "enclosures"
_TOTAL = "total"


def open_register(settings: Settings, grounds: Grounds, outcomes: Outcomes) -> Register:
    """The register, made where there is none.

    Raises SettingsError for a series or role that cannot be, RegisterFault for a file that is no register.
    """
    check_series(settings.register.case_series)
    if settings.agency.document_series:
        check_series(settings.agency.document_series)
    rules = settings.corpus_dir / "rules"
    columns = load_report_form(rules).tables["requests"].columns
    roles = load_roles(rules)
    staff = roles.staff(settings.staff, settings.register.four_eyes)
    office = OfficeRules(
        grounds=grounds,
        outcomes=outcomes,
        kinds={code: column.label for code, column in columns.items() if code != _TOTAL},
        roles=roles,
        staff=replace(staff, roles=Roster(staff.roles, Accounts(settings.accounts_file))),
        case_series=settings.register.case_series,
        letter_series=settings.agency.document_series,
    )
    return Register(open_database(settings), office, settings.data_dir / ENCLOSURES)
