"""Runs one command cold and reports its wall time and peak memory.

    python -I -S measure.py REPORT.json COMMAND [ARGUMENT …]

A process of its own, and a small one, on purpose: Linux counts the memory of the process that starts a
command into the command's peak, so that a large parent would hide a lean child. Standard library only.
"""

import json
import os
import sys
import time


def main(report: str, argv: list[str]) -> int:
    """Writes seconds, peak_mb and status to the report file; output of the command passes through."""
    began = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    per_mb = 1024 * 1024 if sys.platform == "darwin" else 1024
    found = {
        "seconds": seconds,
        "peak_mb": usage.ru_maxrss / per_mb,
        "status": os.waitstatus_to_exitcode(status),
    }
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would cost more than the rest
        json.dump(found, file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
