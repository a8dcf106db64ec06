"""How good the data are: whose files, how old, what is wrong, what does not join, what is provisional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.model import WHOLE_LANDLORD, Audience
from dashboard import words
from dashboard.charts.chart import Cell, Table
from dashboard.charts.quality import joins_table, scores_table
from dashboard.evidence.blocks import Block, Heading, Note, Paragraph, TableBlock
from dashboard.evidence.material import Material
from dashboard.how import quality as how
from dashboard.words.complaints import STAGE_TWO
from dashboard.words.files import british_moment, left_out
from dashboard.words.quality import HOW_SCORED
from dashboard.words.safety import expected
from data.columns.kinds import kinds
from data.hazard_law import hazard_law
from data.joining import join_counts, stale_homes
from data.owners import Charge, Owners
from data.quality import Alert, KindQuality, Origin, alerts, lineage, quality
from data.registers import is_provisional, provisional_note, register_note, register_year

NOTHING_WRONG = "Nothing is to be seen to: no file is late, no fault stands, every reference joins."
NO_HOMES = "No list of homes is held, so no row can be joined to a home."
NOT_HELD = "Not held, so nothing in this document rests on them: {names}."
OWNERS_INSIDE = "Who owns each file is told to the landlord's own people and the regulator."
FILES_INSIDE = "Files are named to the landlord's own people and the regulator, not to the public."
NOTHING_PROVISIONAL = "No rule used in this document is provisional."
FILE_HEADINGS = ("File", "Owner", "Rows", "Last came in", "State")
FAULT_HEADINGS = ("File", "What is wrong, and what to do", "Rows", "Owner", "By")
SHORT_HEADINGS = ("File", "What is wrong", "Rows", "Owner", "To be put right by")
ROW_HEADINGS = ("File", "Holds", "Came in", "Rows in", "Rows kept", "Left out, and why")
OWNER = "Owner"
MOST_FILES = 30  # whose rows are printed
MOST_FAULTS, MOST_IN_SHORT = 30, 12  # that are printed
WHOLE_FILE = "all"


def blocks(material: Material) -> tuple[Block, ...]:
    """The data as they stand on the day of the pack."""
    charges = Owners(material.folder).charges()
    found = quality(material.generation, charges, material.today)
    held = [kind for kind in found if kind.taken is not None or kind.rows]
    return (
        *_files(material, held, [kind for kind in found if kind not in held]),
        *_faults(material, charges, held),
        *_joins(material, held),
        *_left_out(material, held),
        *_provisional(material),
    )


def _about(material: Material) -> tuple[str, ...]:
    invented = " Invented data: no real landlord's." if material.invented else ""
    return (f"As held on {words.british_date(material.today)}, of every wave and the whole landlord.{invented}",)


def _named(material: Material, table: Table) -> Table:
    """The table, without its owners where it is for the public: an owner may be a person."""
    if material.asked.audience is not Audience.PUBLIC:
        return table
    keep = [n for n, heading in enumerate(table.headings) if heading != OWNER]
    kept = [n for n, heading in enumerate(table.file_headings) if heading != OWNER.lower()]
    return Table(
        tuple(table.headings[n] for n in keep),
        tuple(tuple(row[n] for n in keep) for row in table.rows),
        tuple(table.file_headings[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in table.file_rows),
    )


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


def _files(material: Material, held: Sequence[KindQuality], missing: Sequence[KindQuality]) -> Iterator[Block]:
    yield Heading("Files, their owners and their age", 2)
    if missing:
        yield Paragraph(NOT_HELD.format(names=words.listed([kind.label.lower() for kind in missing], most=12)))
    if material.asked.audience is Audience.PUBLIC:
        yield Paragraph(OWNERS_INSIDE)
    made, about = how.of_files([kind.kind for kind in held]), _about(material)
    table = _named(material, _files_table(held))
    yield TableBlock(
        "quality-files", "Each kind of file: whose it is, and when it last came in", table, about, how=made
    )
    yield TableBlock(
        "quality-scores",
        "How good each kind of file is",
        scores_table(held),
        (*about, HOW_SCORED),
        ("completeness", "freshness", "validity", "uniqueness", "joinability"),
        made,
        material.in_full,
    )


def _files_table(held: Sequence[KindQuality]) -> Table:
    return Table(
        headings=FILE_HEADINGS,
        rows=tuple(
            (
                kind.label,
                kind.owner,
                words.count(kind.rows),
                words.NOTHING if kind.taken is None else words.british_date(kind.taken),
                _state(kind),
            )
            for kind in held
        ),
        file_headings=("file", "owner", "rows", "last came in", "next due", "late since"),
        file_rows=tuple(
            (
                kind.label,
                kind.owner,
                kind.rows,
                None if kind.taken is None else kind.taken.isoformat(),
                kind.next_due.isoformat(),
                kind.missed[0].isoformat() if kind.late else None,
            )
            for kind in held
        ),
    )


def _state(kind: KindQuality) -> str:
    if kind.late:
        return f"Late: was due {words.british_date(kind.missed[0])}"
    return f"Next due {words.british_date(kind.next_due)}"


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────


def _faults(material: Material, charges: tuple[Charge, ...], held: Sequence[KindQuality]) -> Iterator[Block]:
    yield Heading("What is known to be wrong", 2)
    if material.asked.audience is Audience.PUBLIC:
        yield Paragraph(FILES_INSIDE)
        return
    found = alerts(material.generation, charges, material.today)
    if not found:
        yield Paragraph(NOTHING_WRONG)
        return
    late = sum(alert.overdue for alert in found)
    owners = len({alert.owner for alert in found})
    overdue = f", {words.count(late)} of them overdue" if late else ""
    yield Paragraph(
        f"{words.people(len(found), 'thing is', 'things are')} to be put right{overdue}, by "
        f"{words.people(owners, 'owner', 'owners')}."
    )
    made, about = how.of_faults([kind.kind for kind in held]), _about(material)
    remedies = material.in_full and material.asked.audience is Audience.INTERNAL
    most = MOST_FAULTS if material.in_full else MOST_IN_SHORT
    title = "What is to be put right, the overdue first"
    table = _named(material, _faults_table(found, remedies, material.asked.audience))
    yield TableBlock("quality-faults", title, table, about, (), made, len(found) <= most)
    if len(found) > most:
        first = _named(material, _faults_table(found[:most], remedies, material.asked.audience))
        yield TableBlock("quality-faults-first", f"{title}: the first {words.count(most)}", first, about, (), made)


def _faults_table(found: Sequence[Alert], full: bool, audience: Audience) -> Table:
    """What is wrong, and where ``full`` what to do about it too; remedies stay inside."""
    inside = audience is Audience.INTERNAL
    return Table(
        headings=FAULT_HEADINGS if full else SHORT_HEADINGS,
        rows=tuple(
            (
                alert.label,
                f"{alert.what} {alert.remedy}" if full else alert.what,
                WHOLE_FILE if alert.rows is None else words.count(alert.rows),
                alert.owner,
                f"{words.british_date(alert.due)}{' (overdue)' if alert.overdue else ''}",
            )
            for alert in found
        ),
        file_headings=("file", "what", "rows", "owner", "due", "overdue", *(("remedy",) if inside else ())),
        file_rows=tuple(
            (
                *(alert.label, alert.what, alert.rows, alert.owner, alert.due.isoformat()),
                *("yes" if alert.overdue else "no", *((alert.remedy,) if inside else ())),
            )
            for alert in found
        ),
    )


def _joins(material: Material, held: Sequence[KindQuality]) -> Iterator[Block]:
    yield Heading("What does not join to a home", 2)
    if not material.generation.held_rows()["homes"]:
        yield Paragraph(NO_HOMES)
        return
    if old := stale_homes(material.generation):
        yield Note(old)
    counts = join_counts(material.generation, WHOLE_LANDLORD)
    labels = {kind.kind: kind.label for kind in held}
    mine = {kind: found for kind, found in counts.items() if kind in labels and kind != "homes"}
    lost = {labels[kind]: found["none"] for kind, found in mine.items() if found.get("none")}
    told = ", ".join(f"{name} {words.count(n)}" for name, n in lost.items())
    yield Paragraph(
        f"Rows that name a home or tenancy we do not hold: {told}." if lost else "Every row that names a home joins."
    )
    made, table = how.of_joins(list(mine)), joins_table(mine, labels)
    yield TableBlock("quality-joins", "How rows join to homes", table, _about(material), (), made, material.in_full)


# ── Rows left out, and what is provisional ───────────────────────────────────────────────────────


def _left_out(material: Material, held: Sequence[KindQuality]) -> Iterator[Block]:
    yield Heading("Rows that were left out, and why", 2)
    if material.asked.audience is Audience.PUBLIC:
        yield Paragraph(FILES_INSIDE)
        return
    labels = {each.key: each.label for each in kinds()}
    files = [origin for kind in held for origin in lineage(material.generation, kind.kind)]
    if not files:
        yield Paragraph("No file of these data remembers how many rows it had.")
        return
    made = how.of_rows([kind.kind for kind in held])
    gone = sum(sum(each.left_out.values()) for each in files)
    rows, kept = (words.people(n, "row", "rows") for n in (gone, sum(each.rows_kept for each in files)))
    yield Paragraph(f"{rows} left out and {kept} kept, of {words.people(len(files), 'file', 'files')}.")
    table = Table(
        headings=ROW_HEADINGS,
        rows=tuple(_row(each, labels) for each in files),
        file_headings=("file", "holds", "came in", "rows in", "rows kept", "left out"),
        file_rows=tuple(_file_row(each, labels) for each in files),
    )
    printed = material.in_full and len(files) <= MOST_FILES
    yield TableBlock("quality-rows", "Each file's rows in and kept", table, _about(material), (), made, printed)


def _row(found: Origin, labels: dict[str, str]) -> tuple[str, ...]:
    gone = left_out(found.left_out) if found.left_out else "none"
    numbers = (words.count(found.rows_in), words.count(found.rows_kept))
    return (found.file, labels.get(found.holds, found.holds), british_moment(found.taken), *numbers, gone)


def _file_row(found: Origin, labels: dict[str, str]) -> tuple[Cell, ...]:
    gone = left_out(found.left_out) if found.left_out else ""
    return (found.file, labels.get(found.holds, found.holds), found.taken, found.rows_in, found.rows_kept, gone)


def _provisional(material: Material) -> Iterator[Block]:
    """What rests on rules or lists that nobody has checked yet."""
    yield Heading("What is provisional, or still to be checked", 2)
    ended = material.wave.fieldwork_to
    year = register_year(ended)
    notes = [
        register_note(ended),
        provisional_note(year) if is_provisional(year) else "",
        *(f"Awaab's Law: {expected(phase)}" for phase in hazard_law().phases if expected(phase)),
        STAGE_TWO,
    ]
    told = [note for note in dict.fromkeys(notes) if note]
    yield from map(Paragraph, told)
    if not told:
        yield Paragraph(NOTHING_PROVISIONAL)
