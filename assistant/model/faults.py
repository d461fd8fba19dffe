"""What can go wrong between the office and its chat model, each told in one line of Chinese.

CallFault           a ModelFault that knows its kind: what to log, whether another try may help
Unfit               an answer that came but cannot be used; the model may mend it once

The server's own words are never shown or logged: some servers repeat what they were sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from assistant.errors import ModelFault
from assistant.settings import Settings

Kind = Literal[
    "no_address",
    "unreachable",
    "cut",
    "timeout",
    "rate_limited",
    "unauthorized",
    "no_such_model",
    "bad_request",
    "server_error",
    "no_answer",
    "refused",
    "truncated",
    "unfit",
    "endless",
    "resting",
]

# Another try may help with these; the others stay as they are until a person has seen to them.
PASSING: frozenset[Kind] = frozenset({"rate_limited", "server_error", "cut"})
# With these the next call would only wait in vain too.
LASTING: frozenset[Kind] = frozenset({"unreachable", "timeout", "unauthorized", "no_such_model"})

_WORDS: Mapping[Kind, str] = {
    "no_address": "没有填写服务地址；请在 assistant.toml 里填写 chat_base_url，不填写就不会向外发送任何内容",
    "unreachable": "连接不上；请检查服务是否在运行、chat_base_url 是否正确",
    "cut": "中途断开了连接；请检查服务是否稳定",
    "timeout": "没有在限定的时间内答完；可以在 [chat_calls] 里调大 timeout_seconds，或者换用较快的模型",
    "rate_limited": "请求过多，要求稍后再试（429）；可以在 [chat_calls] 里调小 concurrency",
    "unauthorized": "不接受所用的密钥（401 或 403）；请检查环境变量 OPENAI_API_KEY",
    "no_such_model": "服务上没有这个模型或者地址不对（404）；请检查 chat_model 和 chat_base_url",
    "bad_request": "服务不接受这种请求（400）；可能是材料过长，或者不支持所设的 structured_output（可用 json_schema、function_calling、json_mode）",
    "server_error": "服务内部出错；请查看模型服务自己的日志",
    "no_answer": "返回的不是对话模型的回答；请检查 chat_base_url 是否指向 OpenAI 兼容接口（一般以 /v1 结尾）",
    "refused": "拒绝回答这一件",
    "truncated": "回答没有写完就停了；请调大模型服务允许的输出长度",
    "unfit": "的回答不合要求（格式不对、引文不是原文，或者所引条文不是现行规定），要求改正后仍不合格，已弃用",
    "endless": "一直在检索，没有给出回答",
    "resting": "刚才接连没有回应，暂停使用一分钟",
}
# A name and password before the host of an address are nobody's to read.
_LOGIN = re.compile(r"//[^/@]*@")


class CallFault(ModelFault):
    """A call that gave nothing usable. `wait`: seconds the server asks to be left alone, where it says so."""

    def __init__(self, kind: Kind, settings: Settings, wait: float | None = None) -> None:
        where = f"（{_LOGIN.sub('//', settings.chat_base_url)}）" if settings.chat_base_url else ""
        super().__init__(f"对话模型 {settings.chat_model}{where}{_WORDS[kind]}。")
        self.kind = kind
        self.wait = wait


class Unfit(Exception):
    """Why an answer cannot be used, in words for the model; may quote the letter, so it is never logged."""


def fault_of(fault: Exception, settings: Settings) -> CallFault:
    """What an exception of the client library means for the office."""
    import httpx
    import openai
    import pydantic

    if isinstance(fault, pydantic.ValidationError):
        return CallFault("unfit", settings)
    if isinstance(fault, RecursionError):
        return CallFault("endless", settings)
    chain = tuple(_chain(fault))
    for one in chain:
        if isinstance(one, openai.APIStatusError):
            return CallFault(_kind_of(one.status_code), settings, _wait(one.response.headers))
    if any(isinstance(one, openai.LengthFinishReasonError) for one in chain):
        return CallFault("truncated", settings)
    if any(isinstance(one, openai.ContentFilterFinishReasonError) for one in chain):
        return CallFault("refused", settings)
    if any(isinstance(one, httpx.TimeoutException | openai.APITimeoutError) for one in chain):
        return CallFault("timeout", settings)
    if any(
        isinstance(one, httpx.ConnectError | httpx.UnsupportedProtocol | httpx.InvalidURL) for one in chain
    ):
        return CallFault("unreachable", settings)
    if any(isinstance(one, httpx.DecodingError) for one in chain):
        return CallFault("no_answer", settings)
    if any(isinstance(one, httpx.HTTPError) for one in chain):
        return CallFault("cut", settings)
    return CallFault("no_answer", settings)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    """An exception and what it came from."""
    while fault is not None:
        yield fault
        fault = fault.__cause__


def _kind_of(status: int) -> Kind:
    named: Mapping[int, Kind] = {
        401: "unauthorized",
        403: "unauthorized",
        404: "no_such_model",
        408: "timeout",
        429: "rate_limited",
    }
    return named.get(status, "server_error" if status >= 500 else "bad_request")


def _wait(headers: Mapping[str, str]) -> float | None:
    """Retry-After in seconds; None where it is absent or a date."""
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return None
