"""The themes of a store: found, kept, told, and what people said of them."""

from data.themes.kept import HIDE, MERGE, RENAME, Kept, Said, Standing
from data.themes.looking import look
from data.themes.told import Themes, Told, tell

__all__ = ["HIDE", "Kept", "MERGE", "RENAME", "Said", "Standing", "Themes", "Told", "look", "tell"]
