"""JP (jam pelajaran, 45 minutes) as files write them."""

from decimal import Decimal

from asnportal.common.invalid import Invalid


class InvalidHours(Invalid):
    """codes: format, unit (days are not JP), zero, length."""


def parse_hours(value: object) -> Decimal | None:
    """JP from 24, "24 JP", "24 jam", "16,0"; None when blank; never from days. Raises InvalidHours."""
    raise NotImplementedError
