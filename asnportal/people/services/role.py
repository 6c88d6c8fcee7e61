"""Roles and accounts: given and taken by those who may, never for oneself, each with its audit line (P55, P56, P74)."""

from django.db import IntegrityError, transaction
from django.db.models import F

from asnportal.audit.models import record
from asnportal.common.errors import OwnCase, Refusal
from asnportal.people.models import RoleGrant, Unit, User
from asnportal.people.permissions import roles_granted_by

OWN = "Peran Anda sendiri diatur oleh petugas lain."
NOT_YOURS = "Peran ini hanya dapat diatur oleh admin teknis."


@transaction.atomic
def grant(user: User, role: str, *, by: User, unit: Unit | None = None) -> RoleGrant:
    """Give a role; the account signs in again, so that the rules of its new office hold at once.

    Raises OwnCase, Refusal ``not_yours``, ``unit`` (an admin unit needs one, others have none), ``double``.
    """
    _check(user, role, by=by)
    if (unit is not None) != (role == RoleGrant.Role.OPD):
        raise Refusal(
            "Pilih unit untuk peran Admin unit." if unit is None else "Peran ini tanpa unit.", code="unit"
        )
    try:
        with transaction.atomic():
            given = RoleGrant.objects.create(user=user, role=role, unit=unit, granted_by=by)
    except IntegrityError as error:
        raise Refusal("Peran ini sudah diberikan.", code="double") from error
    _apply(user, role)
    record("role.grant", user, by=by, after=_words(given))
    return given


@transaction.atomic
def revoke(given: RoleGrant, *, by: User) -> None:
    """Take a role away. Raises OwnCase, Refusal ``not_yours``, ``last_admin``."""
    _check(given.user, given.role, by=by)
    if given.role == RoleGrant.Role.ADMIN and not _another_admin(given):
        raise Refusal(
            "Ini satu-satunya admin teknis. Beri peran itu kepada orang lain dahulu.", code="last_admin"
        )
    before = _words(given)
    given.delete()
    _apply(given.user, given.role)
    record("role.revoke", given.user, by=by, before=before)


@transaction.atomic
def deactivate(user: User, *, by: User, note: str) -> None:
    """Close an account; its sessions end at the next request. Raises OwnCase, Refusal ``not_yours``."""
    _check_account(user, by=by)
    _set_active(user, by=by, verb="account.deactivate", note=note, active=False)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Open a closed account again. Raises OwnCase, Refusal ``not_yours``, ``inactive`` (its person has left)."""
    _check_account(user, by=by)
    if user.employee_or_none is not None and not user.employee_or_none.is_active:
        raise Refusal("Pegawainya tidak aktif. Aktifkan pegawainya dahulu.", code="inactive")
    _set_active(user, by=by, verb="account.reactivate", note="", active=True)


@transaction.atomic
def end_sessions(user: User, *, by: User) -> None:
    """End all sessions of the account on every device, at its next request (P74)."""
    _check_account(user, by=by)
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    record("session.end", user, by=by)


def _check(user: User, role: str, *, by: User) -> None:
    if user.pk == by.pk:
        raise OwnCase(OWN)
    if role not in roles_granted_by(by):
        raise Refusal(NOT_YOURS, code="not_yours")


def _check_account(user: User, *, by: User) -> None:
    if user.pk == by.pk:
        raise OwnCase("Akun Anda sendiri diatur oleh petugas lain.")
    if not user.roles <= set(roles_granted_by(by)):
        raise Refusal("Akun ini hanya dapat diatur oleh admin teknis.", code="not_yours")


def _set_active(user: User, *, by: User, verb: str, note: str, active: bool) -> None:
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if locked.is_active == active:
        return
    locked.is_active = active
    locked.session_round = locked.session_round + 1
    locked.save(update_fields=["is_active", "session_round"])
    user.is_active = active
    record(verb, user, by=by, note=note)


def _another_admin(given: RoleGrant) -> bool:
    others = RoleGrant.objects.filter(role=RoleGrant.Role.ADMIN, user__is_active=True)
    return others.exclude(user=given.user_id).exists()


def _apply(user: User, role: str) -> None:
    """What hangs on a role: Django's admin for the technical admin, and a new sign-in for everybody."""
    changes: dict[str, object] = {"session_round": F("session_round") + 1}
    if role == RoleGrant.Role.ADMIN:
        is_admin = user.role_grants.filter(role=RoleGrant.Role.ADMIN).exists()
        changes |= {"is_staff": is_admin, "is_superuser": is_admin}
    User.objects.filter(pk=user.pk).update(**changes)
    for cached in ("grants", "roles", "officer_units", "loaded_roles"):
        user.__dict__.pop(cached, None)


def _words(given: RoleGrant) -> str:
    return f"{given.get_role_display()}, {given.unit}" if given.unit else given.get_role_display()
