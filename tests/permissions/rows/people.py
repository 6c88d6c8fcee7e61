"""Rows of people: sign-in, one's own account, people, units, roles."""

from datetime import date

from asnportal.people.models import Holiday
from tests.permissions.matrix import Arguments, Row
from tests.permissions.world import World


def a_key(world: World, role: str) -> Arguments:
    return {"key": "tidak-ada"}


def a_reset_key(world: World, role: str) -> Arguments:
    return {"uidb36": "1", "key": "tidak-ada"}


def employee(world: World, role: str) -> tuple[Arguments, Arguments]:
    return {"public_id": world.a1.public_id}, {"public_id": world.b1.public_id}


def unit(world: World, role: str) -> Arguments:
    return {"pk": world.unit_a1.pk}


def head(world: World, role: str) -> Arguments:
    return {"pk": world.unit_a.pk, "head_pk": world.unit_a.heads.get().pk}


def account(world: World, role: str) -> Arguments:
    return {"pk": world.a1.user.pk}


def a_grant(world: World, role: str) -> Arguments:
    return {"pk": world.oB.pk, "grant_pk": world.oB.role_grants.get().pk}


def OPD(world: World) -> Arguments:
    return {"role": "opd", "unit": world.unit_a1.pk}


CODE = {"nip": "198705142010012001", "kode": "AAAA-AAAA"}
LEAVE = {"on": "2026-11-01", "reason": "Pensiun"}
REASON = {"reason": "Laptop hilang"}
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
    Row("P66", "profile", "GET", "                            L   A   A   A   A   A   A   A  A"),
    Row("P39", "profile", "POST", "                           L   A   A   A   A   A   A   A  A"),
    Row("P66", "security", "GET", "                           L   A   A   A   A   A   A   A  A"),
    Row("P73", "usersessions_list", "POST", "                 L   A   A   A   A   A   A   A  A"),
]


def a_holiday(world: World, role: str) -> Arguments:
    return {"pk": Holiday.objects.create(day=date(2030, 1, 1), name="Libur").pk}


#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
HOLIDAYS = [
    Row("P62", "holiday_list", "GET", "                       L   F   F   F   A   F   F   A  F"),
    Row("P62", "holiday_list", "POST", "                      L   F   F   F   A   F   F   A  F", also=(422,)),
    Row("P62", "holiday_paste", "POST", "                     L   F   F   F   A   F   F   A  F", also=(422,)),
    Row(
        "P62", "holiday_remove", "POST", "                    L   F   F   F   A   F   F   A  F", of=a_holiday
    ),
]
#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
ACTIVATION = [
    Row("-", "activate", "GET", "                             A   A   A   A   A   A   A   A  A"),
    Row(
        "-",
        "activate",
        "POST",
        "                            A   A   A   A   A   A   A   A  A",
        data=CODE,
        also=(422,),
    ),
    Row("-", "activate_password", "GET", "                    A   A   A   A   A   A   A   A  A"),
    Row("-", "activate_password", "POST", "                   A   A   A   A   A   A   A   A  A"),
    Row("P46", "activation_sheet", "GET", "                   L   F   F   F   A   F   F   A  F"),
    Row("P46", "activation_sheet", "POST", "                  L   F   F   F   A   F   F   A  F", also=(422,)),
    Row("P46", "unit_activation_sheet", "GET", "              L   F   F   A   F   F   F   F  F"),
    Row("P46", "unit_activation_sheet", "POST", "             L   F   F   A   F   F   F   F  F", also=(422,)),
    Row("P46", "employee_code", "POST", "                     L   F   F   A/N A   F   F   A  F", of=employee),
]
#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
PEOPLE = [
    Row("P46", "employee_list", "GET", "                      L   F   F   F   A   F   A   A  F"),
    Row("P46", "unit_people", "GET", "                        L   F   F   A   F   F   F   F  F"),
    Row("P46", "without_supervisor", "GET", "                 L   F   F   A   A   F   A   A  F"),
    Row("P47", "employee_export", "POST", "                   L   F   F   A   A   F   A   A  F"),
    Row("P38", "employee_detail", "GET", "                    L   A/N A/N A/N A   N   A   A  N", of=employee),
    Row("P39", "employee_contact", "POST", "                  L   F   F   A/N A   F   F   A  F", of=employee),
    Row("P40", "employee_new", "GET", "                       L   F   F   F   A   F   F   A  F"),
    Row("P40", "employee_new", "POST", "                      L   F   F   F   A   F   F   A  F", also=(422,)),
    Row("P40", "employee_edit", "GET", "                      L   F   F   F   A   F   F   A  F", of=employee),
    Row(
        "P40",
        "employee_edit",
        "POST",
        "                     L   F   F   F   A   F   F   A  F",
        of=employee,
        also=(422,),
    ),
    Row("P40", "employee_leave", "GET", "                     L   F   F   F   A   F   F   A  F", of=employee),
    Row(
        "P40",
        "employee_leave",
        "POST",
        "                    L   F   F   F   A   F   F   A  F",
        of=employee,
        data=LEAVE,
    ),
    Row("P40", "employee_reactivate", "POST", "               L   F   F   F   A   F   F   A  F", of=employee),
    Row("P53", "unit_list", "GET", "                          L   F   F   F   A   F   A   A  F"),
    Row("P53", "unit_new", "GET", "                           L   F   F   F   A   F   F   A  F"),
    Row("P53", "unit_new", "POST", "                          L   F   F   F   A   F   F   A  F", also=(422,)),
    Row("P53", "unit_edit", "GET", "                          L   F   F   F   A   F   F   A  F", of=unit),
    Row(
        "P53",
        "unit_edit",
        "POST",
        "                         L   F   F   F   A   F   F   A  F",
        of=unit,
        also=(422,),
    ),
    Row(
        "P54",
        "unit_head_add",
        "POST",
        "                     L   F   F   F   A   F   F   A  F",
        of=unit,
        also=(422,),
    ),
    Row("P54", "unit_head_end", "POST", "                     L   F   F   F   A   F   F   A  F", of=head),
]
#                                                            PUB ASN SPV OPD BKP PTN AUD SU PIM
ACCOUNTS = [
    Row("P55", "account_list", "GET", "                       L   F   F   F   A   F   F   A  F"),
    Row("P55", "account_detail", "GET", "                     L   F   F   F   A   F   F   A  F", of=account),
    Row("P55", "account_for", "POST", "                       L   F   F   F   A   F   F   A  F", of=employee),
    Row(
        "P55",
        "account_grant",
        "POST",
        "                     L   F   F   F   A   F   F   A  F",
        of=account,
        data=OPD,
    ),
    Row("P55", "account_revoke", "POST", "                    L   F   F   F   A   F   F   A  F", of=a_grant),
    Row("P74", "account_end_sessions", "POST", "              L   F   F   F   A   F   F   A  F", of=account),
    Row(
        "P74",
        "account_deactivate",
        "POST",
        "                L   F   F   F   A   F   F   A  F",
        of=account,
        data=REASON,
    ),
    Row("P74", "account_reactivate", "POST", "                L   F   F   F   A   F   F   A  F", of=account),
]
ROWS = [*SIGN_IN, *OWN_ACCOUNT, *ACTIVATION, *PEOPLE, *ACCOUNTS, *HOLIDAYS]
