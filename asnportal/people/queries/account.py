"""Accounts in a list."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from asnportal.people.models import RoleGrant, User


def found(chosen: Mapping[str, Any]) -> QuerySet[User]:
    """Accounts that fit ``q``, ``peran`` and ``keadaan``; with person and roles in two statements."""
    users = User.objects.select_related("employee__unit").prefetch_related(
        Prefetch("role_grants", RoleGrant.objects.select_related("unit").order_by("role"))
    )
    for word in chosen.get("q", "").split():
        users = users.filter(
            Q(employee__name__icontains=word)
            | Q(name__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    role = chosen.get("peran", "")
    if role:
        grants = RoleGrant.objects.all() if role == "ada" else RoleGrant.objects.filter(role=role)
        users = users.filter(pk__in=grants.values("user"))
    if state := chosen.get("keadaan"):
        users = users.filter(is_active=state == "aktif")
    return users.order_by("employee__name", "name", "username")
