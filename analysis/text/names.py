"""People's names in a comment: announced ("my neighbour Dave"), signed, or known for names.

No dictionary of names is whole, so a capital word that something announces is a name even if we never saw it, and so is
one that is no English word, place or maker we know; a name we know needs no announcement; a name that is also a word
(May, Will, Grace) needs one, or a capital inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.text.company import announced, apposed, is_place, kept_saying, month, of_team, pet, titled_before
from analysis.text.name_words import (
    ANNOUNCES,
    MAY_BE,
    NEVER,
    ONLY_TITLED,
    TITLE,
    NameWords,
    initial,
    part,
    starts,
    titled,
)
from analysis.text.small_names import acting_small, announced_small, as_verb, joined_small
from analysis.text.tokens import Token

LONGEST_NAME = 4  # words in one name
MOST_CAPITALS = 0.7  # of a text's letters: more, and capitals say nothing
_GIVING = ("give", "gave", "thank", "send", "sent", "sack", "promote", "ask", "tell", "told", "pay")
_HOW_IT_IS = ("art", "frank", "merry", "misty", "rich", "sunny")  # "its sunny" names nobody
_ARTICLES = ("a", "an", "the")
_PRONOUNS = ("you", "u", "it", "they", "i", "we", "to", "not", "me", "us", "your", "this", "all", "that")
_LOOSE = ("with", "by", "to", "for", "and", "from")  # before a name that is a word, they say little
_PLACED = ("at", "from", "here")
_BESIDE = re.compile(r"[ ,:\-(.]*(?:(?:at|from|of|on|@) )?\x00")  # a number or address of theirs
_IRISH = re.compile(r"O'[A-Z][a-z]{2}|Ma?c[A-Z][a-z]{2}")  # O'Donoghue, McKinley: names by their shape alone


def names(words: list[Token], text: str, lists: NameWords) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends; a title (Mr, Dr) stays outside. ``text`` has other details blanked with NUL."""
    words = _in_small(words) if _shouted(text) else words
    worth = _worth_a_look(words, lists)
    if not any(worth):
        return
    found: list[tuple[int, int]] = []
    done = -LONGEST_NAME  # the last word of the name before
    for i, may_be in enumerate(worth):
        if i <= done:
            continue
        beside = i - done <= 2 and _joined(words, i, lists)
        if beside or (may_be and _is_name(words, i, text, lists)):
            done = _lengthened(words, i, lists)
            done += _signed_on(words, i, done, text, lists)
            found.append((i, done))
    taken = {j for first, last in found for j in range(first, last + 1)}
    yield from ((words[first].start, words[last].end) for first, last in found)
    yield from _again(words, taken, lists)


def _signed_on(words: list[Token], i: int, last: int, text: str, lists: NameWords) -> bool:
    """Whether one more word in small letters ends a name signed before a number: "rhys hocking 07700 …"."""
    if last > i or titled(words[i]) or not starts(words, i) or last + 1 >= len(words):
        return False
    after = words[last + 1]
    beside = text[after.end :].lstrip(" ,:-(.")[:1] == "\x00"
    return beside and after.gap == " " and after.word.isalpha() and after.lower not in lists.no_person


def _shouted(text: str) -> bool:
    """Whether nearly all of a text is in capitals."""
    if text[1:30].islower() or len(text) < 12:
        return False
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) > MOST_CAPITALS * letters


def _in_small(words: list[Token]) -> list[Token]:
    """The same words in small letters, where capitals say nothing."""
    return [word._replace(word=word.lower) if len(word.word) > 1 else word for word in words]


def _joined(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a capital word after a name and "and", or in a row of names, is another: "Rhys, Ffion and Llinos"."""
    word, before = words[i], words[i - 1]
    if before.lower in ("and", "&") and word.gap == " " and before.gap == " " and titled(word):
        return word.lower not in lists.no_person and not is_place(words, i, lists)
    if joined_small(words, i, lists):
        return True
    if word.gap not in (", ", " & ", " / ", "/", " + ") or not lists.person(word):
        return False
    return titled(word) == titled(before) and word.lower not in lists.never and word.lower not in lists.calendar


def _worth_a_look(words: list[Token], lists: NameWords) -> list[bool]:
    """For each word whether it may begin a name: a quick no for most, so that few are looked at with their neighbours.

    Yes for a capital, a name we know, a word that begins a piece, and a word after one that announces names; but no for
    a word that is never a name, whatever stands beside it.
    """
    looks = [*map(lists.looks.__getitem__, [word.word for word in words])]
    befores = [ANNOUNCES, *looks]  # the first word begins a piece
    return [
        bool(look & ONLY_TITLED and before & TITLE)
        if look & (NEVER | ONLY_TITLED)
        else bool(look & MAY_BE or before & (TITLE | ANNOUNCES) or word.gap != " ")
        for word, look, before in zip(words, looks, befores, strict=False)
    ]


def _is_name(words: list[Token], i: int, text: str, lists: NameWords) -> bool:
    word = words[i].lower
    capital = titled(words[i])
    if word[0].isdigit() or (not capital and word in lists.never):
        return initial(words[i]) and (titled_before(words, i, lists) or _meant_initial(words, i, lists))
    if titled_before(words, i, lists):
        return _fits_title(words, i, lists)
    if word in lists.titles and not announced(words, i, lists):
        return False
    if is_place(words, i, lists) or kept_saying(words, i, lists) or pet(words, i, lists) or month(words, i, lists):
        return False
    if initial(words[i]):
        return _initialled(words, i, lists)
    if capital and i and (words[i - 1].lower in ("a", "an") or (word in lists.words and _wishes(words, i))):
        return False  # "a Christian", "Hope you are well"
    if part(word, lists.given):
        return not (word in lists.places and i > 0 and words[i - 1].lower in (*lists.where, "from", "to"))
    if _small_word_name(words, i, lists):
        return True
    if word in lists.nicknames and capital and i + 1 < len(words) and words[i + 1].gap == " ":
        return titled(words[i + 1]) and lists.person(words[i + 1])
    if announced(words, i, lists) and _fits_announcement(words, i, lists):
        return True
    if _signed(words, i, text, lists):
        return True
    if not capital or word in lists.never or word in lists.things:
        return False
    return _unannounced(words, i, lists)


def _unannounced(words: list[Token], i: int, lists: NameWords) -> bool:
    """A capital word that nothing announces: a name by its company, or because it is no word we know."""
    word, inside = words[i].lower, not starts(words, i)
    if _IRISH.match(words[i].word):
        return True
    if word[-1] == "s" and i and words[i - 1].lower == "the" and word[:-1] in lists.family:  # "the Patels"
        return not _is_word(word[:-1], lists)
    after = words[i + 1] if i + 1 < len(words) and words[i + 1].gap == " " else None
    named = word in lists.words or word in lists.calendar
    if after and titled(after) and not is_place(words, i + 1, lists):
        if part(after.lower, lists.family) and after.lower not in lists.never:
            return True
        if (named or word in lists.places) and lists.ordinary.unlisted(after.lower):
            return True
        if lists.ordinary.unlisted(word) and lists.ordinary.unlisted(after.lower):
            return True
    if named and inside and words[i - 1].lower in _GIVING:
        return True
    if word in lists.words and inside:
        return not (words[i - 1].lower in _ARTICLES or _in_titles(words, i, lists))
    if named and after and after.lower in lists.doing:
        return not (word in (*lists.calendar, "will", "mark") and after.lower in lists.be)
    if word in lists.wordy and _between_commas(words, i, lists):
        return True
    if named and (of_team(words, i, lists) or apposed(words, i, lists)):
        return True
    if word in lists.words and (_listed(words, i, lists) or _praised(words, i, lists)):
        return True
    if part(word, lists.family) and word not in lists.places and inside and words[i - 1].lower in lists.hint:
        return True
    if word in lists.places or word in lists.calendar or word in lists.bodies:
        return False
    if inside and after and after.lower in lists.speaking and lists.person(words[i]):
        return True
    unheard = lists.strange(words[i]) or (word in lists.words and lists.ordinary.unlisted(word))
    return unheard and _stands_out(words, i, lists)


def _praised(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether what follows is said of a person: "mark was lovely", "Hope, she's a gem", "Ivy and me"."""
    if not starts(words, i) or i + 2 >= len(words):
        return False
    after, third = words[i + 1], words[i + 2].lower
    if after.gap == ", ":
        return after.lower in ("he", "she", "he's", "she's", "hes", "shes")
    if after.gap != " ":
        return False
    if after.lower in ("was", "is", "were"):
        return third in lists.manner
    return after.lower == "and" and third in ("me", "i", "my")


def _wishes(words: list[Token], i: int) -> bool:
    """Whether a capital word begins a piece as a verb does: ", Hope you"."""
    return words[i].gap != " " and i + 1 < len(words) and words[i + 1].gap == " " and words[i + 1].lower in _PRONOUNS


def _in_titles(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether every word has a capital hereabouts: "Thank You For Your Patience"."""
    return (
        words[i].gap == " " and titled(words[i - 1]) and not starts(words, i - 1) and words[i - 1].lower in lists.never
    )


def _between_commas(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a word stands by itself between commas and is no month among months: "the last one, Summer, was"."""
    if i == 0 or i + 1 >= len(words) or words[i].gap != ", " or words[i + 1].gap != ", ":
        return False
    return words[i - 1].lower not in lists.calendar and words[i + 1].lower in lists.be | lists.doing


def _stands_out(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a capital word that is no word stands where a name does, not where a place, maker or slip would."""
    if not starts(words, i):
        before = words[i - 1].lower
        return before not in lists.where and not (before == "the" and not words[i].lower.endswith("s"))
    if i + 1 >= len(words):
        return i > 0 or len(words) == 1
    after = words[i + 1]
    if after.gap != " ":
        return after.gap.strip()[:1] in (",", "&", "-", "(", "/", "'")
    return (
        after.lower in lists.doing
        or after.lower in lists.speaking
        or after.lower in lists.after
        or after.lower == "of"
        or after.lower.endswith("ed")
        or (titled(after) and after.lower not in lists.no_person)
    )


def _listed(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether a row of names begins here: "Faith, Mercy and Will"."""
    if i + 2 >= len(words) or words[i + 1].gap != ", " or not titled(words[i + 1]):
        return False
    return lists.person(words[i + 1]) and (words[i + 2].lower == "and" or words[i + 2].gap == ", ")


def _signed(words: list[Token], i: int, text: str, lists: NameWords) -> bool:
    """Whether one to three words stand alone at the end, or right before a number or address of theirs."""
    if not (starts(words, i) or "," in words[i].gap or titled(words[i])):
        return False
    last = _lengthened(words, i, lists)
    rest = text[words[last].end :]
    beside = bool(_BESIDE.match(rest))
    alone = not rest.strip(" .,!x\n")
    if not (beside or alone):
        return False
    fits = any(lists.person(words[j]) for j in range(i, last + 1))
    if titled(words[i]):
        if words[i].lower in lists.no_person:
            return False
        if last > i:
            return starts(words, i) and fits and (i > 0 or beside)
        on_own_line = i > 0 and "\n" in words[i].gap and alone
        return on_own_line or (fits and (beside or starts(words, i)) and i > 0)
    return _signed_small(words, i, last, beside, lists)


def _signed_small(words: list[Token], i: int, last: int, beside: bool, lists: NameWords) -> bool:
    """The same in small letters, where only a known name or what is no word at all will do."""
    if i == 0 and not beside:
        return False
    if not starts(words, i) and not beside:
        return False
    if beside and starts(words, i) and words[i].lower in lists.calendar:
        return True
    known = words[i].lower in lists.given or (words[i].lower in lists.words and len(words[i].word) > 2)
    return known or (lists.strange(words[i]) and len(words[i].word) > 3 and (i > 0 or beside))


def _fits_title(words: list[Token], i: int, lists: NameWords) -> bool:
    word = words[i].lower
    if word in lists.titles or word in lists.things or word in lists.doing:
        return False
    if word == "i" and not (i + 1 < len(words) and (titled(words[i + 1]) or "." in words[i + 1].gap)):
        return False
    if not titled(words[i]) and words[i - 1].lower not in ("mr", "mrs", "ms", "miss", "dr"):
        return lists.person(words[i]) or lists.strange(words[i])
    return word not in lists.never or initial(words[i]) or word in lists.short_family


def _fits_announcement(words: list[Token], i: int, lists: NameWords) -> bool:
    word, before = words[i].lower, words[i - 1].lower
    if word in lists.things or word in lists.titles:
        return False
    if word in lists.nicknames and titled(words[i]):
        return i + 1 < len(words) and words[i + 1].gap == " " and titled(words[i + 1])
    if titled(words[i]):
        if word in lists.never or (before in lists.public and (word in lists.places or word in lists.calendar)):
            return False
        return before not in lists.weak or lists.person(words[i]) or lists.strange(words[i])
    if words[i].gap != " ":
        return False
    if part(word, lists.family):
        return before in lists.warm or not _is_word(word, lists)
    if before in lists.warm and word in lists.wordy:
        return True
    return before in lists.strong and len(word) > 3 and lists.strange(words[i])


def _is_word(word: str, lists: NameWords) -> bool:
    return word in lists.ordinary.words


def _meant_initial(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether "I" or "A" is an initial: "post for I. Petrescu"."""
    if i == 0 or i + 1 >= len(words) or words[i + 1].gap not in (". ", "."):
        return False
    return words[i - 1].lower in lists.hint and titled(words[i + 1]) and lists.person(words[i + 1])


def _initialled(words: list[Token], i: int, lists: NameWords) -> bool:
    """Whether an initial begins a name: "T. Liddell", "D. A. Prentice-Hall", "G Blewitt"."""
    for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
        loose = words[j].gap == " " and words[i].word not in ("I", "A")
        fits = announced(words, i, lists) or (titled(words[j]) and lists.person(words[j]))
        if words[j].gap not in (". ", ".") and not (loose and (fits or initial(words[j]))):
            return False
        if not initial(words[j]):
            if not titled(words[j]) or words[j].lower in lists.things_or_never:
                return False
            return fits or lists.ordinary.unlisted(words[j].lower)
    return False


def _small_word_name(words: list[Token], i: int, lists: NameWords) -> bool:
    """A name that is a word, in small letters, told by the words beside it: "its summer at", "tell rose"."""
    word = words[i].lower
    if titled(words[i]) or word not in lists.wordy:
        return False
    if announced_small(words, i, lists) or acting_small(words, i, lists):
        return True
    before = words[i - 1].lower if i and words[i].gap == " " else ""
    if before in ("tell", "told", "ask", "asked") and word not in lists.calendar and len(word) > 2:
        return not as_verb(words, i, lists)
    if before in ("you", "u") and i > 1 and words[i - 2].lower == "thank" and word in lists.words:
        return not as_verb(words, i, lists)
    if i + 1 >= len(words):
        return before in ("its", "it's") and word in lists.words and word not in _HOW_IT_IS
    if word in lists.words and _praised(words, i, lists):
        return True
    after = words[i + 1]
    if after.gap == " " and len(after.word) > 3 and after.lower in lists.family and not _is_word(after.lower, lists):
        return True
    if of_team(words, i, lists) and (starts(words, i) or "," in words[i].gap or before in lists.before):
        return True
    if apposed(words, i, lists) and after.gap != " ":
        return True
    if after.gap != " " or before not in lists.before:
        return False
    return after.lower in (lists.after if before not in _LOOSE else _PLACED)


def _lengthened(words: list[Token], i: int, lists: NameWords) -> int:
    """The last word of the name that begins here: more capitals, initials, particles, a known family name."""
    last = i
    for j in range(i + 1, min(i + LONGEST_NAME, len(words))):
        word, after_initial = words[j], len(words[j - 1].word) == 1
        if word.gap != " " and not (after_initial and word.gap in (". ", ".")):
            break
        if word.lower in lists.particles and j + 1 < len(words) and titled(words[j + 1]):
            continue
        if not _goes_on(words, j, lists):
            break
        last = j
    return last


def _goes_on(words: list[Token], j: int, lists: NameWords) -> bool:
    word = words[j]
    if initial(word) and word.word != "I":
        return True
    if word.lower in lists.short_family and titled(word) and titled(words[j - 1]):
        return True
    if word.lower in lists.never or word.lower in lists.things:
        return False
    if titled(word) or (word.word.isupper() and len(word.word) > 3 and lists.strange(word)):
        return True
    if part(word.lower, lists.family) and word.lower not in lists.places:
        return True
    small = not titled(words[j - 1]) and not initial(words[j - 1])
    return small and len(word.word) > 3 and lists.strange(word)


def _again(words: list[Token], taken: set[int], lists: NameWords) -> Iterator[tuple[int, int]]:
    """The other places where a name already found stands; a name that is a word only as it was written."""
    if not taken:
        return
    exact = {words[j].word for j in taken if titled(words[j])}
    plain = {words[j].lower for j in taken if len(words[j].word) > 2}
    plain = {word for word in plain if word not in lists.as_written}
    for j, word in enumerate(words):
        if j in taken or (word.lower not in plain and word.word not in exact):
            continue
        known = word.lower in plain or (not starts(words, j) and word.lower not in lists.never)
        if known and not is_place(words, j, lists) and not kept_saying(words, j, lists):
            yield word.start, word.end
