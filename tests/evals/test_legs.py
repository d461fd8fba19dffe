"""The product with a part left out really lacks that part, and is otherwise the product."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.retrieval.filters import EVERYTHING
from assistant.retrieval.legs import Asked, by_name, by_vectors
from assistant.retrieval.search import search
from evals.labelled import LABELLED_ON, LabelledQuestion
from evals.legs import LEFT_OUT, index_without, product, vectors_only, without

ASKED = "第三方一直不回复怎么办，要等多久"
NAMED = "条例第三十六条讲的什么"


def question(words: str) -> LabelledQuestion:
    """A question as a solver is given it."""
    return LabelledQuestion("q", words, (), "terse", "test")


def test_without_vectors_no_hit_was_found_by_them(assistant: Assistant, tmp_path: Path) -> None:
    """The words find something all the same."""
    hits = search(index_without("without_vectors", assistant, tmp_path), ASKED, 10, LABELLED_ON).hits
    assert hits
    assert {None} == {hit.trail.vectors for hit in hits}


def test_without_words_hits_stand_in_the_order_of_their_vectors(assistant: Assistant) -> None:
    """Each article once, at its best part; what only the words found is not there."""
    index = assistant.index
    asked = Asked(ASKED, LABELLED_ON, index.admitted(LABELLED_ON, EVERYTHING), 10)
    nearest, _ = by_vectors(index, asked)
    units = list(dict.fromkeys(int(index.units[at]) for at, _ in nearest))[:10]
    hits = vectors_only(index, ASKED, LABELLED_ON).hits
    assert [index.passages[index.heads[unit]].shown for unit in units] == [hit.text for hit in hits]


def test_the_words_have_their_weight_back_afterwards(assistant: Assistant) -> None:
    """Leaving a leg out once changes no later search."""
    before = assistant.search(ASKED, 10, LABELLED_ON)
    vectors_only(assistant.index, ASKED, LABELLED_ON)
    assert before == assistant.search(ASKED, 10, LABELLED_ON)


def test_without_names_an_address_leads_nowhere_by_itself(assistant: Assistant, tmp_path: Path) -> None:
    """The whole index knows where the article stands."""
    asked = Asked(NAMED, LABELLED_ON, assistant.index.admitted(LABELLED_ON, EVERYTHING), 10)
    assert by_name(assistant.index, asked)
    assert [] == by_name(index_without("without_names", assistant, tmp_path), asked)


def test_without_widening_lay_words_are_unknown_to_the_index(assistant: Assistant, tmp_path: Path) -> None:
    """Neither the terms nor the vectors hold them; the passages are the same."""
    bare = index_without("without_widening", assistant, tmp_path)
    assert assistant.index.passages == bare.passages
    assert {} == bare.expansions
    words = " ".join(word for words in assistant.index.expansions.values() for word in words)
    told = {char for char in words if char in assistant.index.lexical.terms}
    printed = {char for passage in bare.passages for char in passage.text.lower()}
    assert told - printed
    assert set() == {char for char in told - printed if char in bare.lexical.terms}
    assert bare.dense is not None and bare.folder.is_relative_to(tmp_path)
    assert bare.manifest.vectors == assistant.index.manifest.vectors


@pytest.mark.parametrize("part", [part.key for part in LEFT_OUT])
def test_every_part_can_be_left_out(part: str, assistant: Assistant, tmp_path: Path) -> None:
    """Refusal rests on the words, so that without them it is not judged."""
    found = without(part, assistant, tmp_path, LABELLED_ON)(question(ASKED))
    assert 10 == len(found.units)
    assert (found.confident is None) == (part == "without_words")


def test_the_whole_product_is_the_production_search(assistant: Assistant) -> None:
    """Hit for hit."""
    hits = assistant.search(ASKED, 10, LABELLED_ON).hits
    found = product(assistant, LABELLED_ON)(question(ASKED))
    assert [hit.passage.ref for hit in hits] == [*found.parts]
    assert [len(hit.text) for hit in hits] == [*found.lengths]
    assert replace(found, confident=True) == found
