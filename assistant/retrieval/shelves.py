"""What an office keeps besides the shipped corpus: published reports, and its own earlier replies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant import __version__
from assistant.ingest.annual.form import ReportForm
from assistant.ingest.annual.library import ReportLibrary, collect_reports, require_report
from assistant.ingest.annual.passages import cut_reports
from assistant.ingest.annual.records import kept_figures
from assistant.ingest.annual.report import Report
from assistant.ingest.files.folder import SetAside
from assistant.ingest.files.published import Published
from assistant.ingest.files.shelf import Progress, Shelf
from assistant.ingest.passages import Passage
from assistant.ingest.replies import cut_replies, read_replies
from assistant.law.instruments import StatuteBook


@dataclass(frozen=True)
class ReportShelf:
    """Published reports in any shape; `corpus` are the shipped ones, which are not repeated."""

    shelf: Shelf
    form: ReportForm
    corpus: tuple[Report, ...] = ()
    progress: Progress | None = None

    @property
    def digest(self) -> str:
        """Of the files."""
        return self.shelf.digest

    @cached_property
    def library(self) -> ReportLibrary:
        """The reports, read when they are first asked for, and what was set aside."""
        return collect_reports(self.shelf.read(self.progress), self.corpus, self.form)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """The corpus's reports and the office's, for their figures; the office's without their prose."""
        kept = self.shelf.texts / f"{self.shelf.digest}-{__version__}.figures"
        return (*self.corpus, *kept_figures(kept, lambda: self.library.reports))

    def require(self, published: Published) -> None:
        """Raises InputError where a file is no report that could be quoted."""
        require_report(published, self.form)

    def passages(self) -> Sequence[Passage]:
        """Sections and table rows."""
        return cut_reports(self.library.reports, self.form)


@dataclass(frozen=True)
class ReplyShelf:
    """Earlier replies; law they cite is judged as of `on`."""

    shelf: Shelf
    book: StatuteBook
    on: date
    progress: Progress | None = None

    @cached_property
    def digest(self) -> str:
        """Of the files and of what is living law: a reply has to be marked when its law dies."""
        if not self.shelf.files:
            return self.shelf.digest
        living = [f"{i.name} {i.effective_from}" for i in self.book.instruments if i.in_force(self.on)]
        return hashlib.sha256("\n".join([self.shelf.digest, *living]).encode()).hexdigest()[:16]

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Files that could not be read."""
        return tuple(one for one in self.shelf.read() if isinstance(one, SetAside))

    def require(self, published: Published) -> None:
        """Any letter that can be read may be kept."""

    def passages(self) -> Sequence[Passage]:
        """One a reply."""
        return cut_replies(read_replies(self.shelf.read(self.progress), self.book, self.on))
