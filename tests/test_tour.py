"""The tour tells what was walked: every step has its journey, every picture was taken by one and is there."""

import re
from pathlib import Path

import pytest

from assistant.settings import ROOT

TOUR = ROOT / "docs" / "tour.zh-CN.md"
PICTURES = ROOT / "docs" / "screenshots" / "tour"
JOURNEYS = ROOT / "tests" / "browser"
LARGEST, ALL_TOGETHER = 150_000, 3_000_000

WORDS = TOUR.read_text(encoding="utf-8")
STEPS = re.split(r"^## ", WORDS, flags=re.M)[1:-1]


def journeys(words: str) -> list[str]:
    """The tests named in a part of the tour, as FILE::TEST."""
    return re.findall(r"<!-- journey: (\S+) -->", words)


def named() -> set[str]:
    """The pictures the tour shows."""
    return set(re.findall(r"\]\(screenshots/tour/([\w-]+)\.png\)", WORDS))


def test_every_step_has_its_journey_and_its_picture() -> None:
    """Nothing is told that no test walks, and nothing is told without being shown."""
    assert 12 <= len(STEPS)
    assert [] == [step.splitlines()[0] for step in STEPS if not journeys(step) or "![" not in step]


@pytest.mark.parametrize("journey", sorted(set(journeys(WORDS))))
def test_a_journey_the_tour_names_is_walked(journey: str) -> None:
    """The test is there under that name."""
    file, name = journey.split("::")
    assert f"def {name}(" in (JOURNEYS / file).read_text(encoding="utf-8")


def test_the_pictures_are_those_the_journeys_take() -> None:
    """Shown, taken and kept are the same."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in JOURNEYS.glob("test_*.py"))
    taken = set(re.findall(r'\.picture\("([\w-]+)"\)', sources))
    kept = {path.stem for path in PICTURES.glob("*.png")}
    assert taken == named()
    assert taken == kept


def test_the_pictures_stay_small() -> None:
    """Whoever clones the project fetches them."""
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert {} == {name: size for name, size in sizes.items() if size > LARGEST}
    assert sum(sizes.values()) <= ALL_TOGETHER


def test_the_readme_leads_to_the_tour() -> None:
    """A clerk finds it from the front page."""
    for name in ("README.md", "README.zh-CN.md"):
        assert "docs/tour.zh-CN.md" in Path(ROOT / name).read_text(encoding="utf-8")
