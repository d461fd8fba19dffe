"""Our search inside LangChain."""

from datetime import date

from assistant.retrieval.index import Index
from assistant.retrieval.langchain_retriever import as_retriever

ON = date(2026, 11, 23)


def test_documents_hold_the_article_and_its_address(index: Index) -> None:
    """Text as content, the JSON fields as metadata."""
    document = as_retriever(index, 2, ON).invoke("条例36条")[0]
    assert document.page_content.startswith("对政府信息公开申请")
    assert "《中华人民共和国政府信息公开条例》第三十六条" == document.metadata["ref"]
    assert "text" not in document.metadata


def test_a_chain_is_handed_nothing_that_does_not_answer(index: Index) -> None:
    """No documents where search is in doubt."""
    assert [] == as_retriever(index, 2, ON).invoke("红烧肉要炖多久才烂")
