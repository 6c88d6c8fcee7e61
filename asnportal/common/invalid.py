"""What is said when one value (a cell, a field of a form) cannot be taken.

Every parser of this package raises a subclass of `Invalid`. `code` is for programs (reports,
grouping of problems), `message` is the Indonesian sentence that people read. The message never
carries "Baris n, kolom k": who knows the row puts it in front.
"""

from dataclasses import dataclass


class Invalid(ValueError):
    """A value that is refused, with a code and the sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that can be read but that a person must decide about (an import holds the row)."""

    code: str
    message: str
