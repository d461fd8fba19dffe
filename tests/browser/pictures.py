"""Pictures of the page for the tour, taken by the journeys where they are asked for.

`make tour` names the folder in TOUR_PICTURES; without it nothing is taken. A picture has few colours and stays small.
"""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = "TOUR_PICTURES"
COLOURS = 128
STILL = 350


def keep_picture(page: "Page", name: str) -> None:
    """What the window shows, as NAME.png in the folder of the tour."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return
    page.wait_for_timeout(STILL)
    taken = page.screenshot(animations="disabled", caret="hide")
    place = Path(folder) / f"{name}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(small(taken))


def small(picture: bytes) -> bytes:
    """The same picture in few colours: letters stay sharp, the file a third."""
    from PIL import Image

    shown = Image.open(io.BytesIO(picture)).convert("RGB")
    drawn = io.BytesIO()
    few = shown.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
