"""How far themes agree with topics: run ``python -m tools.theme_agreement``; docs/method/themes.md quotes it.

The comments labelled by the project itself, each different text once; tone and topics are their labels. Agreement is
normalised mutual information between theme and topic, over comments that have one topic and are in a theme.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from analysis.text.evaluation import Labelled
from analysis.themes import SIDE_OF, SIDES, Space, belonging, find, space_of_meanings, space_of_words
from data.embedding import NoModel, load_embedder
from data.labelled import read_labelled
from data.language import LABELLED
from data.themes.looking import SEED, empty_words

OF_REDACTION = "redaction"  # files of these probes are not comments as tenants write them


def main() -> int:
    """Print the themes and their agreement, by meaning and by words."""
    comments = different()
    embedder = load_embedder()
    if isinstance(embedder, NoModel):
        print(embedder.why, file=sys.stderr)
        return 1
    texts = [comment.text for comment in comments]
    vectors = embedder(texts)
    print(f"{len(texts):,} different comments")
    for name, space in (("by meaning", space_of_meanings(vectors)), ("by words", space_of_words(texts, SEED))):
        print(f"\n{name}")
        told(comments, space, vectors)
    return 0


def different() -> list[Labelled]:
    """Every different labelled comment, in the order of its key."""
    files = sorted(file for file in LABELLED.parent.glob("*.jsonl") if OF_REDACTION not in file.name)
    by_key = {key_of(comment.text): comment for file in files for comment in read_labelled(file)}
    return [by_key[key] for key in sorted(by_key)]


def key_of(text: str) -> str:
    """A key such as a text has in a store."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def told(comments: Sequence[Labelled], space: Space, vectors: np.ndarray) -> None:
    """Find themes, print them, and how far they agree with the topics."""
    texts, tones = [comment.text for comment in comments], [comment.tone for comment in comments]
    places = space.place(texts, vectors)
    found = find([key_of(text) for text in texts], texts, tones, places.__getitem__, empty_words(), "")
    for side, reason in found.reasons.items():
        print(f"  {side}: {reason}")
    if not found.themes:
        return
    label = belonging(places @ np.stack([theme.centre for theme in found.themes]).T, tones, found.themes)
    for number, theme in enumerate(found.themes):
        print(f"  {theme.key}: {theme.title}, {int((label == number).sum())}")
    for side in SIDES:
        mine = [row for row, tone in enumerate(tones) if SIDE_OF.get(tone) == side]
        placed = [row for row in mine if label[row] >= 0]
        single = [row for row in placed if len(comments[row].topics) == 1]
        if single:
            topics = [next(iter(comments[row].topics)) for row in single]
            agreement = normalized_mutual_info_score(topics, label[single])
            print(f"  {side}: agreement {agreement:.2f}, {len(placed)} of {len(mine)} in a theme")


if __name__ == "__main__":
    sys.exit(main())
