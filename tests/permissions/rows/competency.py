"""Rows of competency."""

from tests.permissions.matrix import Row

ROWS: list[Row] = []
