"""Which heading means which field: the synonyms that offices use, and the match of a heading row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asnportal.common.sheets.table import Column


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours. label is what people read; names are accepted headings, seconds only when no
    column matches one of names; all in the form that `normalise` gives."""

    name: str
    label: str
    names: tuple[str, ...]
    seconds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """fields in order of precedence; required are the names of fields without which nothing is read."""

    name: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """columns per index; clashes and missing as field -> columns / field names."""

    columns: tuple[Column, ...]
    clashes: Mapping[str, tuple[Column, ...]]
    missing: tuple[str, ...]


def normalise(heading: str) -> str:
    """Lower case, signs to spaces, words broken over lines joined, spaces squeezed."""
    raise NotImplementedError


def recognise(
    headings: Sequence[str], vocabulary: Vocabulary, *, choice: Mapping[int, str | None] | None = None
) -> Recognition:
    """Match headings (one per column) with fields. choice: column index -> field (or None: not read)."""
    raise NotImplementedError


PEOPLE = Vocabulary("people", (), ())
HISTORY = Vocabulary("history", (), ())
