"""What is to be put right in the data, owner by owner, and the same as a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.chart import Table
from dashboard.widgets.figures import download
from dashboard.words import plain
from dashboard.words.quality import alert_count, alert_line
from data.quality import Alert, by_owner

HEADINGS = ("owner", "email", "due", "overdue", "label", "what", "rows", "remedy")
AT_MOST = 20  # lines of one owner on the page


def alert_list(found: Sequence[Alert], about: str, key: str) -> None:
    """A heading for each owner with what they have to see to, overdue first, and the whole list as a file."""
    for number, ((owner, _), own) in enumerate(by_owner(found).items()):
        late = sum(alert.overdue for alert in own)
        with st.expander(plain(alert_count(owner, len(own), late)), key=f"{key}-owner-{number}"):
            for alert in own[:AT_MOST]:
                st.write(plain(alert_line(alert)))
            if len(own) > AT_MOST:
                st.caption("The rest stands in the file.")
    rows = tuple(
        (a.owner, a.email, a.due.isoformat(), "yes" if a.overdue else "no", a.label, a.what, a.rows, a.remedy)
        for a in found
    )
    download(Table(HEADINGS, (), HEADINGS, rows), about, key, "Download the list by owner (CSV)")
