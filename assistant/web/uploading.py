"""Upload buttons that leave nothing behind: the file is handed over where it lies, and read and removed at once."""

from typing import Any

import gradio as gr


def upload_button(label: str, elem_id: str, several: bool = False) -> Any:
    """An upload button whose events are given the path of the file, or a list of paths.

    The web library would lay an empty file of its own beside each upload, which nobody removes: nothing but the
    paths, which it has checked by then, is taken from it.
    """
    button = gr.UploadButton(
        label,
        size="sm",
        file_count="multiple" if several else "single",
        elem_id=elem_id,
        min_width=110,
        scale=0,
    )
    button.preprocess = _paths if several else _path
    return button


def _path(payload: Any) -> str | None:
    found = _paths(payload)
    return found[0] if found else None


def _paths(payload: Any) -> list[str]:
    """The paths of what was uploaded, one file or several."""
    if payload is None:
        return []
    files = getattr(payload, "root", None)
    return [str(one.path) for one in (files if files is not None else [payload])]
