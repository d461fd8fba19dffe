"""How the page looks: quiet, official, legible; every font is the reader's own, none is fetched."""

from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SANS = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "sans-serif",
]
# The margins of an official letter; the web library passes no such rule on from a stylesheet.
PRINTED = "@page { size: A4; margin: 37mm 26mm 35mm 28mm; }"
MONO = ["Noto Sans Mono CJK SC", "Consolas", "monospace"]


def theme() -> Any:
    """The Gradio theme: deep blue for what acts, greys for the rest, light and dark."""
    import gradio as gr

    ink = gr.themes.Color(
        c50="#f2f6fb", c100="#e2ebf5", c200="#c5d6ea", c300="#9dbadb", c400="#6f97c5", c500="#4877ad",
        c600="#1f4e85", c700="#1b416e", c800="#183659", c900="#142b47", c950="#0d1c30", name="ink",
    )  # fmt: skip
    base = gr.themes.Base(
        primary_hue=ink, secondary_hue=ink, neutral_hue="slate", font=SANS, font_mono=MONO,
        text_size="md", spacing_size="md", radius_size="sm",
    )  # fmt: skip
    return base.set(
        body_background_fill="#eef1f5",
        body_background_fill_dark="#0f1620",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#17202c",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_title_text_weight="600",
        input_background_fill="#ffffff",
        input_background_fill_dark="#101822",
        input_border_width="1px",
        input_border_color="#c3ccd8",
        input_border_color_dark="#3a4758",
        input_border_color_focus="*primary_500",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_500",
        button_primary_text_color="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#1e2936",
        button_secondary_border_color="#c3ccd8",
        button_border_width="1px",
        button_large_radius="*radius_sm",
    )


@cache
def style() -> str:
    """The stylesheets."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("style.css", "rooms.css"))


@cache
def script(program: str) -> str:
    """For the head: the page's own few lines of script, the mark of the program, and the sheet it is printed on."""
    lines = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("page.js", "lost.js"))
    return f'<style>{PRINTED}</style><script>window.program = "{program}";\n{lines}</script>'


@cache
def login_style() -> str:
    """The stylesheet of the login page."""
    return (HERE / "login.css").read_text(encoding="utf-8")
