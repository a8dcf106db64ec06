"""One function for each thing a person does, shared by pages and command line; each leaves a line in the ledger."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from analysis.model import Problem, Recount, SectorYear
from analysis.recount import recount
from data import estates, intake, joining, labelling, post
from data import quality as goodness
from data.columns import profiles
from data.columns.mapping import Mapping, mapping_of
from data.corrections import Corrections
from data.demo import demo_files, invented_landlord
from data.embedding import NoModel, find_model
from data.generation import Generation, NotHeld, StoreError
from data.language import load_language, reader_version
from data.ledger import Ledger
from data.owners import Charge, Owners
from data.readings import Readings
from data.searching import Searcher, forget_index
from data.sector import Imported, SectorYears, headlines
from data.sector_matches import APART, Matches
from data.settings import PASSWORD_VARIABLE, Settings
from data.sources.regulator import read_year
from data.store import Store
from data.voices import unread_count

Progress = Callable[[float, str], None]  # how far (0 to 1), and what is being done
SURVEY = "survey"
PUBLISHING = 0.8  # the share of a taking in that is reading and checking; the rest is publishing


@dataclass(frozen=True)
class Taken:
    """A file that has been published: the new generation and what came in."""

    generation: Generation
    file: intake.FileFacts
    problems: tuple[Problem, ...]
    comments: int


def landlord_store(settings: Settings) -> Store:
    """The store of the landlord's own data."""
    return Store(settings.landlord_folder, "real")


def sample_store(settings: Settings) -> Store:
    """The store of the invented landlord."""
    return Store(settings.sample_folder, "sample")


def store_in_use(settings: Settings) -> Store:
    """The landlord's own store once it holds something; until then the sample's. The two are never mixed."""
    own, sample = landlord_store(settings), sample_store(settings)
    return sample if own.current_name() is None and sample.current_name() is not None else own


def landlord_name(settings: Settings, invented: bool) -> str:
    """The landlord's name as settings give it, or that of the invented one; "" where none is set."""
    return invented_landlord().name if invented else settings.landlord


def today(settings: Settings) -> date:
    """Today by this computer; for the invented landlord the day its story stands at, so that nothing of it ages."""
    if store_in_use(settings).kind == "sample":
        return invented_landlord().records.as_of
    return datetime.now().astimezone().date()


def readings_of(store: Store) -> Readings:
    """What has been read in a store's comments, by the reader in use now."""
    return Readings(store.readings_folder, reader_version())


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


class TakenAlready(Exception):
    """The same file, to the last byte, is in use already; the text says since when."""


class InPlaceOf(Exception):
    """The file brings surveys of the same name as others that are held; ``waves`` are their names."""

    def __init__(self, waves: tuple[str, ...]) -> None:
        super().__init__(f"Held already, from another file: {', '.join(waves)}.")
        self.waves = waves


def look_at(
    path: Path, settings: Settings, mapping: Mapping, profile: str = "", name: str = "", holds: str = SURVEY
) -> intake.Proposal:
    """What a file is and how it would be read, with everything still to be asked; nothing is kept.

    ``name`` is the file's own name where ``path`` is a temporary one; ``holds`` the kind of file. Raises IntakeError
    where it is not a table.
    """
    known = _known_profile(settings, profile)
    return intake.look(
        path,
        settings.home,
        holds=holds,
        name=name,
        profile=known,
        answers=mapping,
        policy_document=settings.policy_document,
    )


def taken_already(path: Path, settings: Settings, holds: str = SURVEY) -> str:
    """The moment at which this very file was taken in as this kind (ISO), or "" where it is not in use as that.

    A workbook of homes and of the people in them is taken in twice, once as each.
    """
    held = landlord_store(settings).current()
    if held is None:
        return ""
    with path.open("rb") as file:
        mark = hashlib.file_digest(file, "sha256").hexdigest()
    return next((kept.taken for kept in held.files() if (kept.sha256, kept.holds) == (mark, holds)), "")


def take_in(
    path: Path,
    mapping: Mapping,
    settings: Settings,
    profile: str = "",
    name: str = "",
    progress: Progress | None = None,
    holds: str = SURVEY,
    again: bool = False,
    replace: bool = True,
) -> Taken:
    """Read, check and publish a file as a new generation, and remember its mapping as a profile.

    The profile is ``profile``, whether or not it is remembered yet, else the one the file's headings fitted, else one
    named after the file. Raises IntakeError or Unanswered with nothing kept; TakenAlready for a file in use already
    (unless ``again``); InPlaceOf, unless ``replace``, where a survey of the same name is held from another file;
    StoreError where another publish is under way.
    """
    told = progress or _silent
    store = landlord_store(settings)
    since = "" if again else taken_already(path, settings, holds)
    if since:
        raise TakenAlready(f"{name or path.name} was taken in already, at {since}, and is in use. Nothing was changed.")
    incoming = _read(
        path, mapping, settings, profile, name, holds, lambda share, doing: told(share * PUBLISHING, doing)
    )
    try:
        if not replace and (names := _same_names(store, incoming)):
            raise InPlaceOf(names)
        told(PUBLISHING, "Publishing")
        generation = store.publish(incoming)
        taken = Taken(generation, incoming.file, _problems(incoming), _comments(incoming))
    finally:
        incoming.close()
    _remember(taken.file, settings, profile)
    _record_publish(store, taken)
    told(1.0, "Published")
    return taken


def problems_of(
    path: Path,
    mapping: Mapping,
    settings: Settings,
    profile: str = "",
    name: str = "",
    progress: Progress | None = None,
    holds: str = SURVEY,
) -> tuple[tuple[Problem, ...], intake.FileFacts]:
    """Every problem of a file, without keeping anything of it.

    Raises IntakeError or Unanswered where the file cannot be read as far as its rows.
    """
    incoming = _read(path, mapping, settings, profile, name, holds, progress or _silent)
    try:
        return _problems(incoming), incoming.file
    finally:
        incoming.close()


def _read(
    path: Path, mapping: Mapping, settings: Settings, profile: str, name: str, holds: str, told: Progress
) -> intake.Incoming:
    store = landlord_store(settings)
    held = store.current_name()
    return intake.take_in(
        path,
        mapping,
        settings.home,
        holds=holds,
        name=name,
        profile=_known_profile(settings, profile),
        policy_document=settings.policy_document,
        progress=told,
        generation=store.generations_folder / held if held else None,
        confirmed=store.confirmations.said(),
    )


def _known_profile(settings: Settings, profile: str) -> str:
    """The profile where it is remembered; a name that is new is only one to remember under."""
    return profile if profiles.safe_name(profile) in profiles.names(settings.home) else ""


def _remember(file: intake.FileFacts, settings: Settings, profile: str) -> None:
    """Under a name with the kind in it, for a workbook may be taken in as two kinds."""
    own = Path(file.name).stem
    chosen = profile or file.profile or (own if file.holds == SURVEY else f"{own} {file.holds}")
    profiles.remember(settings.home, chosen, mapping_of(file.mapping), file.headings, file.holds)


def _record_publish(store: Store, taken: Taken) -> None:
    done = {
        "generation": taken.generation.number,
        "file": taken.file.name,
        "holds": taken.file.holds,
        "sha256": taken.file.sha256,
        "rows in": taken.file.rows_in,
        "rows kept": taken.file.rows_kept,
    }
    Ledger(store.folder).record("publish", done)


def _problems(incoming: intake.Incoming) -> tuple[Problem, ...]:
    rows = incoming.connection.execute(
        'select "row", "column", value, rule, what, remedy, owner, stops from problems '
        'order by stops = \'\', "row" nulls first, "column"'
    ).fetchall()
    return tuple(Problem(incoming.name, *row) for row in rows)


def _same_names(store: Store, incoming: intake.Incoming) -> tuple[str, ...]:
    """The surveys of an incoming file whose names are held from another file: publishing would replace those."""
    held = store.current()
    if held is None or incoming.file.holds != SURVEY:
        return ()
    brought = {name for (name,) in incoming.connection.execute("select name from waves").fetchall()}
    others = {name for name, source in held.rows("select name, source from waves") if source != incoming.file.sha256}
    return tuple(sorted(brought & others))


def _comments(incoming: intake.Incoming) -> int:
    """How many texts of tenants the file brought, whatever the table they are in."""
    con = incoming.connection
    tables = con.execute("select table_name from duckdb_columns() where column_name = 'text_key'").fetchall()
    counted = [con.execute(f'select count(text_key) from "{table}"').fetchall()[0][0] for (table,) in tables]
    return int(sum(counted))


def _silent(share: float, doing: str) -> None:
    """Progress where nobody watches."""


def undo(settings: Settings) -> Generation | None:
    """Take the last publish back; what was there before is in use again. Raises StoreError where there is none."""
    store = landlord_store(settings)
    undone = store.current()
    earlier = store.undo()
    Ledger(store.folder).record(
        "undo",
        {"undone": undone.number if undone else None, "in use": earlier.number if earlier else None},
    )
    return earlier


# ── Owners and what they have to see to ──────────────────────────────────────────────────────────


def owners_in_use(settings: Settings) -> Owners:
    """The owners of the store the pages read."""
    return Owners(store_in_use(settings).folder)


def change_owner(settings: Settings, subject: str, owner: str, email: str, due_every: str, due_days: int) -> Charge:
    """Give a kind of file or a rule to somebody. Raises NoSuchCharge where that means nothing."""
    charge = owners_in_use(settings).change(subject, owner, email, due_every, due_days)
    done = {"subject": subject, "owner": charge.owner, "due": f"{due_every or 'found'} + {due_days}"}
    Ledger(store_in_use(settings).folder).record("change owner", done)
    return charge


def propose_owner(settings: Settings, subject: str) -> Charge:
    """Go back to the owner the register proposes. Raises NoSuchCharge for a subject that is not there."""
    charge = owners_in_use(settings).forget(subject)
    Ledger(store_in_use(settings).folder).record("change owner", {"subject": subject, "owner": charge.owner})
    return charge


def send_alerts(settings: Settings, today: date, tell: Callable[[goodness.Alert], str]) -> tuple[int, tuple[str, ...]]:
    """Send each owner who has an e-mail address what they have to see to; how many messages, and who has no address.

    ``tell`` says an alert in one line. Raises post.NotSent where the mail server does not take them, StoreError where
    settings name no mail server or nothing is held.
    """
    store = store_in_use(settings)
    held = store.current()
    if settings.mail is None:
        raise StoreError("No mail server is named. Add [mail] with server and sender to settings.toml.")
    if held is None:
        raise StoreError("Nothing is held, so there is nothing to tell anybody.")
    found = goodness.by_owner(goodness.alerts(held, Owners(store.folder).charges(), today))
    mail = settings.mail
    letters = [
        post.letter(mail, email, f"Tenant Voice: {len(own)} to see to", [tell(alert) for alert in own])
        for (_, email), own in found.items()
        if email
    ]
    sent = post.send(mail, os.environ.get(PASSWORD_VARIABLE, ""), letters) if letters else 0
    Ledger(store.folder).record("send alerts", {"messages": sent})
    return sent, tuple(owner for owner, email in found if not email)


# ── What does not join ───────────────────────────────────────────────────────────────────────────


def confirm_home(settings: Settings, about: str, reference: str, home: str) -> Generation:
    """Remember that a reference names this home, and join everything anew.

    ``about`` is "home", "tenancy" or "address". Raises NotHeld where the home is not in the list of homes, StoreError
    where nothing is held or another publish is under way.
    """
    store, held = _in_use(settings)
    with closing(held):
        joining.confirm_home(held, store.confirmations, about, reference, home.strip())
    done = {"about": about, "reference": reference, "home": home.strip()}
    return _remade(store, "confirm home", done, "one reference put right")


def settle_estate(settings: Settings, name: str, estate: str) -> Generation:
    """Remember which estate a name means (itself: an estate of its own), and name everything anew.

    Raises NotHeld where that estate is not known, StoreError as ``confirm_home``.
    """
    store, held = _in_use(settings)
    with closing(held):
        known = estates.known_estates(held)
    if estate != name and estate not in known:
        raise NotHeld(f"There is no estate '{estate}' in the list of homes. There are: {', '.join(sorted(known))}.")
    settled = estates.Estates(store.folder)
    settled.is_its_own(name) if estate == name else settled.is_another(name, estate)
    return _remade(store, "settle estate", {"name": name, "estate": estate}, "one name of an estate settled")


def take_back_said(settings: Settings, about: str, given: str) -> Generation:
    """Forget what was said of a reference or of a name of an estate (``about`` "estate"), and join everything anew.

    Raises NotHeld where nothing was said of it, StoreError as ``confirm_home``.
    """
    store, held = _in_use(settings)
    held.close()
    if not store.confirmations.take_back(about, given):
        raise NotHeld(f"Nothing has been said of {about} '{given}'.")
    return _remade(store, "take back", {"about": about, "given": given}, "one answer taken back")


def _in_use(settings: Settings) -> tuple[Store, Generation]:
    store = store_in_use(settings)
    held = store.current()
    if held is None:
        raise StoreError("Nothing is held yet, so there is nothing to join.")
    return store, held


def _remade(store: Store, action: str, done: dict[str, object], why: str) -> Generation:
    made = store.remake(why)
    Ledger(store.folder).record(action, {**done, "generation": made.number})
    return made


# ── The sector ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class SectorRead:
    """A workbook of the regulator read and computed anew. ``kept`` where it is held now; ``again``: in place of one."""

    year: SectorYear
    recounts: dict[str, Recount]
    kept: Imported | None = None
    again: bool = False


def sector_years(settings: Settings) -> SectorYears:
    """The imported years of the regulator's figures; nobody's own data, so the same beside the sample."""
    return SectorYears(settings.sector_folder)


def check_sector(path: Path, name: str = "", year: str = "") -> SectorRead:
    """Read a workbook and compute every published figure anew, keeping nothing. Raises UnreadableFile as read_year."""
    read = read_year(path, name, year)
    return SectorRead(read, recount(read, headlines(read.year)))


def import_sector(settings: Settings, path: Path, name: str = "", year: str = "") -> SectorRead:
    """Read, compute anew and keep one year of the sector, in place of what was held of it.

    Raises UnreadableFile, with nothing kept, where it is not the regulator's workbook or not whole; StoreError where
    it cannot be written.
    """
    read = check_sector(path, name, year)
    years = sector_years(settings)
    again = read.year.year in years.years()
    kept = years.keep(read.year)
    done = {"year": kept.year, "file": kept.source, "sha256": kept.sha256, "landlords": kept.landlords}
    Ledger(years.folder).record("import sector", done)
    return replace(read, kept=kept, again=again)


def undo_sector(settings: Settings, year: str) -> Imported | None:
    """Take the last import of a year back; the one before it, or None. Raises NotHeld where it is not held."""
    years = sector_years(settings)
    earlier = years.undo(year)
    Ledger(years.folder).record("undo sector", {"year": year, "in use": earlier.sha256 if earlier else None})
    return earlier


def remove_sector(settings: Settings, year: str) -> None:
    """Forget an imported year. Raises NotHeld where it is not held."""
    years = sector_years(settings)
    years.remove(year)
    Ledger(years.folder).record("remove sector", {"year": year})


def match_landlord(settings: Settings, before: tuple[str, str], after: tuple[str, str]) -> None:
    """Remember that a landlord of one year is that of a later one. Each is (year, code); code after APART: none there.

    Raises NotHeld where a year is not held or holds no such landlord.
    """
    years = sector_years(settings)
    for year, code in (before, after):
        if code != APART and code not in years.load(year).landlords:
            raise NotHeld(f"There is no landlord {code} in {year}. `sector changes` lists those that changed.")
    Matches(years.folder).confirm(before[0], after[0], before[1], after[1])
    Ledger(years.folder).record("match landlord", {"before": list(before), "after": list(after)})


def unmatch_landlord(settings: Settings, before: tuple[str, str], year_after: str) -> None:
    """Forget what was said of a landlord between two years. Raises NotHeld where nothing was."""
    years = sector_years(settings)
    if not Matches(years.folder).take_back(before[0], year_after, before[1]):
        raise NotHeld(f"Nothing has been said of {before[1]} between {before[0]} and {year_after}.")
    Ledger(years.folder).record("take back match", {"before": list(before), "year": year_after})


# ── The invented landlord ────────────────────────────────────────────────────────────────────────


def load_sample(settings: Settings, progress: Progress | None = None) -> bool:
    """Load every file of the invented landlord and read its comments; False where it is already there.

    Where it is there but was stopped before every file was in or every comment read, it goes on from there.

    Raises StoreError where the home holds real data: invented figures never stand where real ones are looked for.
    """
    if landlord_store(settings).current_name() is not None:
        raise StoreError(
            "This home holds a landlord's own data, so the invented landlord is not loaded beside them. "
            "Point TENANT_VOICE_HOME at an empty folder to look at the sample."
        )
    store = sample_store(settings)
    held = store.current()
    kinds_held = {file.holds for file in held.files()} if held is not None else set()
    if missing := [kind for kind in invented_landlord().records.taken if kind not in kinds_held]:
        generation = _publish_sample(store, missing, progress or _silent)
        Ledger(store.folder).record("load sample", {"generation": generation, "kinds": missing})
    elif held is None or not unread_count(held, readings_of(store).select()):
        return False
    read_comments(settings, progress)
    return bool(missing)


def _publish_sample(store: Store, kinds: list[str], told: Progress) -> int:
    """Publish these files of the invented landlord, each as a file of the day it was taken in; the last number."""
    number = 0
    for done, file in enumerate(demo_files(kinds=kinds)):
        told(done / len(kinds), f"Loading {file.incoming.name}")
        with closing(file.incoming):
            number = store.publish(file.incoming, file.taken).number
    return number


def remove_sample(settings: Settings) -> None:
    """Take the invented landlord away, with everything read in its comments."""
    store = sample_store(settings)
    store.remove()
    forget_index(store.folder)


# ── Tenants' words ───────────────────────────────────────────────────────────────────────────────


def no_model(settings: Settings) -> str:
    """Why comments are read by their words alone, with the remedy; "" where the sentence model is there."""
    found = find_model(settings.model_folder)
    return found.why if isinstance(found, NoModel) else ""


def read_comments(settings: Settings, progress: Progress | None = None) -> labelling.Labelled:
    """Redact and read every comment that has not been read yet; stopped half way, it goes on where it was."""
    store, told = store_in_use(settings), progress or _silent
    labelled = labelling.label(
        store,
        load_language(),
        lambda done, total: told(done / total if total else 1.0, "Reading comments"),
        model_folder=settings.model_folder,
    )
    Corrections(store.folder, readings_of(store)).apply()  # to what another version of the reader read anew
    if labelled.read:
        Ledger(store.folder).record("read comments", {"read": labelled.read})
        _index(store)
    return labelled


def _index(store: Store) -> None:
    """Make the index of what was read now, so that nobody's first search waits for it."""
    held = store.current()
    if held is not None:
        with closing(held):
            Searcher(held, readings_of(store), store.folder).prepare()
