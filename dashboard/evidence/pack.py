"""A pack: the parts asked for, as one document, in every format, with what says how it was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.model import Audience
from dashboard import words
from dashboard.evidence import manifest, together
from dashboard.evidence.archive import archived
from dashboard.evidence.basis import own_version
from dashboard.evidence.blocks import Block, Document, Heading, Paragraph, named
from dashboard.evidence.bundle import files
from dashboard.evidence.material import Material
from dashboard.evidence.sections import section
from dashboard.evidence.whose import landlord_of, named_for
from dashboard.words.outward import outward
from data.packs import pack_kind
from data.registers import is_provisional, provisional_note, reporting_years

Progress = Callable[[float, str], None]  # how far (0 to 1), and what is being done
HOW_MADE = "lineage"  # the part to which every figure leads
BESIDES = "More figures of this part stand in the workbook and as CSV files. {kept}."
INVENTED = ("Invented data", "No real landlord's: every figure, name and word of a tenant here is made up.")
PROVISIONAL, SAID_ALREADY = "Provisional rules", "Provisional: "
FOR = {
    Audience.INTERNAL: "the landlord's own people; not to be passed on",
    Audience.REGULATOR: "the Regulator of Social Housing",
    Audience.PUBLIC: "anybody",
}
MOST_NAMED = 10  # figures of a part kept as data alone that are named one by one at its end
MAKING, WRITING, SEALING = 0.1, 0.6, 0.9  # how far a build is when parts begin, formats begin, and all are written


class Cancelled(BaseException):
    """The person who asked for a pack no longer wants it: raised by the progress handed in. Nothing is kept then.

    As KeyboardInterrupt it is no Exception: what mends every fault does not mend this.
    """


@dataclass(frozen=True)
class Pack:
    """A pack made: its document, its files by name (the manifest among them), and all of them as one archive."""

    document: Document
    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    archive: bytes

    @property
    def seal(self) -> str:
        """What the manifest is sealed with."""
        return str(self.manifest[manifest.SEAL])


def document_of(material: Material, progress: Progress) -> Document:
    """The document of a pack: each part asked for, in order."""
    asked, kind = material.asked, pack_kind(material.asked.kind)
    blocks = together.settled(material, lambda: _parts(material, progress))
    return Document(
        title=kind.title,
        subtitle=_subtitle(material),
        author=landlord_of(material),
        made=asked.clock,
        blocks=blocks,
        facts=tuple(_facts(material)),
        marks=tuple(_marks(material)),
        imprint=f"Made from generation {material.generation.fingerprint} by Tenant Voice {own_version()}.",
        stem=kind.key,
        appendix=next((section(key).title for key in asked.sections if key == HOW_MADE), ""),
        brief=kind.place,
    )


def _parts(material: Material, progress: Progress) -> tuple[Block, ...]:
    """The blocks of each part asked for, in order; a part may tell of those before it."""
    asked = material.asked
    blocks: tuple[Block, ...] = ()
    for number, key in enumerate(asked.sections):
        part = section(key)
        progress(MAKING + (WRITING - MAKING) * number / len(asked.sections), part.title)
        blocks += named_for(part.of(material, blocks), material)
        blocks += _kept_besides(blocks)
    return blocks


def _kept_besides(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What says that the part which ends these blocks has more figures in the workbook, where it has any."""
    begun = max(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1)
    mine = {id(block) for block in blocks[begun:]}
    kept: dict[str, list[str]] = {}  # the numbers of each title: tenure groups have tables of one title
    for name, block in named(blocks):
        if id(block) in mine and not block.printed:
            kept.setdefault(block.title, []).append(name.rpartition(" ")[2])
    told = [f"Data {_all_of(numbers)}: {title}" for title, numbers in kept.items()]
    if len(told) > MOST_NAMED:
        every = [number for numbers in kept.values() for number in numbers]
        told = [f"Data {min(every, key=int)} to {max(every, key=int)}, each with a title of its own"]
    return (Paragraph(BESIDES.format(kept="; ".join(told))),) if kept else ()


def _all_of(numbers: list[str]) -> str:
    """Numbers in a row.

    >>> _all_of(["21", "23", "24"]), _all_of(["21", "23"]), _all_of(["21"])
    ('21, 23 and 24', '21 and 23', '21')
    """
    return " and ".join(filter(None, (", ".join(numbers[:-1]), *numbers[-1:])))


def build(material: Material, progress: Progress) -> Pack:
    """Every file of a pack by its name. Raises CannotWrite where one of them cannot be made; there are none then."""
    document = document_of(material, progress)
    rests = manifest.counted(material, document)  # before further files ask for more
    progress(WRITING, "Writing every format")
    made = dict(files(document))
    with together.to_one_reader(material.given):
        for key in material.asked.sections:
            part = section(key)
            if part.files is not None:
                made.update(part.files(material))
    progress(SEALING, "Writing the manifest")
    said = manifest.of(material, document, made, rests)
    made[manifest.NAME] = manifest.written(said)
    archive = archived(made, document.made)
    progress(1.0, "Done")
    return Pack(document, made, said, archive)


def _subtitle(material: Material) -> str:
    place = ", ".join(value for _, values in material.asked.filters for value in values)
    return " · ".join(filter(None, (place, material.asked.wave)))


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    """What stands on the cover."""
    if material.asked.wave:
        yield "Survey", words.survey_sentence(material.wave)
    yield "Tenants", words.sentence_case(", ".join(words.group_of(group) for group in material.groups) or "none")
    yield "For", words.sentence_case(FOR[material.asked.audience])
    yield "Known on", words.british_date(material.today)


def _marks(material: Material) -> Iterator[tuple[str, str]]:
    """What nobody may miss: that data are invented, that rules are not settled."""
    if material.invented:
        yield INVENTED
    year = material.wave.reporting_year if material.asked.wave else ""
    if year in reporting_years() and is_provisional(year):
        note = outward(provisional_note(year), material.asked.audience)
        yield PROVISIONAL, words.sentence_case(note.removeprefix(SAID_ALREADY))
