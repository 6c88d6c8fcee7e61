"""Rows of competency: imported trainings."""

from tests.permissions.matrix import Row

#                                     PUB ASN SPV OPD BKP PTN AUD SU PIM
ROWS: list[Row] = [
    Row("P44", "record_list", "GET", "    L   F   F   F   A   F   A   A  F"),
    Row("P44", "record_decide", "POST", " L   F   F   F   A   F   F   F  F"),
]
