"""Each mutation puts exactly one kind of fault into a letter."""

import pytest

from assistant.law.instruments import StatuteBook
from evals.mutations import Mutation, mutations

HEAD = "你申请公开的信息经检索不存在。根据《中华人民共和国政府信息公开条例》第三十六条第（四）项规定："
QUOTE = "“经检索没有所申请公开信息的，告知申请人该政府信息不存在”。"
CHOICE = "如对本告知书不服，可以自知道或者应当知道本告知书之日起六十日内向县人民政府申请行政复议，也可以自知道或者应当知道本告知书之日起六个月内直接向县人民法院提起行政诉讼。"
FIRST = "如对本答复书不服，应当自知道或者应当知道本答复书之日起六十日内，先向县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内，再依法向县人民法院提起行政诉讼。"
LETTER = f"{HEAD}{QUOTE}\n{CHOICE}"


def of_kind(letter: str, kind: str, statutes: StatuteBook) -> list[Mutation]:
    """The mutations of one kind."""
    return [mutation for mutation in mutations(letter, statutes) if mutation.kind == kind]


def test_the_same_letter_gets_the_same_faults(statutes: StatuteBook) -> None:
    """Seeded by the letter itself."""
    assert mutations(LETTER, statutes) == mutations(LETTER, statutes)


def test_every_mutation_changes_the_letter(statutes: StatuteBook) -> None:
    """No fault that is none."""
    assert all(mutation.text != LETTER for mutation in mutations(LETTER, statutes))


def test_an_article_becomes_one_no_statute_has(statutes: StatuteBook) -> None:
    """Beyond the last article of the longest statute."""
    (mutation,) = of_kind(LETTER, "article", statutes)
    assert "》第三十六条" not in mutation.text
    assert mutation.text.endswith(CHOICE)


def test_a_ground_becomes_another_item_everywhere(statutes: StatuteBook) -> None:
    """第（四）项 becomes three other items in turn."""
    texts = {mutation.text for mutation in of_kind(LETTER, "ground", statutes)}
    assert 3 == len(texts)
    assert not any("第（四）项" in text for text in texts)


def test_one_character_of_a_statute_quotation_is_lost_or_changed(statutes: StatuteBook) -> None:
    """Outside the quotation the letter stays as it was."""
    lost, *changed = (mutation.text for mutation in of_kind(LETTER, "word", statutes))
    assert [len(LETTER) - 1, len(LETTER), len(LETTER)] == [len(text) for text in (lost, *changed)]
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
    assert words in of_kind(f"{HEAD}{QUOTE}\n{paragraph}", "remedy", statutes)[-1].text


def test_a_remedy_gets_an_old_limit_or_is_gone(statutes: StatuteBook) -> None:
    """Thirty days, three months, nothing."""
    texts = [mutation.text for mutation in of_kind(LETTER, "remedy", statutes)]
    assert "不服" not in texts[0]
    assert "三十日内" in texts[1]
    assert "三个月内" in texts[2]
