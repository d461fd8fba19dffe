"""The yearly report as a file to be handed over: a Word draft, a workbook, or data. Basis: 国办公开办函〔2021〕30号."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.cases.yearbook import Yearbook
from assistant.cases.yearbook_text import ReportText
from assistant.errors import InputError
from assistant.ingest.annual.form import ReportForm
from assistant.law.outcomes import Outcomes

FORMS = {".docx": "报告草稿（Word）", ".xlsx": "表格和案件（Excel）", ".json": "数据（JSON）"}


def yearbook_bytes(
    found: Yearbook, suffix: str, form: ReportForm, text: ReportText, outcomes: Outcomes
) -> bytes:
    """The bytes of the file; nothing of it stays on the disk. Raises InputError for a form there is not."""
    from assistant.cases.yearbook_document import write_document
    from assistant.cases.yearbook_sheet import write_workbook

    if suffix == ".json":
        return f"{json.dumps(found.to_json(), ensure_ascii=False, indent=2)}\n".encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        if suffix == ".docx":
            write_document(found, form, text, path)
        elif suffix == ".xlsx":
            write_workbook(found, form, text, outcomes, path)
        else:
            raise InputError(f"不能写成“{suffix}”；可以写成 {'、'.join(FORMS)}。")
        return path.read_bytes()
