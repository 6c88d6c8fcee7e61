"""Which heading means which field: the match of a heading row with a vocabulary.

Headings are mapped by name, never by position. The words themselves: asnportal.common.sheets.words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from asnportal.common.sheets.table import Clash, Column

_HYPHENATED = re.compile(r"(?<=\w)-[ \t]*[\r\n]+\s*(?=\w)")
_SIGNS = re.compile(r"[\s._\-/()*:;,#'\"\[\]\u2010-\u2015\u00a0\u200b\ufeff]+")
_SPACED_LETTERS = re.compile(r"(?:\b\w ){2,}\w\b")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of ours. label is what people read; names are accepted headings; seconds are accepted
    only when no column bears one of names. Both in the form that `normalise` gives."""

    name: str
    label: str
    names: tuple[str, ...]
    seconds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """fields in order of precedence; required are the names of fields without which nothing is read;
    neutral are headings over a group of columns that add nothing to what stands below them."""

    name: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    neutral: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> frozenset[str]:
        """Every accepted heading."""
        return frozenset(word for field in self.fields for word in (*field.names, *field.seconds))

    def label(self, name: str) -> str:
        """What people read for a field."""
        return next(field.label for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Recognition:
    """columns per index; clashes; missing required fields by name."""

    columns: tuple[Column, ...]
    clashes: tuple[Clash, ...]
    missing: tuple[str, ...]


def normalise(heading: str) -> str:
    """Lower case, signs to spaces, words broken over lines joined, spaces squeezed, "n i p" as "nip"."""
    text = _HYPHENATED.sub("", unicodedata.normalize("NFKC", heading))
    text = _SIGNS.sub(" ", text).strip().lower()
    return _SPACED_LETTERS.sub(lambda found: found[0].replace(" ", ""), text)


def letters(index: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def recognise(
    headings: Sequence[str], vocabulary: Vocabulary, *, choice: Mapping[int, str | None] | None = None
) -> Recognition:
    """Match headings (one per column, "" where none) with fields.

    choice: column index -> field, or None for not read; it overrules what would be recognised.
    """
    choice = dict(choice or {})
    claims = _claims([normalise(heading) for heading in headings], vocabulary, choice)
    for index, name in choice.items():
        if name and 0 <= index < len(headings):
            claims.setdefault(name, []).append(index)
    field_of = {indexes[0]: name for name, indexes in claims.items()}
    columns = tuple(
        Column(index, letters(index), " ".join(heading.split()), field_of.get(index))
        for index, heading in enumerate(headings)
    )
    clashes = tuple(
        Clash(name, tuple(columns[index] for index in sorted(indexes)))
        for name, indexes in claims.items()
        if len(indexes) > 1
    )
    return Recognition(columns, clashes, tuple(name for name in vocabulary.required if name not in claims))


def _claims(
    words: list[str], vocabulary: Vocabulary, choice: Mapping[int, str | None]
) -> dict[str, list[int]]:
    """Field -> columns that bear it. A person's choice takes the column, and the field from others."""
    free = {index for index in range(len(words)) if words[index] and index not in choice}
    open_fields = [field for field in vocabulary.fields if field.name not in set(choice.values())]
    claims: dict[str, list[int]] = {}
    for field in open_fields:
        _claim(claims, field.name, field.names, words, free)
    for field in open_fields:
        if field.name not in claims:
            for word in field.seconds:
                _claim(claims, field.name, (word,), words, free)
    return claims


def _claim(
    claims: dict[str, list[int]], name: str, accepted: Iterable[str], words: list[str], free: set[int]
) -> None:
    if name in claims:
        return
    found = [index for index in sorted(free) if words[index] in accepted]
    if found:
        claims[name] = found
        free.difference_update(found)
