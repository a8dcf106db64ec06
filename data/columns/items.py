"""Questions about being judged in a survey file: which column is which, and what their cells mean.

An item with several answers stands in one cell with any separator, or in a column for each option. What no option names
is asked about where it is frequent, counted as "other" else: never lost, and never guessed to be an option.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from analysis.model import NOT_APPLICABLE
from analysis.model.stigma import AGREE, NO, NOT_SURE, SEVERAL, YES, Item, Option
from data.columns.codebooks import Codebook
from data.columns.contents import Contents
from data.columns.faults import MappingFault, fault
from data.columns.mapping import Mapping as Said
from data.columns.meanings import Meant, Values, answers_meant, labels_of, said_of
from data.columns.spellings import (
    HOLD_BACK,
    answer_code,
    meaning_of,
    plain_heading,
    whole_number,
    without_code,
    yes_or_no,
)
from data.registers import plain_spelling
from data.stigma import OTHER, not_sure_spellings, stigma_module, tick_of

NEAR = 92  # of 100: nearer a wording than this and it is the item; what is farther the analyst maps
LONG = 20  # letters of a wording that may be near, or stand before an option's words
ANY_CODE = re.compile(r"(?:^|\b|q)st ?(\d\d)(?!\d)(.*)$")
NAMED = r"[\w ]{1,60}?"  # whatever stands in the landlord's place
STRONG, WEAK = r"[;|\n\r\t]+", r"([,/+]|\band\b|&)"  # always between two options; between two, or within one
ITEM_FIELD = re.compile(r"(ST\d\d)(?::([a-z_]+))?(?::(.+))?")  # "ST01", "ST02:police", "ST02:other:bank staff"
YES_NO_MEANINGS = ("yes", "no", "not sure", "refused", "not asked", "blank", HOLD_BACK)
TICK_MEANINGS = ("ticked", "not ticked", "refused", "not asked", "blank", HOLD_BACK)
YES_NO_CODES = {"yes": YES, "no": NO, "not sure": NOT_SURE}
TICK_CODES = {"ticked": YES, "not ticked": NO}


@dataclass(frozen=True)
class Several:
    """What the cells of a column with several answers name: options by key, or a code for none of the five answers.

    ``unknown``: parts of cells that are no option, with how many cells have each; they are counted as other.
    """

    options: dict[str, tuple[str, ...]]
    codes: dict[str, int | None] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()  # unknown parts that are numbers: asked, never counted as other
    held: frozenset[str] = frozenset()
    both: int = 0  # cells that name "none of these" and something else


@dataclass(frozen=True)
class ItemsRead:
    """What the values of the items' columns mean, by field."""

    single: dict[str, Meant[int | None]] = field(default_factory=dict)
    several: dict[str, Several] = field(default_factory=dict)
    ticks: dict[str, Meant[int | None]] = field(default_factory=dict)


# ── Which column is which ────────────────────────────────────────────────────────────────────────


def is_item_field(name: str) -> bool:
    """Whether a field is one of the items, or of one of their options.

    >>> is_item_field("ST02:police"), is_item_field("ST02:other:the bank"), is_item_field("ST02:x")
    (True, True, False)
    """
    found = ITEM_FIELD.fullmatch(name)
    item = _items().get(found[1]) if found else None
    if found is None or item is None or not item.codes:
        return False
    option = f"{item.code}:{found[2]}"
    return found[2] is None or (option in item.codes and (found[3] is None or found[2] == OTHER))


def is_agreement(name: str) -> bool:
    """Whether a field is an item on the scale of agreement."""
    return ":" not in name and _items()[name].kind == AGREE


def item_fields() -> dict[str, str]:
    """Every field of the items with what a person calls it, options after the whole."""
    found: dict[str, str] = {}
    for item in stigma_module().items:
        if item.codes:
            found[item.code] = f"{item.title}{' (several in one cell)' if item.kind == SEVERAL else ''}"
            found |= {f"{item.code}:{each.key}": f"{item.title}: {each.title}" for each in item.options}
    return found


def item_label(name: str) -> str:
    """What a person calls a field of the items."""
    whole, _, more = name.partition(f":{OTHER}:")
    label = item_fields()[f"{whole}:{OTHER}" if more else name]
    return f"{label} ({more})" if more else label


def field_of(said: Sequence[str], contents: Contents) -> tuple[str, str] | None:
    """The field a column is by what it is called, and how it was told; None where it is none. Text is a comment."""
    for text in said:
        found = _by_code(text) or _by_wording(text)
        if not found:
            continue
        item, rest, how = found
        if item.kind == SEVERAL:
            return _of_several(item, rest, contents, how)
        if not item.codes or (rest and contents.kind == "text"):
            return None
        return item.code, how
    return None


def open_options(said: Sequence[str]) -> str:
    """The item of whose options a column is one, where its heading does not say which ("ST02_3"); "" else."""
    for text in said:
        found = ANY_CODE.search(text)
        item = _items().get(f"ST{found[1]}") if found else None
        if found and item and item.kind == SEVERAL and found[2].strip().isdigit():
            return item.code
    return ""


def _of_several(item: Item, rest: str, contents: Contents, how: str) -> tuple[str, str] | None:
    if not rest:
        return item.code, how
    if option := _option_named(item, rest):
        return f"{item.code}:{option.key}", f"{how} and option"
    held = {_option_named(item, value) for value in contents.values if tick_of(value) is None}
    if len(held) == 1 and (only := held.pop()):
        return f"{item.code}:{only.key}", f"{how} and what the cells hold"
    if rest.isdigit():
        return None  # a number alone does not say which option: asked
    if re.fullmatch(r"(all that apply|select all.*|tick all.*|multi.*|multiple.*)", rest):
        return item.code, how
    ticks = sum(tick_of(value) is not None for value in contents.values)
    if ticks < len(contents.values):
        return item.code, how  # words of several options under a longer heading
    return f"{item.code}:{OTHER}:{rest}", f"{how}, of an option not in the register"


def _by_code(text: str) -> tuple[Item, str, str] | None:
    found = ANY_CODE.search(text)
    item = _items().get(f"ST{found[1]}") if found else None
    if not found or item is None:
        return None
    rest = found[2].strip()
    for pattern in _patterns(item):
        rest = pattern.sub("", rest, count=1).strip()
    rest = "" if fuzz.ratio(rest, plain_heading(item.title)) >= NEAR else rest
    return item, rest, "code"


def _by_wording(text: str) -> tuple[Item, str, str] | None:
    for item in stigma_module().items:
        for pattern in _patterns(item):
            if found := pattern.match(text):
                rest = text[found.end() :].strip()
                if rest and (item.kind != SEVERAL or len(found[0]) < LONG):
                    continue
                return item, rest, "wording"
    for item in stigma_module().items:
        wording = plain_heading(item.wording.replace("[landlord]", " "))
        if len(wording) >= LONG and fuzz.ratio(text, wording) >= NEAR:
            return item, "", "near wording"
    return None


@cache
def _patterns(item: Item) -> tuple[re.Pattern[str], ...]:
    texts = [
        plain_spelling(re.sub(r"\[landlord\]", " landlordsname ", each)) for each in (item.wording, *item.spellings)
    ]
    return tuple(
        re.compile(re.escape(t).replace(r"\ ", " ").replace("landlordsname", NAMED) + r"(?!\w)") for t in texts
    )


@cache
def _items() -> Mapping[str, Item]:
    return {item.code: item for item in stigma_module().items}


# ── Several answers in one cell ──────────────────────────────────────────────────────────────────


def _option_named(item: Item, text: str) -> Option | None:
    return _spellings(item).get(plain_spelling(without_code(text)))


@cache
def _spellings(item: Item) -> Mapping[str, Option]:
    return {
        plain_spelling(spelling): option
        for option in reversed(item.options)
        for spelling in (*option.spellings, option.key.replace("_", " "), option.title)
    }


def parts_of(cell: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The answers in one cell: parted at ; | and new lines always, and at , / + "and" where that leaves known answers.

    >>> options = {"news, tv", "police", "banks/shops"}
    >>> parts_of("Police; News, TV | the bus", lambda text: text.strip().lower() in options)
    ('Police', 'News, TV', 'the bus')
    >>> parts_of("police/Banks/shops,News, TV", lambda text: text.strip().lower() in options)
    ('police', 'Banks/shops', 'News, TV')
    """
    found: list[str] = []
    for piece in (each.strip() for each in re.split(STRONG, cell)):
        if piece:
            found += [piece] if known(piece) else _weakly_parted(piece, known)
    return tuple(dict.fromkeys(found))


def _weakly_parted(piece: str, known: Callable[[str], bool]) -> list[str]:
    """Parted at weak separators, the longest known answer first; a run of unknown words between them stays one part."""
    tokens = re.split(WEAK, piece, flags=re.IGNORECASE)
    found: list[str] = []
    lost: list[str] = []
    start = 0
    while start < len(tokens):
        ends = range(len(tokens) if len(tokens) % 2 else len(tokens) - 1, start, -1)
        end = next((e for e in ends if (e - start) % 2 and known("".join(tokens[start:e]).strip())), None)
        if end is None:
            lost += tokens[start : start + 2]
            start += 2
            continue
        found += _run(lost)
        lost = []
        found.append("".join(tokens[start:end]).strip())
        start = end + 1
    return found + _run(lost)


def _run(tokens: Sequence[str]) -> list[str]:
    """Unknown words: parted at commas and strokes, but not at "and"."""
    text = "".join(tokens)
    return [each.strip() for each in re.split(r"[,/+]", text) if re.search(r"\w", each)]


# ── What the cells mean ──────────────────────────────────────────────────────────────────────────


def items_meant(
    values: Mapping[str, Values], mapping: Said, headings: Callable[[str], Sequence[str]], books: tuple[Codebook, ...]
) -> ItemsRead:
    """The meaning of every cell of the items' columns. Raises MappingFault where the analyst says what is no answer."""
    read = ItemsRead()
    for name, held in values.items():
        if not is_item_field(name):
            continue
        item = _items()[name[:4]]
        labels, why = labels_of(books, *headings(name))
        if ":" in name:
            read.ticks[name] = _ticks_meant(name, item, held, mapping, labels)
        elif item.kind == SEVERAL:
            read.several[name] = _several_meant(item, held, mapping, labels)
        elif item.kind == AGREE:
            read.single[name] = answers_meant(name, held, mapping, labels, why)
        else:
            read.single[name] = _yes_no_meant(name, held, mapping, labels)
    return read


def _yes_no_meant(name: str, values: Values, mapping: Said, labels: Mapping[str, str]) -> Meant[int | None]:
    return _one_of(name, values, mapping, lambda value: yes_no_code(_labelled(value, labels)), YES_NO_CODES)


def yes_no_code(text: str) -> tuple[bool, int | None]:
    """Whether an answer to a yes-no item is known, and its code.

    >>> yes_no_code("Yes"), yes_no_code("Don't know"), yes_no_code("Prefer not to say"), yes_no_code("Sometimes")
    ((True, 5), (True, 3), (True, -1), (False, None))
    """
    if answer := yes_or_no(text):
        return True, YES_NO_CODES[answer]
    if {plain_spelling(text), plain_spelling(without_code(text))} & not_sure_spellings():
        return True, NOT_SURE
    found, code = answer_code(text)
    return (True, code) if found and (code is None or code <= NOT_APPLICABLE) else (False, None)


def _ticks_meant(name: str, item: Item, values: Values, mapping: Said, labels: Mapping[str, str]) -> Meant[int | None]:
    def code(value: str) -> tuple[bool, int | None]:
        return next(
            (found for text in (_labelled(value, labels), value) if (found := tick_code(name, item, text))[0]), NEITHER
        )

    return _one_of(name, values, mapping, code, TICK_CODES)


NEITHER: tuple[bool, int | None] = (False, None)


def tick_code(name: str, item: Item, text: str) -> tuple[bool, int | None]:
    """Whether a cell of a column for one option is known, and its code: ticked, not, or why there is neither."""
    ticked = tick_of(text)
    if ticked is not None:
        return True, YES if ticked else NO
    if option := _option_named(item, text):
        return (True, YES) if name.split(":")[1] == option.key else NEITHER
    found, answer = answer_code(text)
    if found and (answer is None or answer <= NOT_APPLICABLE):
        return True, answer
    return (True, YES) if f":{OTHER}" in name and not whole_number(text) else NEITHER


def _one_of(
    name: str,
    values: Values,
    mapping: Said,
    code: Callable[[str], tuple[bool, int | None]],
    meanings: Mapping[str, int],
) -> Meant[int | None]:
    known: dict[str, int | None] = {}
    unknown: dict[str, int] = {}
    held = set()
    for value, count in values.items():
        said = said_of(mapping, name, value)
        if said == HOLD_BACK:
            held.add(value)
        elif said is not None:
            known[value] = _said(name, value, said, meanings)
        elif (found := code(value))[0]:
            known[value] = found[1]
        else:
            unknown[value] = count
    return Meant(known, unknown, frozenset(held), frozenset(value for value in unknown if whole_number(value)))


def _said(name: str, value: str, said: str, meanings: Mapping[str, int]) -> int | None:
    if said in meanings:
        return meanings[said]
    found, code = meaning_of(said)
    if found and (code is None or code <= NOT_APPLICABLE):
        return code
    expected = " or ".join(f'"{each}"' for each in (*meanings, "refused", "not asked", "blank", HOLD_BACK))
    raise MappingFault(
        fault("answers_unknown", "the answers", column=f"values.{name}.{value}", value=said, expected=expected)
    )


def _labelled(value: str, labels: Mapping[str, str]) -> str:
    return labels.get(whole_number(value) or "", value)


def _several_meant(item: Item, values: Values, mapping: Said, labels: Mapping[str, str]) -> Several:
    reader = _PartReader(item, mapping, labels)
    options: dict[str, tuple[str, ...]] = {}
    codes: dict[str, int | None] = {}
    unknown: Counter[str] = Counter()
    held, both = set(), 0
    for value, count in values.items():
        found, code = answer_code(value)
        if said_of(mapping, item.code, value) == HOLD_BACK:
            held.add(value)
        elif found and not reader.known(value) and (code is None or code <= NOT_APPLICABLE):
            codes[value] = code
        else:
            keys, lost = reader.read(value)
            unknown.update(dict.fromkeys(lost, count))
            named = [*keys, *([OTHER] if [part for part in lost if not whole_number(part)] else [])]
            alone = {option.key for option in item.options if option.alone}
            rest = tuple(dict.fromkeys(key for key in named if key not in alone))
            both += count if rest and alone & set(named) else 0
            options[value] = rest or tuple(dict.fromkeys(named))
            if not named:
                codes[value] = None
                del options[value]
    numbers = frozenset(part for part in unknown if whole_number(part))
    return Several(options, codes, dict(unknown), numbers, frozenset(held), both)


class _PartReader:
    """What the parts of a cell name: by the analyst's word, a labels sheet, or the register."""

    def __init__(self, item: Item, mapping: Said, labels: Mapping[str, str]) -> None:
        self._item, self._mapping, self._labels = item, mapping, labels
        self._titles = {plain_spelling(option.title): option.key for option in item.options}

    def known(self, part: str) -> bool:
        return said_of(self._mapping, self._item.code, part) is not None or self._option(part) is not None

    def _option(self, part: str) -> Option | None:
        return _option_named(self._item, _labelled(part, self._labels)) or _option_named(self._item, part)

    def read(self, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The options a cell names, and the parts that are none."""
        keys, lost = [], []
        for part in parts_of(cell, self.known):
            said = said_of(self._mapping, self._item.code, part)
            if said is not None:
                keys += self._said(part, said)
            elif option := self._option(part):
                keys.append(option.key)
            else:
                lost.append(part)
        return tuple(keys), tuple(lost)

    def _said(self, part: str, said: str) -> list[str]:
        if said in ("blank", "not asked", "refused"):
            return []
        key = self._titles.get(plain_spelling(said)) or (
            option.key if (option := _option_named(self._item, said)) else ""
        )
        if key:
            return [key]
        expected = ", ".join(f'"{option.title}"' for option in self._item.options) + ' or "blank"'
        where = f"values.{self._item.code}.{part}"
        raise MappingFault(fault("answers_unknown", "the answers", column=where, value=said, expected=expected))


def option_titles(code: str) -> tuple[str, ...]:
    """What may be said of a part that is no option: the options' titles, or that it is blank."""
    return (*(option.title for option in _items()[code].options), "blank")


def counted_as_other(meant: Several) -> int:
    """How many answers no option names and are counted as other."""
    return sum(count for part, count in meant.unknown.items() if part not in meant.numbers)
