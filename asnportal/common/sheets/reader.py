"""From a file to a table: find out what it is, open it within limits, find the heading, take the rows."""

from collections.abc import Mapping
from pathlib import Path

from asnportal.common.sheets.headings import Vocabulary
from asnportal.common.sheets.table import Limits, Table

Source = Path | bytes


def read_workbook(
    source: Source,
    filename: str,
    *,
    vocabulary: Vocabulary,
    limits: Limits,
    choice: Mapping[int, str | None] | None = None,
) -> Table:
    """Read the first visible sheet whose heading is recognised.

    choice (column index -> field or None) is a person's answer to how columns were recognised.
    Raises Refused, also when required columns are missing or two columns claim one field.
    """
    raise NotImplementedError


def preview_workbook(
    source: Source,
    filename: str,
    *,
    vocabulary: Vocabulary,
    limits: Limits,
    choice: Mapping[int, str | None] | None = None,
) -> Table:
    """Like read_workbook, but missing and clashing columns stand in the table for a person to settle."""
    raise NotImplementedError
