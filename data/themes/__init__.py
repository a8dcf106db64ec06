"""The themes of a store: found, kept, told, and what people said of them."""

from data.themes.kept import HIDE, MERGE, RENAME, Kept, Said, Standing
from data.themes.looking import look
from data.themes.told import NONE_YET, Themes, Told, tell, texts_of

__all__ = [
    "HIDE",
    "Kept",
    "MERGE",
    "NONE_YET",
    "RENAME",
    "Said",
    "Standing",
    "Themes",
    "Told",
    "look",
    "tell",
    "texts_of",
]
