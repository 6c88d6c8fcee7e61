"""Rows of the house itself: landing, home pages, language, theme, errors, health."""

from tests.permissions.matrix import Row

ROWS = [
    #                                      PUB ASN SPV OPD BKP PTN AUD SU PIM
    Row("-", "set_language", "POST", "      A   A   A   A   A   A   A   A  A", data={"language": "en"}),
    Row("-", "set_theme", "POST", "         A   A   A   A   A   A   A   A  A", data={"theme": "gelap"}),
    Row("-", "components", "GET", "         A   A   A   A   A   A   A   A  A"),
    Row("-", "landing", "GET", "            A   A   A   A   A   A   A   A  A"),
    Row("-", "home", "GET", "               L   A   A   A   A   A   A   A  A"),
    Row("P60", "unit_home", "GET", "        L   F   A   A   F   F   F   F  F"),
    Row("-", "help", "GET", "               L   A   A   A   A   A   A   A  A"),
    Row("-", "start_here", "GET", "         L   A   A   A   A   A   A   A  A"),
    Row("P57", "audit_trail", "GET", "      L   F   F   F   A   F   A   A  F"),
    Row("P46", "search", "GET", "           L   F   F   A   A   F   A   A  F", query="?q=budi"),
    Row("-", "more", "GET", "               L   A   A   A   A   A   A   A  A"),
    Row("P62", "settings", "GET", "         L   F   F   F   A   F   F   A  F"),
    Row("P70", "admin:index", "GET", "        L   F   F   F   F   F   F   A  F"),
    Row("P71", "healthz", "GET", "          A   A   A   A   A   A   A   A  A"),
    Row("P71", "readyz", "GET", "           A   A   A   A   A   A   A   A  A", also=(503,)),
]
