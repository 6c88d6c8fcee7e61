"""Refusals: the reasons for which a verb is not done, each with the sentence that people read."""


class Refusal(Exception):
    """A verb that may not happen now. ``code`` is for tests and callers, ``message`` is Indonesian, for people.

    Raised by services, never by views. Views answer 409 with the message, or show it where the button was.
    """

    def __init__(self, message: str, *, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


class WrongState(Refusal):
    """The thing is not (or no longer) in a state from which this move leads anywhere."""

    def __init__(
        self, message: str = "Keadaannya sudah berubah. Muat ulang halaman lalu lihat lagi."
    ) -> None:
        super().__init__(message, code="wrong_state")


class OwnCase(Refusal):
    """Four eyes: nobody decides on himself, in any role."""

    def __init__(
        self, message: str = "Anda tidak dapat memutuskan hal Anda sendiri. Minta petugas lain."
    ) -> None:
        super().__init__(message, code="own_case")
