"""The textbook pipeline the product is measured against: splitter, embeddings, Chroma, all with defaults.

    python -m evals.textbook build STORE              the corpus and the training requests, embedded and stored
    python -m evals.textbook search STORE QUERY       load, similarity_search(k=5), print
    python -m evals.textbook classify STORE REQUEST   load, nearest training request, print its outcome

Same corpus, same model folder, same k. What a tutorial for LangChain and Chroma ends with.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_chroma import Chroma

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
MODEL = CORPUS / "model"
K = 5
BATCH = 5000


def open_store(folder: Path, collection: str) -> "Chroma":
    """A persistent collection with the shipped model folder as its embeddings."""
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=str(MODEL))
    return Chroma(collection, embedding_function=embeddings, persist_directory=str(folder))


def add_texts(
    store: "Chroma", texts: Sequence[str], metadatas: Sequence[dict[str, Any]] | None = None
) -> None:
    """Add texts in batches Chroma accepts."""
    for at in range(0, len(texts), BATCH):
        metadata = list(metadatas[at : at + BATCH]) if metadatas else None
        store.add_texts(list(texts[at : at + BATCH]), metadatas=metadata)


def corpus_files() -> list[Path]:
    """The law and the published reports."""
    return sorted([*(CORPUS / "laws").glob("*.md"), *(CORPUS / "reports").glob("*.md")])


def store_corpus(folder: Path) -> "Chroma":
    """The corpus files cut with the default splitter, embedded and stored; a chunk keeps where it begins."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    paths = corpus_files()
    documents = RecursiveCharacterTextSplitter(add_start_index=True).create_documents(
        [path.read_text(encoding="utf-8") for path in paths], [{"source": path.name} for path in paths]
    )
    store = open_store(folder, "corpus")
    add_texts(store, [doc.page_content for doc in documents], [doc.metadata for doc in documents])
    return store


def build(folder: Path) -> None:
    """The corpus, then the training requests."""
    store_corpus(folder)
    texts, outcomes = _training_requests()
    add_texts(open_store(folder, "requests"), texts, [{"outcome": outcome} for outcome in outcomes])


def search(folder: Path, query: str) -> str:
    """The five nearest chunks."""
    found = open_store(folder, "corpus").similarity_search(query, k=K)
    return "\n\n".join(f"{doc.metadata['source']}\n{doc.page_content}" for doc in found)


def classify(folder: Path, request: str) -> str:
    """The outcome of the nearest training request."""
    nearest = open_store(folder, "requests").similarity_search(request, k=1)
    return str(nearest[0].metadata["outcome"])


def _training_requests() -> tuple[list[str], list[str]]:
    from assistant.law.outcomes import load_outcomes
    from evals.labelled import load_requests

    train = [item for item in load_requests(load_outcomes(CORPUS / "rules")) if item.split == "train"]
    return [f"{item.request}\n{item.findings}" for item in train], [item.outcome for item in train]


def main(verb: str, store: str, *words: str) -> None:
    """One verb from the command line."""
    if verb == "build":
        build(Path(store))
    else:
        print({"search": search, "classify": classify}[verb](Path(store), words[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
