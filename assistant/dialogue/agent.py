"""The chat model at work: a LangChain agent whose only tools are our search and our figures.

The question goes out masked; what comes back is checked citation by citation before the clerk sees it.
"""

from datetime import date

from assistant.errors import ModelFault
from assistant.law.citations import cite
from assistant.model.chat import model_faults, open_chat_model
from assistant.model.hiding import hide
from assistant.model.prompts import load_prompt
from assistant.pipeline import Assistant

PROMPT = "answer_question"


def ask_model(assistant: Assistant, question: str) -> str:
    """The model's answer, its citations checked. Raises ModelFault where it fails or cites what is not law."""
    from langchain.agents import create_agent
    from langchain_core.tools import tool

    @tool
    def search_law(query: str) -> str:
        """按问题检索现行条文和已公开的年度报告，返回出处和原文。"""
        return "\n\n".join(f"{hit.ref}\n{hit.text}" for hit in assistant.search(query).hits) or "没有查到。"

    @tool
    def report_figures(query: str) -> str:
        """从已公开的年度报告表格里查数字，问题里写明机关、年度和项目。"""
        found = assistant.figures(query)
        return found.text if found else "报告表格里没有这个数字。"

    prompt = load_prompt(assistant.settings.prompts_dir, PROMPT)
    hidden = hide([question])
    with model_faults(assistant.settings):
        model = open_chat_model(assistant.settings)
        if model is None:
            raise ModelFault("没有设置对话模型。请在 assistant.toml 里填写 chat_model。")
        agent = create_agent(model, [search_law, report_figures], system_prompt=prompt.system)
        message = {"role": "user", "content": prompt.fill({"question": hidden.texts[0]})}
        state = agent.invoke({"messages": [message]}, {"recursion_limit": 12})
        text = hidden.restore(state["messages"][-1].text)
    _refuse_wrong_law(assistant, text)
    return text


def _refuse_wrong_law(assistant: Assistant, text: str) -> None:
    # What is cited of a contract or a bid is nobody's law and nothing to hold against the answer.
    found = cite(text, assistant.statutes, date.today())
    wrong = [one.text for one in found if one.status != "ok" and one.why != "private"]
    if wrong or not text.strip():
        what = f"引用了不存在或者失效的条文（{'、'.join(wrong)}）" if wrong else "给出了空的回答"
        raise ModelFault(f"对话模型{what}，已弃用其回答。")
