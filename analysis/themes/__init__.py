"""What many comments have in common that no topic foresees: themes, their titles, and what belongs to them."""

from analysis.themes.finding import AGAINST, FOR, NEITHER, SIDE_OF, SIDES, Found, Placing, Theme, belonging, find
from analysis.themes.grouping import NEAR
from analysis.themes.space import BY_MEANING, BY_WORDS, Space, space_of_meanings, space_of_words

__all__ = [
    "AGAINST", "BY_MEANING", "BY_WORDS", "FOR", "NEAR", "NEITHER", "SIDES", "SIDE_OF", "Found", "Placing", "Space",
    "Theme", "belonging", "find", "space_of_meanings", "space_of_words",
]  # fmt: skip
