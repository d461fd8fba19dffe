"""How fast requests are judged, letters written and reports read, and how near an index build comes to what the vector store can do."""

import json
import os
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

REQUESTS = 2_000
REPORTS = 120
PASSAGES = 12_000
REPEATS = 3
CORES = 2
# Requests a second a batch should reach.
AT_LEAST = 300.0


def rates() -> list[Mapping[str, Any]]:
    """Requests and reports a second, a letter's milliseconds, and an index build beside Chroma's own `add`."""
    from evals.letter_speed import letter_speed

    return [*_requests(), letter_speed(), _reports(), _build()]


def _requests() -> list[Mapping[str, Any]]:
    """A batch from table to workbook, on the cores there are and on one: read, judged, kept row by row, written."""
    from assistant.settings import Settings
    from assistant.triage.batch import classify_batch
    from assistant.triage.classifier import Classifier
    from evals.labelled import load_requests

    classifier = Classifier.load(Settings().corpus_dir)
    items = load_requests(classifier.outcomes)
    lines = [
        {"id": number, "request": item.request, "findings": item.findings}
        for number, item in enumerate(islice(cycle(items), REQUESTS))
    ]
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.xlsx"
        source.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        all_cores, one = (
            min(
                _seconds(partial(classify_batch, given, source, target, lambda *_: None))
                for _ in range(REPEATS)
            )
            for given in (classifier, replace(classifier, processes=1))
        )
    kept = judged(f"批量研判（{classifier.processes} 个进程，JSONL 到 XLSX）", REQUESTS / all_cores)
    alone = {"what": "批量研判（一个进程）", "n": REQUESTS, "judged_a_second": REQUESTS / one}
    return [kept, alone]


def judged(what: str, rate: float) -> Mapping[str, Any]:
    """Requests a second, and whether they are as many as the project wants."""
    return {
        "what": what,
        "n": REQUESTS,
        "judged_a_second": rate,
        "at_least": AT_LEAST,
        "holds": rate >= AT_LEAST,
    }


def _reports() -> Mapping[str, Any]:
    """Parse and audit of one-page text reports in every layout, a process on each core at the same time."""
    workers = min(os.cpu_count() or 1, CORES)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(timed_reports, range(workers)))
    return {
        "what": f"年度报告（{workers} 个进程）",
        "n": REPORTS * workers,
        "parsed_a_second": sum(REPORTS / parsing for parsing, _ in found),
        "parsed_and_audited_a_second": sum(REPORTS / (parsing + auditing) for parsing, auditing in found),
    }


def timed_reports(seed: int) -> tuple[float, float]:
    """Seconds to parse and to audit the reports of a seed, the best of three rounds each."""
    from assistant.ingest.annual.audit import load_auditor
    from assistant.ingest.annual.report import parse_report
    from assistant.settings import Settings

    texts, auditor = _texts(seed), load_auditor(Settings().corpus_dir / "rules")
    parsing, auditing = [], []
    for _ in range(REPEATS):
        began = time.perf_counter()
        reports = [parse_report(text) for text in texts]
        parsed = time.perf_counter()
        for report in reports:
            auditor.audit(report)
        parsing.append(parsed - began)
        auditing.append(time.perf_counter() - parsed)
    return min(parsing), min(auditing)


def _texts(seed: int) -> list[str]:
    from evals.report_document import document
    from evals.report_figures import KINDS, invent
    from evals.report_layouts import LAYOUTS, lay_out
    from evals.report_prose import write

    texts = []
    for number in range(REPORTS):
        rng = Random(f"{seed}-{number}")
        layout = LAYOUTS[rng.choice(sorted(LAYOUTS))]
        facts = invent(rng, rng.choice(KINDS[:4]), "usual", layout.form)
        texts.append(lay_out(document(write(facts, rng), *(layout.hybrid or (None, None))), layout, rng).text)
    return texts


def _build() -> Mapping[str, Any]:
    """Vectors are given to both: the build stores them, indexes the words, writes the passages and checks itself."""
    from assistant.retrieval import build
    from assistant.retrieval.embedding import load_embedder
    from assistant.retrieval.index import IndexPlace
    from assistant.retrieval.source import read_source, source_of
    from assistant.settings import Settings
    from evals.growth import grown
    from evals.limits import raw_collection

    settings = Settings()
    corpus = read_source(settings.corpus_dir)
    source = source_of(corpus.book, grown(corpus.passages, PASSAGES), corpus.expansions)
    model = settings.corpus_dir / "model"
    vectors = build.passage_vectors(source, load_embedder(model), lambda *_: None)
    ratios = []
    for _ in range(REPEATS):
        with TemporaryDirectory() as raw, TemporaryDirectory() as ours:
            alone = _seconds(partial(raw_collection(Path(raw)).add, vectors))
            made = _seconds(
                lambda at=Path(ours): build.build_index(IndexPlace(at, model), source, None, vectors)
            )
            ratios.append(alone / made)
    return {
        "what": "建索引（向量已有）与 Chroma add 之比",
        "n": len(vectors),
        "ratio": sorted(ratios)[len(ratios) // 2],
    }


def _seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
