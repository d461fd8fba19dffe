"""Who let a letter go that the gate refused, when and why: one line each in the office's data folder.

Basis: 行政复议法第四十四条 (the organ answers for what it signs).
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.drafting.verdict import Verdict
from assistant.errors import InputError
from assistant.law import china_time

LOG = "overrides.jsonl"


def record_override(data_dir: Path, name: str, text: str, verdict: Verdict) -> Path:
    """Append who let the letter called `name` go, and against which errors; the letter itself is not kept.

    Raises InputError where nobody let it go, or where the log cannot be written: then it may not go.
    """
    if verdict.override is None:
        raise InputError("没有放行人，不能记录放行；请写明姓名和理由。")
    line: dict[str, Any] = {
        "at": china_time.now().isoformat(timespec="seconds"),
        **verdict.override.to_json(),
        "letter": name,
        "sha256": sha256(text.encode("utf-8")).hexdigest(),
        "errors": [{"check": one.check, "message": one.message} for one in verdict.errors],
    }
    path = data_dir / LOG
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as fault:
        raise InputError(f"放行记录写不进 {path}（{fault.strerror}），没有放行；请检查权限。") from fault
    return path
