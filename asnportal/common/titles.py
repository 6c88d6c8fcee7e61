"""Degrees and titles in front of and behind a name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonName:
    """title_before "Dr. H.", name "Muh. Nur'aini", title_after "S.Kom., M.Si."."""

    title_before: str
    name: str
    title_after: str

    def __str__(self) -> str:
        front = f"{self.title_before} {self.name}".strip()
        return f"{front}, {self.title_after}" if self.title_after else front


def split_name(value: object) -> PersonName:
    """Split one cell. Raises InvalidText of asnportal.common.text."""
    raise NotImplementedError


def read_name(name: object, title_before: object = None, title_after: object = None) -> PersonName:
    """Name and title columns of one row; titles inside the name count where their column is blank.

    Raises InvalidText.
    """
    raise NotImplementedError
