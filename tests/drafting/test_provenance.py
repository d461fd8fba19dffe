"""Every sentence says where it comes from: clauses, facts, provisions."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.compose import Composer
from assistant.drafting.draft import Block, Draft, Span
from assistant.drafting.provenance import Sentence, draft_to_json, sentences_of
from assistant.law.instruments import StatuteBook
from assistant.law.outcomes import Outcomes
from assistant.law.provisions import ProvisionRef
from tests.drafting.conftest import LETTERS, ON, composed


def sentence(draft: Draft, words: str) -> Sentence:
    """The one sentence that holds some words."""
    (found,) = [one for one in sentences_of(draft) if words in one.text]
    return found


@pytest.mark.parametrize("letter", LETTERS)
def test_every_sentence_has_its_clause_and_stands_where_it_says(
    letter: str, composer: Composer, outcomes: Outcomes, statutes: StatuteBook
) -> None:
    """Put together the sentences are the letter; every clause exists, every fact is a slot, every provision living law."""
    draft = composed(letter, composer, outcomes)
    library = composer.library
    known = {f"{t.name}/{c.id}" for t in (*library.letters.values(), library.frame) for c in t.clauses}
    known |= {f"{letter}/title", f"{letter}/enclosures", "remedies/A", "remedies/B"}
    assert draft.text.replace("\n", "") == "".join(one.text for one in sentences_of(draft))
    for one in sentences_of(draft):
        assert one.text == draft.text[one.start : one.start + len(one.text)]
        assert one.clauses
        assert set(one.clauses) <= known
        assert set(one.facts) <= set(library.slots)
        assert {"ok"} >= {statutes.status(ProvisionRef.parse(ref), ON) for ref in one.provisions}


def test_a_decision_names_its_clause_its_fact_and_its_provision(
    composer: Composer, outcomes: Outcomes
) -> None:
    """The sentence of 第三十六条第（一）项."""
    found = sentence(composed("grant_published", composer, outcomes), "告知如下")
    assert ("grant_published/decision",) == found.clauses
    assert ("place",) == found.facts
    assert ("《政府信息公开条例》第三十六条第（一）项",) == found.provisions


def test_a_part_withheld_rests_on_its_own_ground(composer: Composer, outcomes: Outcomes) -> None:
    """Each part with the provision the clerk named for it."""
    found = sentence(composed("partial", composer, outcomes), "第5页会商意见一栏")
    assert ("《政府信息公开条例》第十六条第二款",) == found.provisions
    assert ("withheld",) == found.facts


def test_the_remedy_rests_on_the_review_law(composer: Composer, outcomes: Outcomes) -> None:
    """Its class is its clause, the names are facts."""
    found = sentence(composed("refuse_deliberative", composer, outcomes), "不服")
    assert ("remedies/A",) == found.clauses
    assert {"review_authority", "court"} <= set(found.facts)
    assert "《行政复议法》第二十三条第一款第（四）项" in found.provisions


def test_a_gap_is_told_with_its_sentence(composer: Composer, outcomes: Outcomes) -> None:
    """What is missing says where."""
    found = sentence(composed("grant_published", composer, outcomes, place=None), "告知如下")
    assert ("place",) == found.gaps


def test_the_json_is_whole_and_plain(composer: Composer, outcomes: Outcomes) -> None:
    """As `assistant draft --json` prints it."""
    found = json.loads(json.dumps(draft_to_json(composed("partial", composer, outcomes)), ensure_ascii=False))
    assert ("partial", ["partial"], True) == (found["outcome"], found["counted"], found["complete"])
    assert all(one["text"] == found["text"][one["start"] : one["end"]] for one in found["sentences"])


@given(texts=st.lists(st.text("甲乙。“”（）《》？", max_size=12), min_size=1, max_size=5))
def test_sentences_lose_nothing_whatever_stands_in_a_fact(texts: list[str]) -> None:
    """Unpaired marks, empty spans, stops anywhere."""
    spans = tuple(Span(text, "slot", f"fact{n}", "letter/clause") for n, text in enumerate(texts))
    draft = Draft("", "", "letter", ON, (Block("body", spans), Block("body", spans)), ())
    assert "".join(texts) * 2 == "".join(one.text for one in sentences_of(draft))
