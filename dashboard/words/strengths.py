"""Strengths, assets and offers as sentences: what may be made of a count, and what may not be done with an offer."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.model import Theme, Through
from dashboard.words.changes import change
from dashboard.words.shares import COMMENTS, in_words
from dashboard.words.surveys import british_date, comments
from data.assets import Asset, AssetKind
from data.offers import Offers, Recorded

# What each kind of strength is, beside its title: the five are never added up.
ABOUT: Mapping[str, str] = {
    "neighbours": "People who look out for one another.",
    "skills": "What tenants do for others, or offer to.",
    "groups": "What people do together, and where.",
    "place": "Pride in the home, the street, the place.",
    "staff": "Somebody at work who made a difference: thanks, never a score of a person.",
}
NOT_ADDED = "A comment may tell of several, so the five do not add up to a whole, and none is better than another."
BY_PLACE = (
    "A place where few tell of it may be one where nobody was asked what goes well. Ranges that overlap are no ranking."
)
BY_TIME = "What was asked moves what people write of: a change of the question is not a change of the place."
PRAISE = (
    "Praise of staff is never told by patch, team or officer, nor of an estate that fewer than three people serve, and "
    "rests on the stricter base."
)
WHY_OFFERS = (
    "An offer is a gift, not a lead. It is listed with a home only where the tenant let their answers be attributed "
    "to them and somebody recorded that they agree to be asked about it. All others are counted, and stay a number."
)
NO_OFFERS = "No comment here tells of skills or time that tenants give or offer."
NOBODY_YET = (
    "None may be followed up yet. Ask through the agency that did the survey, or when next in touch; then record the "
    "answer beside the comment."
)
REGISTER = (
    "What each estate has already. No person is named in it: say what there is, not who. Whatever is done is kept with "
    "a name as given, and can be undone."
)
NO_ASSETS = "Nothing is in the register yet. Add what you know of, or bring in a list as CSV."
FILE = "A CSV with the columns kind, name, estate and about. All of it is kept or, where a row is wrong, none."
WHOLE_LANDLORD = "The whole landlord"


def offers_counted(found: Offers) -> tuple[str, ...]:
    """How many offers there are, and what may be done with them.

    >>> for line in offers_counted(Offers(14, 6, 1, 4, 1, 2, 3)):
    ...     print(line)
    14 comments tell of skills or time that tenants give or offer. Linked to an asset: 3.
    Counted and never listed with a home: 6 that may not be traced to one, 1 whose tenant is not to be contacted or \
has moved.
    May be asked about: 4. Agreed: 2. Would rather not: 1.
    """
    one = found.found == 1
    return (
        f"{comments(found.found)} {'tells' if one else 'tell'} of skills or time that tenants give or offer. Linked to "
        f"an asset: {found.linked:,}.",
        f"Counted and never listed with a home: {found.unattributed:,} that may not be traced to one, "
        f"{found.left_out:,} whose tenant is not to be contacted or has moved.",
        f"May be asked about: {found.not_asked:,}. Agreed: {found.agreed:,}. Would rather not: {found.declined:,}.",
    )


def recorded_words(said: Recorded, assets: Mapping[str, Asset], home: str = "") -> str:
    """What was recorded of one offer, in one line; the home only where it is handed in."""
    parts = [f"home {home}"] if home else []
    if said.consent:
        parts.append(f"{said.consent} ({said.how}; {said.by}, as given, {said.at[:10]})")
    if said.asset in assets:
        parts.append(f"belongs to {assets[said.asset].words.name}")
    return " · ".join(parts)


def asset_line(asset: Asset, kinds: Mapping[str, AssetKind], offers: int) -> str:
    """What an asset is, in one line under its name."""
    words = asset.words
    linked = f"{offers:,} {'offer' if offers == 1 else 'offers'} linked" if offers else ""
    return " · ".join(filter(None, (kinds[words.kind].title, words.about, linked)))


def asset_said(asset: Asset) -> str:
    """Who said so last and when.

    >>> from data.assets import Words
    >>> asset_said(Asset("a1", Words("hall", "Elm Hall", ""), "", "Jo", "2026-04-01T10:00:00+00:00"))
    'Jo, as given, 1 April 2026'
    """
    from datetime import date

    return f"{asset.by}, as given, {british_date(date.fromisoformat(asset.at[:10]))}"


def strength_line(theme: Theme) -> str:
    """A kind of strength with its share of the comments.

    >>> from analysis.model import Estimate
    >>> strength_line(Theme("place", "Love of the place", Estimate(0.05, 0.04, 0.07, base=900, yes=45), 45, 0, 0))
    'Love of the place: 5% (4% to 7%, 900 comments). Pride in the home, the street, the place.'
    """
    return f"{theme.title}: {in_words(theme.share, *COMMENTS)}. {ABOUT.get(theme.topic, '')}".strip()


def steps(found: tuple[Through, ...]) -> str:
    """The last step between two surveys with its verdict, or why there is none."""
    if not found:
        return "Not shown over time with these filters."
    last = found[-1]
    if last.change is None:
        return "There is only one survey with comments, so nothing can be said to move."
    moved = f"{change(last.change)} " if last.change.difference is not None else ""
    return f"{moved}since {found[-2].wave.name}: {last.change.verdict.value}. {last.change.why}".strip()
