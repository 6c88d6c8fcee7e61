"""Rows of notifications."""

from tests.permissions.matrix import Row

ROWS: list[Row] = []
