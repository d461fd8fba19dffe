"""The web chat from the command line."""

import sys
from typing import Annotated

import typer

from assistant.cli.show import open_office


def serve(
    host: Annotated[str, typer.Option(help="监听地址；非本机地址须先设置登录。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。")] = 7860,
) -> None:
    """打开网页对话。"""
    from assistant.model.chat import unreachable
    from assistant.web.server import serve as serve_page

    assistant = open_office()
    fault = unreachable(assistant.settings)
    if fault:
        print(f"{fault}网页照常可用，研判和问答先用内置方式。", file=sys.stderr)
    serve_page(assistant, host, port)
