"""Finished letters are fetched once, by the session that made them."""

from assistant.web.downloads import HELD, LIFETIME, Downloads


class Clock:
    """A clock a test can set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_letter_is_fetched_once() -> None:
    """The second time there is nothing."""
    downloads = Downloads()
    token = downloads.leave("s", "a.docx", b"1")
    first = downloads.fetch("s", token)
    assert first is not None
    assert (b"1", "a.docx") == (first.data, first.name)
    assert downloads.fetch("s", token) is None


def test_another_session_gets_nothing() -> None:
    """Nor does it use the letter up."""
    downloads = Downloads()
    token = downloads.leave("mine", "a.docx", b"1")
    assert downloads.fetch("other", token) is None
    assert downloads.fetch(None, token) is None
    assert downloads.fetch("mine", token) is not None


def test_what_is_not_fetched_is_dropped() -> None:
    """After its time, and where too many wait."""
    clock = Clock()
    downloads = Downloads(clock)
    old = downloads.leave("s", "a.docx", b"1")
    clock.now = LIFETIME + 1
    assert downloads.fetch("s", old) is None
    tokens = [downloads.leave("s", "a.docx", b"1") for _ in range(HELD + 2)]
    assert downloads.fetch("s", tokens[0]) is None
    assert downloads.fetch("s", tokens[-1]) is not None


def test_tokens_cannot_be_guessed() -> None:
    """Long, and no two alike."""
    downloads = Downloads()
    tokens = {downloads.leave("s", "a.docx", b"") for _ in range(50)}
    assert 50 == len(tokens)
    assert min(map(len, tokens)) >= 40
