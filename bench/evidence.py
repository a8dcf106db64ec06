"""How long a document of 30 pages with 25 charts and 20 tables takes, in each format and in all, and how much memory.

The figures are real Findings: 20,000 made-up respondents × 12 measures × 25 estates in two waves. Each turn is a
document whose every label is another, so that nothing of an earlier turn can be used again. Baselines: python-docx
writing the same words and tables without a chart and, where Chromium is found, Chromium printing the same words, tables
and charts (as Plotly draws them) to a tagged PDF. Memory is that of a process that does nothing else. Where a machine
has other work its clock says little: seconds of the processor are given beside it.
Run: python -m bench.evidence
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from statistics import median

import docx
from pypdf import PdfReader

from analysis.model import WHOLE_LANDLORD, Findings, Question
from bench.page import made_responses, published
from dashboard.answers import answer
from dashboard.charts import intervals
from dashboard.charts.answers import answer_bars
from dashboard.charts.chart import Chart, Series, Table
from dashboard.drawing.on_screen import draw
from dashboard.evidence.as_csv import as_csv
from dashboard.evidence.as_docx import as_docx
from dashboard.evidence.as_pdf import as_pdf, previews
from dashboard.evidence.as_xlsx import as_xlsx
from dashboard.evidence.blocks import Block, Document, Figure, Heading, Paragraph, TableBlock
from dashboard.evidence.bundle import zipped
from dashboard.evidence.parts.measures import measures
from dashboard.look import LIGHT

RESPONDENTS, TURNS = 20_000, 5
PDF_ASKED, ALL_ASKED, MEMORY_ASKED = 1.5, 10.0, 400  # seconds, seconds, megabytes
CHARTS, TABLES = 25, 20
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLOCK = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def findings(folder: Path) -> Findings:
    """What the made-up respondents said, by estate, compared with the wave before."""
    generation = published(made_responses(RESPONDENTS), folder)
    found = answer(Question("2025", "LCRA", WHOLE_LANDLORD, "2024", breakdown="estate"), generation, 10)
    generation.close()
    return found


def document(found: Findings) -> Document:
    """A document of the measures and, for each, its estates and how the answers fell: 25 charts and 20 tables."""
    blocks: list[Block] = [Heading("What tenants said"), Heading("Renters", 2), *measures(found)]
    about = ("Shown for: 2025", "Made-up respondents")
    blocks.append(Heading("Measure by measure"))
    for number, measure in enumerate(found.measures):
        code = measure.code.lower()
        name = f"{measure.code} {measure.title}"
        dots = intervals.group_dots(found.groups[measure.code], found.headline[measure.code], name, *about, "Estate")
        fell = answer_bars(found.distributions[measure.code][:9], measure, f"{name}: answers", *about)
        blocks += [Heading(name, 2), Paragraph(f"How {name.lower()} stands on each estate, and how the answers fell.")]
        blocks += [Figure(f"{code}-estates", dots, ("share", "low", "high")), Figure(f"{code}-answers", fell)]
        blocks.append(TableBlock(f"{code}-table", f"{name} by estate", dots.table, about, ("share", "low", "high")))
        if number < TABLES - 13:
            blocks.append(TableBlock(f"{code}-fell", f"{name}: the five answers", fell.table, about))
    return Document("A benchmark", "25 charts, 20 tables", "A made-up landlord", CLOCK, tuple(blocks), stem="bench")


def another(made: Document, turn: int) -> Document:
    """The same document with another label everywhere."""

    def table(given: Table) -> Table:
        return replace(given, rows=tuple((f"{row[0]} {turn}", *row[1:]) for row in given.rows))

    def series(given: Series) -> Series:
        return replace(given, marks=tuple(replace(mark, label=f"{mark.label} {turn}") for mark in given.marks))

    def chart(given: Chart) -> Chart:
        return replace(given, series=tuple(map(series, given.series)), table=table(given.table))

    def block(given: Block) -> Block:
        if isinstance(given, Figure):
            return replace(given, chart=chart(given.chart))
        if isinstance(given, TableBlock):
            return replace(given, table=table(given.table))
        return replace(given, text=f"{given.text} {turn}")

    return replace(made, blocks=tuple(map(block, made.blocks)))


def timed(job: Callable[[Document], object], made: Document) -> tuple[float, float, float]:
    """Seconds of the first turn, and the medians of the turns after it: by the clock, and of the processor."""
    taken = []
    for turn in range(TURNS + 1):
        one = another(made, turn)
        start, worked = time.perf_counter(), time.process_time()
        job(one)
        taken.append((time.perf_counter() - start, time.process_time() - worked))
    by_clock, of_processor = zip(*taken[1:], strict=True)
    return taken[0][0], median(by_clock), median(of_processor)


def plain_word(made: Document) -> bytes:
    """The baseline: words and tables by python-docx and nothing else."""
    word = docx.Document()
    for block in made.blocks:
        if isinstance(block, TableBlock):
            table = word.add_table(rows=0, cols=len(block.table.headings))
            for row in (block.table.headings, *block.table.rows):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif not isinstance(block, Figure):
            word.add_paragraph(block.text)
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def printed(made: Document) -> float | None:
    """Seconds Chromium takes to print the same words, tables and charts; None where there is none."""
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page()
        start = time.perf_counter()
        page.set_content("".join(_as_html(made)), wait_until="load")
        page.wait_for_function(f"document.querySelectorAll('.main-svg').length >= {CHARTS}")
        page.pdf(tagged=True)
        taken = time.perf_counter() - start
        browser.close()
    return taken


def _as_html(made: Document):
    first: bool | str = True
    for block in made.blocks:
        if isinstance(block, Figure):
            yield draw(block.chart, LIGHT).to_html(full_html=False, include_plotlyjs=first)
            first = False
        elif isinstance(block, TableBlock):
            for row in (block.table.headings, *block.table.rows):
                yield f"<table><tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr></table>"
        else:
            yield f"<p>{escape(block.text)}</p>"


def alone(made: Document, sent) -> None:
    """All formats in a process of its own: seconds from its first moment, and the most memory it took."""
    start, worked = time.perf_counter(), time.process_time()
    size = len(zipped(made))
    sent.send((time.perf_counter() - start, time.process_time() - worked, size, most_memory()))


def most_memory() -> float:
    """The most memory this process has taken, in megabytes; where there is no /proc, what it inherited counts too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_a_process(made: Document) -> tuple[float, float, int, float]:
    """What ``alone`` says of a fresh process."""
    fresh = multiprocessing.get_context("spawn")
    receives, sends = fresh.Pipe(duplex=False)
    process = fresh.Process(target=alone, args=(made, sends))
    process.start()
    found = receives.recv()
    process.join()
    return found


FORMATS: dict[str, Callable[[Document], object]] = {
    "PDF": as_pdf,
    "Word": as_docx,
    "workbook": as_xlsx,
    "CSV": as_csv,
    "previews": previews,
}


def main() -> int:
    """Print each format's time, all of them in one process of its own, and the ratios to the baselines."""
    with tempfile.TemporaryDirectory() as folder:
        made = document(findings(Path(folder)))
    pages = len(PdfReader(io.BytesIO(as_pdf(made))).pages)
    print(f"{pages} pages, {len(made.figures)} charts, {len(made.tables)} tables")
    _, plain, plain_worked = timed(plain_word, made)
    print(f"baseline, python-docx, words and tables alone: {plain:.2f} s; {plain_worked:.2f} s of the processor")
    pdf = (0.0, 0.0)
    for name, job in FORMATS.items():
        first, warm, worked = timed(job, made)
        pdf = (warm, worked) if name == "PDF" else pdf
        ratio = f"{worked / plain_worked:.2f} times the baseline's"
        print(f"{name}: first {first:.2f} s, warm {warm:.2f} s; {worked:.2f} s of the processor, {ratio}")
    seconds, worked, size, memory = in_a_process(made)
    told = f"{seconds:.1f} s; {worked:.1f} s of the processor; {size / 1e6:.1f} MB, at most {memory:.0f} MB of memory"
    print(f"all formats in a fresh process: {told}")
    browser = printed(made)
    if browser is not None:
        print(f"baseline, Chromium printing the same: {browser:.1f} s; our PDF takes {pdf[0] / browser:.2f} of it")
    print(f"asked: PDF {PDF_ASKED} s warm, all {ALL_ASKED:.0f} s, {MEMORY_ASKED} MB")
    for how, one, every in zip(("by the clock", "of the processor"), pdf, (seconds, worked), strict=True):
        missed = one > PDF_ASKED or every > ALL_ASKED or memory > MEMORY_ASKED
        print(f"{how}: {'MISSED' if missed else 'met'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
