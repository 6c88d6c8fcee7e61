"""The demo accounts that PRODUCT names: the same people, roles and units every time."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from asnportal.people.models import Employee, RoleGrant, Unit, User
from partners.models import Member, Partner

PASSWORD = "Tepian-2026"
Role = RoleGrant.Role


@dataclass(frozen=True)
class Actor:
    """``unit`` is where the person works, ``place`` the place among the unit's people (0 heads it)."""

    address: str
    unit: str = ""
    place: int = 0
    role: str = ""
    scope: str = ""
    partner: str = ""
    words: str = ""


ACTORS = (
    Actor("bkpsdm@contoh.test", "05.01", 1, Role.BKPSDM, words="petugas BKPSDM"),
    Actor("bkpsdm2@contoh.test", "05.01", 2, Role.BKPSDM, words="petugas BKPSDM kedua"),
    Actor("opd@contoh.test", "23.00.1", 0, Role.OPD, "23", words="admin unit Disdukcapil"),
    Actor("opd2@contoh.test", "11.00.1", 0, Role.OPD, "11", words="admin unit Dinas Kesehatan"),
    Actor("atasan@contoh.test", "23.03", 0, words="atasan, kepala bidang"),
    Actor("atasan2@contoh.test", "11.01", 0, words="atasan di unit lain"),
    Actor("asn@contoh.test", "23.03", 1, words="ASN, anggota tim atasan"),
    Actor("asn2@contoh.test", "11.01", 1, words="ASN di unit lain"),
    Actor("mitra@contoh.test", role=Role.MITRA, partner="M01", words="mitra, Universitas Mulawarman"),
    Actor("mitra2@contoh.test", role=Role.MITRA, partner="M02", words="mitra, Politeknik Negeri Samarinda"),
    Actor("auditor@contoh.test", "03", 1, Role.AUDITOR, words="auditor Inspektorat"),
    Actor("pimpinan@contoh.test", "01", 0, Role.PIMPINAN, words="pimpinan"),
    Actor("admin@contoh.test", role=Role.ADMIN, words="admin teknis"),
)


def open_accounts() -> list[User]:
    """Make every account that is not there yet. Needs the demo's units, people and partners."""
    return [open_account(actor) for actor in ACTORS]


def open_account(actor: Actor) -> User:
    kept = User.objects.filter(email=actor.address).first()
    if kept:
        return kept
    employee = employee_of(actor) if actor.unit else None
    if actor.role == Role.ADMIN:
        user = User.objects.create_superuser(actor.address, actor.address, PASSWORD, name="Admin Teknis")
    else:
        name = "" if employee else f"{actor.words[0].upper()}{actor.words[1:]}"
        user = User.objects.create_user(
            employee.nip if employee else actor.address, actor.address, PASSWORD, name=name
        )
        if actor.role:
            unit = Unit.objects.get(code=actor.scope) if actor.scope else None
            RoleGrant.objects.create(user=user, role=actor.role, unit=unit)
    if employee:
        employee.user, employee.email = user, actor.address
        employee.save(update_fields=["user", "email"])
    if actor.partner:
        Member.objects.create(user=user, partner=Partner.objects.get(provider__code=actor.partner))
    EmailAddress.objects.create(user=user, email=actor.address, verified=True, primary=True)
    return user


def employee_of(actor: Actor) -> Employee:
    """The person who plays this part: the head of the unit, or one of its PNS in order of the NIP."""
    people = Employee.objects.filter(unit__code=actor.unit, user=None)
    if actor.place == 0:
        return people.get(headed__unit__code=actor.unit)
    others = people.filter(headed=None, kind=Employee.Kind.PNS).order_by("nip")
    return others.first() or people.filter(headed=None).order_by("nip")[0]
