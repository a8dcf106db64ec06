"""Tables of what was found in letters: the letters, and every wording with its owner and action. No author in any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model.letters import REPLY, TEMPLATE
from dashboard.charts.chart import Table
from dashboard.words import count
from dashboard.words.letters import ASIDE_NAMES, WHOLE, age_words, letter_name
from data.letters.kept import KeptLetter

BY_KIND = ("Kind of wording", "In templates", "In replies")
LETTERS = ("Letter", "Kind", "Sent in 12 months", "Reading age", "Long sentences", "Doer not said", "Wordings")
FINDINGS = (
    "Letter", "Kind of letter", "Place", "Kind of wording", "Words found", "In the sentence", "Why", "Source",
    "Say instead", "Owner", "Action", "State", "Reason", "Decided by (name as given)", "Set aside because",
)  # fmt: skip


def kinds_table(kept: Sequence[KeptLetter], titles: Mapping[str, str]) -> Table:
    """How many wordings of each kind stand in templates and in replies."""
    rows = []
    for kind, title in titles.items():
        per = [
            sum(finding.kind == kind for each in kept if each.read.kind == of for finding in each.read.findings)
            for of in (TEMPLATE, REPLY)
        ]
        rows.append((title, *per))
    shown = tuple((title, *(count(n) for n in per)) for title, *per in rows)
    return Table(BY_KIND, shown, BY_KIND, tuple(rows))


def letters_table(kept: Sequence[KeptLetter]) -> Table:
    """Each letter with its reading age; templates first."""
    read = [each.read for each in kept if not each.read.skipped]
    shown = tuple(
        (
            letter_name(each),
            each.kind,
            count(each.volume) if each.volume is not None else "not known",
            age_words(each.age),
            count(each.long_sentences),
            f"{count(each.passive)} of {count(each.age.sentences)}",
            count(len(each.findings)),
        )
        for each in read
    )
    rows = tuple(
        (
            letter_name(each),
            each.kind,
            each.volume,
            each.age.value if each.age.value is not None else each.age.withheld,
            each.long_sentences,
            each.passive,
            len(each.findings),
        )
        for each in read
    )
    return Table(LETTERS, shown, LETTERS, rows)


def findings_table(kept: Sequence[KeptLetter], titles: Mapping[str, str]) -> Table:
    """Every wording found, templates first, what is set aside with its reason."""
    rows = []
    for each in kept:
        for finding in (*each.read.findings, *each.read.asides):
            now = each.standing(finding)
            rows.append(
                (
                    letter_name(each.read),
                    each.read.kind,
                    finding.place,
                    titles.get(finding.kind, finding.kind),
                    finding.phrase or WHOLE,
                    finding.sentence,
                    finding.why,
                    finding.source,
                    finding.plainer,
                    now.owner,
                    now.action,
                    now.state,
                    now.note,
                    now.who,
                    ASIDE_NAMES.get(finding.aside, ""),
                )
            )
    return Table(FINDINGS, tuple(tuple(map(str, row)) for row in rows), FINDINGS, tuple(rows))
