"""How fast a landlord's letters are read: text, Word, PDF and a column of a table.

The baseline looks for each phrase of the register in each letter with a regular expression of its own, as a first try
would, and does nothing else: no redaction, no sentences, nothing set aside.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from letter_files import pdf, word
from timing import seconds

from analysis.text.phrases import phrase_list
from data.letters.reading import Given, read_letters
from data.letters.register import SHIPPED

GAP = r"(?:\w+ ){0,3}"
LETTERS, WORDS, PLAIN = 1_000, 300, 20
SAID = (
    "Thank you for your letter about the repair to your kitchen window.", "We came on Tuesday and nobody was in.",
    "Our surveyor will visit your home on the date shown above.", "Please ring us if that day does not suit you.",
    "As previously advised, the part has been ordered.", "We consider the matter closed.",
    "Please open the windows after cooking and keep lids on pans.", "Failure to comply will result in legal action.",
    "Mrs Okafor of 14 Ash Court rang us on 3 March.", "We are sorry that this has taken so long to put right.",
    "If you are not happy with this reply you can ask the Housing Ombudsman to look at it at any time.",
)  # fmt: skip


def letter(chance: random.Random) -> list[str]:
    """A letter of about a page: paragraphs of three sentences."""
    lines: list[str] = []
    while sum(len(line.split()) for line in lines) < WORDS:
        lines.append(" ".join(chance.choice(SAID) for _ in range(3)))
    return lines


def one_by_one(texts: list[str], patterns: list[re.Pattern[str]]) -> int:
    """The baseline: each phrase by itself."""
    return sum(bool(pattern.search(text)) for text in texts for pattern in patterns)


def main() -> None:
    """Print seconds for a thousand letters in each form, and the ratio to the baseline."""
    chance = random.Random(7)
    letters = [letter(chance) for _ in range(LETTERS)]
    register = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    phrases = [each for row in register.values() for each in phrase_list(str(row.get("phrases", "")))]
    patterns = [re.compile(r"\b" + re.escape(each).replace("\\~\\ ", GAP).replace("\\*", r"\w*")) for each in phrases]
    with TemporaryDirectory() as folder:
        place = Path(folder)
        forms = {"TXT": [], "DOCX": [], "PDF": []}
        for n, lines in enumerate(letters):
            (place / f"{n}.txt").write_text("\n\n".join(lines), encoding="utf-8")
            (place / f"{n}.docx").write_bytes(word(*lines))
            (place / f"{n}.pdf").write_bytes(pdf([part for line in lines for part in (*broken(line), "")]))
            for form, files in forms.items():
                files.append(Given(place / f"{n}.{form.lower()}"))
        with (place / "replies.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("Reply",), *(("\n".join(lines),) for lines in letters)])
        read_letters(forms["TXT"][:5])  # what is loaded once is not what a letter takes
        taken = {form: seconds(lambda files=files: read_letters(files), 3) for form, files in forms.items()}
        taken["CSV column"] = seconds(lambda: read_letters([Given(place / "replies.csv")], column="Reply"), 3)
    texts = [" ".join(lines).lower().replace("'", "") for lines in letters[:PLAIN]]
    naive = seconds(lambda: one_by_one(texts, patterns), 3) * LETTERS / PLAIN
    print(f"{LETTERS:,} letters of about {WORDS} words, {len(phrases):,} phrases")
    for form, time in taken.items():
        print(f"  {form}: {time:.1f} s")
    print(f"  baseline, each phrase by itself: {naive:.1f} s, {naive / taken['TXT']:.1f} times as long as TXT")


def broken(line: str, width: int = 90) -> list[str]:
    """A paragraph in lines, as a PDF has them."""
    lines, now = [], ""
    for said in line.split():
        if len(now) + len(said) > width:
            lines.append(now)
            now = ""
        now = f"{now} {said}".strip()
    return [*lines, now]


if __name__ == "__main__":
    main()
