"""Each mutation puts exactly one kind of fault into a letter."""

import random

import pytest

from assistant.law.instruments import StatuteBook
from evals.letter_mutations import MUTATORS, mutations
from evals.mutations import Mutation, Whole, wrong_remedy

HEAD = "你申请公开的信息经检索不存在。根据《中华人民共和国政府信息公开条例》第三十六条第（四）项规定："
QUOTE = "“经检索没有所申请公开信息的，告知申请人该政府信息不存在”。"
CHOICE = "如对本告知书不服，可以自知道或者应当知道本告知书之日起六十日内向县人民政府申请行政复议，也可以自知道或者应当知道本告知书之日起六个月内直接向县人民法院提起行政诉讼。"
FIRST = "如对本答复书不服，应当自知道或者应当知道本答复书之日起六十日内，先向县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，再依法向县人民法院提起行政诉讼。"
LETTER = f"{HEAD}{QUOTE}\n{CHOICE}"


def of_kind(letter: str, kind: str, statutes: StatuteBook) -> list[Mutation]:
    """The mutations of one kind."""
    made = [one for mutator in MUTATORS for one in mutator(Whole(letter), random.Random(7), statutes)]
    return [mutation for mutation in made if mutation.kind == kind]


def test_the_same_letter_gets_the_same_faults(statutes: StatuteBook) -> None:
    """Seeded by the letter itself."""
    assert mutations(Whole(LETTER), statutes) == mutations(Whole(LETTER), statutes)


def test_every_mutation_changes_the_letter(statutes: StatuteBook) -> None:
    """No fault that is none."""
    assert all(mutation.text != LETTER for mutation in mutations(Whole(LETTER), statutes))


def test_an_article_becomes_one_no_statute_has(statutes: StatuteBook) -> None:
    """Beyond the last article of the longest statute."""
    (mutation,) = of_kind(LETTER, "article", statutes)
    assert "》第三十六条" not in mutation.text
    assert mutation.text.endswith(CHOICE)


def test_a_ground_becomes_another_item_everywhere(statutes: StatuteBook) -> None:
    """第（四）项 becomes two other items in turn."""
    texts = {mutation.text for mutation in of_kind(LETTER, "ground", statutes)}
    assert 2 == len(texts)
    assert not any("第（四）项" in text for text in texts)


def test_one_character_of_a_statute_quotation_is_lost_or_changed(statutes: StatuteBook) -> None:
    """Outside the quotation the letter stays as it was."""
    lost, *changed = (mutation.text for mutation in of_kind(LETTER, "word", statutes))
    assert [len(LETTER) - 1, len(LETTER)] == [len(text) for text in (lost, *changed)]
    for text in (lost, *changed):
        assert text.startswith(HEAD) and text.endswith(CHOICE)


def test_quoted_words_of_the_applicant_are_left_alone(statutes: StatuteBook) -> None:
    """Only statute text must be verbatim."""
    assert [] == of_kind("你要求公开“二〇二二年村道养护合同”。", "word", statutes)


@pytest.mark.parametrize(
    ("paragraph", "words"),
    [(CHOICE, "先向县人民政府申请行政复议"), (FIRST, "六个月内直接向人民法院提起行政诉讼")],
)
def test_a_remedy_offers_the_other_road(paragraph: str, words: str, statutes: StatuteBook) -> None:
    """Free choice becomes review first, and the other way round."""
    letter, draws = Whole(f"{HEAD}{QUOTE}\n{paragraph}"), range(12)
    made = [one.text for seed in draws for one in wrong_remedy(letter, random.Random(seed), statutes)]
    assert any(words in text for text in made)


def test_a_remedy_gets_an_old_limit_or_is_gone(statutes: StatuteBook) -> None:
    """Thirty days, three months, nothing: each by lot."""
    made = [
        one.text for seed in range(12) for one in wrong_remedy(Whole(LETTER), random.Random(seed), statutes)
    ]
    assert any("不服" not in text for text in made)
    assert any("三十日内" in text for text in made)
    assert any("三个月内" in text for text in made)


FULL = """政府信息公开申请告知书
甲政公开〔2026〕3号
乙某：
本机关于2026年3月2日收到你当面提交的申请。你申请公开“村道合同”。
经检索档案室，没有找到。该信息不存在，附件共6页。
如不服，可以自知道之日起六十日内向甲县人民政府申请行政复议，也可以六个月内直接向甲县人民法院提起行政诉讼。
甲镇人民政府
2026年3月10日
"""
FACTS = {
    "applicant": "乙某",
    "search_record": "经检索档案室，没有找到",
    "agency": {"name": "甲镇人民政府", "review_authority": "甲县人民政府", "court": "甲县人民法院"},
}


@pytest.mark.parametrize("kind", ["part", "proof", "day", "data", "relic", "name", "figure", "remedy"])
def test_each_kind_of_fault_finds_its_place(kind: str, statutes: StatuteBook) -> None:
    """In a letter that has everything, each kind changes one stretch and leaves the rest."""
    whole = Whole(FULL, "unable.not_held", FACTS)
    made = [one for mutator in MUTATORS for one in mutator(whole, random.Random(3), statutes)]
    changed = [one for one in made if one.kind == kind]
    assert changed
    assert all(one.text != FULL for one in changed)
