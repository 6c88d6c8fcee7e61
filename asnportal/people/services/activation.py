"""Activation codes: made for a sheet or for one person, used once (PRODUCT.md, "First sign-in").

A code has 8 letters and digits without 0, O, 1 and I: 40 bits, enough against guessing at five tries in a quarter
of an hour. Only a keyed hash is kept, so a printed sheet cannot be printed again: a new one ends the old codes.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from asnportal.audit.models import record, record_many
from asnportal.common.dates import format_date
from asnportal.common.errors import OwnCase, Refusal
from asnportal.common.invalid import Invalid
from asnportal.common.nip import parse_nip
from asnportal.people.models import ActivationCode, Employee, User
from asnportal.people.queries.contact import contact_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 8, 4
VALID = timedelta(days=14)
MOST_ATTEMPTS = 50  # wrong tries on one code, over all its days; the page allows five in a quarter of an hour

NO_MATCH = "NIP dan kode belum cocok. Periksa lembar Anda, atau minta kode baru kepada admin unit Anda."
CLOSED = "Akun ini sedang ditutup. Hubungi petugas BKPSDM."


@dataclass(frozen=True)
class Slip:
    """One person's code, in clear: shown and printed now, never again. ``until`` is a moment, shown as WITA day."""

    employee: Employee
    code: str
    until: datetime

    @property
    def printed(self) -> str:
        return "-".join(self.code[n : n + GROUP] for n in range(0, LENGTH, GROUP))


@transaction.atomic
def make_codes(employees: Iterable[Employee], *, by: User) -> list[Slip]:
    """New codes for people who have no password yet; the officer's own record is left out.

    Ends the codes these people had. Load ``unit``, ``position`` and ``user`` with the people.
    """
    people = [one for one in employees if one.is_active and one.user_id != by.pk and not has_password(one)]
    slips = _issue(people, purpose=ActivationCode.Purpose.ACTIVATE, by=by)
    record_many("activation.make", people, by=by)
    return slips


@transaction.atomic
def renew(employee: Employee, *, by: User, note: str = "") -> Slip:
    """One new code after seeing the person: first sign-in or forgotten password.

    Raises OwnCase for the officer himself, Refusal for somebody who is not active.
    """
    if employee.user_id is not None and employee.user_id == by.pk:
        raise OwnCase("Anda tidak dapat membuat kode untuk diri sendiri. Minta petugas lain.")
    if not employee.is_active:
        raise Refusal("Pegawai ini tidak aktif, jadi tidak dapat masuk.", code="inactive")
    known = has_password(employee)
    purpose = ActivationCode.Purpose.RESET if known else ActivationCode.Purpose.ACTIVATE
    slip = _issue([employee], purpose=purpose, by=by)[0]
    record("activation.renew", employee, by=by, note=note, after=purpose)
    return slip


def redeem(nip: str, code: str) -> ActivationCode:
    """Find the code that belongs to this number; nothing is used up yet.

    Raises Refusal: ``no_match`` with the same words for an unknown number and a wrong code, ``expired`` for a code
    that was right, ``closed`` for a closed account.
    """
    live = _codes_of(nip).filter(used_at=None, replaced_at=None).first()
    if live is not None and _matches(live, code) and live.attempts < MOST_ATTEMPTS:
        return _usable(live)
    if live is not None:
        ActivationCode.objects.filter(pk=live.pk).update(attempts=F("attempts") + 1)
    for old in _codes_of(nip).exclude(used_at=None, replaced_at=None).order_by("-id")[:5]:
        if _matches(old, code):
            raise Refusal(_ended_sentence(old), code="expired")
    raise Refusal(NO_MATCH, code="no_match")


@transaction.atomic
def set_first_password(ticket: ActivationCode, *, password: str, phone: str = "") -> User:
    """Use the code up: the account exists from now on and has this password; its other sessions end.

    Raises Refusal when the code was used, replaced or ran out since it was shown.
    """
    code = (
        ActivationCode.objects.select_for_update(of=("self",))
        .select_related("employee__user")
        .get(pk=ticket.pk)
    )
    if code.used_at or code.replaced_at:
        raise Refusal(_ended_sentence(code), code="expired")
    employee = _usable(code).employee
    user = ensure_account(employee)
    user.set_password(password)
    user.session_round = user.session_round + 1
    user.save(update_fields=["password", "session_round"])
    if phone and phone != employee.phone:
        employee.phone = phone
        employee.save(update_fields=["phone"])
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
    record("activation.use", employee, by=user, after=code.purpose)
    return user


def ensure_account(employee: Employee) -> User:
    """The person's account; made without a password where there is none yet. In the caller's transaction."""
    if employee.user is None:
        employee.user = User.objects.create_user(employee.nip, name=employee.name)
        employee.save(update_fields=["user"])
    return employee.user


def has_password(employee: Employee) -> bool:
    return employee.user is not None and employee.user.has_usable_password()


def _issue(people: list[Employee], *, purpose: str, by: User) -> list[Slip]:
    now = timezone.now()
    until = now + VALID
    slips = [Slip(one, "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)), until) for one in people]
    live = ActivationCode.objects.filter(employee__in=people, used_at=None, replaced_at=None)
    live.update(replaced_at=now)
    ActivationCode.objects.bulk_create(
        [
            ActivationCode(
                employee=slip.employee,
                purpose=purpose,
                code_hash=_hash(slip.employee.pk, slip.code),
                made_by=by,
                expires_at=until,
            )
            for slip in slips
        ],
        batch_size=500,
    )
    return slips


def _codes_of(nip: str) -> models.QuerySet[ActivationCode]:
    try:
        number = parse_nip(nip, status=None, today=timezone.localdate()).number
    except Invalid:
        return ActivationCode.objects.none()
    return ActivationCode.objects.filter(employee__nip=number, employee__is_active=True).select_related(
        "employee__unit", "employee__position", "employee__user"
    )


def _usable(code: ActivationCode) -> ActivationCode:
    if code.expires_at <= timezone.now():
        raise Refusal(_ended_sentence(code), code="expired")
    if not code.employee.is_active or (code.employee.user and not code.employee.user.is_active):
        raise Refusal(CLOSED, code="closed")
    return code


def _ended_sentence(code: ActivationCode) -> str:
    """DESIGN.md 9.3: until when, and who makes a new one."""
    who = contact_of(code.employee.unit) or "admin unit Anda"
    if code.used_at:
        own = "Bila Anda sendiri yang memakainya, masuk dengan kata sandi Anda."
        return f"Kode ini sudah dipakai. {own} Bila bukan, minta kode baru kepada {who}."
    if code.replaced_at:
        return f"Kode ini sudah diganti dengan yang lebih baru. Pakai lembar terakhir, atau hubungi {who}."
    day = format_date(timezone.localdate(code.expires_at))
    return f"Kode ini berlaku sampai {day}. Minta kode baru kepada {who}."


def clean_code(typed: str) -> str:
    """As on the slip: capitals, without the dash; look-alikes that the alphabet leaves out stay wrong."""
    return "".join(char for char in typed.upper() if char.isascii() and char.isalnum())


def _matches(code: ActivationCode, typed: str) -> bool:
    return constant_time_compare(code.code_hash, _hash(code.employee_id, clean_code(typed)))


def _hash(employee_id: int, code: str) -> str:
    return salted_hmac("people.activation", f"{employee_id}:{code}", algorithm="sha256").hexdigest()
