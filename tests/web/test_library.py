"""The web library is imported without reading its own source, and is told once to keep quiet."""

import inspect
import os
import sys
from pathlib import Path

import gradio as gr
import pytest
from gradio import component_meta

from assistant.web.library import STUBS_BY, quiet, without_stubs


def test_no_hints_for_editors_are_made_while_it_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own way out is taken; afterwards all is as it was."""
    parsed: list[str] = []

    def parse(code: str, name: str) -> tuple[None, None]:
        parsed.append(name)
        return None, None

    monkeypatch.setattr(component_meta, "extract_class_source_code", parse)
    assert STUBS_BY == component_meta.__name__
    with without_stubs():
        component_meta.create_or_modify_pyi(gr.Textbox, "Textbox", [])
    assert [] == parsed
    with pytest.raises(ValueError, match="source code"):
        component_meta.create_or_modify_pyi(gr.Textbox, "Textbox", [])
    assert ["Textbox"] == parsed


def test_whoever_else_asks_for_a_source_finds_it() -> None:
    """Also while the library is imported, and after an import that failed."""
    find = inspect.getfile
    with pytest.raises(ImportError), without_stubs():
        assert __file__ == inspect.getfile(test_whoever_else_asks_for_a_source_finds_it)
        raise ImportError
    assert inspect.getfile is find


def test_nothing_leaves_and_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No statistics, no models asked for, uploads in the folder given; no search for what is not installed."""
    for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "GRADIO_TEMP_DIR"):
        monkeypatch.setenv(name, "")
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)
    quiet(tmp_path)
    assert ("False", "1", str(tmp_path)) == (
        os.environ["GRADIO_ANALYTICS_ENABLED"],
        os.environ["HF_HUB_OFFLINE"],
        os.environ["GRADIO_TEMP_DIR"],
    )
    assert sys.modules["matplotlib"] is None
