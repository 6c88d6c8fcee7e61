"""The people of the matrix, made once for all its tests (TRUST.md section 2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, TestCase

from asnportal.people.models import Employee, RoleGrant, Unit, User
from partners.models import Partner
from tests.factories import (
    EmployeeFactory,
    PartnerFactory,
    UnitFactory,
    UserFactory,
    grant,
    make_head,
    make_partner_member,
)

ROLES = ("PUB", "ASN", "SPV", "OPD", "BKP", "PTN", "AUD", "SU", "PIM")  # the columns of the matrix


def role_only(role: str, unit: Unit | None = None) -> User:
    """An account with one role and no employee record."""
    return grant(UserFactory(), role, unit=unit)


@dataclass
class World:
    """Unit A with A1 below it and unit B; a1 and a2 work in A under sA, b1 in B under sB."""

    unit_a: Unit = field(default_factory=lambda: UnitFactory(code="A", name="Dinas Contoh A"))
    unit_b: Unit = field(default_factory=lambda: UnitFactory(code="B", name="Dinas Contoh B"))
    partner_x: Partner = field(default_factory=PartnerFactory)
    partner_y: Partner = field(default_factory=PartnerFactory)

    def __post_init__(self) -> None:
        self.unit_a1 = UnitFactory(code="A1", name="Bidang Contoh A1", parent=self.unit_a, level=2)
        self.sA, self.sB = self._head(self.unit_a), self._head(self.unit_b)
        self.a1 = EmployeeFactory(unit=self.unit_a, supervisor=self.sA, name="Aminah Contoh")
        self.a2 = EmployeeFactory(unit=self.unit_a1, supervisor=self.sA, name="Ahmad Contoh")
        self.b1 = EmployeeFactory(unit=self.unit_b, supervisor=self.sB, name="Budi Contoh")
        self.oA = role_only(RoleGrant.Role.OPD, self.unit_a)
        self.oB = role_only(RoleGrant.Role.OPD, self.unit_b)
        self.k1, self.k2 = role_only(RoleGrant.Role.BKPSDM), role_only(RoleGrant.Role.BKPSDM)
        self.pX, self.pY = make_partner_member(self.partner_x), make_partner_member(self.partner_y)
        self.u = role_only(RoleGrant.Role.AUDITOR)
        self.w = role_only(RoleGrant.Role.PIMPINAN)
        self.s = role_only(RoleGrant.Role.ADMIN)
        User.objects.filter(pk=self.s.pk).update(is_staff=True, is_superuser=True)

    def _head(self, unit: Unit) -> Employee:
        head = EmployeeFactory(unit=unit, name=f"Kepala {unit.code}")
        make_head(unit, head)
        return head

    def user(self, role: str) -> User | AnonymousUser:
        """The account of one column, freshly loaded."""
        columns = {
            "ASN": self.a1.user,
            "SPV": self.sA.user,
            "OPD": self.oA,
            "BKP": self.k1,
            "PTN": self.pX,
            "AUD": self.u,
            "SU": self.s,
            "PIM": self.w,
        }
        return User.objects.get(pk=columns[role].pk) if role in columns else AnonymousUser()

    @cached_property
    def _clients(self) -> dict[str, Client]:
        return {}

    def client(self, role: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser signed in as that column; the same one each time unless it must be strict."""
        if enforce_csrf_checks:
            return self._sign_in(Client(enforce_csrf_checks=True), role)
        if role not in self._clients:
            self._clients[role] = self._sign_in(Client(), role)
        return self._clients[role]

    def _sign_in(self, client: Client, role: str) -> Client:
        user = self.user(role)
        if isinstance(user, User):
            client.force_login(user)
        client.raise_request_exception = False
        return client

    def sign_everybody_in(self, roles: tuple[str, ...]) -> None:
        """Before the first savepoint, so that no rollback takes a session away."""
        for role in roles:
            self.client(role)

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever happens inside is taken back, in the database and in the cookies."""
        cookies = {role: client.cookies.copy() for role, client in self._clients.items()}
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        for role, jar in cookies.items():
            self._clients[role].cookies = jar


class WorldCase(TestCase):
    """The world is made once, with everybody signed in; a test takes back what it did with ``world.undone``."""

    world: ClassVar[World]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.world = World()
        cls.world.sign_everybody_in(ROLES)
