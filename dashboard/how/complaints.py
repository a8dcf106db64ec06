"""How figures of complaints, and of contacts that no complaint followed, were made."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model import Complaints, Question, Unoffered
from dashboard import words
from dashboard.how import Behind, How
from dashboard.words import unoffered as contacted

NOT_SAMPLED = "Counted: every complaint recorded, not a sample, so there is no margin of error."
BY_DAY_MADE = (
    "Complaints made in the period, by the day they were made; a stage two complaint by the day it was escalated."
)
WHOSE = "Residents whose complaints the landlord recorded; nobody was asked a question."
RATE = "Complaints for every 1,000 homes: complaints made in the period ÷ homes of that kind × 1,000."
CODES_CLOCKS = (
    "Answered within the Complaint Handling Code's working days, without an extension or within a permitted one: "
    "acknowledged in 5; stage one answered in 10 of that, stage two in 20; at most 10 and 20 more where the resident "
    "was told of a new date."
)
NOT_COUNTED = "Service requests and complaints that were refused; complaints later withdrawn were made and are counted."
BEHIND: tuple[Behind, ...] = (("complaints", None), ("homes", None))


def of_rates(found: Complaints, asked: Question) -> How:
    """How complaints for every 1,000 homes were counted."""
    return How(
        counted=(RATE, BY_DAY_MADE),
        who=WHOSE,
        base="Homes of that kind on the list of homes, empty ones too; garages and shops are not homes.",
        sums=NOT_SAMPLED,
        left_out=(NOT_COUNTED, *_withheld(found)),
        behind=BEHIND,
        asked=asked,
    )


def of_in_time(found: Complaints, asked: Question) -> How:
    """How complaints answered in time were counted."""
    return How(
        counted=(CODES_CLOCKS, BY_DAY_MADE),
        who=WHOSE,
        base=f"Complaints made from {words.period(found.begun, found.ended)}, not those answered.",
        sums=f"{NOT_SAMPLED} As known on {words.british_date(found.as_of)}.",
        left_out=(NOT_COUNTED,),
        behind=BEHIND[:1],
        asked=asked,
    )


def of_unoffered(found: Unoffered, asked: Question) -> How:
    """How contacts that sound dissatisfied and that no complaint followed were counted."""
    return How(
        counted=(
            f"Contacts of tenants that sound dissatisfied and after which no complaint of the same household was made "
            f"within {found.within} working days.",
            *found.notes,
        ),
        who="Tenants who made contact, and whose words the landlord kept; nobody was asked a question.",
        base="Contacts that sound dissatisfied, name a home or tenancy we hold, and whose time is over.",
        sums="The range is a 95% interval, Wilson's. What sounds dissatisfied was read by a computer.",
        left_out=tuple(_aside(found)),
        behind=(("contacts", None), ("complaints", None)),
        asked=asked,
    )


def of_the_report(source: str) -> How:
    """What a table of what the annual report has to hold is: nothing is counted in it."""
    return How(
        counted=("What the annual report has to hold, as its register has it; nothing is counted here.",),
        who="Nobody was asked.",
        base="None: these are rules, not figures.",
        sums=f"From {source}.",
    )


def _withheld(found: Complaints) -> Sequence[str]:
    hidden = {rate.withheld for rates in found.volumes.values() for rate in rates if rate.withheld}
    return [f"Not shown where {reason}." for reason in sorted(hidden)]


def _aside(found: Unoffered) -> Sequence[str]:
    numbers = (
        (found.too_early, "whose time was not over"),
        (found.unjoined, "that name no home or tenancy we hold"),
        (found.unread, "not read yet"),
        (found.cleared, "in which a person found no dissatisfaction"),
    )
    return [f"{words.people(n, *contacted.CONTACTS)} {why}." for n, why in numbers if n]
