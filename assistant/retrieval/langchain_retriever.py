"""Our search as a LangChain retriever, for agent tools and for anyone's own chain."""

from datetime import date
from typing import TYPE_CHECKING

from assistant.law import china_time
from assistant.retrieval.index import Index
from assistant.retrieval.search import Hit, search

if TYPE_CHECKING:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever


def as_retriever(index: Index, k: int = 5, on: date | None = None) -> "BaseRetriever":
    """A retriever over an open index; without a day, law is asked for as of the day of each question.

    Documents hold the whole article as text and the fields of the command line's JSON as metadata. Where
    search is not confident there are no documents: a chain must not be handed what does not answer.
    """
    from langchain_core.retrievers import BaseRetriever

    class ProvisionRetriever(BaseRetriever):
        """Provisions in force and published facts."""

        def _get_relevant_documents(
            self, query: str, *, run_manager: "CallbackManagerForRetrieverRun"
        ) -> "list[Document]":
            result = search(index, query, k, on or china_time.today())
            return [_document(hit) for hit in result.hits] if result.confident else []

    return ProvisionRetriever()


def _document(hit: Hit) -> "Document":
    from langchain_core.documents import Document

    fields = hit.to_json()
    return Document(page_content=fields.pop("text"), metadata=fields)
