"""How figures are made, in the sentences the screen and every document share."""

from __future__ import annotations

from collections.abc import Collection, Mapping

OF_SHARES = (
    "Each share counts the two best of the five answers, out of everybody who gave one of the five. "
    "Not applicable, don't know, refused and blank are left out, as the regulator asks.",
    "The range beside a share is a 95% interval on the effective number of answers: Wilson's from 30 answers, Korn and "
    "Graubard's below. Where the number of homes is known, the finite population is taken into account; where weights "
    "were made to fit numbers of homes, so is that. Bars and whiskers draw the same range.",
    "A change is called a real change where its own 95% interval leaves out no change (Newcombe's method), and asked "
    "differently where the mix of methods moved by more than 10 points, which is our house rule. Groups looked at "
    "together are judged together (Benjamini and Hochberg).",
)
OF_SMALL_AREAS = (
    "An estate is drawn towards the mean of estates by empirical Bayes: beta-binomial where every answer counts alike, "
    "Fay and Herriot's model with REML where they are weighted. Its range allows for that mean and their spread "
    "being estimated; homes that answered count as fact.",
)
OF_SILENCE = (
    "Homes are the dwellings of this tenure group in the list of homes, empty ones too; garages and shops are not. "
    "Answers are those that count in the measures, at most one a household.",
    "No home and no person is ever listed here. A group of fewer homes than the smallest base has no share, and not "
    "even how many answered is told of it. Homes are divided by estate, tenure, age band, length of tenancy and "
    "property type; never by a special category.",
    "Usual is how many answers there would be if everyone invited (without an issued sample: every home) had been as "
    "ready to answer. By chance alone says how often luck would leave a group with so few or fewer, counted exactly; "
    "the verdict allows for looking at many groups. Where even no answer at all would be ordinary luck, it says too "
    "few to say.",
)


# ── For documents: what is ours, and where more is told ──────────────────────────────────────────

# By part of a document: the pages of the program's own documentation that say why its figures are made as they are.
DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    "summary": ("comparison",),
    "measures": ("intervals", "comparison", "scales", "periods"),
    "management": ("management",),
    "approach": ("weighting", "representation"),
    "return": ("management", "intervals"),
    "unheard": ("representation", "weighting"),
    "fair": ("fair-outcomes", "disclosure"),
    "places": ("small-areas", "funnel", "disclosure"),
    "sector": ("sector",),
    "spoken": ("text", "topics", "checking", "score-words"),
    "respect": ("stigma", "letters"),
    "strengths": ("strengths",),
    "complaints": ("complaints",),
    "safety": ("fair-outcomes", "complaints"),
    "withheld": ("disclosure",),
}


def more_in(*parts: str) -> str:
    """Where more is told of how the figures of some parts are made; "" where nowhere.

    >>> more_in("complaints"), more_in("glossary")
    ("Why it is done so: docs/method/complaints.md of the program's documentation.", '')
    """
    pages = dict.fromkeys(f"{page}.md" for part in parts for page in DOCUMENTS.get(part, ()))
    *first, last = pages or ("",)
    named = " and ".join(filter(None, (", ".join(first), last)))
    return f"Why it is done so: docs/method/{named} of the program's documentation." if pages else ""


OF_STAFF = ("respect", "spoken", "strengths", "brief")  # parts that may tell of one team
OF_CONTACTS = ("complaints",)  # parts that tell which contacts were offered a complaint
OF_COMMENTS = ("spoken", "respect", "strengths", "complaints", "brief")  # parts that tell what was read


def uses(parts: Collection[str], of: Collection[str]) -> bool:
    """Whether a document with these parts has one of those that something is told of.

    >>> uses(("measures", "return"), OF_COMMENTS), uses(("measures", "complaints"), OF_COMMENTS)
    (False, True)
    """
    return not set(parts).isdisjoint(of)


def house_rules(
    smallest_base: int,
    strict_base: int,
    small_base: int,
    fewest_staff: int,
    within: int,
    parts: Collection[str] = (*OF_STAFF, *OF_CONTACTS),
) -> tuple[str, ...]:
    """The rules that are the landlord's own or the program's, and not the regulator's, as far as ``parts`` use them.

    >>> house_rules(10, 20, 30, 3, 10)[1]
    "A share of fewer than 30 answers is told as '7 of 10', not as a percentage."
    """
    of_staff = (
        f"A place or a team served by fewer than {fewest_staff} people is never told apart in what is said of staff, "
        "of praise or of feeling.",
    )
    of_contacts = (
        f"A contact counts as offered a complaint where one of the same household was made within {within} working "
        "days; the Ombudsman's Code names no such time.",
    )
    return (
        f"Nothing is told of fewer than {smallest_base} answers nor, of a part of the landlord, of fewer complaints or "
        f"homes; of what people are, of fewer than {strict_base}.",
        f"A share of fewer than {small_base} answers is told as '7 of 10', not as a percentage.",
        "Two surveys were asked differently where the mix of methods moved by more than 10 points: no change is "
        "claimed then.",
        "Groups looked at together are judged together, so that the odd one is not taken for news.",
        *(of_staff if uses(parts, OF_STAFF) else ()),
        *(of_contacts if uses(parts, OF_CONTACTS) else ()),
        "Outside the landlord, whatever could be worked out from the totals and the others is withheld too.",
    )
