"""Every problem of a file at once: row, column, value, rule in plain words, remedy, owner and what it stops."""

from data.checks.book import left_out, listed, prepare
from data.checks.records import as_sheets_show, check_records, records_kept, score_records
from data.checks.survey import check, file_problems, score

__all__ = [
    "as_sheets_show", "check", "check_records", "file_problems", "left_out", "listed", "prepare", "records_kept",
    "score", "score_records",
]  # fmt: skip
