"""Rows of people: sign-in, one's own account, people, units, roles."""

from datetime import date

from asnportal.people.models import Holiday
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def a_key(world: World, role: str) -> Arguments:
    return {"key": "tidak-ada"}


def a_reset_key(world: World, role: str) -> Arguments:
    return {"uidb36": "1", "key": "tidak-ada"}


LOGIN = {"login": "198705142010012001", "password": "salah"}
NEW_PASSWORD = {"oldpassword": "x", "password1": "Tepian-2027", "password2": "Tepian-2027"}

#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
SIGN_IN = [
    Row("-", "account_login", "GET", "                        A   A   A   A   A   A   A   A  A"),
    Row(
        "-",
        "account_login",
        "POST",
        "                       A   A   A   A   A   A   A   A  A",
        data=LOGIN,
        also=(422,),
    ),
    Row("-", "account_logout", "GET", "                       A   A   A   A   A   A   A   A  A"),
    Row("-", "account_logout", "POST", "                      A   A   A   A   A   A   A   A  A"),
    Row("-", "account_inactive", "GET", "                     A   A   A   A   A   A   A   A  A"),
    Row("-", "account_signup", "GET", "                       A   A   A   A   A   A   A   A  A"),
    Row("-", "account_reset_password", "GET", "               A   A   A   A   A   A   A   A  A"),
    Row(
        "-",
        "account_reset_password",
        "POST",
        "              A   A   A   A   A   A   A   A  A",
        data={"email": "a@b.id"},
    ),
    Row("-", "account_reset_password_done", "GET", "          A   A   A   A   A   A   A   A  A"),
    Row(
        "-",
        "account_reset_password_from_key",
        "GET",
        "      A   A   A   A   A   A   A   A  A",
        of=a_reset_key,
    ),
    Row("-", "account_reset_password_from_key_done", "GET", " A   A   A   A   A   A   A   A  A"),
    Row("-", "account_confirm_email", "GET", "                A   A   A   A   A   A   A   A  A", of=a_key),
    Row("-", "account_email_verification_sent", "GET", "      A   A   A   A   A   A   A   A  A"),
    Row("-", "mfa_authenticate", "GET", "                     L   A   A   A   A   A   A   A  A"),
]
#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
OWN_ACCOUNT = [
    Row("P66", "account_email", "GET", "                      L   A   A   A   A   A   A   A  A"),
    Row(
        "P66",
        "account_email",
        "POST",
        "                     L   A   A   A   A   A   A   A  A",
        data={"email": "a@b.id"},
    ),
    Row("P66", "account_change_password", "GET", "            L   A   A   A   A   A   A   A  A"),
    Row(
        "P66",
        "account_change_password",
        "POST",
        "           L   A   A   A   A   A   A   A  A",
        data=NEW_PASSWORD,
    ),
    Row("P66", "account_set_password", "GET", "               L   A   A   A   A   A   A   A  A"),
    Row("P66", "account_reauthenticate", "GET", "             L   A   A   A   A   A   A   A  A"),
    Row(
        "P66",
        "account_reauthenticate",
        "POST",
        "            L   A   A   A   A   A   A   A  A",
        data={"password": "x"},
    ),
    Row("P66", "mfa_index", "GET", "                          L   A   A   A   A   A   A   A  A"),
    Row("P66", "mfa_reauthenticate", "GET", "                 L   A   A   A   A   A   A   A  A"),
    Row("P66", "mfa_activate_totp", "GET", "                  L   A   A   A   A   A   A   A  A"),
    Row(
        "P66",
        "mfa_activate_totp",
        "POST",
        "                 L   A   A   A   A   A   A   A  A",
        data={"code": "000000"},
    ),
    Row("P66", "mfa_deactivate_totp", "GET", "                L   N   N   N   N   N   N   N  N"),
    Row("P66", "mfa_view_recovery_codes", "GET", "         L   N   N   N   N   N   N   N  N"),
    Row("P66", "mfa_generate_recovery_codes", "GET", "        L   A   A   A   A   A   A   A  A"),
    Row("P66", "mfa_download_recovery_codes", "GET", "     L   N   N   N   N   N   N   N  N"),
    Row("P73", "usersessions_list", "GET", "                  L   A   A   A   A   A   A   A  A"),
    Row("P73", "usersessions_list", "POST", "                 L   A   A   A   A   A   A   A  A"),
]


def a_holiday(world: World, role: str) -> Arguments:
    return {"pk": Holiday.objects.create(day=date(2030, 1, 1), name="Libur").pk}


#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
HOLIDAYS = [
    Row("P62", "holiday_list", "GET", "                       L   F   F   F   A   F   F   A  F"),
    Row("P62", "holiday_list", "POST", "                      L   F   F   F   A   F   F   A  F", also=(422,)),
    Row(
        "P62", "holiday_remove", "POST", "                    L   F   F   F   A   F   F   A  F", of=a_holiday
    ),
]
ROWS = [*SIGN_IN, *OWN_ACCOUNT, *HOLIDAYS]
