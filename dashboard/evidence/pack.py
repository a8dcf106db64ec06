"""A pack: the parts asked for, as one document, in every format, with what says how it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import words
from dashboard.evidence import manifest, together
from dashboard.evidence.archive import archived
from dashboard.evidence.blocks import Block, Document, Heading, Paragraph, named
from dashboard.evidence.bundle import files
from dashboard.evidence.material import Material
from dashboard.evidence.sections import section
from dashboard.evidence.whose import landlord_of
from dashboard.evidence.whose import named as named_for
from data.packs import pack_kind

Progress = Callable[[float, str], None]  # how far (0 to 1), and what is being done
HOW_MADE = "lineage"  # the part to which every figure leads
BESIDES = "More figures of this part stand in the workbook and as CSV files. {kept}."
INVENTED = "Invented data: no real landlord's"
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
    kept = [f"{name}: {block.title}" for name, block in named(blocks) if id(block) in mine and not block.printed]
    return (Paragraph(BESIDES.format(kept="; ".join(kept))),) if kept else ()


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


def _facts(material: Material) -> list[tuple[str, str]]:
    """What stands on the cover."""
    asked = material.asked
    told = [
        ("Of", asked.wave),
        ("For", str(asked.audience)),
        ("Known on", words.british_date(material.today)),
        ("Tenants", ", ".join(words.group_of(group) for group in material.groups)),
        ("Generation", material.generation.fingerprint),
    ]
    return [*told, *([("Note", INVENTED)] if material.invented else [])]
